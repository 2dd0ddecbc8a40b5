"""What patrons may do: each intervention is checked against the rules and admitted, or refused with a reason."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from wood.chance import shuffled
from wood.chronicle import EventKind
from wood.draft import Draft
from wood.hearsay import PATRON_STRENGTH, claim
from wood.interventions import (
    MAX_RUMOR,
    CastLegend,
    CastRumor,
    DrawLegend,
    Intervention,
    Join,
    Leave,
    OfferLoan,
    Refusal,
    TellLegend,
)
from wood.names import CREATURES, FINES, MINT, PEBBLES, escrow, patron_account
from wood.rules import Rules
from wood.shocks import begin
from wood.world import Hearsay, Offer, Patron, Pool, World

JOIN_PEBBLES: Final = 100
BREATH_MAX: Final = 5
RUMOR_BREATH: Final = 1
WHISPER_PEBBLES: Final = 5
LEGEND_BREATH: Final = 3
LEGEND_REST: Final = 4
POOL_PATIENCE: Final = 12
HAND_MOST: Final = 2
LOAN_TURNS_MOST: Final = 30
OFFERS_MOST: Final = 2
GRUDGE: Final = -10
"""The feeling below which a creature refuses a patron outright."""

_UNSAYABLE: Final = re.compile(r"@(everyone|here)|<(@|#|a?:|/|t:|id:)|https?://|discord\.gg", re.IGNORECASE)
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"})
_MARKS_MOST: Final = 2
"""Combining marks that may follow one another; more pile up over the neighbouring lines."""
_KEY: Final = re.compile(r"p[1-9][0-9]{0,8}")


def alias_of(aliases: Sequence[str], seed: int, key: str) -> str:
    """The woodland name under which creatures know the patron ``p1``, ``p2``, …; unique within a wood.

    Args:
        aliases: the names there are; without any, a patron is known by its key.
        seed: the wood's.
        key: the patron's.
    """
    if not aliases:
        return key
    number = int(key.removeprefix("p")) - 1
    names = shuffled(aliases, seed, 0, "alias")
    lap, place = divmod(number, len(names))
    return names[place] if lap == 0 else f"{names[place]} {lap + 1}"


def check_words(text: str) -> str:
    """Check one line of a player's and return it with its blanks folded.

    Raises:
        Refusal: it is empty, too long, or holds mentions, links or control characters.
    """
    folded = " ".join(text.split())
    if not folded:
        raise Refusal("empty-words", "A rumor needs words. Say one line about a good or a creature.")
    if len(folded) > MAX_RUMOR:
        raise Refusal(
            "long-words", f"A rumor has at most {MAX_RUMOR} characters; this one has {len(folded)}. Say it shorter."
        )
    if _UNSAYABLE.search(folded):
        raise Refusal("mention", "A rumor cannot hold mentions, emoji codes or links. Say it in plain words.")
    marks = 0
    for character in folded:
        category = unicodedata.category(character)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if category in _INVISIBLE or marks > _MARKS_MOST:
            raise Refusal("control", "A rumor cannot hold invisible or piled-up characters. Type it in plain words.")
    if not any(character.isalnum() for character in folded):
        raise Refusal("empty-words", "A rumor needs words. Say one line about a good or a creature.")
    return folded


def admit(rules: Rules, world: World, intervention: Intervention) -> World:
    """Admit one intervention into a world between two turns.

    Raises:
        Refusal: the rules do not allow it; the message says why and what to do next.
    """
    draft = Draft(rules, world)
    admit_into(draft, intervention)
    return draft.freeze()


def admit_into(draft: Draft, intervention: Intervention) -> None:
    """Admit one intervention into a draft; on a refusal the draft is as it was.

    Raises:
        Refusal: see :func:`admit`.
    """
    match intervention:
        case Join():
            _join(draft, intervention)
        case Leave():
            _leave(draft, intervention)
        case CastRumor():
            _rumor(draft, intervention)
        case DrawLegend():
            _draw(draft, intervention)
        case CastLegend():
            _cast(draft, intervention)
        case OfferLoan():
            _lend(draft, intervention)
        case TellLegend():
            if intervention.legend not in draft.rules.legends:
                raise Refusal("unknown-legend", f"There is no legend called {intervention.legend!r}.")
            tell(draft, intervention.legend)


def patron_of(world: World | Draft, key: str) -> Patron:
    """Find a patron who is present.

    Raises:
        Refusal: there is none with this key.
    """
    patron = world.patrons.get(key)
    if patron is None or not patron.present:
        raise Refusal("no-patron", "You are not a patron of this wood yet. Use /patron join first.")
    return patron


def _join(draft: Draft, join: Join) -> None:
    if not _KEY.fullmatch(join.patron):
        raise Refusal("patron-key", f"A patron's key is p1, p2, and so on, not {join.patron[:20]!r}.")
    if join.patron in draft.patrons:
        raise Refusal("joined", "You are a patron of this wood already. See /patron purse.")
    alias = alias_of(draft.rules.tongue.aliases, draft.seed, join.patron)
    # Whoever was forgotten just now and comes back must not come back with new breath; and nobody can tell who that is.
    winded = any(patron.left and draft.now - patron.left < BREATH_MAX for patron in draft.patrons.values())
    draft.patrons[join.patron] = Patron(join.patron, alias, 0 if winded else BREATH_MAX)
    draft.ledger.move(MINT, patron_account(join.patron), PEBBLES, JOIN_PEBBLES, "joining")
    draft.tell(EventKind.JOINED, join.patron, alias=alias)


def _leave(draft: Draft, leave: Leave) -> None:
    patron = patron_of(draft, leave.patron)
    account = patron_account(patron.key)
    for offer in [offer for offer in draft.offers if offer.patron == patron.key]:
        withdraw(draft, offer)
    draft.ledger.move(account, MINT, PEBBLES, draft.purse(account), "leaving")
    if draft.pool is not None and draft.pool.owner == patron.key:
        draft.pool = None
        draft.tell(EventKind.GATHERING, breath=0, needed=LEGEND_BREATH)
    draft.deck.extend(patron.hand)
    draft.patrons[patron.key] = replace(patron, present=False, hand=(), breath=0, left=draft.now)
    draft.tell(EventKind.LEFT, patron.key)


def withdraw(draft: Draft, offer: Offer) -> None:
    """Take an offer back: its pebbles leave escrow for the purse they came from."""
    account = patron_account(offer.patron)
    draft.ledger.move(escrow(account), account, PEBBLES, offer.amount, "offer returned")
    draft.offers.remove(offer)


def _spend_breath(draft: Draft, patron: Patron, breath: int) -> None:
    if patron.breath < breath:
        raise Refusal(
            "breath",
            f"That takes {breath} breath and you have {patron.breath}. One comes back every turn, up to {BREATH_MAX}.",
        )
    draft.patrons[patron.key] = replace(patron, breath=patron.breath - breath)


def _rumor(draft: Draft, rumor: CastRumor) -> None:
    text = check_words(rumor.text)
    if rumor.leaning not in {-1, 0, 1}:
        raise Refusal("leaning", "A rumor claims dearer (1), cheaper (-1) or nothing (0).")
    if rumor.patron is not None:
        patron = patron_of(draft, rumor.patron)
        account = patron_account(patron.key)
        if rumor.to is not None and draft.purse(account) < WHISPER_PEBBLES:
            raise Refusal("purse", f"A whisper costs {WHISPER_PEBBLES} pebbles and your purse is too small.")
        _spend_breath(draft, patron, RUMOR_BREATH)
        if rumor.to is not None:
            draft.ledger.move(account, FINES, PEBBLES, WHISPER_PEBBLES, "whisper")
    speaker = rumor.patron or ""
    hearers = CREATURES if rumor.to is None else (rumor.to,)
    kind = "rumor" if rumor.to is None else "whisper"
    line = Hearsay(speaker, speaker, kind, text, rumor.about, rumor.leaning, PATRON_STRENGTH, 0, hearers)
    draft.said.append(line)
    claim(draft, line)
    told: dict[str, Any] = {"about": rumor.about, "text": text, "leaning": rumor.leaning}
    if rumor.to is None:
        draft.tell(EventKind.RUMOR, speaker, **told)
    else:
        draft.tell(EventKind.WHISPER, speaker, to=speaker or rumor.to, hearer=rumor.to, **told)


def next_card(draft: Draft) -> str:
    """Take the next card of the deck, shuffling a spent deck anew without the cards that are held.

    Raises:
        Refusal: every legend is in somebody's hand.
    """
    if not draft.deck:
        held = {card for patron in draft.patrons.values() for card in patron.hand}
        fresh = [slug for slug in draft.rules.deck if slug not in held]
        draft.deck = list(shuffled(fresh, draft.seed, draft.now, "deck"))
    if not draft.deck:
        raise Refusal("deck", "Every legend is in somebody's hand. Wait until one is told.")
    return draft.deck.pop(0)


def _draw(draft: Draft, drawn: DrawLegend) -> None:
    patron = patron_of(draft, drawn.patron)
    if patron.breath < 1:
        raise Refusal("breath", "You are out of breath and cannot draw. One breath comes back every turn.")
    if len(patron.hand) >= HAND_MOST:
        raise Refusal("hand", f"Your hand is full ({HAND_MOST} legends). Cast one with /legend cast first.")
    card = next_card(draft)
    draft.patrons[patron.key] = replace(patron, hand=(*patron.hand, card))
    draft.tell(EventKind.DRAWN, patron.key, to=patron.key, legend=card)


def _cast(draft: Draft, cast: CastLegend) -> None:
    patron = patron_of(draft, cast.patron)
    pool = draft.pool
    if cast.legend is None and pool is None:
        raise Refusal("no-pool", "No legend is gathering breath here. Cast one of your own: /legend hand shows them.")
    if cast.legend is not None and cast.legend not in patron.hand:
        raise Refusal("unknown-legend", "That legend is not in your hand. /legend hand shows what is.")
    if cast.legend is not None and pool is not None and pool.legend != cast.legend:
        raise Refusal("pool", "Another legend is gathering breath already. Help it, or wait until it is told.")
    if pool is None:
        pool = Pool(str(cast.legend), patron.key, {}, draft.now)
    missing = LEGEND_BREATH - pool.gathered
    if missing <= 0:
        raise Refusal("pool", "That legend has all the breath it needs; it is told as soon as the wood has rested.")
    if cast.breath < 1:
        raise Refusal("breath", f"Give at least 1 breath; the legend still needs {missing}.")
    breath = min(cast.breath, missing)
    _spend_breath(draft, patron, breath)
    given = {**pool.breath, patron.key: pool.breath.get(patron.key, 0) + breath}
    draft.pool = replace(pool, breath=given)
    draft.tell(EventKind.GATHERING, breath=draft.pool.gathered, needed=LEGEND_BREATH)


def tell(draft: Draft, slug: str) -> None:
    """Tell a legend: its shocks begin with the open turn, and everybody learns its title."""
    legend = draft.rules.legends[slug]
    begin(draft, legend)
    if legend.history is not None:
        draft.told = (slug, draft.now)
        draft.ready = draft.now + LEGEND_REST + 1
        draft.deck = [card for card in draft.deck if card != slug]
    givers = []
    if draft.pool is not None and draft.pool.legend == slug:
        givers = list(draft.pool.breath)
        for key in givers:
            patron = draft.patrons[key]
            owner = key == draft.pool.owner
            hand = tuple(card for card in patron.hand if card != slug) if owner else patron.hand
            draft.patrons[key] = replace(patron, fame=patron.fame + (2 if owner else 1), hand=hand)
        draft.pool = None
    draft.tell(EventKind.LEGEND, slug, title=legend.title, patrons=givers, good=legend.good)


def gather(draft: Draft) -> None:
    """At dawn: tell the pooled legend if it has its breath and the wood has rested, or give up a stale pool."""
    pool = draft.pool
    if pool is None:
        return
    if pool.gathered >= LEGEND_BREATH:
        if draft.now >= draft.ready:
            tell(draft, pool.legend)
    elif draft.now - pool.since >= POOL_PATIENCE:
        draft.pool = None
        draft.tell(EventKind.GATHERING, breath=0, needed=LEGEND_BREATH)


def breathe(draft: Draft) -> None:
    """At the turn's end every patron draws breath."""
    for key, patron in draft.patrons.items():
        if patron.present and patron.breath < BREATH_MAX:
            draft.patrons[key] = replace(patron, breath=patron.breath + 1)


def _lend(draft: Draft, loan: OfferLoan) -> None:
    patron = patron_of(draft, loan.patron)
    account = patron_account(patron.key)
    name = draft.rules.creatures[loan.to].name
    if loan.amount < 1 or loan.amount > draft.purse(account):
        raise Refusal("purse", f"You can lend from 1 pebble to what your purse holds, {draft.purse(account)} now.")
    if not 0 <= loan.interest <= loan.amount:
        raise Refusal("interest", f"The interest lies between 0 and the sum lent ({loan.amount} pebbles).")
    if not 1 <= loan.turns <= LOAN_TURNS_MOST:
        raise Refusal("turns", f"A loan runs from 1 to {LOAN_TURNS_MOST} turns.")
    if draft.feelings[loan.to].get(patron.key, 0) < GRUDGE:
        raise Refusal("grudge", f"{name} bears you a grudge and takes nothing from you.")
    if sum(offer.to is loan.to for offer in draft.offers) >= OFFERS_MOST:
        raise Refusal("offers", f"{name} has offers enough to think about this turn. Try again next turn.")
    draft.ledger.move(account, escrow(account), PEBBLES, loan.amount, "loan offered")
    draft.offered += 1
    draft.offers.append(Offer(draft.offered, patron.key, loan.to, loan.amount, loan.interest, loan.turns))
