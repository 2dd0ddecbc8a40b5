"""Takes out of a wood's calls what its patrons wrote, and the names by which its channel knows them.

Patrons wrote for their channel, and not for a data set. So their words (rumors, whispers, legends that they made up)
give way to a mark, and their aliases to neutral names, wherever a prompt or a reply says them word for word. What a
creature made of such words in words of its own stays.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from data.editions import rules_of
from data.log import Log
from inference.text import quote
from wood.moves import CastRumor, Join
from wood.moves.joining import alias_of
from wood.names import CREATURES
from wood.orders import MAX_GOSSIP
from wood.rules import Legend
from wood.trace import Trace

WORDS: Final = "(a patron's words)"
"""What stands in the place of a patron's words."""
_PATRON: Final = "Patron-{}"
_KEY: Final = re.compile(r"p[1-9]\d*")
_FEW: Final = 3
"""Words from which a line is told wherever it stands; a shorter one only where it stands alone between quotes."""


@dataclass(frozen=True, slots=True)
class Mask:
    """What is to be masked in the calls of one wood.

    Attributes:
        words: finds what patrons wrote; None where they wrote nothing.
        names: finds aliases; None where there are none.
        neutral: what stands for each alias, by the alias in lower case.
    """

    words: re.Pattern[str] | None
    names: re.Pattern[str] | None
    neutral: Mapping[str, str]

    def __call__(self, trace: Trace) -> tuple[Trace, bool]:
        """A call without them, and whether anything was masked."""
        clean = replace(
            trace,
            user=self._clean(trace.user),
            response=None if trace.response is None else self._clean(trace.response),
            thought=self._clean(trace.thought),
            gossip=self._clean(trace.gossip),
        )
        return clean, clean != trace

    def _clean(self, text: str) -> str:
        if self.words is not None:
            text = self.words.sub(WORDS, text)
        if self.names is not None:
            text = self.names.sub(lambda found: self.neutral[found[0].lower()], text)
        return text


def mask_of(log: Log) -> Mask:
    """What the log of a wood says that its patrons wrote and were called.

    Raises:
        ContentError: this program cannot use its content.
    """
    editions = {digest: rules_of(document) for digest, document in log.contents.items()}
    lines: set[str] = set()
    for rules in editions.values():
        for legend in rules.legends.values():
            if legend.author:
                lines.update(_told(legend))
    names: dict[str, str] = {}
    for turn in log.turns:
        for action in turn.interventions:
            if isinstance(action, Join) and _KEY.fullmatch(action.patron):
                # An alias is given on joining, from the names that the content had then.
                alias = alias_of(editions[turn.content].tongue.aliases, log.seed, action.patron)
                names[alias.lower()] = _PATRON.format(action.patron.removeprefix("p"))
            elif isinstance(action, CastRumor) and action.patron is not None:
                lines.add(action.text)
    return mask(lines, names)


def mask(lines: Iterable[str], names: Mapping[str, str]) -> Mask:
    """A mask of lines that patrons wrote, and of aliases (in lower case) with what stands for each."""
    patterns: set[str] = set()
    for line in lines:
        patterns.update(_patterns(line))
    return Mask(_any_of(patterns, flags=re.IGNORECASE), _any_of(map(_whole, names), flags=re.IGNORECASE), dict(names))


def _patterns(line: str) -> Iterator[str]:
    """What finds a line as it was written and as prompts quote it, which are seldom the same text."""
    for form in {line.strip(), quote(line, MAX_GOSSIP)[1:-1]}:
        if not form or form.lower() in CREATURES:
            continue
        if len(form.split()) >= _FEW:
            yield _whole(form)
        else:
            yield rf'(?<="){re.escape(form)}(?=")'
            yield rf"\A{re.escape(form)}\Z"


def _whole(text: str) -> str:
    return rf"(?<!\w){re.escape(text)}(?!\w)"


def _any_of(patterns: Iterable[str], flags: int) -> re.Pattern[str] | None:
    longest_first = sorted(patterns, key=lambda each: (-len(each), each))
    return re.compile("|".join(longest_first), flags) if longest_first else None


def _told(legend: Legend) -> Iterator[str]:
    yield from (legend.title, legend.tale, legend.omen, *legend.signs)
    yield from (shock.text for shock in legend.shocks if shock.text)
