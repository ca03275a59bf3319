-- +goose Up

-- People who asked for direct messages on a platform where nobody gets them
-- otherwise.
CREATE TABLE consents (
    platform  TEXT NOT NULL,
    workspace TEXT NOT NULL,
    person    TEXT NOT NULL,
    at        INTEGER NOT NULL,
    PRIMARY KEY (platform, workspace, person)
) STRICT, WITHOUT ROWID;

-- Codes that people were shown and tell an admin, to be linked to an account. hash
-- is that of the code.
CREATE TABLE codes (
    platform  TEXT NOT NULL,
    workspace TEXT NOT NULL,
    person    TEXT NOT NULL,
    hash      BLOB NOT NULL,
    expires   INTEGER NOT NULL,
    PRIMARY KEY (platform, workspace, person)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX codes_hash ON codes (hash);
