"""What content files describe, as frozen types: goods, creatures, the calendar, shocks and legends."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from wood.names import Creature, Good, Season
from wood.tongue import Tongue


class ShockKind(StrEnum):
    """The eight primitives a legend is built from.

    What ``strength`` means depends on the kind:

    * ``demand``: hearths need ``strength`` per cent more firewood, or for a food, strangers order
      ``strength`` units a turn at the market and carry them away;
    * ``supply``: the harvest of ``good`` is changed by ``strength`` per cent (-67 leaves a third);
      with ``units`` a windfall of so many units falls into ``creature``'s store (or everyone's) once;
    * ``money``: every creature receives ``strength`` pebbles from the Mint each turn (negative: a toll paid
      to the fines, as far as the purse reaches);
    * ``credit``: every creature is lent ``strength`` pebbles at the first turn, and repays them with the last;
      negative: outstanding loans of creatures are called that many turns early;
    * ``run``: ``creature`` must offer ``strength`` per cent of its stock of ``good`` each turn, at any price;
    * ``corner``: a stranger buys up to ``strength`` units of ``good`` a turn well above the reference, holds
      them while the shock lasts, and throws them on the market in the turns of its end;
    * ``rumor``: nothing but words; always on the layer ``hearsay``;
    * ``rule``: a rule of the market changes, see :class:`MarketRule`; ``strength`` is its figure.
    """

    DEMAND = "demand"
    SUPPLY = "supply"
    MONEY = "money"
    CREDIT = "credit"
    RUN = "run"
    CORNER = "corner"
    RUMOR = "rumor"
    RULE = "rule"


class Layer(StrEnum):
    """Where a shock acts: on what creatures hear (free to be ignored) or at settlement (a fact)."""

    HEARSAY = "hearsay"
    SETTLEMENT = "settlement"


class Healing(StrEnum):
    """How a shock's strength goes away over its ``turns``: at once at the end, evenly, or by halves."""

    NONE = "none"
    LINEAR = "linear"
    HALF = "half"


class MarketRule(StrEnum):
    """Which rule a shock of kind ``rule`` changes.

    ``ceiling``: no order may stand above ``strength`` per cent of the start price; ``floor``: none below it;
    ``halt``: the good is not traded; ``ration``: nobody may buy more than ``strength`` units a turn.
    """

    CEILING = "ceiling"
    FLOOR = "floor"
    HALT = "halt"
    RATION = "ration"


@dataclass(frozen=True, slots=True)
class Shock:
    """One part of a legend.

    Attributes:
        kind: the primitive.
        layer: hearsay or settlement. A settlement shock may also be told (``text``).
        good: the good it acts on; None for money and credit.
        creature: whom it acts on; None means every creature.
        delay: turns after the legend is told until it starts, 0 or more.
        turns: how many turns it lasts, 1 or more.
        strength: see :class:`ShockKind`.
        units: a windfall's units (kind ``supply`` only), else 0.
        healing: how ``strength`` fades.
        rule: the changed rule (kind ``rule`` only), else None.
        decree: per cent by which the reference price of ``good`` moves at settlement, one figure a turn from
            the shock's start; may be shorter than ``turns``. Only on the settlement layer.
        hold: turns from its start during which drift may not undo the decree (its sign is that of the
            decree's sum), 0 for none.
        leaning: which way the words point: 1 dearer, -1 cheaper, 0 neither.
        text: what creatures hear when it starts; may be empty for settlement shocks. Of the language of the rules.
    """

    kind: ShockKind
    layer: Layer
    good: Good | None = None
    creature: Creature | None = None
    delay: int = 0
    turns: int = 1
    strength: int = 0
    units: int = 0
    healing: Healing = Healing.NONE
    rule: MarketRule | None = None
    decree: tuple[int, ...] = ()
    hold: int = 0
    leaning: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """The true episode under a legend's fur.

    Attributes:
        episode: its usual name.
        years: when, as text ("1636-37").
        account: what happened, in a few plain sentences.
        figures: the numbers a reader remembers, one a line.
        sources: works that say so, author, title, year.
    """

    episode: str
    years: str
    account: str
    figures: tuple[str, ...]
    sources: tuple[str, ...]


class Lot(StrEnum):
    """What a plain shock is to a wood in whose year it falls."""

    BOON = "boon"
    BANE = "bane"


class Rarity(StrEnum):
    """How precious a legend's card looks. It decides nothing else: every legend is in the deck once."""

    COMMON = "common"
    UNCOMMON = "uncommon"
    RARE = "rare"
    LEGENDARY = "legendary"


@dataclass(frozen=True, slots=True)
class Legend:
    """A legend, or a plain shock of the calendar such as a drought, which is not in the deck.

    Attributes:
        slug: the file's name without its ending; what commands and logs call it.
        title: the woodland title.
        tale: the story as told in the wood, two to five sentences.
        omen: one line that a patron who holds the card reads: what it will do, in plain words.
        good: the good that it moves.
        direction: 1 if that good gets dearer, -1 if cheaper.
        shocks: its parts.
        history: the true episode; None of a plain shock, and of a legend that a patron made up.
        lot: whether it may fall to a year as its boon or its bane; None keeps it out of the almanac.
        seasons: the seasons in which it may.
        signs: what is seen of it before, the earliest first; no word of which way a price will go.
        rarity: how its card looks; None for a plain shock, which has no card.
        author: the key of the patron of this wood who made it up; "" for what comes with the program.
    """

    slug: str
    title: str
    tale: str
    omen: str
    good: Good
    direction: int
    shocks: tuple[Shock, ...]
    history: History | None = None
    lot: Lot | None = None
    seasons: tuple[Season, ...] = ()
    signs: tuple[str, ...] = ()
    rarity: Rarity | None = None
    author: str = ""

    @property
    def in_deck(self) -> bool:
        """Whether it can be drawn and told by patrons; else it is a plain shock."""
        return self.history is not None or bool(self.author)


@dataclass(frozen=True, slots=True)
class GoodRule:
    """A good's figures: start price in hundredths of a pebble, units, and how it spoils.

    ``rot`` is the fraction (numerator, denominator) of what lies over ``larder`` that spoils a turn.
    """

    good: Good
    emoji: str
    start: int
    capacity: int
    larder: int
    rot: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Temper:
    """A creature's character, in words for prompts and in 0-100 figures for rule-based minds.

    Attributes:
        words: one sentence.
        thrift: how much it keeps back rather than sells.
        nerves: how soon it panics.
        credulity: what weight it gives to hearsay.
        speculation: how much it trades on expected moves.
        generosity: how readily it sells cheap and lends an ear.
    """

    words: str
    thrift: int
    nerves: int
    credulity: int
    speculation: int
    generosity: int


@dataclass(frozen=True, slots=True)
class CreatureRule:
    """A creature: its name as shown, kind of animal, product, temper and first trust.

    ``harvest`` is what it makes in a turn of usual weather, in hundredths of a unit; a broken unit is a seeded
    draw. ``trust`` maps other creatures to 0-100; who is missing starts at 50.
    """

    creature: Creature
    name: str
    animal: str
    emoji: str
    makes: Good
    harvest: int
    temper: Temper
    trust: Mapping[Creature, int]


@dataclass(frozen=True, slots=True)
class SeasonRule:
    """A season's name as shown and the logs a creature's hearth asks for in each of its turns."""

    season: Season
    name: str
    emoji: str
    firewood: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything that content files say: the fixed part of a wood, in one language.

    Figures are the same in all languages; titles, tales, names and news are that one language's, and so is the tongue.
    Mappings are in canonical order.

    Attributes:
        goods: by good.
        creatures: by creature.
        seasons: in the order of the year.
        legends: by slug, plain shocks among them.
        language: the language's tag ("en"); "" where there are no words at all.
        tongue: how lines are read and written in it.
    """

    goods: Mapping[Good, GoodRule]
    creatures: Mapping[Creature, CreatureRule]
    seasons: tuple[SeasonRule, ...]
    legends: Mapping[str, Legend]
    language: str = ""
    tongue: Tongue = field(default_factory=Tongue)

    def __hash__(self) -> int:
        """A hash of little of it, so that what follows from content can be remembered by the content itself."""
        return hash((self.language, len(self.legends)))

    @property
    def deck(self) -> tuple[str, ...]:
        """The slugs of the legends that can be drawn, by name."""
        return tuple(sorted(slug for slug, legend in self.legends.items() if legend.in_deck))

    @property
    def year(self) -> int:
        """Turns in a year."""
        return sum(len(season.firewood) for season in self.seasons)
