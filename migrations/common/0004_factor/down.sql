DROP TABLE trusted_device;
DROP TABLE backup_code;
DROP TABLE factor;
