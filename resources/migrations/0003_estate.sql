-- The cameras. Everything that is stored about one is bound to its id; the number is what the room calls it by.
CREATE TABLE camera (
    id              INTEGER PRIMARY KEY,
    number          INTEGER NOT NULL UNIQUE CHECK (number BETWEEN 1 AND 99999),
    name            TEXT NOT NULL,
    site            TEXT NOT NULL DEFAULT '',
    main_url        TEXT NOT NULL,
    sub_url         TEXT NOT NULL DEFAULT '',
    username        TEXT NOT NULL DEFAULT '',
    sealed_password TEXT NOT NULL DEFAULT '',  -- XChaCha20-Poly1305 under keys/cameras.key, bound to the id; base64
    enabled         INTEGER NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1)),
    retention_days  INTEGER NOT NULL DEFAULT 31 CHECK (retention_days BETWEEN 1 AND 3650)
) STRICT;

-- What the station last knew of each stream. Not audited: it is an observation and not an act.
CREATE TABLE camera_status (
    camera_id INTEGER PRIMARY KEY REFERENCES camera (id),
    state     TEXT NOT NULL,
    cause     TEXT NOT NULL,
    message   TEXT NOT NULL,
    since     INTEGER NOT NULL
) STRICT;
