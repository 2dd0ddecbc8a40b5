-- The calls to the minds, packed: a turn's in one row. Those of older versions stay in traces until they are thinned.
-- Since this version a turn's record and decisions are packed too, in the columns where they stood as text before.

CREATE TABLE calls (
    id     INTEGER PRIMARY KEY,
    wood   INTEGER NOT NULL REFERENCES woods (id) ON DELETE CASCADE,
    turn   INTEGER NOT NULL,
    silent TEXT    NOT NULL,                 -- codes of why minds gave no answer, apart by spaces
    packed BLOB    NOT NULL,                 -- a JSON list, one object a call; see data/calls.py
    UNIQUE (wood, turn)
);

-- Which system prompts a wood's calls name, so that those of razed woods are found.
CREATE TABLE prompted (
    wood   INTEGER NOT NULL REFERENCES woods (id) ON DELETE CASCADE,
    digest TEXT    NOT NULL REFERENCES prompts (digest),
    PRIMARY KEY (wood, digest)
) WITHOUT ROWID;

CREATE INDEX prompted_digest ON prompted (digest);

-- What is not packed yet is found without reading every turn.
CREATE INDEX turns_plain ON turns (wood, number) WHERE typeof(record) = 'text';
