ALTER TABLE "user" DROP COLUMN has_profile;
DROP TABLE profile;
ALTER TABLE "grant" DROP COLUMN last_used_at;
DROP INDEX audit_by_actor;
