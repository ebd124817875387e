-- What every other table stands on: the installation's own facts, the change feed and the audit log.
-- Times everywhere are UTC, integer microseconds since 1970-01-01T00:00Z.

CREATE TABLE setting (
    name  TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One row a topic. A writer raises the version in its own transaction; a reader that finds another version than it
-- last saw reads its snapshot anew. So the table never grows, and a reader that slept misses nothing.
CREATE TABLE change_topic (
    topic   TEXT PRIMARY KEY NOT NULL,
    version INTEGER NOT NULL,
    key     TEXT NOT NULL  -- what the newest change was about
) STRICT, WITHOUT ROWID;

-- The audit log: leaf number seq of an RFC 6962 Merkle tree.
CREATE TABLE audit_event (
    seq  INTEGER PRIMARY KEY CHECK (seq >= 0),
    body BLOB NOT NULL,                            -- canonical JSON (RFC 8785; integers only)
    leaf BLOB NOT NULL CHECK (length(leaf) = 32)   -- SHA-256(0x00 || body)
) STRICT;

-- Hashes of the full subtrees above the leaves: level 1 covers two leaves, level 2 four. A cache that can be rebuilt.
CREATE TABLE audit_node (
    level INTEGER NOT NULL CHECK (level > 0),
    idx   INTEGER NOT NULL,
    hash  BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (level, idx)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_checkpoint (
    size INTEGER PRIMARY KEY,  -- how many events the signed root covers
    note TEXT NOT NULL         -- C2SP tlog-checkpoint, signed
) STRICT;

-- Personal data and free text that may have to be erased one day. audit_event.body holds only the commitment
-- HMAC-SHA-256(key = salt, personal), so that the tree stands when the row is gone.
CREATE TABLE audit_private (
    seq      INTEGER PRIMARY KEY REFERENCES audit_event (seq),
    salt     BLOB NOT NULL CHECK (length(salt) = 32),
    personal TEXT NOT NULL
) STRICT;

-- These stop mistakes of the program. Whoever can write to the file can drop them; the tree is what shows that.
CREATE TRIGGER audit_event_is_never_changed BEFORE UPDATE ON audit_event
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

CREATE TRIGGER audit_event_is_never_deleted BEFORE DELETE ON audit_event
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

CREATE TRIGGER audit_event_has_no_gap BEFORE INSERT ON audit_event
WHEN NEW.seq <> (SELECT coalesce(max(seq) + 1, 0) FROM audit_event)
BEGIN SELECT RAISE(ABORT, 'the audit log has no gaps'); END;
