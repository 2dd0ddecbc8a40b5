-- Which woods are due, found without reading their worlds: the heartbeat asks for it every few seconds.
CREATE INDEX woods_due ON woods (next_turn, pace, dozing, turn, guild_id) WHERE razed_at IS NULL AND next_turn IS NOT NULL;
