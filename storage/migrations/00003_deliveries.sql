-- +goose Up

-- Requests that a chat platform delivered, for as long as it may do so again.
CREATE TABLE deliveries (
    platform TEXT NOT NULL,
    id       TEXT NOT NULL,
    at       INTEGER NOT NULL,
    PRIMARY KEY (platform, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX deliveries_at ON deliveries (at);

-- Only the few clients that somebody other than their user answers for.
CREATE INDEX clients_owner ON clients (owner) WHERE owner <> '';
