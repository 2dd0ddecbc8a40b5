"""Benchmark: all woods of a bot are due at the same moment, while players go on using commands.

Run ``python -m bench.load 10 100 1000`` from the repository's root; 10000 takes some minutes. The bot is a process of
its own on a real file, with rule-based minds, against the loopback Discord of the tests, which is in this process
together with its players. Each number of woods is one row: after how many seconds all were turned, how long commands
took from the press to the first and to the last answer, how late the bot's event loop was, how much of a processor the
bot and this process took, and the bot's memory (its own, and of all its processes with what they share counted once).
The commands come at random moments, most of them look at something, and some are written down.

Before that the smallest possible bot, which says a word, at once or after a deferral, and ours with nothing else to do
are asked in turn.
"""

import argparse
import asyncio
import os
import random
import signal
import sqlite3
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from discord import Permissions

from bot.keeper import Keeper
from bot.telling.charts.pool import ChartPool
from data.content import default_rules
from data.store import Store
from inference.council import Council
from inference.roster import seat
from tests.loopback import BotProcess, Channel, Guild, Interaction, LoopbackDiscord, User
from tests.loopback.state import Member
from wood import compiled
from wood.names import Good

LAG, TOKEN = "BENCH_LAG", "BENCH_TOKEN"
"""Environment variables of ``bench/load_bots.py``."""
PACE: Final = 10_800
PLAYED: Final = 9
"""Turns that every wood has behind it."""
PLAYERS: Final = 3
A_GUILD: Final = 5
"""Woods of a server, which has its own rate and its own queue."""
PER_SECOND: Final = 50
AT_LEAST: Final = 20.0
AT_MOST: Final = 480.0
"""Seconds for which commands come: until all is turned, between these."""
PATIENCE: Final = 30.0
"""Seconds after which a command without an answer counts as lost."""
ALONE: Final = 150
"""Commands of each of the two bots with nothing else to do."""
LIGHT: Final = ("patron", "purse")
LOOKS: Final[Sequence[tuple[tuple[str, ...], dict[str, Any]]]] = (
    (("patron", "purse"), {}),
    (("wood", "board"), {}),
    (("wood", "creature"), {"creature": "oona"}),
    (("market", "trades"), {}),
    (("rumor", "heard"), {}),
    (("patron", "ranking"), {}),
)
ALERT: Final[tuple[tuple[str, ...], dict[str, Any]]] = (("patron", "alert"), {"good": "honey", "price": 50.0})
RUMOR: Final[tuple[tuple[str, ...], dict[str, Any]]] = (
    ("rumor", "cast"),
    {"about": "firewood", "text": "the frost comes early"},
)
WRITES: Final = 0.3
"""Share of the commands that are written down …"""
RUMORS: Final = 0.05
"""… and of those that are rumors. Each is a claim, whose chance the next turn has to find: by far the dearest of what
a player does. Breath keeps three patrons of a wood to some three in a turn, so a thousand woods with the usual three
hours between turns could go on with 0.3 rumors a second, which is 0.006 of fifty commands."""


@dataclass(slots=True)
class Asked:
    """A command, and the seconds to its first and its last answer."""

    interaction: Interaction
    first: float | None = None
    last: float | None = None


class Watcher(LoopbackDiscord):
    """The loopback Discord, which notes when each answer was complete."""

    def __init__(self) -> None:
        super().__init__(answer_within=PATIENCE)
        self.open: dict[int, Asked] = {}

    def _wake(self) -> None:
        now = time.monotonic()
        for key, asked in list(self.open.items()):
            if asked.interaction.complete:
                asked.first, asked.last = asked.interaction.first_answer_after, now - asked.interaction.pushed
                del self.open[key]
        super()._wake()

    async def ask(self, channel: Channel, user: User, path: Sequence[str], values: dict[str, Any]) -> Asked:
        """Use a command, and do not wait."""
        asked = Asked(await self.slash(channel, user, *path, wait=False, **values))
        self.open[asked.interaction.id] = asked
        return asked


@dataclass(slots=True)
class Grove:
    """The servers, the channels with a wood each, and who plays in all of them."""

    loopback: Watcher
    woods: int
    channels: list[Channel] = field(default_factory=list)
    players: list[User] = field(default_factory=list)

    def grow(self) -> None:
        """Make all of it, before the bot starts."""
        self.players = [User(f"Player {number}") for number in range(PLAYERS)]
        guild: Guild | None = None
        for number in range(self.woods):
            if guild is None or number % A_GUILD == 0:
                guild = self.loopback.add_guild(f"Server {number}")
                for player in self.players:
                    guild.members[player.id] = Member(player, Permissions.none())
            self.channels.append(self.loopback.add_channel(guild, f"wood-{number}"))


async def plant(grove: Grove, path: Path, due: datetime) -> None:
    """Found one wood, play some turns of it, and copy it into every channel; all of them are due at a moment."""
    async with await Store.open(path) as store:
        charts = ChartPool(0)
        keeper = Keeper(store, Council(seat("instinct"), default_rules()), charts)
        first = grove.channels[0]
        await keeper.admin.found(first.id, first.guild.id, pace=PACE, seed=7, zone="UTC", report_hour=8)
        for player in grove.players:
            await keeper.patrons.join(first.id, player.id, player.name)
        for turn in range(PLAYED):
            if turn == PLAYED - 2:
                about, leaning = Good.HONEY, None
                await keeper.patrons.cast_rumor(
                    first.id, grove.players[0].id, about=about, text="bees sleep late", leaning=leaning, to=None
                )
            await keeper.turns.take_turn(first.id)
        await charts.close()
    with sqlite3.connect(path, isolation_level=None) as file:
        file.execute("PRAGMA synchronous = OFF")
        file.execute("BEGIN")
        file.execute("DELETE FROM posts")
        file.execute("DELETE FROM hearings")
        file.execute("UPDATE woods SET next_turn = ?", (round(due.timestamp() * 1000),))
        for number, channel in enumerate(grove.channels[1:], 2):
            _copy(file, "woods", "id", number, channel_id=channel.id, guild_id=channel.guild.id)
            _copy(file, "patrons", "wood", number)
            _copy(file, "turns", "wood", number)
        file.execute("COMMIT")
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _copy(file: sqlite3.Connection, table: str, key: str, number: int, **changes: int) -> None:
    changes = {key: number, **changes}
    columns = [row[1] for row in file.execute(f"PRAGMA table_info({table})")]
    values = ", ".join(f":{name}" if name in changes else name for name in columns)
    file.execute(
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table} WHERE {key} = 1",
        changes,
    )


@dataclass(slots=True)
class Cost:
    """The most memory that was seen, in MiB: of the bot, and of all its processes with what they share counted once."""

    bot: float = 0.0
    all: float = 0.0

    async def watch(self, group: int) -> None:
        """Look at the memory now and then."""
        while True:
            self.bot = max(self.bot, _field(group, "status", "VmRSS:") / 1024)
            self.all = max(self.all, sum(_field(pid, "smaps_rollup", "Pss:") for pid in _processes(group)) / 1024)
            await asyncio.sleep(1.0)


def _processes(group: int) -> list[int]:
    """The processes of a group."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, IndexError):
            if int(stat.read_text().rpartition(")")[2].split()[2]) == group:
                found.append(int(stat.parent.name))
    return found


def _field(pid: int, file: str, name: str) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/{file}").read_text().splitlines():
            if line.startswith(name):
                return int(line.split()[1])
    return 0


def _cpu(pid: int) -> float:
    """The CPU seconds of a process so far."""
    user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def turned(path: Path) -> int:
    """How many woods have taken their turn."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as file:
        (count,) = file.execute("SELECT count(*) FROM turns WHERE number = ?", (PLAYED + 1,)).fetchone()
    file.close()
    return int(count)


async def press(grove: Grove, rate: float, rumors: float, ends: Callable[[], bool], asked: list[Asked]) -> None:
    """Have players use commands at random moments."""
    dice = random.Random(7)
    at = time.monotonic()
    while not ends():
        at += dice.expovariate(rate)
        await asyncio.sleep(max(0.0, at - time.monotonic()))
        which, look = dice.random(), dice.choice(LOOKS)
        path, values = RUMOR if which < rumors else ALERT if which < WRITES else look
        asked.append(await grove.loopback.ask(dice.choice(grove.channels), dice.choice(grove.players), path, values))


@asynccontextmanager
async def running(loopback: LoopbackDiscord, folder: Path, path: Path) -> AsyncIterator[BotProcess]:
    """The bot on a file."""
    settings = {
        "TTW_TOKEN": loopback.token,
        "TTW_DATABASE": str(path),
        "TTW_LOG_LEVEL": "WARNING",
        LAG: str(folder / "lag"),
        # A few players here press for many: none of them is to be turned away.
        **dict.fromkeys(("TTW_PLAYER_RATE", "TTW_WOOD_RATE", "TTW_GUILD_RATE"), "0"),
    }
    async with BotProcess(loopback, folder, settings=settings, module="bench.load_main") as bot:
        await bot.ready()
        yield bot
        if bot.log:
            print(bot.log[-2000:])


async def crowded(woods: int, rate: float, rumors: float, folder: Path) -> dict[str, str]:
    """One row of the table."""
    async with Watcher() as loopback:
        grove = Grove(loopback, woods)
        grove.grow()
        path = folder / "wood.sqlite3"
        due = datetime.now(UTC) + timedelta(seconds=30 + woods / 50)
        await plant(grove, path, due)
        async with running(loopback, folder, path) as bot:
            if datetime.now(UTC) > due:
                print(f"{woods} woods were due before the bot was ready; the machine is too busy")
            begins = time.monotonic() + (due - datetime.now(UTC)).total_seconds()
            await asyncio.sleep(max(0.0, begins - time.monotonic() - 2.0))
            memory, asked, done = Cost(), list[Asked](), 0.0
            spent, own = _cpu(bot.pid), time.process_time()
            watching = asyncio.create_task(memory.watch(bot.pid))

            def over() -> bool:
                passed = time.monotonic() - begins
                return passed > AT_MOST or (bool(done) and passed > AT_LEAST)

            pressing = asyncio.create_task(press(grove, rate, rumors, over, asked))
            while not over():
                await asyncio.sleep(0.25 if woods <= 1000 else 1.0)
                if not done and await asyncio.to_thread(turned, path) == woods:
                    done = time.monotonic() - begins
            ended = time.monotonic()
            spent, own = (each / (ended - begins + 2.0) for each in (_cpu(bot.pid) - spent, time.process_time() - own))
            await pressing
            with suppress(TimeoutError):
                await loopback.until(lambda: not loopback.open, "the last answers", within=PATIENCE)
            watching.cancel()
            posted = len(loopback.calls("POST", "/channels/{channel_id}/messages"))
            lags = [
                float(late)
                for at, late in (line.split() for line in (folder / "lag").read_text().splitlines() if " " in line)
                if begins - 2.0 <= float(at) <= ended
            ]
        answered = [each for each in asked if each.last is not None]
        return {
            "woods": str(woods),
            "turned in": f"{done:.1f} s" if done else f"{turned(path)} only",
            "commands": str(len(asked)),
            "lost": str(len(asked) - len(answered)),
            "first p50": _ms([each.first for each in answered], 50),
            "first p99": _ms([each.first for each in answered], 99),
            "answer p50": _ms([each.last for each in answered], 50),
            "answer p99": _ms([each.last for each in answered], 99),
            "lag p99": _ms(lags, 99),
            "lag most": _ms(lags, 100),
            "posts": str(posted),
            "refused": str(sum(call.status == 429 for call in loopback.calls())),
            "bot CPU": f"{100 * spent:.0f} %",
            "Discord CPU": f"{100 * own:.0f} %",
            "bot MiB": f"{memory.bot:.0f}",
            "all MiB": f"{memory.all:.0f}",
        }


def _ms(seconds: Sequence[float | None], percent: int) -> str:
    known = sorted(each for each in seconds if each is not None)
    return f"{1000 * known[min(len(known) - 1, len(known) * percent // 100)]:.0f} ms" if known else "-"


async def alone(folder: Path) -> None:
    """Ask the smallest bot and ours in turn, with nothing else to do, and print how their answers compare."""
    async with Watcher() as small, Watcher() as ours:
        groves = []
        for loopback in (small, ours):
            grove = Grove(loopback, 1)
            grove.grow()
            groves.append(grove)
        path = folder / "wood.sqlite3"
        await plant(groves[1], path, datetime.now(UTC) + timedelta(hours=2))
        (folder / "small").mkdir()
        settings = {TOKEN: small.token}
        async with (
            BotProcess(
                small, folder / "small", settings=settings, module="bench.load_main", arguments=["smallest"]
            ) as smallest,
            running(ours, folder, path),
        ):
            await smallest.ready()
            await small.until(lambda: small.state.commands, "the smallest bot's command")
            await asyncio.sleep(5.0)  # charts are being prepared
            rounds = (("smallest", small, ("ping",)), ("deferring", small, ("later",)), ("ours", ours, LIGHT))
            times: dict[str, list[tuple[float, float]]] = {name: [] for name, _, _ in rounds}
            for number in range(ALONE + 10):
                for name, loopback, command in rounds:
                    grove = groves[loopback is ours]
                    asked = await loopback.ask(grove.channels[0], grove.players[0], command, {})
                    await loopback.until(lambda asked=asked: asked.last is not None, "an answer")  # type: ignore[misc]
                    if number >= 10 and asked.first is not None and asked.last is not None:
                        times[name].append((asked.first, asked.last))
                    await asyncio.sleep(0.02)
    for at, what in enumerate(("first answer", "last answer")):
        own, least, later = (
            statistics.median(each[at] for each in times[name]) for name in ("ours", "smallest", "deferring")
        )
        print(
            f"{what}, nothing else to do: ours {1000 * own:.1f} ms, of the smallest bot at once {1000 * least:.1f} ms "
            f"(ratio {own / least:.2f}), of the smallest that defers {1000 * later:.1f} ms (ratio {own / later:.2f})",
            flush=True,
        )


async def measure(woods: Sequence[int], rate: float, rumors: float) -> None:
    """Measure and print everything."""
    rules = "compiled" if compiled() else "plain"
    print(f"{os.cpu_count()} processors, {rate:g} commands a second, rules {rules}, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder:
        await alone(Path(folder))
    for place, count in enumerate(woods):
        with tempfile.TemporaryDirectory() as folder:
            row = await crowded(count, rate, rumors, Path(folder))
        widths = [max(len(name), 8) for name in row]
        if not place:
            _line([name.rjust(width) for name, width in zip(row, widths, strict=True)])
            _line(["-" * (width - 1) + ":" for width in widths])
        _line([value.rjust(width) for value, width in zip(row.values(), widths, strict=True)])


def _line(cells: Sequence[str]) -> None:
    print(f"| {' | '.join(cells)} |", flush=True)


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("woods", type=int, nargs="*", default=[10, 100, 1000])
    parser.add_argument("--rate", type=float, default=PER_SECOND, help="commands a second")
    parser.add_argument("--rumors", type=float, default=RUMORS, help="share of them that are rumors")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that no bot is left behind
    asyncio.run(measure(given.woods, given.rate, given.rumors))


if __name__ == "__main__":
    main()
