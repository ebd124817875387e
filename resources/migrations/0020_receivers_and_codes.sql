-- By which protocol a panel's signals are expected; a panel without a row may use any.
CREATE TABLE panel_protocol (
    panel_id INTEGER PRIMARY KEY REFERENCES panel (id),
    protocol TEXT NOT NULL  -- "DC-09", "MLR2", "Ademco 685"; empty: any
) STRICT;

-- How many signals of a panel came by another one since that was set. Not audited: an observation.
CREATE TABLE panel_other_protocol (
    panel_id INTEGER NOT NULL REFERENCES panel (id),
    protocol TEXT NOT NULL,
    signals  INTEGER NOT NULL,
    last     INTEGER NOT NULL,
    PRIMARY KEY (panel_id, protocol)
) STRICT;

-- Codes that mean something else on some premises, or from transmitters of some maker. A row is never deleted: the
-- audit log vouches for it.
CREATE TABLE code_override (
    id          INTEGER PRIMARY KEY,
    premises_id INTEGER REFERENCES premises (id),  -- null: of all of a maker's transmitters
    transmitter TEXT NOT NULL DEFAULT '',          -- maker, lower case; empty: of premises
    scheme      TEXT NOT NULL,                     -- "contact-id", "sia", "fast-format", "basic"
    code        TEXT NOT NULL,
    category    TEXT NOT NULL,
    event       TEXT NOT NULL,                     -- the room's words
    removed     INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1)),
    CHECK ((premises_id IS NULL) <> (transmitter = ''))
) STRICT;
CREATE UNIQUE INDEX code_override_of_premises ON code_override (premises_id, scheme, code) WHERE premises_id IS NOT NULL;
CREATE UNIQUE INDEX code_override_of_transmitter ON code_override (transmitter, scheme, code) WHERE premises_id IS NULL;
