-- What players asked creatures: one question a player, wood and day. It goes after two days, and with the player.

CREATE TABLE questions (
    wood     INTEGER NOT NULL,
    key      TEXT    NOT NULL,
    day      TEXT    NOT NULL,               -- the wood's local date, as 2026-08-01
    at       INTEGER NOT NULL,               -- when it was put; when anew, where it was left without an answer
    creature TEXT    NOT NULL,
    question TEXT    NOT NULL,
    pondered INTEGER NOT NULL,               -- whether a model may think about it
    answer   TEXT,                           -- NULL while it is being thought about
    PRIMARY KEY (wood, key, day),
    FOREIGN KEY (wood, key) REFERENCES patrons (wood, key) ON DELETE CASCADE
) WITHOUT ROWID;

-- What minds thought in a wood's last turn, as far as their creatures may tell it when they are asked.

CREATE TABLE thoughts (
    wood     INTEGER NOT NULL REFERENCES woods (id) ON DELETE CASCADE,
    creature TEXT    NOT NULL,
    turn     INTEGER NOT NULL,
    thought  TEXT    NOT NULL,
    PRIMARY KEY (wood, creature)
) WITHOUT ROWID;
