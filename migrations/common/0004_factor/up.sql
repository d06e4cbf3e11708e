-- what a person can prove beside the password
CREATE TABLE factor (
    tenant_id    TEXT   NOT NULL,
    id           TEXT   NOT NULL,
    user_id      TEXT   NOT NULL,
    kind         TEXT   NOT NULL,
    name         TEXT   NOT NULL,
    -- the seed or the public key, sealed
    sealed       BYTEA  NOT NULL,
    -- finds a passkey by what it says of itself; the id where nothing has to be found
    handle       TEXT   NOT NULL,
    -- the last step of an authenticator app that was used: each counts once
    step         BIGINT NOT NULL,
    created_at   BIGINT NOT NULL,
    last_used_at BIGINT,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES "user" (tenant_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX factor_handle ON factor (tenant_id, handle);
CREATE INDEX factor_by_user ON factor (tenant_id, user_id);

CREATE TABLE backup_code (
    tenant_id  TEXT   NOT NULL,
    user_id    TEXT   NOT NULL,
    hash       TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    used_at    BIGINT,
    PRIMARY KEY (tenant_id, user_id, hash),
    FOREIGN KEY (tenant_id, user_id) REFERENCES "user" (tenant_id, id) ON DELETE CASCADE
);

-- browsers that are not asked for a second factor for a while
CREATE TABLE trusted_device (
    tenant_id    TEXT   NOT NULL,
    hash         TEXT   NOT NULL,
    id           TEXT   NOT NULL,
    user_id      TEXT   NOT NULL,
    device       TEXT   NOT NULL,
    address      TEXT   NOT NULL,
    created_at   BIGINT NOT NULL,
    last_used_at BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, hash),
    FOREIGN KEY (tenant_id, user_id) REFERENCES "user" (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX trusted_device_by_user ON trusted_device (tenant_id, user_id);
CREATE INDEX trusted_device_expiry ON trusted_device (expires_at);
