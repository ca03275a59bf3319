-- +goose Up

-- Since when a client is silent: its newest sign-in with the right password, or
-- its newest at all. 0 is not known yet: the schema before did not tell.
ALTER TABLE clients ADD COLUMN used INTEGER NOT NULL DEFAULT 0;
CREATE INDEX clients_state ON clients (tenant, state, used);
