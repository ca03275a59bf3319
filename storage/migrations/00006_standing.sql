-- +goose Up

-- How many clients stand where is asked for again and again by whoever watches the
-- watch, and must not read the clients themselves.
CREATE INDEX clients_standing ON clients (tenant, verdict, state);
