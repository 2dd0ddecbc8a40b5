-- By which form each document was written, and by which rules and hashes each turn was played. What was there before
-- these columns is of the first form. A content document carries its schema itself, so that its digest covers it.

ALTER TABLE woods ADD COLUMN schema INTEGER NOT NULL DEFAULT 1;          -- of the world
ALTER TABLE woods ADD COLUMN rules INTEGER NOT NULL DEFAULT 1;           -- it was founded by
ALTER TABLE woods ADD COLUMN hashes INTEGER NOT NULL DEFAULT 1;          -- of founded_hash
ALTER TABLE interventions ADD COLUMN schema INTEGER NOT NULL DEFAULT 1;
ALTER TABLE turns ADD COLUMN schema INTEGER NOT NULL DEFAULT 1;          -- of the record
ALTER TABLE turns ADD COLUMN decisions_schema INTEGER NOT NULL DEFAULT 1;
ALTER TABLE turns ADD COLUMN rules INTEGER NOT NULL DEFAULT 1;
ALTER TABLE turns ADD COLUMN hashes INTEGER NOT NULL DEFAULT 1;

-- The world a wood went on from when its rules or its hashes changed, after the turn named: as it was stored then.
CREATE TABLE seams (
    wood   INTEGER NOT NULL REFERENCES woods (id) ON DELETE CASCADE,
    turn   INTEGER NOT NULL,
    schema INTEGER NOT NULL,
    world  TEXT    NOT NULL,
    PRIMARY KEY (wood, turn)
) WITHOUT ROWID;
