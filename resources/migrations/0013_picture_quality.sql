-- How good each camera's picture was, once an hour: for engineers, who see in it a lens that gets dirty.
CREATE TABLE picture_quality (
    camera_id INTEGER NOT NULL,
    time      INTEGER NOT NULL,
    sharpness REAL NOT NULL,     -- these as analytics::PictureQuality
    exposure  REAL NOT NULL,
    clipped   REAL NOT NULL,
    contrast  REAL NOT NULL,
    noise     REAL NOT NULL,
    red       REAL NOT NULL,
    green     REAL NOT NULL,
    blue      REAL NOT NULL,
    PRIMARY KEY (camera_id, time)
) STRICT, WITHOUT ROWID;
