-- a number counts once it was proved
ALTER TABLE profile ADD COLUMN phone_verified_at BIGINT;

-- whether whoever holds a role has to have a second factor
ALTER TABLE role ADD COLUMN needs_factor BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE role SET needs_factor = TRUE WHERE name IN ('admin', 'support');

-- when a person last did not want a second factor
ALTER TABLE "user" ADD COLUMN factor_skipped_at BIGINT;

-- whether a role of its person wants a factor that the session has not shown
ALTER TABLE session ADD COLUMN needs_factor BOOLEAN NOT NULL DEFAULT FALSE;

-- second factors that are to be taken away after a delay
CREATE INDEX challenge_reset ON challenge (code_expires_at) WHERE kind = 'factor_reset';
INSERT INTO lease (name, holder, expires_at) VALUES ('factor-reset', '', 0);
