-- What panels reported, as it was received. A row is written before the panel is answered, and never changed.
CREATE TABLE signal (
    id               INTEGER PRIMARY KEY,
    received         INTEGER NOT NULL,
    panel_id         INTEGER,            -- null: nobody knew the account then
    account          TEXT NOT NULL,      -- of the event, upper case
    protocol         TEXT NOT NULL,      -- "DC-09", "MLR2"
    source           TEXT NOT NULL,      -- "10.1.2.3:5012 tcp"
    token            TEXT NOT NULL,      -- "SIA-DCS"
    sequence         TEXT NOT NULL,
    receiver         TEXT NOT NULL,
    line             TEXT NOT NULL,
    header_account   TEXT NOT NULL,      -- by which the key was found; the data may name another
    encrypted        INTEGER NOT NULL,
    lacks_encryption INTEGER NOT NULL,   -- the account has a key, and this came without
    data             TEXT NOT NULL,      -- in the clear, UTF-8
    events           TEXT NOT NULL,      -- JSON: [{"code": "BA", "category": "alarm_intruder", ...}]
    extended         TEXT NOT NULL,      -- JSON: [["M", "001122AABBCC"]]
    panel_time       TEXT NOT NULL,      -- as sent
    drift            INTEGER,            -- seconds that the panel's clock is ahead
    raw              BLOB NOT NULL,      -- the frame as it came, encrypted if it was
    repetition_key   TEXT NOT NULL       -- alarm::ReceivedSignal::repetitionKey
) STRICT;
CREATE INDEX signal_by_repetition ON signal (repetition_key, received);
CREATE INDEX signal_by_account ON signal (account, received);
CREATE INDEX signal_by_time ON signal (received);
CREATE INDEX signal_of_nobody ON signal (received) WHERE panel_id IS NULL;

-- Each further time that the panel sent it, because our answer did not reach it.
CREATE TABLE signal_repetition (
    id        INTEGER PRIMARY KEY,
    signal_id INTEGER NOT NULL REFERENCES signal (id),
    received  INTEGER NOT NULL,
    source    TEXT NOT NULL,
    raw       BLOB NOT NULL
) STRICT;
CREATE INDEX signal_repetition_by_signal ON signal_repetition (signal_id);
