-- What administrators do: changes that can be undone, invitations, API keys, settings; and an audit that cannot be
-- rewritten unseen.

-- one act of an administrator, however many things it changes
CREATE TABLE batch (
    tenant_id  TEXT   NOT NULL REFERENCES tenant (id),
    id         TEXT   NOT NULL,
    at         BIGINT NOT NULL,
    actor_kind TEXT   NOT NULL,
    actor_id   TEXT,
    -- what was done, as the audit calls it
    action     TEXT   NOT NULL,
    changes    BIGINT NOT NULL,
    -- the act that it takes back, and the one that took it back
    undoes     TEXT,
    undone_by  TEXT,
    -- until when it can be taken back
    expires_at BIGINT NOT NULL,
    -- something in it cannot be brought back, so it is not taken back at all
    is_final   BOOLEAN NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX batch_expires ON batch (expires_at);

CREATE TABLE change (
    tenant_id   TEXT    NOT NULL,
    batch_id    TEXT    NOT NULL,
    position    BIGINT  NOT NULL,
    action      TEXT    NOT NULL,
    target_kind TEXT    NOT NULL,
    target_id   TEXT    NOT NULL,
    -- what the target was and became: JSON, sealed
    sealed      BYTEA   NOT NULL,
    -- nothing brings it back: a password that was replaced, a session that ended
    is_final    BOOLEAN NOT NULL,
    PRIMARY KEY (tenant_id, batch_id, position),
    -- an act is written down at its end, when it is known what it was
    FOREIGN KEY (tenant_id, batch_id) REFERENCES batch (tenant_id, id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX change_by_target ON change (tenant_id, target_id, batch_id);

CREATE TABLE api_key (
    tenant_id    TEXT   NOT NULL REFERENCES tenant (id),
    id           TEXT   NOT NULL,
    name         TEXT   NOT NULL,
    hash         TEXT   NOT NULL,
    -- names of rights, separated by spaces
    rights       TEXT   NOT NULL,
    -- networks that it may be used from, separated by spaces; empty for all
    networks     TEXT   NOT NULL,
    created_at   BIGINT NOT NULL,
    created_by   TEXT   NOT NULL,
    expires_at   BIGINT,
    revoked_at   BIGINT,
    last_used_at BIGINT,
    last_address TEXT,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, hash)
);

CREATE TABLE invitation (
    tenant_id   TEXT   NOT NULL REFERENCES tenant (id),
    id          TEXT   NOT NULL,
    email       TEXT   NOT NULL,
    email_key   TEXT   NOT NULL,
    -- what the person is made with: name, roles, type as JSON
    details     TEXT   NOT NULL,
    -- the app in which the person arrives
    client_id   TEXT,
    token_hash  TEXT   NOT NULL,
    created_at  BIGINT NOT NULL,
    created_by  TEXT   NOT NULL,
    sent_at     BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL,
    accepted_at BIGINT,
    user_id     TEXT,
    revoked_at  BIGINT,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, token_hash)
);
CREATE INDEX invitation_by_email ON invitation (tenant_id, email_key);
CREATE INDEX invitation_by_user ON invitation (tenant_id, user_id) WHERE user_id IS NOT NULL;
CREATE INDEX invitation_expires ON invitation (expires_at);
-- those that wait are few among those that were accepted long ago
CREATE INDEX invitation_open ON invitation (tenant_id, id) WHERE accepted_at IS NULL AND revoked_at IS NULL;
CREATE INDEX invitation_revoked ON invitation (tenant_id, id) WHERE revoked_at IS NOT NULL;

-- what administrators have set; it goes before the file
CREATE TABLE setting (
    tenant_id  TEXT   NOT NULL REFERENCES tenant (id),
    name       TEXT   NOT NULL,
    value      TEXT   NOT NULL,
    changed_at BIGINT NOT NULL,
    changed_by TEXT   NOT NULL,
    PRIMARY KEY (tenant_id, name)
);

-- pictures for the head of the pages, by their digests; one that is no longer shown stays as long as it can come back
CREATE TABLE logo (
    tenant_id  TEXT   NOT NULL REFERENCES tenant (id),
    id         TEXT   NOT NULL,
    bytes      BYTEA  NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id)
);

-- answers to requests that may come twice (Idempotency-Key)
CREATE TABLE answered (
    tenant_id    TEXT    NOT NULL,
    actor        TEXT    NOT NULL,
    key_hash     TEXT    NOT NULL,
    request_hash TEXT    NOT NULL,
    -- empty while the first one is being worked on
    status       INTEGER,
    sealed       BYTEA,
    -- the act that it made, written with it; the answer follows
    batch_id     TEXT,
    expires_at   BIGINT  NOT NULL,
    PRIMARY KEY (tenant_id, actor, key_hash)
);
CREATE INDEX answered_expires ON answered (expires_at);

-- the words by which people are found; bytes, so that both databases sort them alike
CREATE TABLE user_word (
    tenant_id TEXT  NOT NULL,
    word      BYTEA NOT NULL,
    user_id   TEXT  NOT NULL,
    PRIMARY KEY (tenant_id, word, user_id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES "user" (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX user_word_by_user ON user_word (tenant_id, user_id, word);

ALTER TABLE "user" ADD COLUMN last_seen_at BIGINT;
CREATE INDEX user_by_state ON "user" (tenant_id, state, id);
CREATE INDEX user_unverified ON "user" (tenant_id, id) WHERE email_verified_at IS NULL;
CREATE INDEX user_by_created ON "user" (tenant_id, created_at, id);
-- whoever was never there comes before all others
CREATE INDEX user_by_last_seen ON "user" (tenant_id, coalesce(last_seen_at, 0), id);
CREATE INDEX user_by_kind ON "user" (tenant_id, kind, id) WHERE kind IS NOT NULL;
CREATE INDEX user_role_by_role ON user_role (tenant_id, role, user_id);

ALTER TABLE client ADD COLUMN deleted_at BIGINT;
-- the name in small letters, by which it is found; the job below writes those of names in other letters than English ones
ALTER TABLE client ADD COLUMN name_key TEXT NOT NULL DEFAULT '';
UPDATE client SET name_key = lower(name);
CREATE INDEX grant_by_client ON "grant" (tenant_id, client_id, expires_at) WHERE revoked_at IS NULL;
CREATE INDEX consent_by_client ON consent (tenant_id, client_id);
CREATE INDEX refusal_by_client ON refusal (tenant_id, client_id, at);

-- when the console was used last; a session is good for it only so long
ALTER TABLE session ADD COLUMN admin_seen_at BIGINT;

-- the act that a row belongs to; what changed, as JSON without secrets; the block that it is sealed in
ALTER TABLE audit ADD COLUMN batch_id TEXT;
ALTER TABLE audit ADD COLUMN changes TEXT;
ALTER TABLE audit ADD COLUMN seal BIGINT NOT NULL DEFAULT 0;
CREATE INDEX audit_unsealed ON audit (tenant_id, id) WHERE seal = 0;
CREATE INDEX audit_by_time ON audit (tenant_id, at, id);
CREATE INDEX audit_by_target ON audit (tenant_id, target_id, id) WHERE action NOT IN ('token.issue', 'token.refresh');
CREATE INDEX audit_by_action ON audit (tenant_id, action, id) WHERE action NOT IN ('token.issue', 'token.refresh');
CREATE INDEX audit_by_address ON audit (tenant_id, address, id) WHERE action NOT IN ('token.issue', 'token.refresh');
CREATE INDEX audit_by_batch ON audit (tenant_id, batch_id, id) WHERE batch_id IS NOT NULL;
CREATE INDEX audit_failed ON audit (tenant_id, id) WHERE result = 'failed';

-- what was signed in on days that have ended, counted once; the day in days since 1970 (UTC)
CREATE TABLE sign_in_day (
    tenant_id TEXT   NOT NULL,
    day       BIGINT NOT NULL,
    ok        BIGINT NOT NULL,
    failed    BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, day)
);

CREATE INDEX outbox_dead ON outbox (tenant_id, dead_at) WHERE dead_at IS NOT NULL;

-- blocks of audit rows, each bound to the one before it
CREATE TABLE audit_seal (
    tenant_id TEXT   NOT NULL,
    number    BIGINT NOT NULL,
    at        BIGINT NOT NULL,
    first_id  TEXT   NOT NULL,
    last_id   TEXT   NOT NULL,
    count     BIGINT NOT NULL,
    -- of each row: a digest of what may have to be forgotten
    personal  BYTEA  NOT NULL,
    hash      TEXT   NOT NULL,
    PRIMARY KEY (tenant_id, number)
);

-- what is done to many at once, beside the requests: a job with its progress
CREATE TABLE bulk (
    tenant_id  TEXT    NOT NULL REFERENCES tenant (id),
    -- that of its job
    id         TEXT    NOT NULL,
    actor_kind TEXT    NOT NULL,
    actor_id   TEXT,
    -- what the actor could do when it began; names of rights, separated by spaces
    rights     TEXT    NOT NULL,
    kind       TEXT    NOT NULL,
    -- to whom, and with what: JSON, sealed
    sealed     BYTEA   NOT NULL,
    -- all is tried and told, and nothing done
    is_preview BOOLEAN NOT NULL,
    state      TEXT    NOT NULL,
    -- why it did not come to its end
    why        TEXT,
    -- empty until it is counted
    total      BIGINT,
    done       BIGINT  NOT NULL,
    changed    BIGINT  NOT NULL,
    skipped    BIGINT  NOT NULL,
    failed     BIGINT  NOT NULL,
    -- the act that all of it is kept under
    batch_id   TEXT    NOT NULL,
    created_at BIGINT  NOT NULL,
    ended_at   BIGINT,
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX bulk_by_batch ON bulk (tenant_id, batch_id);
CREATE INDEX bulk_by_actor ON bulk (tenant_id, actor_id, id);
CREATE INDEX bulk_ended ON bulk (ended_at);

-- what became of each
CREATE TABLE bulk_row (
    tenant_id   TEXT   NOT NULL,
    bulk_id     TEXT   NOT NULL,
    position    BIGINT NOT NULL,
    target_kind TEXT   NOT NULL,
    target_id   TEXT,
    -- of a line: its address, and a keyed digest by which it is found again
    label       TEXT   NOT NULL,
    label_key   TEXT,
    outcome     TEXT   NOT NULL,
    -- the check that was not passed, and why
    reason      TEXT,
    why         TEXT   NOT NULL,
    PRIMARY KEY (tenant_id, bulk_id, position),
    FOREIGN KEY (tenant_id, bulk_id) REFERENCES bulk (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX bulk_row_by_outcome ON bulk_row (tenant_id, bulk_id, outcome, position);
CREATE INDEX bulk_row_by_label ON bulk_row (tenant_id, label_key, bulk_id) WHERE label_key IS NOT NULL;

-- a file that it goes through, in sealed parts
CREATE TABLE bulk_part (
    tenant_id TEXT    NOT NULL,
    bulk_id   TEXT    NOT NULL,
    number    INTEGER NOT NULL,
    sealed    BYTEA   NOT NULL,
    PRIMARY KEY (tenant_id, bulk_id, number),
    FOREIGN KEY (tenant_id, bulk_id) REFERENCES bulk (tenant_id, id) ON DELETE CASCADE
);

-- the words of the people, and the names of the clients, that are there already
INSERT INTO job (tenant_id, id, kind, input, state, position, done, tries, created_at, due_at)
    SELECT id, 'words-' || id, 'words', '{}', 'waiting', '', 0, 0, 0, 0 FROM tenant
    WHERE EXISTS (SELECT 1 FROM "user" u WHERE u.tenant_id = tenant.id)
       OR EXISTS (SELECT 1 FROM client c WHERE c.tenant_id = tenant.id);

INSERT INTO epoch (name, number) VALUES ('setting', 1), ('role', 1);
INSERT INTO lease (name, holder, expires_at) VALUES ('seal', '', 0);

INSERT INTO permission (tenant_id, name, description)
    SELECT id, 'self.read', 'Read the own account' FROM tenant UNION ALL
    SELECT id, 'self.write', 'Change the own account' FROM tenant UNION ALL
    SELECT id, 'users.read', 'See people, their sessions and activity' FROM tenant UNION ALL
    SELECT id, 'users.write', 'Create and change people' FROM tenant UNION ALL
    SELECT id, 'invitations.read', 'See invitations' FROM tenant UNION ALL
    SELECT id, 'invitations.write', 'Invite people' FROM tenant UNION ALL
    SELECT id, 'clients.read', 'See apps' FROM tenant UNION ALL
    SELECT id, 'clients.write', 'Register and change apps' FROM tenant UNION ALL
    SELECT id, 'roles.read', 'See roles and who holds them' FROM tenant UNION ALL
    SELECT id, 'roles.write', 'Change roles, and give them' FROM tenant UNION ALL
    SELECT id, 'audit.read', 'Read the audit' FROM tenant UNION ALL
    SELECT id, 'keys.read', 'See signing keys' FROM tenant UNION ALL
    SELECT id, 'keys.write', 'Rotate signing keys' FROM tenant UNION ALL
    SELECT id, 'settings.read', 'See settings' FROM tenant UNION ALL
    SELECT id, 'settings.write', 'Change settings' FROM tenant UNION ALL
    SELECT id, 'api-keys.read', 'See API keys' FROM tenant UNION ALL
    SELECT id, 'api-keys.write', 'Make and revoke API keys' FROM tenant UNION ALL
    SELECT id, 'stats.read', 'See numbers' FROM tenant;
INSERT INTO role_permission (tenant_id, role, permission)
    SELECT p.tenant_id, 'admin', p.name FROM permission p
    WHERE NOT EXISTS (SELECT 1 FROM role_permission r WHERE r.tenant_id = p.tenant_id AND r.role = 'admin' AND r.permission = p.name);
