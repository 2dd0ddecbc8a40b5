"""Figures as Fluent's library takes them, each written out once: most of what a sentence costs it is its figures.

The library writes a figure anew wherever it stands. The same few stand in every answer: small counts, prices, turns.
"""

from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from babel import Locale
from fluent.runtime.types import FluentDecimal, FluentInt, FluentNone, FluentNumber, fluent_number

_KEPT: Final = 4_096
"""Figures of a language that are remembered, the ones used last."""


class _Written(FluentNumber):
    """A figure that is written once, in the language of the first who asks: it belongs to one language."""

    _text: str | None = None

    def format(self, locale: Locale) -> str:
        if self._text is None:
            self._text = super().format(locale)
        return self._text


class _Whole(_Written, FluentInt):
    pass


class _Exact(_Written, FluentDecimal):
    pass


class Figures:
    """The figures of one language."""

    def __init__(self) -> None:
        self._whole = lru_cache(_KEPT)(_Whole)
        self._exact = lru_cache(_KEPT)(_Exact)
        self._optioned = lru_cache(_KEPT, typed=True)(_optioned)

    def fluent(self, fact: int | str | Decimal) -> int | str | Decimal:
        """A fact as the library takes it; words stay what they are."""
        if isinstance(fact, int):
            return self._whole(int(fact))
        return self._exact(fact) if isinstance(fact, Decimal) else fact

    def number(self, number: Any, **options: Any) -> Any:  # noqa: ANN401 - what the library hands to its functions
        """Fluent's function ``NUMBER``."""
        return self._optioned(number, **options) if isinstance(number, _Written) else fluent_number(number, **options)


def _optioned(number: _Written, **options: Any) -> _Written | FluentNone:  # noqa: ANN401
    return type(number)(number, **options)
