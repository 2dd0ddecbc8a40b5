-- Woods, the content they ran on, who plays in them, and the log of everything put into them.
-- Times are whole milliseconds since 1970 in UTC.

CREATE TABLE contents (
    digest   TEXT PRIMARY KEY,
    document TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE woods (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    channel_id       INTEGER NOT NULL,
    guild_id         INTEGER NOT NULL,
    seed             INTEGER NOT NULL,
    pace             INTEGER NOT NULL CHECK (pace BETWEEN 10 AND 86400),
    zone             TEXT    NOT NULL,
    report_hour      INTEGER NOT NULL CHECK (report_hour BETWEEN 0 AND 23),
    founded_at       INTEGER NOT NULL,
    next_turn        INTEGER,                -- NULL while paused
    turn             INTEGER NOT NULL,       -- turns completed
    world            TEXT    NOT NULL,       -- the world after that turn
    founded_hash     TEXT    NOT NULL,       -- of the founded world, for the log
    founding         TEXT    NOT NULL REFERENCES contents (digest),
    content          TEXT    NOT NULL REFERENCES contents (digest),
    board_message_id INTEGER,
    razed_at         INTEGER                 -- kept for a day, so that it can be undone
);

-- A channel is the key of the wood that lives in it; razed ones may lie beside it.
CREATE UNIQUE INDEX woods_living ON woods (channel_id) WHERE razed_at IS NULL;
CREATE INDEX woods_razed ON woods (razed_at) WHERE razed_at IS NOT NULL;

-- The only table in which a player's Discord id or name ever stands. Forgetting blanks both.
CREATE TABLE patrons (
    wood    INTEGER NOT NULL REFERENCES woods (id) ON DELETE CASCADE,
    key     TEXT    NOT NULL,
    user_id INTEGER,
    name    TEXT,
    PRIMARY KEY (wood, key)
) WITHOUT ROWID;

CREATE UNIQUE INDEX patrons_user ON patrons (wood, user_id) WHERE user_id IS NOT NULL;

CREATE TABLE interventions (
    wood         INTEGER NOT NULL REFERENCES woods (id) ON DELETE CASCADE,
    number       INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    action       TEXT    NOT NULL,
    applied_turn INTEGER,                    -- NULL until a turn has taken it in
    PRIMARY KEY (wood, number)
) WITHOUT ROWID;

CREATE INDEX interventions_pending ON interventions (wood, number) WHERE applied_turn IS NULL;
CREATE INDEX interventions_applied ON interventions (wood, applied_turn);

CREATE TABLE turns (
    wood      INTEGER NOT NULL REFERENCES woods (id) ON DELETE CASCADE,
    number    INTEGER NOT NULL,
    taken_at  INTEGER NOT NULL,
    record    TEXT    NOT NULL,
    decisions TEXT    NOT NULL,
    content   TEXT    NOT NULL REFERENCES contents (digest),
    hash      TEXT    NOT NULL,
    PRIMARY KEY (wood, number)
);

CREATE INDEX turns_taken ON turns (wood, taken_at);

-- The legends told, so that nobody has to read every turn to list them.
CREATE TABLE legends (
    wood   INTEGER NOT NULL REFERENCES woods (id) ON DELETE CASCADE,
    turn   INTEGER NOT NULL,
    legend TEXT    NOT NULL,
    PRIMARY KEY (wood, turn, legend)
) WITHOUT ROWID;
