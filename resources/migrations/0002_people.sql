-- Who may use the programs. A person is never deleted, because the log goes on naming them: they are disabled.
CREATE TABLE person (
    id                   INTEGER PRIMARY KEY,
    username             TEXT NOT NULL UNIQUE,  -- lower case
    full_name            TEXT NOT NULL,
    role                 TEXT NOT NULL CHECK (role IN ('operator', 'supervisor', 'engineer', 'auditor', 'administrator')),
    enabled              INTEGER NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1)),
    must_change_password INTEGER NOT NULL DEFAULT 0 CHECK (must_change_password IN (0, 1)),
    password_hash        TEXT NOT NULL,         -- Argon2id, the encoded form of libsodium
    created_at           INTEGER NOT NULL
) STRICT;

-- Failed attempts in a row, for the names of people and for names that nobody has alike, so that the one cannot be told
-- from the other. Kept in the store, so that another desk or a restart is no way around it.
CREATE TABLE sign_in_attempt (
    username   TEXT PRIMARY KEY NOT NULL,
    failures   INTEGER NOT NULL,
    held_until INTEGER NOT NULL,
    last_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
