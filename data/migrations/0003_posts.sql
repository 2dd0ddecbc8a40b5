-- What a wood still owes its channel. No rendered text: a post is drawn when it is delivered, so that a
-- player who was forgotten in between is not named by it.

CREATE TABLE posts (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    wood       INTEGER NOT NULL REFERENCES woods (id) ON DELETE CASCADE,
    kind       TEXT    NOT NULL CHECK (kind IN ('board', 'report')),
    day        TEXT    NOT NULL,             -- the local date of a report; '' for the board
    revision   INTEGER NOT NULL DEFAULT 1,   -- counts up each time it is owed anew
    state      TEXT    NOT NULL CHECK (state IN ('owed', 'sending', 'delivered', 'abandoned')),
    nonce      TEXT    NOT NULL,
    attempts   INTEGER NOT NULL DEFAULT 0,   -- failures in a row
    next_try   INTEGER NOT NULL,
    problem    TEXT    NOT NULL DEFAULT '',
    message_id INTEGER,
    UNIQUE (wood, kind, day)
);

CREATE INDEX posts_due ON posts (next_try) WHERE state IN ('owed', 'sending');

-- The last local date whose report was owed.
ALTER TABLE woods ADD COLUMN reported TEXT NOT NULL DEFAULT '';
