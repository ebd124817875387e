-- Up to which change of supervision the rules have made alarms: those behind it are still to come.
CREATE TABLE supervision_judged (
    id   INTEGER PRIMARY KEY CHECK (id = 1),
    last INTEGER NOT NULL
) STRICT;
