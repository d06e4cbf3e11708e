ALTER TABLE "user" DROP COLUMN theme;
ALTER TABLE "user" DROP COLUMN kind;
ALTER TABLE profile DROP COLUMN sealed_preferences;
ALTER TABLE profile DROP COLUMN sealed_fields;
ALTER TABLE profile DROP COLUMN sealed_bio;
