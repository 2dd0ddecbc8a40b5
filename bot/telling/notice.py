"""A sentence that has not been said yet: its key and facts, to be kept, passed on and said in anybody's language."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.telling.catalog import Fact, Words
from bot.telling.permissions import permissions
from wood.names import CREATURES, GOODS
from wood.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Notice:
    """What is to be said: a key of the catalogs and the facts of its sentence (figures and fixed names).

    Of the facts, ``creature`` is a creature's fixed name, ``good`` a good's, and ``names`` a list of permissions as
    Discord's protocol calls them, parted by commas; they are worded when the notice is said. An empty key says nothing.
    """

    key: str = ""
    facts: Mapping[str, int | str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.key)

    def __str__(self) -> str:
        """For logs."""
        facts = ", ".join(f"{name}={fact!r}" for name, fact in self.facts.items())
        return f"{self.key} ({facts})" if facts else self.key

    def say(self, words: Words) -> str:
        """The sentence, in some language; the bare key and facts where no catalog knows it."""
        if not self:
            return ""
        if not words.has(self.key):  # kept by a program that knew more
            return str(self)
        return words(self.key, **{name: _worded(words, name, fact) for name, fact in self.facts.items()})

    def kept(self) -> str:
        """As text for the store; empty where there is nothing to say."""
        return json.dumps([self.key, dict(self.facts)], ensure_ascii=False) if self else ""

    @classmethod
    def read(cls, text: str) -> "Notice":
        """Read what :meth:`kept` wrote; a sentence of an earlier version of the program is said as it is."""
        if not text:
            return cls()
        try:
            key, facts = json.loads(text)
            return cls(str(key), dict(facts))
        except (ValueError, TypeError):
            return cls("recorded", {"said": text})


NOTHING: Final = Notice()
"""Says nothing."""


def refused(refusal: Refusal) -> Notice:
    """What is said of a refusal."""
    return Notice(f"refusal-{refusal.code}", refusal.facts)


def _worded(words: Words, name: str, fact: int | str) -> Fact:
    if name == "creature" and fact in CREATURES:
        return words(f"creature-{fact}")
    if name == "good" and fact in GOODS:
        return words(f"good-{fact}")
    if name == "names":
        return permissions(words, str(fact).split(", "))
    return fact
