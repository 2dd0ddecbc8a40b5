-- Every call to a mind. System prompts repeat, so each is stored once under its digest.

CREATE TABLE prompts (
    digest TEXT PRIMARY KEY,
    text   TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE traces (
    id            INTEGER PRIMARY KEY,
    wood          INTEGER NOT NULL REFERENCES woods (id) ON DELETE CASCADE,
    turn          INTEGER NOT NULL,
    creature      TEXT    NOT NULL,
    system        TEXT    NOT NULL REFERENCES prompts (digest),
    user          TEXT    NOT NULL,
    response      TEXT,
    thought       TEXT    NOT NULL,
    offers        TEXT    NOT NULL,          -- JSON list of {side, good, price, qty}
    gossip        TEXT    NOT NULL,
    engine        TEXT    NOT NULL,
    tokens_in     INTEGER NOT NULL,
    tokens_out    INTEGER NOT NULL,
    tokens_cached INTEGER NOT NULL,
    latency       REAL    NOT NULL,
    valid         INTEGER NOT NULL,
    repairs       TEXT    NOT NULL,          -- JSON lists of codes
    drops         TEXT    NOT NULL,
    why           TEXT    NOT NULL
);

CREATE INDEX traces_turn ON traces (wood, turn);
CREATE INDEX traces_prompt ON traces (system);
