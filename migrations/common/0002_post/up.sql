-- letters and short messages that wait to leave; what has left is deleted
DROP TABLE outbox;
CREATE TABLE outbox (
    tenant_id  TEXT    NOT NULL,
    id         TEXT    NOT NULL,
    channel    TEXT    NOT NULL,
    kind       TEXT    NOT NULL,
    -- receiver, language and words, sealed: they hold codes and links
    sealed     BYTEA   NOT NULL,
    created_at BIGINT  NOT NULL,
    -- also the lock: who tries moves it
    due_at     BIGINT  NOT NULL,
    -- nobody is helped by it later
    expires_at BIGINT  NOT NULL,
    attempts   INTEGER NOT NULL,
    error      TEXT,
    -- given up
    dead_at    BIGINT,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX outbox_due ON outbox (due_at);
