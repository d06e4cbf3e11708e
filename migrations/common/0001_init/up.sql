-- One history for SQLite and PostgreSQL. Times are seconds since the epoch; lists and documents are JSON in TEXT.

CREATE TABLE tenant (
    id         TEXT   PRIMARY KEY NOT NULL,
    name       TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    -- the first administrator exists: the link of the first start is used up
    set_up_at  BIGINT
);

CREATE TABLE "user" (
    tenant_id         TEXT   NOT NULL REFERENCES tenant (id),
    id                TEXT   NOT NULL,
    username          TEXT   NOT NULL,
    username_key      TEXT   NOT NULL,
    email             TEXT   NOT NULL,
    email_key         TEXT   NOT NULL,
    email_verified_at BIGINT,
    name              TEXT,
    given_name        TEXT,
    family_name       TEXT,
    locale            TEXT,
    zoneinfo          TEXT,
    state             TEXT   NOT NULL,
    created_at        BIGINT NOT NULL,
    updated_at        BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, username_key),
    UNIQUE (tenant_id, email_key)
);

CREATE TABLE password (
    tenant_id  TEXT   NOT NULL,
    user_id    TEXT   NOT NULL,
    phc        TEXT   NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, user_id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES "user" (tenant_id, id) ON DELETE CASCADE
);

CREATE TABLE role (
    tenant_id   TEXT    NOT NULL REFERENCES tenant (id),
    name        TEXT    NOT NULL,
    description TEXT    NOT NULL,
    built_in    BOOLEAN NOT NULL,
    PRIMARY KEY (tenant_id, name)
);

CREATE TABLE permission (
    tenant_id   TEXT NOT NULL REFERENCES tenant (id),
    name        TEXT NOT NULL,
    description TEXT NOT NULL,
    PRIMARY KEY (tenant_id, name)
);

CREATE TABLE role_permission (
    tenant_id  TEXT NOT NULL,
    role       TEXT NOT NULL,
    permission TEXT NOT NULL,
    PRIMARY KEY (tenant_id, role, permission),
    FOREIGN KEY (tenant_id, role) REFERENCES role (tenant_id, name) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, permission) REFERENCES permission (tenant_id, name)
);

CREATE TABLE user_role (
    tenant_id  TEXT   NOT NULL,
    user_id    TEXT   NOT NULL,
    role       TEXT   NOT NULL,
    granted_at BIGINT NOT NULL,
    granted_by TEXT   NOT NULL,
    PRIMARY KEY (tenant_id, user_id, role),
    FOREIGN KEY (tenant_id, user_id) REFERENCES "user" (tenant_id, id) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, role) REFERENCES role (tenant_id, name) ON DELETE CASCADE
);

CREATE TABLE client (
    tenant_id   TEXT   NOT NULL REFERENCES tenant (id),
    id          TEXT   NOT NULL,
    name        TEXT   NOT NULL,
    -- client metadata (RFC 7591) without the URIs, which have a table of their own
    metadata    TEXT   NOT NULL,
    created_at  BIGINT NOT NULL,
    updated_at  BIGINT NOT NULL,
    disabled_at BIGINT,
    PRIMARY KEY (tenant_id, id)
);

CREATE TABLE client_secret (
    tenant_id  TEXT   NOT NULL,
    id         TEXT   NOT NULL,
    client_id  TEXT   NOT NULL,
    hash       TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, client_id) REFERENCES client (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX client_secret_by_client ON client_secret (tenant_id, client_id);

CREATE TABLE redirect_uri (
    tenant_id TEXT    NOT NULL,
    client_id TEXT    NOT NULL,
    kind      TEXT    NOT NULL,
    position  INTEGER NOT NULL,
    uri       TEXT    NOT NULL,
    PRIMARY KEY (tenant_id, client_id, kind, uri),
    FOREIGN KEY (tenant_id, client_id) REFERENCES client (tenant_id, id) ON DELETE CASCADE
);

CREATE TABLE consent (
    tenant_id  TEXT   NOT NULL,
    user_id    TEXT   NOT NULL,
    client_id  TEXT   NOT NULL,
    scope      TEXT   NOT NULL,
    given_at   BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, user_id, client_id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES "user" (tenant_id, id) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, client_id) REFERENCES client (tenant_id, id) ON DELETE CASCADE
);

CREATE TABLE session (
    tenant_id    TEXT   NOT NULL,
    hash         TEXT   NOT NULL,
    id           TEXT   NOT NULL,
    user_id      TEXT   NOT NULL,
    auth_time    BIGINT NOT NULL,
    acr          TEXT   NOT NULL,
    amr          TEXT   NOT NULL,
    address      TEXT   NOT NULL,
    device       TEXT   NOT NULL,
    created_at   BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL,
    ended_at     BIGINT,
    PRIMARY KEY (tenant_id, hash),
    UNIQUE (tenant_id, id)
);
CREATE INDEX session_by_user ON session (tenant_id, user_id);
CREATE INDEX session_expiry ON session (expires_at);

CREATE TABLE auth_request (
    tenant_id     TEXT   NOT NULL,
    id            TEXT   NOT NULL,
    -- the browser that began it; nobody else may go on
    browser_hash  TEXT   NOT NULL,
    client_id     TEXT   NOT NULL,
    request       TEXT   NOT NULL,
    -- the session that was there at the beginning, and the one in which Allow was pressed
    session_then  TEXT,
    consented_in  TEXT,
    created_at    BIGINT NOT NULL,
    expires_at    BIGINT NOT NULL,
    ended_at      BIGINT,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX auth_request_expiry ON auth_request (expires_at);

CREATE TABLE "grant" (
    tenant_id  TEXT   NOT NULL,
    id         TEXT   NOT NULL,
    client_id  TEXT   NOT NULL,
    user_id    TEXT   NOT NULL,
    session_id TEXT   NOT NULL,
    scope      TEXT   NOT NULL,
    -- the claims parameter, as JSON
    claims     TEXT   NOT NULL,
    auth_time  BIGINT NOT NULL,
    acr        TEXT   NOT NULL,
    amr        TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX grant_by_user ON "grant" (tenant_id, user_id, client_id);
CREATE INDEX grant_expiry ON "grant" (expires_at);

CREATE TABLE auth_code (
    tenant_id      TEXT   NOT NULL,
    hash           TEXT   NOT NULL,
    grant_id       TEXT   NOT NULL,
    client_id      TEXT   NOT NULL,
    redirect_uri   TEXT   NOT NULL,
    code_challenge TEXT,
    nonce          TEXT,
    expires_at     BIGINT NOT NULL,
    used_at        BIGINT,
    PRIMARY KEY (tenant_id, hash)
);
CREATE INDEX auth_code_expiry ON auth_code (expires_at);

CREATE TABLE refresh_token (
    tenant_id      TEXT   NOT NULL,
    hash           TEXT   NOT NULL,
    grant_id       TEXT   NOT NULL,
    client_id      TEXT   NOT NULL,
    issued_at      BIGINT NOT NULL,
    expires_at     BIGINT NOT NULL,
    used_at        BIGINT,
    -- what it was exchanged for, and when that exchange was repeated because the answer got lost
    successor_hash TEXT,
    retried_at     BIGINT,
    PRIMARY KEY (tenant_id, hash)
);
CREATE INDEX refresh_token_expiry ON refresh_token (expires_at);

-- opaque access tokens; those in JWT form have no row
CREATE TABLE access_token (
    tenant_id  TEXT   NOT NULL,
    hash       TEXT   NOT NULL,
    claims     TEXT   NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, hash)
);
CREATE INDEX access_token_expiry ON access_token (expires_at);

CREATE TABLE revoked_token (
    tenant_id  TEXT   NOT NULL,
    jti        TEXT   NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, jti)
);
CREATE INDEX revoked_token_expiry ON revoked_token (expires_at);

CREATE TABLE signing_key (
    tenant_id   TEXT   NOT NULL REFERENCES tenant (id),
    kid         TEXT   NOT NULL,
    alg         TEXT   NOT NULL,
    -- counts up from 1; two nodes that rotate at once make the same one, and one of them fails
    generation  INTEGER NOT NULL,
    private_jwk BYTEA  NOT NULL,
    created_at  BIGINT NOT NULL,
    -- every cached copy of the key set that is still in use has the key from here on
    known_at    BIGINT NOT NULL,
    active_at   BIGINT,
    PRIMARY KEY (tenant_id, kid),
    UNIQUE (tenant_id, alg, generation)
);

CREATE TABLE refusal (
    tenant_id TEXT   NOT NULL,
    reference TEXT   NOT NULL,
    at        BIGINT NOT NULL,
    endpoint  TEXT   NOT NULL,
    code      TEXT   NOT NULL,
    reason    TEXT   NOT NULL,
    client_id TEXT,
    address   TEXT   NOT NULL,
    check_name TEXT,
    expected  TEXT,
    received  TEXT,
    setting   TEXT,
    PRIMARY KEY (tenant_id, reference)
);
CREATE INDEX refusal_at ON refusal (at);

CREATE TABLE audit (
    tenant_id   TEXT   NOT NULL,
    id          TEXT   NOT NULL,
    at          BIGINT NOT NULL,
    action      TEXT   NOT NULL,
    actor_kind  TEXT   NOT NULL,
    actor_id    TEXT,
    target_kind TEXT,
    target_id   TEXT,
    address     TEXT,
    device      TEXT,
    result      TEXT   NOT NULL,
    detail      TEXT   NOT NULL,
    PRIMARY KEY (tenant_id, id)
);

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

-- counts the changes of what nodes keep in memory; a node that sees a new number reads again
CREATE TABLE epoch (
    name   TEXT   PRIMARY KEY NOT NULL,
    number BIGINT NOT NULL
);

-- work that one node does for all
CREATE TABLE lease (
    name       TEXT   PRIMARY KEY NOT NULL,
    holder     TEXT   NOT NULL,
    expires_at BIGINT NOT NULL
);

INSERT INTO epoch (name, number) VALUES ('client', 1), ('key', 1);
INSERT INTO lease (name, holder, expires_at) VALUES ('purge', '', 0), ('rotate', '', 0);
INSERT INTO tenant (id, name, created_at) VALUES ('default', 'Signet', 0);

INSERT INTO role (tenant_id, name, description, built_in) VALUES
    ('default', 'user', 'Manages the own account', TRUE),
    ('default', 'moderator', 'Reads and changes what belongs to others', TRUE),
    ('default', 'support', 'Helps people with their accounts', TRUE),
    ('default', 'admin', 'May do everything', TRUE);

INSERT INTO permission (tenant_id, name, description) VALUES
    ('default', 'read:own', 'Read the own data'),
    ('default', 'write:own', 'Change the own data'),
    ('default', 'read:all', 'Read the data of others'),
    ('default', 'write:all', 'Change the data of others'),
    ('default', 'admin:users', 'Manage people'),
    ('default', 'admin:clients', 'Manage apps'),
    ('default', 'admin:roles', 'Manage roles and permissions'),
    ('default', 'admin:audit', 'Read the audit'),
    ('default', 'admin:system', 'Manage keys and settings');

INSERT INTO role_permission (tenant_id, role, permission)
    SELECT 'default', 'admin', name FROM permission;
INSERT INTO role_permission (tenant_id, role, permission) VALUES
    ('default', 'user', 'read:own'),
    ('default', 'user', 'write:own'),
    ('default', 'moderator', 'read:own'),
    ('default', 'moderator', 'write:own'),
    ('default', 'moderator', 'read:all'),
    ('default', 'moderator', 'write:all'),
    ('default', 'support', 'read:own'),
    ('default', 'support', 'write:own'),
    ('default', 'support', 'read:all'),
    ('default', 'support', 'admin:users');
