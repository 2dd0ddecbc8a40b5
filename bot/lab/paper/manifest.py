"""What a study was made from, so that another can make it again: nothing in it tells of the time or the machine."""

import asyncio
import json
import platform
import shlex
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

from bot.keeping.library import edition_of
from bot.lab.paper import statistics
from bot.lab.paper.runs import Run
from bot.lab.paper.study import Study
from bot.lab.program import digest
from bot.lab.scenario import reference
from bot.lab.simulate import play
from data.content import default_rules
from inference import instinct
from inference.council import Council
from inference.engines.options import ServerOptions, VllmOptions
from inference.roster import Engines, seat
from wood.trace import Trace
from wood.version import RULES

FORMAT: Final = "ttw-paper"
VERSION: Final = 1
_PACKAGES: Final = ("thousand-token-wood", "numpy", "matplotlib", "pydantic")
_ENGINES: Final = {"vllm": "vllm", "openai": "openai"}
"""Packages that matter where a mind is of that kind."""
_OPTIONS: Final = ("model", "revision", "lora", "quantization", "dtype", "max_tokens", "temperature", "top_p", "seeded")
"""What is told of an engine: what shapes its replies, never an address or a key."""


def manifest(
    study: Study, runs: Sequence[Run], files: Mapping[str, bytes], engines: Engines | None = None
) -> dict[str, Any]:
    """The whole of it as a plain JSON object.

    Args:
        study: what was asked.
        runs: what was played.
        files: what was written of it, by name.
        engines: what the minds that are models were told.
    """
    rules = default_rules()
    return {
        "format": FORMAT,
        "version": VERSION,
        "command": command(study),
        "minds": {mind: told(mind, engines or Engines()) for mind in study.minds},
        "baseline": study.baseline,
        "seeds": {"first": study.seeds[0], "last": study.seeds[-1], "count": len(study.seeds)},
        "scenarios": {each.name: {"turns": each.turns} for each in study.settings},
        "program": digest(),
        "rules": {"version": RULES, "content": edition_of(rules).digest},
        "prompts": prompts_digest(),
        "worlds": {
            "all": worlds_digest(runs),
            "by_mind": {mind: worlds_digest([run for run in runs if run.mind == mind]) for mind in study.minds},
        },
        "statistics": {
            "interval": "bootstrap over seeds, BCa",
            "confidence": statistics.CONFIDENCE,
            "test": "permutation of signs on common seeds",
            "correction": "Holm over all contrasts",
            "alpha": statistics.ALPHA,
            "power": statistics.POWER,
            "draws": statistics.DRAWS,
            "seed": statistics.SEED,
        },
        "versions": versions(study.minds),
        "files": {name: sha256(content).hexdigest() for name, content in sorted(files.items())},
    }


def command(study: Study) -> str:
    """The command line that makes it again, without where it goes and how many work on it."""
    parts = ["ttw", "paper", "--minds", ",".join(study.minds), "--seeds", str(len(study.seeds))]
    if study.seeds[0]:
        parts += ["--first-seed", str(study.seeds[0])]
    parts += ["--scenario", ",".join(each.name for each in study.settings)]
    parts += ["--turns", str(study.settings[0].turns), "--baseline", study.baseline]
    return shlex.join(parts)


def told(mind: str, engines: Engines) -> dict[str, Any]:
    """What shapes the replies of a mind that is a model; nothing of one that is rules."""
    kind, _, which = mind.partition(":")
    options: VllmOptions | ServerOptions
    if mind == "vllm":
        options = engines.vllm
    elif kind != "openai":
        return {}
    elif which.lower() in engines.servers:
        options = engines.servers[which.lower()]
    else:
        options = engines.openai.model_copy(update={"model": which}) if which else engines.openai
    return {name: _shown(value) for name in _OPTIONS if (value := getattr(options, name, None)) is not None}


def _shown(value: object) -> object:
    """A setting as others may read it: of a folder of this machine the name alone."""
    return Path(value).name if isinstance(value, str) and Path(value).is_absolute() else value


def versions(minds: Iterable[str]) -> dict[str, str]:
    """Versions of Python and of the packages that matter to a study of these minds."""
    kinds = {mind.partition(":")[0] for mind in minds}
    packages = (*_PACKAGES, *(package for kind, package in _ENGINES.items() if kind in kinds))
    return {"python": platform.python_version(), **{package: _version(package) for package in packages}}


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def worlds_digest(runs: Iterable[Run]) -> str:
    """SHA-256 (hex) over the last hashes of runs, each with what was played, in their order."""
    lines = (json.dumps([run.scenario, run.mind, run.seed, run.turns, run.hash]) for run in runs)
    return sha256("\n".join(lines).encode()).hexdigest()


def prompts_digest() -> str:
    """SHA-256 (hex) over what every creature is told in the reference run of seed 0 under instinct.

    A change of the prompt, or of what a view holds, changes it; the minds of a study do not.
    """
    rules, seen = default_rules(), sha256()

    def take(calls: Iterable[Trace]) -> None:
        for call in calls:
            seen.update(json.dumps([call.turn, call.creature.value, call.system, call.user]).encode())

    council = Council(seat(instinct.NAME), rules)
    asyncio.run(play(rules, reference(), 0, council, keep_traces=False, hand_on=take))
    return seen.hexdigest()
