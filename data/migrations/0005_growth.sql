-- Which version of the program wrote a wood's world, for the words when another one cannot read it.
ALTER TABLE woods ADD COLUMN version TEXT NOT NULL DEFAULT '';

-- Content that no turn runs on any more is found without reading every turn.
CREATE INDEX turns_content ON turns (content);
