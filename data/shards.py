"""Which servers of Discord one process keeps, when several share the work.

Discord sends what happens in a server to one of the bot's connections (*shards*), by the server's id. A process that
runs some shards keeps the woods of their servers in a file of its own; the one rule that says which those are is here,
as Python, and as SQL for the lists of what is due.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

MOST: Final = 16_384
"""Shards of one bot: more than Discord has ever recommended to one."""
_FORM: Final = re.compile(r"\s*(\d{1,6})\s*(?:-\s*(\d{1,6})\s*)?/\s*(\d{1,6})\s*")
_EXAMPLE: Final = "0-3/16 (shards 0 to 3 of 16) or 5/16 (shard 5 alone)"


@dataclass(frozen=True, slots=True, order=True)
class Shards:
    """Shards that follow one another, out of all that a bot has.

    Attributes:
        first: the first of them, counted from 0.
        last: the last of them.
        count: how many the bot has in all its processes together.
    """

    first: int
    last: int
    count: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read shards as they are written on a command line: ``0-3/16``, ``5/16``.

        Raises:
            ValueError: they are no shards; the message goes on from their name ("is …").
        """
        found = _FORM.fullmatch(text)
        if found is None:
            raise ValueError(f"is no range of shards; write it like {_EXAMPLE}")
        first, last, count = int(found[1]), int(found[2] or found[1]), int(found[3])
        if not 1 <= count <= MOST:
            raise ValueError(f"is out of bounds: a bot has 1 to {MOST} shards")
        if first > last:
            raise ValueError(f"is the wrong way round; write {last}-{first}/{count}")
        if last >= count:
            raise ValueError(f"is out of bounds: {count} shards are counted from 0 to {count - 1}")
        return cls(first, last, count)

    def __str__(self) -> str:
        """As it is written: ``0-3/16``."""
        return f"{self._range}/{self.count}"

    @property
    def _range(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"

    @property
    def ids(self) -> list[int]:
        """Their numbers."""
        return list(range(self.first, self.last + 1))

    @property
    def whole(self) -> bool:
        """Whether these are all that there are."""
        return self.last - self.first + 1 == self.count

    @property
    def share(self) -> float:
        """Which part of all shards they are: of what all processes together may do, about this is theirs."""
        return (self.last - self.first + 1) / self.count

    def owns(self, guild_id: int) -> bool:
        """Whether a server belongs to one of them."""
        return self.first <= (guild_id >> 22) % self.count <= self.last

    @property
    def condition(self) -> str:
        """:meth:`owns` as SQL, for a table with a column ``guild_id``."""
        return "1" if self.whole else f"(guild_id >> 22) % {self.count} BETWEEN {self.first} AND {self.last}"

    def file(self, base: Path) -> Path:
        """Name their database: ``wood.sqlite3`` for all, else ``wood-0-3-of-16.sqlite3``."""
        return base if self.whole else base.with_name(f"{base.stem}-{self._range}-of-{self.count}{base.suffix}")


WHOLE: Final = Shards(0, 0, 1)
"""All servers: one process keeps every wood."""
