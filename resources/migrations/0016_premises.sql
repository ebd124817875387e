-- The premises whose alarms are answered here, and the panels that signal from them.
CREATE TABLE premises (
    id               INTEGER PRIMARY KEY,
    reference        TEXT NOT NULL UNIQUE,       -- by which the room knows it
    name             TEXT NOT NULL,
    address          TEXT NOT NULL DEFAULT '',
    ward             TEXT NOT NULL DEFAULT '',
    committee        TEXT NOT NULL DEFAULT '',
    latitude         INTEGER,                    -- millionths of a degree; both or none
    longitude        INTEGER,
    kind             TEXT NOT NULL DEFAULT '',   -- "school", "house"
    police_reference TEXT NOT NULL DEFAULT ''    -- URN; none: the police are not called
) STRICT;

-- What an account is to a receiver. Two accounts on one premises are two panels: intruder and fire often are.
CREATE TABLE panel (
    id            INTEGER PRIMARY KEY,
    premises_id   INTEGER NOT NULL REFERENCES premises (id),
    account       TEXT NOT NULL,                 -- upper case, leading zeros kept
    line          TEXT NOT NULL DEFAULT '',      -- of the receiver, upper case; empty: any
    transmitter   TEXT NOT NULL DEFAULT '',      -- maker, lower case
    sealed_key    TEXT NOT NULL DEFAULT '',      -- XChaCha20-Poly1305 under keys/panels.key, bound to the id; base64
    test_hours    INTEGER,                       -- a test is expected within as many; null: none is
    path_category TEXT NOT NULL DEFAULT '',      -- "SP1" to "DP4"
    UNIQUE (account, line)
) STRICT;
CREATE INDEX panel_by_premises ON panel (premises_id);

-- When a panel was heard last, by a signal or a poll. Not audited: an observation.
CREATE TABLE panel_heard (
    panel_id INTEGER PRIMARY KEY REFERENCES panel (id),
    heard    INTEGER NOT NULL
) STRICT;
