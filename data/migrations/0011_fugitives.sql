-- What the Magistrate has of a player who left comes back with the player: nobody escapes by being forgotten.

ALTER TABLE farewells ADD COLUMN heat INTEGER NOT NULL DEFAULT 0;
ALTER TABLE farewells ADD COLUMN blocked INTEGER NOT NULL DEFAULT 0;   -- the last turn of a frozen purse
ALTER TABLE farewells ADD COLUMN exiled INTEGER NOT NULL DEFAULT 0;    -- the last turn of an exile
ALTER TABLE farewells ADD COLUMN convicted INTEGER NOT NULL DEFAULT 0;
