DROP TABLE outbox;
CREATE TABLE outbox (
    tenant_id  TEXT    NOT NULL,
    id         TEXT    NOT NULL,
    kind       TEXT    NOT NULL,
    recipient  TEXT    NOT NULL,
    body       TEXT    NOT NULL,
    created_at BIGINT  NOT NULL,
    due_at     BIGINT  NOT NULL,
    attempts   INTEGER NOT NULL,
    done_at    BIGINT,
    PRIMARY KEY (tenant_id, id)
);
