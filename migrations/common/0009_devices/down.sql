DROP TABLE known_device;
ALTER TABLE session DROP COLUMN longitude;
ALTER TABLE session DROP COLUMN latitude;
ALTER TABLE session DROP COLUMN place;
ALTER TABLE session DROP COLUMN kept;
ALTER TABLE "user" DROP COLUMN unlocked_at;
