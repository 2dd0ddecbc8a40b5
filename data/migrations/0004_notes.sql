-- What the program notes for its own next start; nothing of a wood or of a player.
CREATE TABLE notes (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
