-- +goose Up

-- The one message that a person has, and where it stands. name and directory
-- find the account; either may be empty.
CREATE TABLE notices (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant      INTEGER NOT NULL REFERENCES tenants (id),
    name        TEXT NOT NULL,
    directory   TEXT NOT NULL,
    platform    TEXT NOT NULL,
    workspace   TEXT NOT NULL,
    channel     TEXT NOT NULL,
    person      TEXT NOT NULL,
    locale      TEXT NOT NULL,
    zone        TEXT NOT NULL,
    showing     TEXT NOT NULL, -- key of the client whose steps are shown
    version     INTEGER NOT NULL, -- of the message; 0: none was posted
    print       TEXT NOT NULL, -- of what the newest version says
    told        INTEGER NOT NULL, -- when it was delivered first, or again after a relapse
    reminders   INTEGER NOT NULL, -- since then
    unreachable TEXT NOT NULL, -- why the person cannot be told; empty: they can
    looked      INTEGER NOT NULL, -- when the person was looked for last
    created     INTEGER NOT NULL
) STRICT;
CREATE INDEX notices_name ON notices (name, tenant);
CREATE INDEX notices_directory ON notices (directory, tenant);

-- Steps of a playbook that a person has checked off.
CREATE TABLE steps (
    client   INTEGER NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    playbook TEXT NOT NULL,
    step     INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    PRIMARY KEY (client, playbook, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE campaigns (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant   INTEGER NOT NULL REFERENCES tenants (id),
    name     TEXT NOT NULL,
    state    TEXT NOT NULL, -- planned, running, paused, stopped
    body     TEXT NOT NULL, -- whom it is for, and its manners
    by_whom  TEXT NOT NULL,
    created  INTEGER NOT NULL,
    started  INTEGER NOT NULL,
    ended    INTEGER NOT NULL,
    revision INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX campaigns_name ON campaigns (name, tenant);

-- Whom a campaign tells, in its order.
CREATE TABLE members (
    campaign  INTEGER NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
    position  INTEGER NOT NULL,
    name      TEXT NOT NULL,
    directory TEXT NOT NULL,
    pilot     INTEGER NOT NULL,
    turned    INTEGER NOT NULL, -- when it was their turn; 0: not yet
    why       TEXT NOT NULL, -- they were not told; empty: they were, or it is not their turn yet
    PRIMARY KEY (campaign, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX members_name ON members (name);
CREATE INDEX members_directory ON members (directory);

-- Which clients have changed lately, for the messages that follow.
CREATE INDEX clients_changed ON clients (changed);
CREATE INDEX clients_owned ON clients (lower(owner)) WHERE owner <> '';
