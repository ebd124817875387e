-- What people have put together for the wall: views (a layout and its cameras) and sequences (cameras shown in turn).
-- A row is never removed, so that the audit log can go on vouching for it: it is marked as deleted.
CREATE TABLE wall_record (
    id         INTEGER PRIMARY KEY,
    kind       TEXT NOT NULL CHECK (kind IN ('view', 'sequence')),
    owner_id   INTEGER REFERENCES person (id),  -- null: shared with the whole room
    name       TEXT NOT NULL,
    name_key   TEXT NOT NULL,                   -- the name in lower case, by which two are the same
    content    TEXT NOT NULL,                   -- JSON, as src/estate/wall_content.h says
    deleted    INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1)),
    changed_at INTEGER NOT NULL,
    changed_by TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX wall_record_by_name ON wall_record (kind, coalesce(owner_id, 0), name_key) WHERE deleted = 0;
CREATE INDEX wall_record_by_owner ON wall_record (owner_id) WHERE deleted = 0;
