-- The running number of each year, as the years go by in Europe/London.
CREATE TABLE incident_number (
    year INTEGER PRIMARY KEY,
    last INTEGER NOT NULL
) STRICT;

-- The room's log. A line is never changed or deleted; a correction is a new line.
CREATE TABLE incident_log_entry (
    id            INTEGER PRIMARY KEY,
    reference     TEXT NOT NULL UNIQUE,  -- "2026-000123"
    at            INTEGER NOT NULL,
    author        TEXT NOT NULL,
    workstation   TEXT NOT NULL,
    category      TEXT NOT NULL,
    camera_number INTEGER,               -- with its name as they were when the line was written
    camera_name   TEXT NOT NULL DEFAULT '',
    text          TEXT NOT NULL
) STRICT;
CREATE INDEX incident_log_entry_by_time ON incident_log_entry (at);
CREATE INDEX incident_log_entry_by_category ON incident_log_entry (category);
CREATE INDEX incident_log_entry_by_camera ON incident_log_entry (camera_number) WHERE camera_number IS NOT NULL;

CREATE TRIGGER incident_log_entry_is_never_changed BEFORE UPDATE ON incident_log_entry
BEGIN SELECT RAISE(ABORT, 'the incident log is append-only'); END;

CREATE TRIGGER incident_log_entry_is_never_deleted BEFORE DELETE ON incident_log_entry
BEGIN SELECT RAISE(ABORT, 'the incident log is append-only'); END;

-- What a search looks at. Category and camera are words of the index too ("category_asb", "camera_12"), so that a
-- search by all three at once is one intersection and never a walk over the lines that fit one of them.
CREATE VIEW incident_log_searchable AS
SELECT id, text, camera_name, reference,
       'category_' || category || CASE WHEN camera_number IS NULL THEN '' ELSE ' camera_' || camera_number END AS marks
FROM incident_log_entry;

-- Every word is searched for as a beginning. Without an index of beginnings of its length FTS5 first collects all lines
-- that fit a beginning, and a common word of two million lines took it 130 ms; with one it reads the newest and stops.
CREATE VIRTUAL TABLE incident_log_search USING fts5 (
    text, camera_name, reference, marks,
    content = 'incident_log_searchable', content_rowid = 'id',
    tokenize = "unicode61 remove_diacritics 2 tokenchars '_'", prefix = '1 2 3 4 5 6'
);
