"""Which letters look like others, and which show nothing: for names and words that only seem to be something else.

A small part of Unicode's own tables (UTS #39, confusables; Default_Ignorable_Code_Point of the Unicode Character
Database): the letters of other scripts that stand for Latin ones at a glance, and the blanks that are no blanks.
"""

import unicodedata
from functools import lru_cache
from typing import Final

_KEPT: Final = 4_096
"""Names whose looks are remembered: the creatures' and those of the patrons who were named last."""

_ALIKE: Final = str.maketrans(
    dict(
        zip(
            "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u0501\u051b\u051d\u04bb\u04cf"  # Cyrillic
            "\u043a\u043c\u0442\u043d\u0432\u043f"  # Cyrillic, capitals alike
            "\u03b1\u03bf\u03c1\u03c5\u03bd\u03b9\u03ba\u03c7\u03c4\u03b5\u03b7\u03bc\u03b2"  # Greek
            "\u0131\u0261\u01c0\u0585\u057d\u0578\u0570",  # dotless i, script g, click, Armenian
            "aeopcyxijsdqwhlkmthbnaopuvikxtenmbiglounh",
            strict=True,
        )
    )
    | {"0": "o", "1": "l", "|": "l"}
)
_FILLERS: Final = frozenset("\u115f\u1160\u3164\uffa0\u2800\u17b4\u17b5\u034f")
"""Letters, marks and signs that show nothing though their category says otherwise."""


def shows(text: str) -> bool:
    """Whether anything of a text is to be seen: a mark or joiner alone is not."""
    return any(char not in _FILLERS and unicodedata.category(char)[0] in "LNPS" for char in text)


@lru_cache(_KEPT)
def skeleton(name: str) -> str:
    """The letters and figures of a name as they look: names of one skeleton are hard to tell apart."""
    folded = unicodedata.normalize("NFKD", name).casefold()
    shown = (char for char in folded if char not in _FILLERS and (char.isalnum() or _sounds(char)))
    return "".join(shown).translate(_ALIKE).replace("rn", "m").replace("vv", "w")


def _sounds(char: str) -> bool:
    """Whether a mark is a letter's own in its script, and no accent."""
    return unicodedata.category(char)[0] == "M" and not "\u0300" <= char <= "\u036f" and char < "\ufe00"
