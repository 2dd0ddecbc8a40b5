-- Legends that patrons proposed for their wood's deck. An accepted one is content of the wood from then on and stays here
-- for what waits to be taken in; of the others the last few that were closed are kept, and none of a patron who was
-- forgotten.

CREATE TABLE proposals (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    wood   INTEGER NOT NULL REFERENCES woods (id) ON DELETE CASCADE,
    slug   TEXT    NOT NULL,
    author TEXT    NOT NULL,                 -- a patron's key
    state  TEXT    NOT NULL CHECK (state IN ('draft', 'proposed', 'accepted', 'declined', 'withdrawn')),
    at     INTEGER NOT NULL,                 -- when it came into this state
    schema INTEGER NOT NULL,                 -- of content
    legend TEXT    NOT NULL,                 -- JSON
    UNIQUE (wood, slug)
);
