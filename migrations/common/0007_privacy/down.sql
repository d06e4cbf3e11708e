DELETE FROM lease WHERE name = 'erase';
DROP TABLE blob_part;
DROP TABLE blob;
DROP TABLE job;
DROP INDEX outbox_recipient;
ALTER TABLE outbox DROP COLUMN recipient_hash;
DROP TABLE deletion;
