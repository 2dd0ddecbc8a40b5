-- Whether a wood takes patrons' own words, or only lines that the game offers.
ALTER TABLE woods ADD COLUMN free_text INTEGER NOT NULL DEFAULT 1;

-- Whose words a wood's keeper does not want. A row names nobody: it holds a digest of the user id, keyed with a secret of
-- its own, so that it outlives a player's being forgotten without keeping the id.
CREATE TABLE muted (
    wood   INTEGER NOT NULL REFERENCES woods (id) ON DELETE CASCADE,
    secret BLOB    NOT NULL,
    digest BLOB    NOT NULL,
    PRIMARY KEY (wood, secret)
) WITHOUT ROWID;

-- When a post that may have arrived was first sent: that far back it is looked for, however much was said since.
ALTER TABLE posts ADD COLUMN sent_at INTEGER;
