DELETE FROM lease WHERE name = 'factor-reset';
DROP INDEX challenge_reset;
ALTER TABLE session DROP COLUMN needs_factor;
ALTER TABLE "user" DROP COLUMN factor_skipped_at;
ALTER TABLE role DROP COLUMN needs_factor;
ALTER TABLE profile DROP COLUMN phone_verified_at;
