-- what a person sees of the own account. Tokens that come and go by themselves are left out: they would bury the rest,
-- and each of them would have to be put into the index.
CREATE INDEX audit_by_actor ON audit (tenant_id, actor_id, id) WHERE action NOT IN ('token.issue', 'token.refresh');

-- when an app last got a new token from what it was allowed
ALTER TABLE "grant" ADD COLUMN last_used_at BIGINT;

-- the rest of what a person tells about himself, beside the row that every token asks for
CREATE TABLE profile (
    tenant_id      TEXT   NOT NULL,
    user_id        TEXT   NOT NULL,
    middle_name    TEXT,
    nickname       TEXT,
    page           TEXT,
    picture        TEXT,
    website        TEXT,
    gender         TEXT,
    birthdate      TEXT,
    -- sealed; the hash finds a number again
    sealed_address BYTEA,
    sealed_phone   BYTEA,
    phone_hash     TEXT,
    updated_at     BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, user_id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES "user" (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX profile_by_phone ON profile (tenant_id, phone_hash);

-- whether there is such a row, so that nobody looks for one in vain
ALTER TABLE "user" ADD COLUMN has_profile BOOLEAN NOT NULL DEFAULT FALSE;
