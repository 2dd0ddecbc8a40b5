"""What creatures and goods are called, as messages of the catalogs: their one source are the tables of a language."""

from collections.abc import Iterator, Mapping
from importlib.resources.abc import Traversable
from typing import Final

from data.language_schema import CreatureWords, GoodWords
from data.tongues import read_creatures, read_goods
from wood.names import Creature, Good

_COUNT: Final = "{ NUMBER($count, useGrouping: 0) }"


def names(root: Traversable, folder: str) -> str:
    """The names of a language as a Fluent file.

    For each creature ``creature-<key>``; for each good ``good-<key>`` with the attributes ``title`` (at the head of a
    line) and ``number`` (the plural category that its bare name is of), and ``units-<key>`` for ``$count`` units of it.

    Args:
        root: the folder that holds all content.
        folder: the language's, below it ("languages/en").

    Raises:
        ContentError: a table is missing or cannot be used.
    """
    return "\n".join([*_creatures(read_creatures(root, folder)), *_goods(read_goods(root, folder)), ""])


def _creatures(creatures: Mapping[Creature, CreatureWords]) -> Iterator[str]:
    for creature, each in creatures.items():
        yield f"creature-{creature} = {_literal(each.name)}"


def _goods(goods: Mapping[Good, GoodWords]) -> Iterator[str]:
    for good, each in goods.items():
        yield f"good-{good} = {_literal(each.name)}"
        yield f"    .title = {_literal(each.head)}"
        yield f"    .number = {_literal(each.number)}"
        yield f"units-{good} = {{ $count ->"
        for category, form in sorted(each.forms.items(), key=lambda item: item[0] == "other"):
            head, *tail = map(_literal, form.split("{count}"))
            yield f"   {'*' if category == 'other' else ' '}[{category}] {_COUNT.join([head, *tail])}"
        yield "}"


def _literal(text: str) -> str:
    """A text as it is, whatever it holds that Fluent would read."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'{{ "{escaped}" }}'
