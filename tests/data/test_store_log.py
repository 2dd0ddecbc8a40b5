"""The exported log: the same wood again from its file, and every way in which a file can be wrong."""

import gzip
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data.log import VERSION, Log, LogError, log_bytes, read_log, write_log
from data.replay import Outcome, Verdict, replay
from data.store import Store
from tests.data.founded import CHANNEL, SEED, found, put_in, take
from wood.moves import CastLegend, CastRumor, DrawLegend, Join, Leave, OfferLoan, TellLegend
from wood.names import Creature, Good

TURNS = 5


@pytest.fixture
async def log(tmp_path: Path) -> Log:
    async with await Store.open(tmp_path / "wood.sqlite3") as store:
        wood = await found(store)
        await put_in(store, Join("p1"), DrawLegend("p1"), CastRumor(None, Creature.FENN, "sly", 0, Creature.PIP))
        await take(store)
        await put_in(store, OfferLoan("p1", Creature.PIP, 10, 2, 3), TellLegend("run-on-oonas-hoard"), Join("p2"))
        await take(store, 2)
        await put_in(store, CastLegend("p1", "none", 1))
        await take(store)
        # Last, since every replay past this turn weighs what the patron says.
        await put_in(store, CastRumor("p1", Good.HONEY, "“scarce”, they say", 1), Leave("p2"))
        await take(store, TURNS - 4)
        return await store.journal.log(wood.id)


@pytest.mark.parametrize("name", ["wood.jsonl", "wood.jsonl.gz"])
async def test_a_log_comes_back_from_its_file_as_it_was(tmp_path: Path, log: Log, name: str) -> None:
    path = tmp_path / name
    write_log(path, log)
    assert read_log(path) == log
    assert replay(read_log(path)) == Verdict(Outcome.AGREES, TURNS, None, TURNS)
    first = path.read_bytes()
    write_log(path, log)
    assert path.read_bytes() == first
    assert (first[:2] == b"\x1f\x8b") == name.endswith(".gz")
    assert [file for file in tmp_path.iterdir() if file.name.startswith(".")] == []


async def test_a_log_holds_every_input_and_names_no_channel(log: Log) -> None:
    assert [len(turn.interventions) for turn in log.turns] == [3, 3, 0, 1, 2]
    assert log.turns[3].interventions[0] == CastLegend("p1", "none", 1)
    assert (log.seed, log.length) == (SEED, TURNS)
    assert str(CHANNEL) not in log_bytes(log).decode()


async def test_one_changed_byte_anywhere_is_found_in_its_turn(tmp_path: Path, log: Log) -> None:
    path = tmp_path / "wood.jsonl"
    write_log(path, log)
    content = path.read_bytes()
    chance = random.Random(1)
    starts = [0, *(place + 1 for place, byte in enumerate(content) if byte == 0x0A)]
    for turn in range(1, TURNS + 1):
        for place in chance.sample(range(starts[turn], starts[turn + 1] - 1), 12):
            changed = bytearray(content)
            changed[place] ^= 1 << chance.randrange(7)
            if changed[place] in b"\n\r":
                continue
            path.write_bytes(changed)
            verdict = replay(read_log(path))
            assert verdict == Verdict(Outcome.DISAGREES, TURNS, turn, turn - 1), (turn, content[place : place + 20])


async def test_a_changed_header_is_an_error_or_a_difference_at_the_founding(tmp_path: Path, log: Log) -> None:
    path = tmp_path / "wood.jsonl"
    write_log(path, log)
    content = path.read_bytes()
    chance = random.Random(2)
    for place in chance.sample(range(content.index(b"\n")), 40):
        changed = bytearray(content)
        changed[place] ^= 1
        path.write_bytes(changed)
        try:
            verdict = replay(read_log(path))
        except LogError:
            continue
        assert not verdict.agrees
        assert verdict.first_difference in (0, 1)


def _without_last(lines: list[str]) -> list[str]:
    return lines[:-1]


def _swapped(lines: list[str]) -> list[str]:
    return [*lines[:2], lines[3], lines[2], *lines[4:]]


def _repeated(lines: list[str]) -> list[str]:
    return [*lines[:2], lines[1], *lines[2:]]


def _cut(lines: list[str]) -> list[str]:
    return [*lines[:-1], lines[-1][:40]]


def _forged(lines: list[str]) -> list[str]:
    """A decision that no reply could hold, in a line whose check was made anew is still found by its hash."""
    line = json.loads(lines[2])
    line["decisions"] = {"oona": {"orders": [{"side": "buy", "good": "honey", "price": 1, "qty": 1}]}}
    return [*lines[:2], json.dumps(line, separators=(",", ":")) + "\n", *lines[3:]]


@pytest.mark.parametrize(
    ("spoil", "turn"), [(_without_last, TURNS), (_swapped, 2), (_repeated, 2), (_cut, TURNS), (_forged, 2)]
)
async def test_lost_swapped_and_forged_lines_are_found(
    tmp_path: Path, log: Log, spoil: Callable[[list[str]], list[str]], turn: int
) -> None:
    path = tmp_path / "wood.jsonl"
    write_log(path, log)
    path.write_text("".join(spoil(path.read_text("utf-8").splitlines(keepends=True))), "utf-8")
    verdict = replay(read_log(path))
    assert (verdict.agrees, verdict.first_difference) == (False, turn)


async def test_a_damaged_line_says_what_is_wrong_with_it(tmp_path: Path, log: Log) -> None:
    path = tmp_path / "wood.jsonl"
    write_log(path, log)
    path.write_text(path.read_text("utf-8").replace('"kind":"join"', '"kind":"jump"', 1), "utf-8")
    damaged = [turn for turn in read_log(path).turns if turn.damage]
    assert [turn.number for turn in damaged] == [1]
    assert "cannot be read (interventions.0" in damaged[0].damage


def _header(**changes: Any) -> str:
    header = {"format": "wood-log", "version": 1, "seed": 1, "turns": 0}
    header |= {"founding": "x", "content": "y", "contents": {}}
    return json.dumps({**header, **changes}) + "\n"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "first line is not JSON"),
        (b"hello\n", "first line is not JSON"),
        (b"[1]\n", "names no 'wood-log' format"),
        (b'{"format":"other"}\n', "names no 'wood-log' format"),
        (_header(version=VERSION + 1).encode(), f"version {VERSION + 1}.*newer"),
        (_header(version="1").encode(), "names no version"),
        (_header(seed="seven").encode(), "damaged header .seed"),
        (_header(extra=1).encode(), "damaged header .extra"),
        (b"\xff\xfe\x00\n", "first line is not JSON"),
        (b"\x1f\x8b but no gzip", "damaged gzip"),
        (gzip.compress(_header().encode() * 50, mtime=0)[:40], "damaged gzip"),
    ],
)
def test_a_file_that_is_no_log_is_refused_in_words(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "letter.jsonl"
    path.write_bytes(content)
    with pytest.raises(LogError, match=rf"letter\.jsonl.*{message}"):
        read_log(path)


def test_a_log_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(LogError, match=r"nowhere\.jsonl cannot be read"):
        read_log(tmp_path / "nowhere.jsonl")


async def test_a_log_that_cannot_be_written_leaves_the_old_one(tmp_path: Path, log: Log) -> None:
    path = tmp_path / "wood.jsonl"
    path.mkdir()
    with pytest.raises(OSError, match="wood"):
        write_log(path, log)
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith(".")] == []
