-- another password has to be chosen at the next sign-in
ALTER TABLE password ADD COLUMN must_change BOOLEAN NOT NULL DEFAULT FALSE;

-- the hashes of passwords until now, so that none of them is chosen again
CREATE TABLE password_history (
    tenant_id   TEXT   NOT NULL,
    user_id     TEXT   NOT NULL,
    -- ordered by time
    id          TEXT   NOT NULL,
    phc         TEXT   NOT NULL,
    replaced_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, user_id, id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES "user" (tenant_id, id) ON DELETE CASCADE
);
