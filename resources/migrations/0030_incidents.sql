-- Incidents with their numbers, types and versions; the lines of the log in several books; wards and committees.

-- The community committees and their wards. A ward that went keeps its row, because the log goes on naming it.
CREATE TABLE community_committee (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE ward (
    id           INTEGER PRIMARY KEY,
    name         TEXT NOT NULL UNIQUE,
    committee_id INTEGER NOT NULL REFERENCES community_committee (id)
) STRICT;

CREATE TABLE camera_ward (
    camera_id INTEGER PRIMARY KEY REFERENCES camera (id),
    ward_id   INTEGER NOT NULL REFERENCES ward (id)
) STRICT;

-- What supervisors made of the types of incidents that the program knows: other names and places, retired, and new ones.
-- A code is never used again for something else.
CREATE TABLE incident_type (
    id       INTEGER PRIMARY KEY,
    code     TEXT NOT NULL UNIQUE,  -- as typed behind #: "asb", "youths"
    name     TEXT NOT NULL,
    parent   TEXT NOT NULL,         -- the code of the type that it is a kind of; empty: none
    position INTEGER NOT NULL,      -- among those of one parent
    retired  INTEGER
) STRICT;

-- What an incident is for ever: its number, and who opened it when.
CREATE TABLE incident (
    id        INTEGER PRIMARY KEY,
    reference TEXT NOT NULL UNIQUE,  -- "2026-000123"
    opened    INTEGER NOT NULL,
    opened_by TEXT NOT NULL
) STRICT;

-- What is said of an incident: a row for each change, of which the newest counts. It holds no personal data.
CREATE TABLE incident_version (
    id               INTEGER PRIMARY KEY,
    incident_id      INTEGER NOT NULL REFERENCES incident (id),
    number           INTEGER NOT NULL,            -- 1, 2, 3, …
    is_newest        INTEGER NOT NULL DEFAULT 1,
    at               INTEGER NOT NULL,
    who              TEXT NOT NULL,
    type             TEXT NOT NULL,               -- the code of an incident_type
    priority         INTEGER NOT NULL,            -- 1 at once, 2 soon, 3 routine, 4 for information
    source           TEXT NOT NULL,
    is_proactive     INTEGER NOT NULL,
    camera_number    INTEGER,                     -- with its name as they were then
    camera_name      TEXT NOT NULL,
    place            TEXT NOT NULL,
    ward_id          INTEGER REFERENCES ward (id),
    police_reference TEXT NOT NULL,
    closed           INTEGER,                     -- null: it is open
    outcome          TEXT NOT NULL,               -- empty while it is open
    opened           INTEGER NOT NULL,            -- as in incident, to find those of a period
    UNIQUE (incident_id, number)
) STRICT;
CREATE UNIQUE INDEX incident_version_newest ON incident_version (incident_id) WHERE is_newest = 1;
CREATE INDEX incident_version_open ON incident_version (priority, opened DESC) WHERE is_newest = 1 AND closed IS NULL;
CREATE INDEX incident_version_by_time ON incident_version (opened) WHERE is_newest = 1;
CREATE TRIGGER incident_version_is_never_changed BEFORE UPDATE ON incident_version
WHEN OLD.is_newest = 0 OR NEW.is_newest = 1 OR OLD.type IS NOT NEW.type OR OLD.outcome IS NOT NEW.outcome
BEGIN SELECT RAISE(ABORT, 'what was said of an incident is append-only'); END;
CREATE TRIGGER incident_version_is_never_deleted BEFORE DELETE ON incident_version
BEGIN SELECT RAISE(ABORT, 'what was said of an incident is append-only'); END;

-- The lines of the log. None is ever changed; of one that is too old to keep, the words go and the row stays, with the
-- commitment by which the audit log knows what they were: HMAC-SHA-256 with the salt as its key, of text, 0x1F, facts.
CREATE TABLE log_line (
    id               INTEGER PRIMARY KEY,
    at               INTEGER NOT NULL,            -- when it was written
    happened         INTEGER,                     -- when it came to pass, if that is another time
    author           TEXT NOT NULL,
    workstation      TEXT NOT NULL,
    book             TEXT NOT NULL,               -- occurrence, airwave, shop-radio, visitor, viewing, briefing
    kind             TEXT NOT NULL,               -- written, correction, follow-up, opened, changed, …
    type             TEXT NOT NULL,               -- the code of an incident_type
    priority         INTEGER NOT NULL,            -- as of incidents
    incident_id      INTEGER REFERENCES incident (id),
    refers_to        INTEGER REFERENCES log_line (id),  -- that it corrects, or goes on from
    camera_number    INTEGER,
    camera_name      TEXT NOT NULL,
    ward_id          INTEGER REFERENCES ward (id),
    text             TEXT NOT NULL,
    facts            TEXT NOT NULL,               -- what its book asks for: a JSON object of texts
    salt             TEXT,                        -- null once the words have been erased
    commitment       TEXT NOT NULL,
    reference        TEXT NOT NULL,               -- of the incident; of lines from before incidents, their own number
    before_incidents INTEGER NOT NULL DEFAULT 0
) STRICT;

INSERT INTO log_line (id, at, author, workstation, book, kind, type, priority, camera_number, camera_name, text, facts, commitment, reference, before_incidents)
SELECT id, at, author, workstation, 'occurrence', 'written', category, 3, camera_number, camera_name, text, '', '', reference, 1
FROM incident_log_entry ORDER BY id;

DROP TABLE incident_log_search;
DROP VIEW incident_log_searchable;
DROP TABLE incident_log_entry;
-- What the audit log vouched for before there were incidents is found where it says.
CREATE VIEW incident_log_entry AS
SELECT id, reference, at, author, workstation, type AS category, camera_number, camera_name, text
FROM log_line WHERE before_incidents = 1;
CREATE VIEW log_line_since_incidents AS SELECT * FROM log_line WHERE before_incidents = 0;

CREATE INDEX log_line_by_time ON log_line (at);
CREATE INDEX log_line_of_incident ON log_line (incident_id, id) WHERE incident_id IS NOT NULL;
CREATE INDEX log_line_by_reference ON log_line (refers_to) WHERE refers_to IS NOT NULL;
CREATE INDEX log_line_old_number ON log_line (reference) WHERE before_incidents = 1;

CREATE TRIGGER log_line_is_never_changed BEFORE UPDATE ON log_line
WHEN NEW.id IS NOT OLD.id OR NEW.at IS NOT OLD.at OR NEW.author IS NOT OLD.author OR NEW.commitment IS NOT OLD.commitment
  OR NEW.kind IS NOT OLD.kind OR NEW.book IS NOT OLD.book OR NEW.incident_id IS NOT OLD.incident_id
  OR NEW.before_incidents IS NOT OLD.before_incidents OR NEW.text <> '' OR NEW.facts <> '' OR NEW.salt IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'the incident log is append-only'); END;
CREATE TRIGGER log_line_is_never_deleted BEFORE DELETE ON log_line
BEGIN SELECT RAISE(ABORT, 'the incident log is append-only'); END;

-- Of which lines the words were erased, and when. Only added.
CREATE TABLE log_line_erasure (
    line_id INTEGER PRIMARY KEY REFERENCES log_line (id),
    at      INTEGER NOT NULL
) STRICT;

-- What a search looks at; who writes a line writes it here too. What a line is, is words of the index ("type_asb",
-- "camera_12"), so that a search by several at once is one intersection and never a walk over the lines that fit one of
-- them. Every word is searched for as a beginning: without an index of beginnings of its length FTS5 first collects all
-- lines that fit a beginning; with one it reads the newest and stops.
CREATE VIRTUAL TABLE log_search USING fts5 (
    text, place, marks,
    content = '', columnsize = 0,
    tokenize = "unicode61 remove_diacritics 2 tokenchars '_'", prefix = '1 2 3 4 5 6'
);
INSERT INTO log_search (rowid, text, place, marks)
SELECT id, text, reference || ' ' || camera_name,
       'book_occurrence kind_written priority_3 type_' || type || CASE WHEN camera_number IS NULL THEN '' ELSE ' camera_' || camera_number END
FROM log_line ORDER BY id;

-- A person who has to do with an incident, as described. Only added: the newest row of a number counts.
CREATE TABLE incident_person (
    id          INTEGER PRIMARY KEY,
    incident_id INTEGER NOT NULL REFERENCES incident (id),
    number      INTEGER NOT NULL,  -- 1, 2, 3, … in the incident
    at          INTEGER NOT NULL,
    who         TEXT NOT NULL,
    description TEXT NOT NULL,     -- a JSON object of texts
    salt        TEXT,              -- as of log_line
    commitment  TEXT NOT NULL
) STRICT;
CREATE INDEX incident_person_by_incident ON incident_person (incident_id, id);
CREATE TABLE incident_person_erasure (
    person_id INTEGER PRIMARY KEY REFERENCES incident_person (id),
    at        INTEGER NOT NULL
) STRICT;

-- What else belongs to an incident. Only added: the newest row about a thing counts.
CREATE TABLE incident_link (
    id          INTEGER PRIMARY KEY,
    incident_id INTEGER NOT NULL REFERENCES incident (id),
    kind        TEXT NOT NULL,     -- camera, alarm, incident, …
    key         INTEGER NOT NULL,  -- the camera's number, the alarm's, the incident's id
    is_removed  INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    who         TEXT NOT NULL,
    label       TEXT NOT NULL      -- what it was called then
) STRICT;
CREATE INDEX incident_link_by_incident ON incident_link (incident_id, id);
CREATE INDEX incident_link_by_thing ON incident_link (kind, key);
