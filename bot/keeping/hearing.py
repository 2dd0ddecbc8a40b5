"""Who may speak in a wood, in which words, and how a line is read."""

from bot.refusals import KeeperCode, KeeperError
from bot.telling.catalog import words_of_wood
from bot.telling.stock import all_stock
from data.rows import WoodRow
from data.store import Store
from wood.hearsay import leaning
from wood.names import Creature, Good
from wood.rules import Rules


async def check_heard(store: Store, wood: int, user_id: int | None) -> None:
    """See that a player's words are heard in a wood; those of nobody are.

    Raises:
        KeeperError: the wood's keeper has muted the player.
    """
    if user_id is not None and any(mark.fits(user_id) for mark in await store.manners.muted(wood)):
        raise KeeperError(KeeperCode.MUTED)


def check_own_words(row: WoodRow, rules: Rules, about: Good | Creature, line: str) -> None:
    """See that a line may be said in a wood.

    Raises:
        KeeperError: it is none that the game offers, and the wood takes no others.
    """
    if not row.free_text and line not in all_stock(words_of_wood(rules), about):
        raise KeeperError(KeeperCode.OWN_WORDS)


def read_line(rules: Rules, line: str, about: Good | Creature) -> int:
    """Which way a line leans: as it was offered, else as its words say in the language of the wood."""
    offered = all_stock(words_of_wood(rules), about).get(" ".join(line.split()))
    return leaning(rules.tongue, line, about) if offered is None else offered
