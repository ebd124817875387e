-- How the two paths of a panel are told apart and how often each polls. A panel of which nothing of the kind is known
-- has no row here.
CREATE TABLE panel_signalling (
    panel_id                 INTEGER PRIMARY KEY REFERENCES panel (id),
    alternative_line         TEXT NOT NULL DEFAULT '',  -- of the receiver, upper case
    primary_source           TEXT NOT NULL DEFAULT '',  -- "10.20.0.0/16", or one address
    alternative_source       TEXT NOT NULL DEFAULT '',
    poll_seconds             INTEGER,                   -- null: learnt from its polls
    alternative_poll_seconds INTEGER
) STRICT;

-- How long the station has watched, all its runs together: silence is measured on this clock, which stands while the
-- station does and which nobody can step.
CREATE TABLE supervision_clock (
    id     INTEGER PRIMARY KEY CHECK (id = 1),
    uptime INTEGER NOT NULL,  -- microseconds
    alive  INTEGER NOT NULL   -- UTC, when it was written
) STRICT;

-- How each supervised path stands. An observation, not audited; its changes are.
CREATE TABLE panel_path (
    panel_id      INTEGER NOT NULL REFERENCES panel (id),
    path          TEXT NOT NULL,     -- "primary", "alternative"
    state         TEXT NOT NULL,     -- "up", "late", "failed"
    since         INTEGER NOT NULL,
    heard         INTEGER,           -- UTC, for people; null: never
    heard_uptime  INTEGER,           -- on supervision_clock
    poll_interval INTEGER,           -- seconds, as observed
    PRIMARY KEY (panel_id, path)
) STRICT;

-- When each panel that must test was tested last.
CREATE TABLE panel_test (
    panel_id      INTEGER PRIMARY KEY REFERENCES panel (id),
    state         TEXT NOT NULL,     -- "ok", "overdue"
    since         INTEGER NOT NULL,
    tested        INTEGER,
    tested_uptime INTEGER
) STRICT;

-- Each change of the two, never changed itself.
CREATE TABLE supervision_change (
    id          INTEGER PRIMARY KEY,
    panel_id    INTEGER NOT NULL,
    subject     TEXT NOT NULL,       -- "primary", "alternative", "test"
    before      TEXT NOT NULL,
    after       TEXT NOT NULL,
    changed     INTEGER NOT NULL,
    both_failed INTEGER NOT NULL     -- the change that left the panel without a path, and the one that ended that
) STRICT;
CREATE INDEX supervision_change_by_panel ON supervision_change (panel_id, changed);
CREATE INDEX supervision_change_by_time ON supervision_change (changed);
