-- What nobody is to see of a camera's picture. A camera without a row has no zones; one whose zones were taken away
-- keeps its row, so that the audit log vouches for their absence too.
CREATE TABLE privacy_zones (
    camera_id     INTEGER PRIMARY KEY REFERENCES camera (id),
    camera_number INTEGER NOT NULL,  -- by which people know the row
    zones         TEXT NOT NULL      -- [[[x,y],...],...] in ten-thousandths of the picture's width and height
) STRICT;
