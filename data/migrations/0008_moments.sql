-- A wood has more posts than its board and its reports: a key tells those of a kind apart. It is 0 for the board, the end
-- of a report's hours, the turn of an extra or of a year's end, and the message that is to be pinned or taken away.

CREATE TABLE posts_of_every_kind (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    wood       INTEGER NOT NULL REFERENCES woods (id) ON DELETE CASCADE,
    kind       TEXT    NOT NULL CHECK (kind IN ('board', 'report', 'extra', 'year', 'pin', 'removal')),
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

-- A report told of a local day; it tells of the hours up to its own now. (local_midnight is the program's own.)
INSERT INTO posts_of_every_kind
    (id, wood, kind, key, since, news_at, revision, state, nonce, attempts, next_try, problem, message_id)
SELECT
    posts.id, posts.wood, posts.kind,
    CASE posts.kind WHEN 'report' THEN local_midnight(posts.day, 1, woods.zone) ELSE 0 END,
    CASE posts.kind WHEN 'report' THEN local_midnight(posts.day, 0, woods.zone) END,
    posts.next_try, posts.revision, posts.state, posts.nonce, posts.attempts, posts.next_try, posts.problem,
    posts.message_id
FROM posts JOIN woods ON woods.id = posts.wood ORDER BY posts.id;

DROP TABLE posts;
ALTER TABLE posts_of_every_kind RENAME TO posts;
CREATE INDEX posts_due ON posts (next_try) WHERE state IN ('owed', 'sending');

-- All that happened before it has been reported, or never will be: a wood's first report begins at its founding.
ALTER TABLE woods ADD COLUMN reported_until INTEGER NOT NULL DEFAULT 0;
UPDATE woods SET reported_until =
    CASE reported WHEN '' THEN founded_at ELSE max(founded_at, local_midnight(reported, 1, zone)) END;
ALTER TABLE woods DROP COLUMN reported;

-- What a keeper may choose: whether legends strike with a post of their own, and whether the board is pinned.
ALTER TABLE woods ADD COLUMN extras INTEGER NOT NULL DEFAULT 1;
ALTER TABLE woods ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;
