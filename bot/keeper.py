"""The keeper: one use case a method, and the only writer. Knows nothing of Discord's objects, only of ids.

Every method that players cause raises :class:`wood.refusal.Refusal` (or its subclass
:class:`bot.refusals.KeeperError`) with a code and facts; then nothing has changed.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.keeping.admin import Admin
from bot.keeping.annals import Annals
from bot.keeping.calls import Calls
from bot.keeping.desk import Desk, utc_now
from bot.keeping.dozing import Dozing
from bot.keeping.library import Library
from bot.keeping.manners import Manners
from bot.keeping.minds import Minds
from bot.keeping.nudges import Nudges
from bot.keeping.patrons import Patrons
from bot.keeping.queries import Queries
from bot.keeping.questions import Questions
from bot.keeping.receipts import Receipts
from bot.keeping.stakes import Stakes
from bot.keeping.tales import Tales
from bot.keeping.tidings import Tidings
from bot.keeping.turnpool import TurnPool
from bot.keeping.turns import Turns
from bot.keeping.visits import Visits
from bot.refusals import KeeperError
from bot.telling.cards import WoodCard
from bot.telling.charts.pool import ChartPool
from data.store import Store
from inference.protocol import State

__all__ = ["Keeper", "KeeperError"]


class Keeper:
    """The use cases of one process, by whom they serve; the parts share one :class:`bot.keeping.desk.Desk`.

    Commands never touch a stored world: they write an intervention, which is durable before they answer and applied by
    the next turn. What they show is the world with everything admitted that waits.

    Args:
        store: where everything is kept.
        minds: who decides for the creatures.
        charts: draws charts off the event loop.
        library: the content, in its editions; None for the content of this program.
        now: the time, aware.
        asleep: what the minds that do not answer yet are at; empty when all of them are awake.
        traces_kept: of how many turns a wood's calls to the minds are kept; 0 keeps them all.
        pool: where turns are computed; None computes them in threads.

    Attributes:
        queries: for everybody: looking at a wood without changing anything.
        patrons: for patrons: joining, rumors, legends, being forgotten.
        tidings: for patrons who asked to be told: what a turn had for them.
        stakes: for patrons: what a move would cost, making it, the book and the history.
        questions: for patrons: asking a creature.
        calls: for everybody: the daily call.
        annals: for everybody: the sagas of years that are over, and what stays of them.
        admin: for those who keep a wood: founding, settings, pausing, razing.
        receipts: what came of rumors and whispers.
        nudges: for patrons: alerts and reminders.
        visits: for those who come back: what happened meanwhile.
        dozing: for whoever presses anything: it wakes a wood that dozes.
        manners: for those who keep a wood: muting; and for all who speak: whether they may, and in which words.
        tales: for patrons and those who keep a wood: legends that players make up.
        turns: for the clock: taking turns, owing reports.
    """

    def __init__(
        self,
        store: Store,
        minds: Minds,
        charts: ChartPool,
        *,
        library: Library | None = None,
        now: Callable[[], datetime] = utc_now,
        asleep: Callable[[], Sequence[State]] = tuple,
        traces_kept: int = 0,
        pool: TurnPool | None = None,
    ) -> None:
        pool = pool or TurnPool()
        self._desk = desk = Desk(store, library or Library(store), now)
        self.queries = Queries(desk, charts, asleep)
        self.patrons = Patrons(desk)
        self.stakes = Stakes(desk)
        self.tidings = Tidings(desk)
        self.questions = Questions(desk, minds)
        self.calls = Calls(desk)
        self.annals = Annals(desk)
        self.admin = Admin(desk)
        self.receipts = Receipts(desk, minds, pool)
        self.nudges = Nudges(desk)
        self.visits = Visits(desk)
        self.dozing = Dozing(desk)
        self.manners = Manners(desk)
        self.tales = Tales(desk, charts)
        self.turns = Turns(desk, minds, self.admin.pause, traces_kept, self.receipts.advance, pool)

    def on_change(self, listener: Callable[[WoodCard], None]) -> None:
        """Call ``listener`` whenever a wood is founded, changed, razed or restored."""
        self._desk.on_change(listener)

    def on_owed(self, listener: Callable[[int], None]) -> None:
        """Call ``listener`` with the channel whenever a post is owed to it."""
        self._desk.on_owed(listener)
