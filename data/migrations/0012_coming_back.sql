-- When a player whom a wood knows was seen there last, what had happened by then, and what the purse held: for what is
-- told to somebody who comes back. It goes when the player is forgotten.

CREATE TABLE visits (
    wood  INTEGER NOT NULL,
    key   TEXT    NOT NULL,
    at    INTEGER NOT NULL,
    turn  INTEGER NOT NULL,                  -- turns completed then
    purse INTEGER,                           -- pebbles; NULL for somebody who has made calls and never joined
    PRIMARY KEY (wood, key),
    FOREIGN KEY (wood, key) REFERENCES patrons (wood, key) ON DELETE CASCADE
) WITHOUT ROWID;

-- What patrons asked to be told: of a price, once, or of a moment, whenever it comes.

CREATE TABLE alerts (
    id    INTEGER PRIMARY KEY AUTOINCREMENT,
    wood  INTEGER NOT NULL,
    key   TEXT    NOT NULL,
    good  TEXT    NOT NULL,
    way   INTEGER NOT NULL CHECK (way IN (-1, 1)),
    price INTEGER NOT NULL,                  -- hundredths of a pebble
    UNIQUE (wood, key, good, way, price),
    FOREIGN KEY (wood, key) REFERENCES patrons (wood, key) ON DELETE CASCADE
);

CREATE TABLE reminders (
    wood INTEGER NOT NULL,
    key  TEXT    NOT NULL,
    what TEXT    NOT NULL CHECK (what IN ('report', 'call', 'loan')),
    told INTEGER NOT NULL DEFAULT 0,         -- which moment it was told of last
    PRIMARY KEY (wood, key, what),
    FOREIGN KEY (wood, key) REFERENCES patrons (wood, key) ON DELETE CASCADE
) WITHOUT ROWID;

-- All that one turn has for one patron: one message. The post that it becomes has the kind 'notify' and, because receipts
-- have their own ids for keys, this id below zero.
CREATE TABLE nudges (
    id    INTEGER PRIMARY KEY AUTOINCREMENT,
    wood  INTEGER NOT NULL,
    key   TEXT    NOT NULL,
    items TEXT    NOT NULL,                  -- JSON
    FOREIGN KEY (wood, key) REFERENCES patrons (wood, key) ON DELETE CASCADE
);

CREATE INDEX nudges_patron ON nudges (wood, key);

-- Where these go; "refused" where Discord took no direct message.
ALTER TABLE patrons ADD COLUMN reach TEXT NOT NULL DEFAULT 'direct' CHECK (reach IN ('channel', 'direct', 'refused'));

-- When anything was pressed in a wood last, to the hour; whether it may doze when nothing is, and whether it does.
ALTER TABLE woods ADD COLUMN pressed_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE woods ADD COLUMN dozes INTEGER NOT NULL DEFAULT 1;
ALTER TABLE woods ADD COLUMN dozing INTEGER NOT NULL DEFAULT 0;

-- What was pressed before is not known: the woods that are there begin as if it had been just now.
UPDATE woods SET pressed_at = max(founded_at, CAST(strftime('%s', 'now') AS INTEGER) * 1000);
