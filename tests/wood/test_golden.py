"""Two scripted runs come out as they were recorded, on any machine and any Python."""

import json

import pytest

from tests.wood.golden import AGAIN, FILE, SEEDS, TURNS, played


def test_the_golden_playthroughs_come_out_as_recorded() -> None:
    recorded = json.loads(FILE.read_text(encoding="utf-8"))
    now = played()
    if now == recorded:
        return
    changes = []
    for seed in map(str, SEEDS):
        was, became = recorded.get(seed, {}).get("turns", {}), now[seed]["turns"]
        first = next((turn for turn in became if was.get(turn) != became[turn]), None)
        changes.append(f"seed {seed}: first difference in turn {first}; {recorded.get(seed)} became {now[seed]}")
    pytest.fail(
        "The same seeds, decisions and interventions give another wood than the recorded one.\n"
        + "\n".join(changes)
        + "\nIf no rule, content file or rule-based mind was meant to change what a wood does, this is a broken law "
        f"(replays of stored woods will not agree). If one was, record the runs anew: {AGAIN}"
    )


def test_the_recorded_runs_are_whole() -> None:
    recorded = json.loads(FILE.read_text(encoding="utf-8"))
    assert list(recorded) == list(map(str, SEEDS))
    for run in recorded.values():
        assert len(run["hash"]) == 64
        assert list(run["turns"]) == [str(turn) for turn in range(2, TURNS + 1)]
        assert run["turns"][str(TURNS)] == run["hash"][:12]
        assert run["trades"] > TURNS
