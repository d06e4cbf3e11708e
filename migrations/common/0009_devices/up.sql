-- wrong passwords and codes until then count no more; servers compare it with what they remember
ALTER TABLE "user" ADD COLUMN unlocked_at BIGINT;

-- "keep me signed in": it outlives the browser, and has longer ends; and where it began, if that is known
ALTER TABLE session ADD COLUMN kept BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE session ADD COLUMN place TEXT;
-- ten-thousandths of a degree
ALTER TABLE session ADD COLUMN latitude INTEGER;
ALTER TABLE session ADD COLUMN longitude INTEGER;

-- browsers at which a person has been; elsewhere the person is told
CREATE TABLE known_device (
    tenant_id  TEXT   NOT NULL,
    user_id    TEXT   NOT NULL,
    hash       TEXT   NOT NULL,
    first_seen BIGINT NOT NULL,
    last_seen  BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, user_id, hash),
    FOREIGN KEY (tenant_id, user_id) REFERENCES "user" (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX known_device_seen ON known_device (last_seen);
