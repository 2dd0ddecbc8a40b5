-- What is kept of a player who was forgotten, until the wood's year has ended or the player joins again: by what to know
-- them again, and what they had. Neither who they are nor who they were in the wood.

CREATE TABLE farewells (
    wood    INTEGER NOT NULL REFERENCES woods (id) ON DELETE CASCADE,
    secret  BLOB    NOT NULL,                -- random, of this row alone
    digest  BLOB    NOT NULL,                -- of the player's id, keyed with it
    pebbles INTEGER NOT NULL,
    breath  INTEGER NOT NULL,
    turn    INTEGER NOT NULL,                -- turns completed when they left
    until   INTEGER NOT NULL                 -- the turn with which the row goes
);

CREATE INDEX farewells_wood ON farewells (wood);
