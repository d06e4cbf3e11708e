DROP TABLE acceptance;
DROP TABLE challenge;
