"""A world in the making: the mutable copy that one half of a turn works on, and freezes."""

from collections.abc import Mapping
from typing import Any

from wood.almanac import usual_prices
from wood.chronicle import Event, EventKind
from wood.ledger import Ledger, audit
from wood.memory import Memory
from wood.names import CENTS, PEBBLES, Creature, Good
from wood.orders import Trade
from wood.rules import Rules
from wood.stakes import Case, Corner, Pact, Position, Telling, Wager
from wood.world import (
    Call,
    Claim,
    Echo,
    Forecast,
    Hearsay,
    Lately,
    Loan,
    Offer,
    Patron,
    Pool,
    Prophecy,
    ShockInForce,
    World,
)


class Draft:
    """Mutable twin of :class:`World` with the rules, the events of the turn and the open ledger at hand.

    ``now`` is the number of the turn that is open, ``turn`` that of the last one completed.
    """

    def __init__(
        self, rules: Rules, world: World, events: tuple[Event, ...] = (), flows: Mapping[str, int] | None = None
    ) -> None:
        self.rules = rules
        self.seed = world.seed
        # What the chances of single turns are keyed by; weather and years keep to the wood's own seed.
        self.dice = world.seed
        # A course that is only thought of: nobody is told anything, and nothing that moves no price is found out.
        self.imagined = False
        self.turn = world.turn
        self.now = world.turn + 1
        self.ledger = Ledger(world.accounts, flows)
        self.references: dict[Good, int] = dict(world.references)
        self.yesterday: dict[Good, int] = dict(world.yesterday)
        self.moods: dict[Creature, int] = dict(world.moods)
        # Rows of these two change seldom: they are shared with the world, and replaced by trusting() and feeling().
        self.trust: dict[Creature, Mapping[str, int]] = dict(world.trust)
        self.feelings: dict[Creature, Mapping[str, int]] = dict(world.feelings)
        self.patrons: dict[str, Patron] = dict(world.patrons)
        self.shocks: list[ShockInForce] = list(world.shocks)
        self.hearsay: list[Hearsay] = list(world.hearsay)
        self.said: list[Hearsay] = list(world.said)
        self.claims: list[Claim] = list(world.claims)
        self.offers: list[Offer] = list(world.offers)
        self.loans: list[Loan] = list(world.loans)
        self.deck: list[str] = list(world.deck)
        self.pool: Pool | None = world.pool
        self.ready = world.ready
        self.told = world.told
        self.wealth: dict[Creature, int] = dict(world.wealth)
        self.tape: tuple[Trade, ...] = world.tape
        self.offered = world.offered
        self.beliefs: dict[Creature, Mapping[str, int]] = dict(world.beliefs)
        self.echoes: dict[Creature, Mapping[str, Echo]] = dict(world.echoes)
        self.memories: dict[Creature, tuple[Memory, ...]] = dict(world.memories)
        self.lately: dict[Creature, Lately] = dict(world.lately)
        self.calls: list[Call] = list(world.calls)
        self.forecasts: list[Forecast] = list(world.forecasts)
        self.errors: dict[Good, tuple[int, ...]] = dict(world.errors)
        self.callers: dict[str, Prophecy] = dict(world.callers)
        self.album: dict[str, Telling] = dict(world.album)
        self.positions: list[Position] = list(world.positions)
        self.pacts: list[Pact] = list(world.pacts)
        self.corners: list[Corner] = list(world.corners)
        self.wagers: list[Wager] = list(world.wagers)
        self.cases: list[Case] = list(world.cases)
        self.uses: dict[str, tuple[int, ...]] = dict(world.uses)
        self.chain = world.chain
        self.events: list[Event] = list(events)
        self._usual: tuple[int, Mapping[Good, int]] = 0, {}

    def tell(self, happened: EventKind, subject: str = "", /, *, to: str | None = None, **data: Any) -> None:
        """Record an event; ``to`` names the only creature or patron who may see it.

        No key of ``data`` may be named like a parameter: compiled, it would be lost.
        """
        if not self.imagined:
            self.events.append(Event(happened, subject, data or None, to))

    @property
    def usual(self) -> Mapping[Good, int]:
        """What each good usually costs in the year of the open turn, hundredths; found once a turn."""
        if self._usual[0] != self.now:
            self._usual = self.now, usual_prices(self.rules, self.seed, self.now)
        return self._usual[1]

    def purse(self, account: str) -> int:
        """Pebbles on an account."""
        return self.ledger.held(account, PEBBLES)

    def wealth_of(self, creature: Creature) -> int:
        """Pebbles and goods at the reference, in hundredths."""
        store = self.ledger.on(creature)
        wealth = store.get(PEBBLES, 0) * CENTS
        for good, reference in self.references.items():
            wealth += store.get(good, 0) * reference
        return wealth

    def trusting(self, hearer: Creature, speaker: str, trust: int) -> None:
        """Set how far a creature trusts somebody, 0-100."""
        row = self.trust[hearer]
        new = {**row, speaker: trust}
        self.trust[hearer] = new if speaker in row else dict(sorted(new.items()))

    def feeling(self, whose: Creature, toward: str, feeling: int) -> None:
        """Set what a creature feels toward somebody, -20 to 20; 0 leaves nothing."""
        row = self.feelings[whose]
        new = {**row, toward: feeling}
        if not feeling:
            del new[toward]
        self.feelings[whose] = new if toward in row else dict(sorted(new.items()))

    def freeze(self) -> World:
        """Audit the books and freeze.

        Raises:
            LedgerError: the books do not balance.
        """
        accounts = self.ledger.frozen()
        audit(accounts)
        return World(
            seed=self.seed,
            turn=self.turn,
            accounts=accounts,
            references=self.references,
            yesterday=self.yesterday,
            moods=self.moods,
            trust=self.trust,
            feelings=self.feelings,
            patrons=self.patrons,
            shocks=tuple(self.shocks),
            hearsay=tuple(self.hearsay),
            said=tuple(self.said),
            claims=tuple(self.claims),
            offers=tuple(self.offers),
            loans=tuple(self.loans),
            deck=tuple(self.deck),
            pool=self.pool,
            ready=self.ready,
            told=self.told,
            wealth=self.wealth,
            tape=self.tape,
            offered=self.offered,
            beliefs=self.beliefs,
            echoes=self.echoes,
            memories=self.memories,
            lately=self.lately,
            calls=tuple(self.calls),
            forecasts=tuple(self.forecasts),
            errors=self.errors,
            callers=self.callers,
            album=self.album,
            positions=tuple(self.positions),
            pacts=tuple(self.pacts),
            corners=tuple(self.corners),
            wagers=tuple(self.wagers),
            cases=tuple(self.cases),
            uses=self.uses,
            chain=self.chain,
        )
