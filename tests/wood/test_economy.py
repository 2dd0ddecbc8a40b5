"""Two years under every mind come out worth what they were recorded to be, whatever form records and hashes take."""

import json

import pytest

from tests.wood.economy import AGAIN, ALL, FILE, SEEDS, TURNS, economies


def test_the_golden_economies_come_out_as_recorded() -> None:
    recorded, now = json.loads(FILE.read_text(encoding="utf-8")), economies()
    changes = []
    for name, run in now.items():
        if run != recorded.get(name):
            was = recorded.get(name, {"turns": ""})["turns"].split()
            pairs = zip(was, run["turns"].split(), strict=False)
            first = next((number for number, (a, b) in enumerate(pairs, 2) if a != b), None)
            changes.append(f"{name}: first difference in turn {first}")
    if changes:
        pytest.fail(
            "The same seeds, minds and interventions give other prices, trades or purses than recorded.\n"
            + "\n".join(changes)
            + f"\nIf a change of the game was meant, raise the rules' version and record anew: {AGAIN}"
        )


def test_the_recorded_economies_are_whole_and_differ() -> None:
    recorded = json.loads(FILE.read_text(encoding="utf-8"))
    assert sorted(recorded) == sorted(f"{name} {seed}" for name in ALL for seed in SEEDS)
    for run in recorded.values():
        assert len(run["turns"].split()) == TURNS - 1
        assert run["trades"] > TURNS
    assert len({run["turns"] for run in recorded.values()}) == len(recorded)
