-- accounts that are to be erased, until they are
CREATE TABLE deletion (
    tenant_id TEXT   NOT NULL,
    user_id   TEXT   NOT NULL,
    -- the state that the account comes back to
    before    TEXT   NOT NULL,
    -- what a manager began, its person does not undo
    begun_by  TEXT   NOT NULL,
    begun_at  BIGINT NOT NULL,
    due_at    BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, user_id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES "user" (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX deletion_due ON deletion (tenant_id, due_at);

-- finds the letters to one address without opening them: keyed, as the address is
ALTER TABLE outbox ADD COLUMN recipient_hash TEXT NOT NULL DEFAULT '';
CREATE INDEX outbox_recipient ON outbox (tenant_id, recipient_hash);

-- work beside the requests, in steps: a try that breaks off is taken up by another node where it stopped
CREATE TABLE job (
    tenant_id  TEXT    NOT NULL,
    id         TEXT    NOT NULL,
    kind       TEXT    NOT NULL,
    -- whose it is; no reference, as the last work about somebody outlives the account
    user_id    TEXT,
    -- what is to be done, as JSON
    input      TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    -- where the next step begins
    position   TEXT    NOT NULL,
    done       BIGINT  NOT NULL,
    -- of how many, where that is known
    total      BIGINT,
    -- what has come of it: for an export, its blob
    result     TEXT,
    error      TEXT,
    -- who tries counts it up, and only the last one may go on
    tries      INTEGER NOT NULL,
    created_at BIGINT  NOT NULL,
    -- also the lock: who tries moves it
    due_at     BIGINT  NOT NULL,
    ended_at   BIGINT,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX job_due ON job (tenant_id, due_at) WHERE ended_at IS NULL;
CREATE INDEX job_by_user ON job (tenant_id, user_id, kind);
CREATE INDEX job_ended ON job (ended_at);
-- one export of a person at a time
CREATE UNIQUE INDEX job_one_export ON job (tenant_id, user_id) WHERE kind = 'export' AND ended_at IS NULL;

-- files of people, in parts, so that nobody has to hold one as a whole
CREATE TABLE blob (
    tenant_id    TEXT    NOT NULL,
    id           TEXT    NOT NULL,
    kind         TEXT    NOT NULL,
    user_id      TEXT    NOT NULL,
    content_type TEXT    NOT NULL,
    -- in bytes; 0 until it is whole
    size         BIGINT  NOT NULL,
    created_at   BIGINT  NOT NULL,
    expires_at   BIGINT,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES "user" (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX blob_by_user ON blob (tenant_id, user_id, kind);
CREATE INDEX blob_expiry ON blob (expires_at);

CREATE TABLE blob_part (
    tenant_id TEXT    NOT NULL,
    blob_id   TEXT    NOT NULL,
    number    INTEGER NOT NULL,
    bytes     BYTEA   NOT NULL,
    PRIMARY KEY (tenant_id, blob_id, number),
    FOREIGN KEY (tenant_id, blob_id) REFERENCES blob (tenant_id, id) ON DELETE CASCADE
);

INSERT INTO lease (name, holder, expires_at) VALUES ('erase', '', 0);
