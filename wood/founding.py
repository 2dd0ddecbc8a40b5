"""How a wood begins."""

from typing import Final

from wood.bourse import RESERVE
from wood.chance import shuffled
from wood.hearsay import START_TRUST
from wood.ledger import Ledger
from wood.names import BOURSE, CREATURES, GOODS, HARVEST, MINT, PEBBLES, Good
from wood.rules import Rules
from wood.world import UNEVENTFUL, World

START_PEBBLES: Final = 40
START_OWN: Final = 2
START_OTHER: Final = {Good.ACORNS: 0, Good.BERRIES: 0, Good.MUSHROOMS: 0, Good.HONEY: 0, Good.FIREWOOD: 1}
START_MOOD: Final = 7000


def found_world(rules: Rules, seed: int) -> World:
    """Found a wood: 40 pebbles each from the Mint, two of the own good, and a log; and the Bourse with its reserve."""
    ledger = Ledger({})
    for creature in CREATURES:
        ledger.move(MINT, creature, PEBBLES, START_PEBBLES, "founding")
        for good in GOODS:
            units = START_OWN if rules.creatures[creature].makes is good else START_OTHER[good]
            ledger.move(HARVEST, creature, good, units, "founding")
    ledger.move(MINT, BOURSE, PEBBLES, RESERVE, "reserve")
    starts = {good: rules.goods[good].start for good in GOODS}
    return World(
        seed=seed,
        turn=0,
        accounts=ledger.frozen(),
        references=starts,
        yesterday=starts,
        moods=dict.fromkeys(CREATURES, START_MOOD),
        trust={
            who: {
                str(other): rules.creatures[who].trust.get(other, START_TRUST)
                for other in sorted(CREATURES)
                if other is not who
            }
            for who in CREATURES
        },
        feelings={who: {} for who in CREATURES},
        patrons={},
        shocks=(),
        hearsay=(),
        said=(),
        claims=(),
        offers=(),
        loans=(),
        deck=shuffled(rules.deck, seed, 0, "deck"),
        pool=None,
        ready=1,
        told=None,
        wealth=dict.fromkeys(CREATURES, 0),
        tape=(),
        offered=0,
        beliefs={who: {} for who in CREATURES},
        echoes={who: {} for who in CREATURES},
        memories=dict.fromkeys(CREATURES, ()),
        lately=dict.fromkeys(CREATURES, UNEVENTFUL),
        calls=(),
        forecasts=(),
        errors={},
        callers={},
        album={},
        positions=(),
        pacts=(),
        corners=(),
        wagers=(),
        cases=(),
        uses={},
        chain="",
    )
