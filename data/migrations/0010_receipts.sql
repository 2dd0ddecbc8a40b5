-- What became of each rumor and whisper, and the world before the turn that took it in, which is kept while its receipts
-- are measured: so a program that died in between measures on.

CREATE TABLE hearings (
    wood   INTEGER NOT NULL REFERENCES woods (id) ON DELETE CASCADE,
    turn   INTEGER NOT NULL,                 -- in which it was heard
    schema INTEGER NOT NULL,
    world  TEXT    NOT NULL,                 -- before that turn
    PRIMARY KEY (wood, turn)
) WITHOUT ROWID;

CREATE TABLE receipts (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    wood      INTEGER NOT NULL REFERENCES woods (id) ON DELETE CASCADE,
    turn      INTEGER NOT NULL,              -- in which it was heard
    place     INTEGER NOT NULL,              -- among all that was heard in that turn
    speaker   TEXT    NOT NULL,              -- a patron's key; empty for a traveller
    whispered TEXT,                          -- to which creature; NULL for a rumor
    about     TEXT    NOT NULL,
    leaning   INTEGER NOT NULL,
    text      TEXT    NOT NULL,
    believed  TEXT    NOT NULL,              -- JSON: hearer -> points
    state     TEXT    NOT NULL CHECK (state IN ('open', 'done', 'crowded', 'lost')),
    through   INTEGER NOT NULL DEFAULT 0,    -- the last turn that it is measured for
    others    INTEGER NOT NULL DEFAULT 0,    -- how many said the same in that turn
    effects   TEXT    NOT NULL DEFAULT '[]', -- JSON: by turn, hundredths of a per cent
    low       TEXT    NOT NULL DEFAULT '[]', -- JSON: the band by other dice
    high      TEXT    NOT NULL DEFAULT '[]',
    gain      INTEGER NOT NULL DEFAULT 0,    -- of a creature: hundredths of a pebble
    did       TEXT    NOT NULL DEFAULT '[]', -- JSON: [hearer, what, units]
    held      TEXT    NOT NULL DEFAULT '[]', -- JSON: creatures whose decisions were held fixed
    voice     INTEGER NOT NULL DEFAULT 0,    -- the speaker's part of the effect that is told, without its sign
    UNIQUE (wood, turn, place)
);

-- Whether and where a patron wishes to be told what came of a rumor; "refused" where Discord took no direct message.
ALTER TABLE patrons ADD COLUMN notify TEXT NOT NULL DEFAULT 'off'
    CHECK (notify IN ('off', 'channel', 'direct', 'refused'));

CREATE TABLE posts_and_notices (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    wood       INTEGER NOT NULL REFERENCES woods (id) ON DELETE CASCADE,
    kind       TEXT    NOT NULL CHECK (kind IN ('board', 'report', 'extra', 'year', 'notify', 'pin', 'removal')),
    key        INTEGER NOT NULL,
    since      INTEGER,                      -- the start of a report's hours
    news_at    INTEGER NOT NULL,             -- when it was owed first: news grow old
    revision   INTEGER NOT NULL DEFAULT 1,   -- counts up each time it is owed anew
    anew       INTEGER NOT NULL DEFAULT 0,   -- up to this revision the board is owed as a new message, not as an edit
    state      TEXT    NOT NULL CHECK (state IN ('owed', 'sending', 'delivered', 'abandoned')),
    nonce      TEXT    NOT NULL,
    attempts   INTEGER NOT NULL DEFAULT 0,   -- failures in a row
    next_try   INTEGER NOT NULL,
    problem    TEXT    NOT NULL DEFAULT '',
    message_id INTEGER,
    UNIQUE (wood, kind, key)
);
INSERT INTO posts_and_notices
    (id, wood, kind, key, since, news_at, revision, anew, state, nonce, attempts, next_try, problem, message_id)
SELECT id, wood, kind, key, since, news_at, revision, anew, state, nonce, attempts, next_try, problem, message_id
FROM posts ORDER BY id;
DROP TABLE posts;
ALTER TABLE posts_and_notices RENAME TO posts;
CREATE INDEX posts_due ON posts (next_try) WHERE state IN ('owed', 'sending');
