"""The store: one SQLite file with the woods, the log of what is put into them, their turns and their owed posts."""

from pathlib import Path
from types import TracebackType
from typing import Self

from data.database import BUSY_TIMEOUT, Database
from data.journal import Journal
from data.lately import Recent
from data.manners import Manners
from data.notes import Notes
from data.nudges import Nudges
from data.openings import Openings
from data.posts import Posts
from data.proposals import Proposals
from data.questions import Questions
from data.receipts import Receipts
from data.shards import WHOLE, Shards
from data.turns import Turns
from data.visits import Visits
from data.vitals import Vitals
from data.woods import Woods


class Store:
    """Everything that is kept. Every method of a part is one transaction: all of it or nothing.

    Any of them may raise :class:`data.errors.StoreError`; then nothing was written.

    Attributes:
        database: the file itself.
        woods: where woods live and how they run.
        journal: what is put into them, and by whom.
        openings: woods before their next turns.
        turns: what happened in them, and the calls to their minds.
        receipts: what came of what was said in them.
        recent: their last turns and receipts in one look.
        posts: what they owe their channels.
        nudges: what patrons asked to be told.
        visits: when players were seen last.
        proposals: legends that patrons made up for them.
        questions: what players asked creatures.
        manners: whose words their keepers do not want.
        notes: what the program notes for its next start.
        vitals: how woods do, for whoever looks after them.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self.woods = Woods(database)
        self.journal = Journal(database)
        self.openings = Openings(database)
        self.turns = Turns(database)
        self.receipts = Receipts(database)
        self.recent = Recent(database)
        self.posts = Posts(database)
        self.nudges = Nudges(database)
        self.visits = Visits(database)
        self.proposals = Proposals(database)
        self.questions = Questions(database)
        self.manners = Manners(database)
        self.notes = Notes(database)
        self.vitals = Vitals(database)

    @classmethod
    async def open(cls, path: Path | str, *, busy_timeout: float = BUSY_TIMEOUT, shards: Shards = WHOLE) -> Self:
        """Open the database file, see :meth:`data.database.Database.open`.

        Raises:
            StoreError: it cannot be used; the message says what to do.
        """
        return cls(await Database.open(path, busy_timeout=busy_timeout, shards=shards))

    async def close(self) -> None:
        """Close the file."""
        await self.database.close()

    async def __aenter__(self) -> Self:
        """Use the store for a block."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it at the block's end."""
        await self.close()
