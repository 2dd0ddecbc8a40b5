"""Patrons of a loopback Discord who all move at once, press twice, and try again what got no answer."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from tests.loopback import Channel, Interaction, LoopbackDiscord, Message, User
from tests.loopback.state import walk

JOIN, RUMOR, WHISPER, LOAN, BET, CALL = "join", "rumor", "whisper", "loan", "position", "call"
"""What a patron does, as the wood's log calls it; a whisper is a rumor with an ear."""
TOLD = {
    JOIN: "pebbles",
    RUMOR: "heard next turn",
    WHISPER: "It waits for the next turn",
    LOAN: "It waits for the next turn",
    BET: "It waits for the next turn",
    CALL: "You call",
}
"""What an answer says when it is done."""
DONE = "It is done"
"""What is said where the answer itself could not be shown."""
_GOODS = ("honey", "firewood", "acorns", "berries", "mushrooms")

Send = Callable[[], Awaitable[Interaction]]


@dataclass
class Deed:
    """One thing that a patron wanted once, however often it was pressed.

    Attributes:
        who: the patron.
        where: in which wood.
        kind: what, see :data:`TOLD`.
        most: how often it may be stored: 1, or as often as a form was sent.
        asked: every press.
        again: presses it once more; None while there is nothing to press.
    """

    who: User
    where: Channel
    kind: str
    most: int = 1
    asked: list[Interaction] = field(default_factory=list)
    again: Send | None = None

    @property
    def told(self) -> int:
        """How many presses were answered with the deed as done; a second press of one thing counts for nothing."""
        said = [asked for asked in self.asked if any(mark in _said(asked) for mark in (TOLD[self.kind], DONE))]
        return min(len(said), self.most)


def _said(asked: Interaction) -> str:
    """All that an answer ever said."""
    shown = [*([asked.original] if asked.original else []), *asked.followups]
    # A board, or a list of buttons, is no answer of its own.
    return "\n".join(text for message in shown if message.ephemeral for text in message.versions)


class Crowd:
    """Patrons who come one after another, each with one deed of every kind."""

    def __init__(self, discord: LoopbackDiscord, seed: int) -> None:
        self._discord = discord
        self._chance = random.Random(seed)
        self.deeds: list[Deed] = []

    async def newcomer(self, where: Channel) -> None:
        """Join a wood, and then do everything in an order of one's own; ends with the bot, or when all is done."""
        number = len(self.deeds)
        who = self._discord.add_user(where.guild, f"Patron {number}")
        join = self._deed(who, where, JOIN)
        join.again = lambda: self._discord.slash(where, who, "patron", "join", wait=False)
        await self._press(join)
        deeds = [self._rumor, self._whisper, self._loan, self._bet, self._call]
        self._chance.shuffle(deeds)
        for deed in deeds:
            await deed(who, where)

    async def impatient(self, deed: Deed) -> None:
        """Press once more what was never answered."""
        if deed.again is not None:
            await self._press(deed)

    def unanswered(self, most: int) -> list[Deed]:
        """Some deeds that nobody was told of and that can be pressed again."""
        left = [deed for deed in self.deeds if deed.again is not None and not deed.told and len(deed.asked) < 4]
        return left[-most:]

    def _deed(self, who: User, where: Channel, kind: str) -> Deed:
        deed = Deed(who, where, kind)
        self.deeds.append(deed)
        return deed

    async def _press(self, deed: Deed, times: int = 1) -> None:
        assert deed.again is not None
        for _ in range(times):
            deed.asked.append(await deed.again())
        await self._answered(deed.asked[-1])

    async def _answered(self, asked: Interaction) -> None:
        await self._discord.until(lambda: asked.complete, f"an answer to {asked.name!r}")

    async def _rumor(self, who: User, where: Channel) -> None:
        """By the board's button and its form: sent again, it is another rumor."""
        board = next((each for each in self._discord.messages(where) if "ttw:rumor" in each.buttons), None)
        if board is None:
            return
        opened = await self._discord.click(board, who, "ttw:rumor", wait=False)
        await self._discord.until(lambda: opened.modal is not None, "the form")
        deed = self._deed(who, where, RUMOR)
        about, words = self._chance.choice(_GOODS), f"they say number {len(self.deeds)} is dear"
        deed.asked.append(await self._discord.submit(opened, wait=False, about=about, words=words))
        await self._answered(deed.asked[-1])

    async def _whisper(self, who: User, where: Channel) -> None:
        values = {
            "to": "oona",
            "about": self._chance.choice(_GOODS),
            "text": "psst, it will be dear",
            "claim": "dearer",
        }
        await self._confirmed(who, where, WHISPER, **values)

    async def _loan(self, who: User, where: Channel) -> None:
        await self._confirmed(who, where, LOAN, "lend", to="pip", amount=7, interest=2, turns=4)

    async def _bet(self, who: User, where: Channel) -> None:
        await self._confirmed(who, where, BET, "long", good=self._chance.choice(_GOODS), stake=10)

    async def _confirmed(self, who: User, where: Channel, kind: str, command: str = "", **values: str | int) -> None:
        """Look first, then confirm: twice, as the impatient do."""
        looked = await self._discord.slash(where, who, "patron", command or kind, wait=False, **values)
        await self._answered(looked)
        shown = looked.original
        button = _button(shown, "ttw:do:")
        if shown is None or button is None:
            return
        deed = self._deed(who, where, kind)
        deed.again = lambda: self._discord.click(shown, who, button, wait=False)
        await self._press(deed, 2)

    async def _call(self, who: User, where: Channel) -> None:
        """By a button under the last report, where there is one."""
        for report in reversed(self._discord.messages(where)):
            button = _button(report, "ttw:call:")
            if button is not None:
                deed = self._deed(who, where, CALL)
                deed.again = lambda: self._discord.click(report, who, button, wait=False)  # noqa: B023 - returns
                await self._press(deed, 2)
                return


def _button(message: Message | None, start: str) -> str | None:
    """The id of a message's first button that begins so, and can be pressed."""
    parts = walk(message.components) if message is not None else ()
    ids = (part["custom_id"] for part in parts if "custom_id" in part and not part.get("disabled"))
    return next((each for each in ids if each.startswith(start)), None)


async def ended(tasks: list[asyncio.Task[None]]) -> None:
    """Let patrons go whose bot has ended.

    Raises:
        Exception: one of them met something that no client would.
    """
    for task in tasks:
        task.cancel()
    for outcome in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(outcome, Exception) and "not connected" not in str(outcome):
            raise outcome
