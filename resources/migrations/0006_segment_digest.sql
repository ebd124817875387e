-- What the row of a finished file held when the audit log came to vouch for it. Rows are too many for an event each
-- (docs/decisions/0102): an event vouches for a run of these digests, and each digest for its row, which names it.
CREATE TABLE segment_digest (
    id     INTEGER PRIMARY KEY,                      -- segment.id
    sha256 BLOB NOT NULL CHECK (length(sha256) = 32)
) STRICT;
