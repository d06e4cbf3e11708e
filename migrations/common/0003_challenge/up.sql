-- something that somebody has to prove by a code or a link, and what happens then
CREATE TABLE challenge (
    tenant_id       TEXT    NOT NULL,
    id              TEXT    NOT NULL,
    kind            TEXT    NOT NULL,
    browser_hash    TEXT    NOT NULL,
    -- the authorization request that waits behind it
    request_id      TEXT,
    user_id         TEXT,
    -- what happens then, sealed
    sealed          BYTEA   NOT NULL,
    code_hash       TEXT    NOT NULL,
    token_hash      TEXT    NOT NULL,
    code_expires_at BIGINT  NOT NULL,
    tries           INTEGER NOT NULL,
    created_at      BIGINT  NOT NULL,
    expires_at      BIGINT  NOT NULL,
    proved_at       BIGINT,
    ended_at        BIGINT,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES "user" (tenant_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX challenge_token ON challenge (tenant_id, token_hash);
CREATE INDEX challenge_expires ON challenge (expires_at);
CREATE INDEX challenge_user ON challenge (tenant_id, user_id);

-- which terms a person has accepted, and when
CREATE TABLE acceptance (
    tenant_id   TEXT   NOT NULL,
    user_id     TEXT   NOT NULL,
    version     TEXT   NOT NULL,
    accepted_at BIGINT NOT NULL,
    address     TEXT,
    PRIMARY KEY (tenant_id, user_id, version),
    FOREIGN KEY (tenant_id, user_id) REFERENCES "user" (tenant_id, id) ON DELETE CASCADE
);
