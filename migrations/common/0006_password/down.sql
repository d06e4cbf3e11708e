DROP TABLE password_history;
ALTER TABLE password DROP COLUMN must_change;
