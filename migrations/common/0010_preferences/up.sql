-- the rest of what is told about a person, each sealed: some words, the tenant's own fields, and preferences (JSON)
ALTER TABLE profile ADD COLUMN sealed_bio BYTEA;
ALTER TABLE profile ADD COLUMN sealed_fields BYTEA;
ALTER TABLE profile ADD COLUMN sealed_preferences BYTEA;

-- one of the tenant's kinds of people; and how pages look, out of the preferences, as every page asks for it
ALTER TABLE "user" ADD COLUMN kind TEXT;
ALTER TABLE "user" ADD COLUMN theme TEXT;
