-- How quickly alarms are answered, against which targets, and what operators bear.

-- The times within which alarms of a class are to be answered. Rows are only added: a month is judged by the targets
-- that held when its alarms arrived.
CREATE TABLE service_target_set (
    id         INTEGER PRIMARY KEY,
    class      TEXT NOT NULL,
    holds_from INTEGER NOT NULL,         -- for alarms that arrive from then on; of two of the same moment the newer one
    made       INTEGER NOT NULL,
    made_by    TEXT NOT NULL             -- user name; "standard": came with the program
) STRICT;
CREATE INDEX service_target_set_by_class ON service_target_set (class, holds_from);

CREATE TABLE service_target (
    set_id  INTEGER NOT NULL REFERENCES service_target_set (id),
    measure TEXT NOT NULL,               -- presented, accepted, acted, closed
    share   INTEGER NOT NULL,            -- of 1,000 alarms
    seconds INTEGER NOT NULL,
    PRIMARY KEY (set_id, measure, share)
) STRICT;

-- Reference 4.2.
INSERT INTO service_target_set (class, holds_from, made, made_by)
SELECT value, 0, 0, 'standard' FROM json_each('["hold-up", "fire", "medical", "gas", "help-point", "welfare", "intruder",
    "video", "tamper", "camera-tamper", "technical", "open-close", "path", "fail-to-test", "fault", "unknown"]');
INSERT INTO service_target (set_id, measure, share, seconds)
SELECT id, 'acted', 800, CASE WHEN class = 'welfare' THEN 10
                              WHEN class IN ('hold-up', 'fire', 'medical', 'gas', 'help-point') THEN 30 ELSE 90 END
  FROM service_target_set;
INSERT INTO service_target (set_id, measure, share, seconds)
SELECT id, 'acted', CASE WHEN class = 'welfare' THEN 975 ELSE 985 END,
       CASE WHEN class = 'welfare' THEN 30
            WHEN class IN ('hold-up', 'fire', 'medical', 'gas', 'help-point') THEN 60 ELSE 180 END
  FROM service_target_set;

-- When the room's shifts begin, by the clock on the wall. Only added, as targets are.
CREATE TABLE shift_pattern (
    id         INTEGER PRIMARY KEY,
    holds_from INTEGER NOT NULL,
    made       INTEGER NOT NULL,
    made_by    TEXT NOT NULL
) STRICT;
CREATE TABLE shift (
    pattern_id INTEGER NOT NULL REFERENCES shift_pattern (id),
    begins     INTEGER NOT NULL,         -- minutes since midnight, Europe/London; it ends where the next one begins
    name       TEXT NOT NULL,
    PRIMARY KEY (pattern_id, begins)
) STRICT;
INSERT INTO shift_pattern (id, holds_from, made, made_by) VALUES (1, 0, 0, 'standard');
INSERT INTO shift (pattern_id, begins, name) VALUES (1, 420, 'Day'), (1, 1140, 'Night');

-- What tells an alarm's times from those of others. No row: it was never held, and its system was not on test.
CREATE TABLE alarm_circumstance (
    alarm_id   INTEGER PRIMARY KEY REFERENCES alarm (id),
    was_held   INTEGER NOT NULL,         -- kept back at first, in case it was called off
    hold_ended INTEGER,                  -- null: it is held
    on_test    INTEGER NOT NULL          -- shown although its system was on test
) STRICT;
INSERT INTO alarm_circumstance (alarm_id, was_held, hold_ended, on_test)
SELECT alarm_id, 1, (SELECT min(at) FROM alarm_entry AS entry
                      WHERE entry.alarm_id = decision.alarm_id AND kind IN ('woke', 'accepted', 'closed')), 0
  FROM signal_decision AS decision WHERE outcome = 'held' AND alarm_id IS NOT NULL GROUP BY alarm_id;

-- Closed alarms that the sums below do not have yet. Written with the closing, removed with the adding.
CREATE TABLE service_pending (
    alarm_id INTEGER PRIMARY KEY REFERENCES alarm (id)
) STRICT;
INSERT INTO service_pending (alarm_id) SELECT id FROM alarm WHERE state = 'closed';

-- Sums of closed alarms by the hour in which they arrived. The rows of alarm are what they are sums of;
-- "alarms figures --check" compares them.
CREATE TABLE service_hour (
    id         INTEGER PRIMARY KEY,
    hour       INTEGER NOT NULL,         -- when it begins
    class      TEXT NOT NULL,
    counted    INTEGER NOT NULL,
    tests      INTEGER NOT NULL,
    storms     INTEGER NOT NULL,         -- joined into one incident
    called_off INTEGER NOT NULL,         -- ended while they were held
    presented  TEXT NOT NULL,            -- lengths of time and how often: response/time_counts.h
    accepted   TEXT NOT NULL,
    acted      TEXT NOT NULL,
    closed     TEXT NOT NULL,
    held       TEXT NOT NULL,
    unanswered TEXT NOT NULL,            -- how long those waited that ended by themselves
    UNIQUE (hour, class)
) STRICT;

-- What the room decided of premises' alarms, by the month in Europe/London in which they arrived.
CREATE TABLE service_premises (
    month       INTEGER NOT NULL,        -- when it begins
    premises_id INTEGER NOT NULL,
    decided     TEXT NOT NULL,           -- "intruder false-user 3 1": of three, the police were called for one; with ';'
    PRIMARY KEY (month, premises_id)
) STRICT, WITHOUT ROWID;

-- How many alarms an operator took in ten minutes. Written with the taking.
CREATE TABLE service_taken (
    ten_minutes INTEGER NOT NULL,        -- when they begin
    username    TEXT NOT NULL,
    taken       INTEGER NOT NULL,
    PRIMARY KEY (ten_minutes, username)
) STRICT, WITHOUT ROWID;
INSERT INTO service_taken (ten_minutes, username, taken)
SELECT at - at % 600000000, who, count(*) FROM alarm_entry WHERE kind IN ('accepted', 'taken-over') AND who <> 'station'
 GROUP BY 1, 2;
