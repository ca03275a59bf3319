-- +goose Up

-- Which program brought the schema to which version; an older program names it.
CREATE TABLE schema_versions (
    version INTEGER NOT NULL PRIMARY KEY,
    program TEXT NOT NULL,
    at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE tenants (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    name      TEXT NOT NULL UNIQUE,
    directory TEXT NOT NULL, -- id of the tenant; '' where none is known
    created   INTEGER NOT NULL
) STRICT;

-- A bundle's row is kept in three parts, each once: who signed in, how, and
-- from where. hash is of the tenant and of body, which is what was logged; name
-- and directory find an account.
CREATE TABLE accounts (
    id        INTEGER PRIMARY KEY,
    tenant    INTEGER NOT NULL,
    hash      BLOB NOT NULL,
    name      TEXT NOT NULL,
    directory TEXT NOT NULL,
    body      TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX accounts_hash ON accounts (hash);
CREATE INDEX accounts_tenant ON accounts (tenant);
CREATE INDEX accounts_name ON accounts (name);
CREATE INDEX accounts_directory ON accounts (directory);

CREATE TABLE kinds (
    id   INTEGER PRIMARY KEY,
    hash BLOB NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX kinds_hash ON kinds (hash);

CREATE TABLE origins (
    id     INTEGER PRIMARY KEY,
    tenant INTEGER NOT NULL,
    hash   BLOB NOT NULL,
    body   TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX origins_hash ON origins (hash);
CREATE INDEX origins_tenant ON origins (tenant);

-- day counts from 1970-01-01; 0 is no time, and then oldest is when it was
-- stored. oldest and newest are microseconds of the day.
CREATE TABLE bundles (
    tenant  INTEGER NOT NULL,
    day     INTEGER NOT NULL,
    account INTEGER NOT NULL,
    kind    INTEGER NOT NULL,
    origin  INTEGER NOT NULL,
    oldest  INTEGER NOT NULL,
    newest  INTEGER NOT NULL,
    count   INTEGER NOT NULL,
    minutes BLOB,
    PRIMARY KEY (tenant, day, account, kind, origin)
) STRICT, WITHOUT ROWID;

-- What is remembered of a row for as long as it may come again.
CREATE TABLE sightings (
    tenant    INTEGER NOT NULL,
    id        BLOB NOT NULL,
    name      INTEGER NOT NULL, -- hash of the user name; 0 is none
    directory INTEGER NOT NULL, -- hash of the directory id; 0 is none
    content   INTEGER NOT NULL,
    at        INTEGER NOT NULL,
    PRIMARY KEY (tenant, id, name, directory)
) STRICT, WITHOUT ROWID;
CREATE INDEX sightings_at ON sightings (tenant, at);

CREATE TABLE clients (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant       INTEGER NOT NULL REFERENCES tenants (id),
    key          TEXT NOT NULL,
    name         TEXT NOT NULL,
    directory    TEXT NOT NULL,
    protocol     TEXT NOT NULL,
    family       TEXT NOT NULL,
    verdict      TEXT NOT NULL,
    newest       INTEGER NOT NULL,
    state        TEXT NOT NULL,
    state_since  INTEGER NOT NULL,
    except_until INTEGER NOT NULL,
    owner        TEXT NOT NULL,
    revision     INTEGER NOT NULL,
    first_stored INTEGER NOT NULL,
    changed      INTEGER NOT NULL,
    body         TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX clients_key ON clients (key, tenant);
CREATE INDEX clients_newest ON clients (tenant, newest);
CREATE INDEX clients_name ON clients (name);
CREATE INDEX clients_directory ON clients (directory);

CREATE TABLE client_days (
    client INTEGER NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    day    INTEGER NOT NULL,
    count  INTEGER NOT NULL,
    fit    INTEGER NOT NULL, -- those with the right password
    PRIMARY KEY (client, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE changes (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    client     INTEGER NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    from_state TEXT NOT NULL,
    to_state   TEXT NOT NULL,
    event      TEXT NOT NULL,
    at         INTEGER NOT NULL,
    by_whom    TEXT NOT NULL,
    why        TEXT NOT NULL,
    until      INTEGER NOT NULL
) STRICT;
CREATE INDEX changes_client ON changes (client, id);

-- The chain holds nothing personal: what was done, when, and a salted digest of
-- the rest, which stands beside it and can be deleted without breaking it.
CREATE TABLE audit (
    seq    INTEGER NOT NULL PRIMARY KEY,
    at     INTEGER NOT NULL,
    tenant INTEGER NOT NULL,
    what   TEXT NOT NULL,
    digest BLOB NOT NULL,
    hash   BLOB NOT NULL
) STRICT;
CREATE INDEX audit_at ON audit (at);

CREATE TABLE audit_details (
    seq     INTEGER NOT NULL PRIMARY KEY,
    salt    BLOB NOT NULL,
    by_whom TEXT NOT NULL,
    subject TEXT NOT NULL,
    why     TEXT NOT NULL,
    detail  TEXT NOT NULL
) STRICT;

CREATE TABLE audit_head (
    id   INTEGER NOT NULL PRIMARY KEY,
    seq  INTEGER NOT NULL,
    hash BLOB NOT NULL
) STRICT;

CREATE TABLE exceptions (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    client  INTEGER NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    until   INTEGER NOT NULL,
    reason  TEXT NOT NULL,
    owner   TEXT NOT NULL,
    by_whom TEXT NOT NULL,
    at      INTEGER NOT NULL,
    ended   INTEGER NOT NULL
) STRICT;
CREATE INDEX exceptions_client ON exceptions (client);

CREATE TABLE places (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    platform     TEXT NOT NULL,
    workspace    TEXT NOT NULL,
    channel      TEXT NOT NULL,
    person       TEXT NOT NULL,
    thread       TEXT NOT NULL,
    paused_until INTEGER NOT NULL,
    why          TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX places_address ON places (platform, workspace, channel, person, thread);

CREATE TABLE leases (
    name   TEXT NOT NULL PRIMARY KEY,
    holder TEXT NOT NULL,
    token  INTEGER NOT NULL,
    until  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE subscriptions (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    place         INTEGER NOT NULL REFERENCES places (id),
    filter        TEXT NOT NULL,
    mode          TEXT NOT NULL,
    quiet_from    INTEGER NOT NULL,
    quiet_to      INTEGER NOT NULL,
    zone          TEXT NOT NULL,
    digest_day    INTEGER NOT NULL,
    digest_minute INTEGER NOT NULL,
    by_whom       TEXT NOT NULL,
    at            INTEGER NOT NULL
) STRICT;
CREATE INDEX subscriptions_place ON subscriptions (place);

CREATE TABLE links (
    platform  TEXT NOT NULL,
    workspace TEXT NOT NULL,
    person    TEXT NOT NULL,
    tenant    INTEGER NOT NULL,
    directory TEXT NOT NULL,
    name      TEXT NOT NULL,
    how       TEXT NOT NULL,
    by_whom   TEXT NOT NULL,
    at        INTEGER NOT NULL,
    PRIMARY KEY (platform, workspace, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX links_directory ON links (directory);
CREATE INDEX links_name ON links (name);

CREATE TABLE messages (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    key         TEXT NOT NULL UNIQUE,
    place       INTEGER NOT NULL REFERENCES places (id),
    subject     TEXT NOT NULL,
    kind        TEXT NOT NULL,
    card        TEXT NOT NULL,
    replaces    TEXT NOT NULL, -- key of the message to edit
    under       TEXT NOT NULL, -- key of the message it answers
    state       TEXT NOT NULL,
    attempts    INTEGER NOT NULL,
    next_at     INTEGER NOT NULL,
    ref         TEXT NOT NULL,
    expires     INTEGER NOT NULL,
    created     INTEGER NOT NULL,
    ended       INTEGER NOT NULL,
    error       TEXT NOT NULL,
    folded_into INTEGER NOT NULL
) STRICT;
-- Only what is still to be sent: a handful of rows among years of them.
CREATE INDEX messages_open ON messages (place, id) WHERE ended = 0;
CREATE INDEX messages_subject ON messages (place, subject, id);
CREATE INDEX messages_state ON messages (state, ended);
CREATE INDEX messages_folded ON messages (folded_into, id) WHERE folded_into <> 0;

CREATE TABLE passes (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant    INTEGER NOT NULL REFERENCES tenants (id),
    source    TEXT NOT NULL,
    cause     TEXT NOT NULL,
    started   INTEGER NOT NULL,
    ended     INTEGER NOT NULL,
    from_time INTEGER NOT NULL,
    to_time   INTEGER NOT NULL,
    complete  INTEGER NOT NULL,
    rows_read INTEGER NOT NULL,
    legacy    INTEGER NOT NULL,
    fresh     INTEGER NOT NULL,
    requests  INTEGER NOT NULL,
    throttles INTEGER NOT NULL,
    notes     TEXT NOT NULL,
    error     TEXT NOT NULL
) STRICT;
CREATE INDEX passes_tenant ON passes (tenant, id);
CREATE INDEX passes_covered ON passes (tenant, complete, to_time);

CREATE TABLE cursors (
    tenant INTEGER NOT NULL,
    source TEXT NOT NULL,
    at     INTEGER NOT NULL,
    PRIMARY KEY (tenant, source)
) STRICT, WITHOUT ROWID;

CREATE TABLE files (
    tenant   INTEGER NOT NULL,
    source   TEXT NOT NULL,
    path     TEXT NOT NULL,
    size     INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    digest   TEXT NOT NULL,
    read_at  INTEGER NOT NULL,
    error    TEXT NOT NULL,
    PRIMARY KEY (tenant, source, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE marks (
    tenant INTEGER NOT NULL,
    name   TEXT NOT NULL,
    value  TEXT NOT NULL,
    at     INTEGER NOT NULL,
    PRIMARY KEY (tenant, name)
) STRICT, WITHOUT ROWID;
