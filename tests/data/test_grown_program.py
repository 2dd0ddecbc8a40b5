"""What becomes of a living wood when the program grows: a field of the world, a kind of input, a good.

Each case changes the source text of a copy of the program, and runs the wood that is kept as a fixture in it.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest

from data.log import write_log
from data.store import Store
from tests.bot.kept import Hands, keeping
from tests.data.living import LIVING, TURNS, unpack
from wood.version import RULES

ROOT: Final = Path(__file__).parents[2]
pytestmark = pytest.mark.slow
SINCE: Final = 2
"""Turns that the wood takes with the program of today, and then with the one that has grown."""


class Program:
    """A copy of the program whose text can be changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for room in ("wood", "data", "inference", "bot", "cogs"):
            # With what Python has compiled of it, which holds where the text is unchanged, but for what it is writing.
            shutil.copytree(ROOT / room, folder / room, ignore=shutil.ignore_patterns("*.pyc.*"))

    def change(self, file: str, before: str, after: str) -> None:
        """Put text in the place of a pattern that stands in a file once."""
        path = self.folder / file
        text, count = re.subn(before, after, path.read_text("utf-8"))
        assert count == 1, f"{file} holds {count} of {before!r}"
        path.write_text(text, "utf-8")

    def append(self, file: str, text: str) -> None:
        with (self.folder / file).open("a", encoding="utf-8") as end:
            end.write(text)

    def runs(self, database: Path, log: Path, *more: str) -> dict[str, Any]:
        """What ``grown.py`` prints of a wood in this program."""
        script = Path(__file__).with_name("grown.py")
        ended = subprocess.run(
            [sys.executable, "-P", str(script), str(database), str(LIVING), str(SINCE), str(log), *more],
            env={**os.environ, "PYTHONPATH": str(self.folder), "PYTHONDONTWRITEBYTECODE": "1"},
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert ended.returncode == 0, ended.stderr
        shown: dict[str, Any] = json.loads(ended.stdout)
        return {**shown, "said": ended.stderr}


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path / "program")


@pytest.fixture
async def kept(tmp_path: Path) -> tuple[Path, Path]:
    """The wood of the first version after some turns with the program of today, and its log."""
    path, log = unpack(tmp_path), tmp_path / "wood.jsonl"
    now = Hands()
    now.on(days=30)
    async with keeping(path, now=now) as (keeper, store):
        for _ in range(SINCE):
            assert await keeper.turns.take_turn(LIVING, due=now.on(hours=1)) is not None
        write_log(log, await store.journal.log(await _wood(store)))
    return path, log


async def _wood(store: Store) -> int:
    row = await store.woods.living(LIVING)
    assert row is not None
    return row.id


def a_field(program: Program) -> None:
    """The world counts its fires, from none: an upcast for what is stored, and another form of the hashes."""
    program.change("wood/world.py", r"\n    chain: str\n", "\n    fires: int\n    chain: str\n")
    program.change("wood/founding.py", r'chain="",', 'fires=0, chain="",')
    program.change("wood/draft.py", r"self\.chain = world\.chain", "self.chain, self.fires = world.chain, world.fires")
    program.change("wood/draft.py", r"chain=self\.chain,", "fires=self.fires, chain=self.chain,")
    program.change("wood/turn.py", r"    return seal\(", "    draft.fires += 1\n    return seal(")
    program.append("data/upcasts/worlds.py", '\nSTEPS = (*STEPS, lambda world: {**world, "fires": 0})\n')


def a_kind_of_input(program: Program) -> None:
    """A patron may knock at the wood: nothing of what was put in before means anything else."""
    program.append(
        "wood/moves/joining.py",
        "\n\n@dataclass(frozen=True, slots=True)\nclass Knock:\n"
        '    patron: str\n    kind: Literal["knock"] = "knock"\n\n'
        "    def admit(self, draft: Draft) -> None:\n"
        "        draft.feelings[CREATURES[0]][patron_of(draft, self.patron).key] = 9\n",
    )
    program.change("wood/moves/joining.py", r"from wood.names import ", "from wood.names import CREATURES, ")
    program.change("wood/moves/__init__.py", r"import Join, Leave", "import Join, Knock, Leave")
    program.change(
        "wood/moves/__init__.py", r"(?m)^Intervention = \(\n    Join\n", "Intervention = (\n    Knock\n    | Join\n"
    )


def a_good(program: Program) -> None:
    """Clay is traded too: other rules."""
    program.change("wood/names.py", r'    FIREWOOD = "firewood"\n', '    FIREWOOD = "firewood"\n    CLAY = "clay"\n')
    program.change("wood/founding.py", r"START_OTHER: Final = {", "START_OTHER: Final = {Good.CLAY: 1, ")
    program.change("wood/almanac.py", r"(?m)^FASHIONS: Final = \(", "FASHIONS: Final = (100, ")
    program.change("wood/almanac.py", r"FIRST_FASHIONS: Final = \(", "FIRST_FASHIONS: Final = (100, ")
    program.append(
        "data/content/goods.toml", '\n[clay]\nemoji = "🧱"\nstart = 300\ncapacity = 9\nlarder = 9\nrot = [0, 1]\n'
    )
    words = 'name = "clay"\nforms = { other = "{count} clay" }\nagrees = "one"\n'
    program.append("data/languages/en/goods.toml", f"\n[clay]\n{words}")
    program.change("data/languages/en/tongue.toml", r"(?m)^firewood = (.*)$", r'firewood = \1\nclay = ["clay"]')


async def test_a_wood_lives_on_with_a_field_more_in_its_world(program: Program, kept: tuple[Path, Path]) -> None:
    a_field(program)
    shown = program.runs(*kept)
    first = TURNS + SINCE + 1
    assert shown["taken"] == [first, first + 1]
    assert (shown["paused"], shown["problem"], shown["board"], shown["fresh"]) == (False, "", "", 1)
    # Turns by other rules and by another form of hash are passed by; those behind the seam are recomputed from the
    # world that the log holds.
    assert shown["replay"]["verdict"] == shown["log"]["verdict"] == "other-rules"
    assert (shown["replay"]["recomputed"], shown["log"]["recomputed"]) == (SINCE, 0)
    for verdict in (shown["replay"], shown["log"]):
        assert [(each["first"], each["last"], each["why"]) for each in verdict["others"]] == [
            (0, TURNS, "rules"),
            (TURNS + 1, TURNS + SINCE, "hashes"),
        ]


async def test_a_wood_lives_on_with_a_kind_of_input_more(program: Program, kept: tuple[Path, Path]) -> None:
    a_kind_of_input(program)
    shown = program.runs(*kept, "knock")
    first = TURNS + SINCE + 1
    assert shown["taken"] == [first, first + 1]
    assert (shown["paused"], shown["problem"]) == (False, "")
    for verdict, turns in ((shown["replay"], 2 * SINCE), (shown["log"], SINCE)):
        assert (verdict["first_difference"], verdict["recomputed"]) == (None, turns)
        assert [(each["first"], each["last"], each["why"]) for each in verdict["others"]] == [(0, TURNS, "rules")]


@pytest.mark.parametrize("rules", [RULES, RULES + 1])
async def test_a_wood_pauses_once_and_says_why_when_there_is_a_good_more(
    program: Program, kept: tuple[Path, Path], rules: int
) -> None:
    a_good(program)
    program.change("wood/version.py", r"RULES: Final = \d+", f"RULES: Final = {rules}")
    shown = program.runs(*kept)
    assert shown["taken"] == [None, None]
    assert shown["scheduled"] == [True, False]
    assert shown["said"].count("cannot go on with this version of the program") == 1
    assert shown["paused"]
    for words in (shown["problem"], shown["board"]):
        assert "the wood's goods are acorns, berries, mushrooms, honey, firewood" in words
        assert "the program's are acorns, berries, mushrooms, honey, firewood, clay" in words
        assert "Run the version that played its last turn, or raze it and found a new one." in words
    assert shown["fresh"] == 1  # a wood of its own does well
    verdict = shown["log"]
    assert (verdict["verdict"], verdict["first_difference"], verdict["recomputed"]) == ("other-rules", None, 0)
    assert {each["why"] for each in verdict["others"]} == {"content", "rules"} if rules == RULES else {"rules"}
    assert (verdict["others"][0]["first"], verdict["others"][-1]["last"]) == (0, TURNS + SINCE)
