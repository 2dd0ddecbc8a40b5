"""Small notes of the program to its own next start, by name."""

from data.database import Database


class Notes:
    """Notes by name; nothing of a wood or of a player is kept here."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def read(self, name: str) -> str | None:
        """A note; None where nothing was noted."""
        rows = list(await self._database.rows("SELECT value FROM notes WHERE name = ?", (name,)))
        return rows[0][0] if rows else None

    async def write(self, name: str, value: str) -> None:
        """Note something, in place of what was noted before."""
        async with self._database.writing() as connection:
            await connection.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (name, value))
