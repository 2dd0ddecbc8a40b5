"""Fonts for names in any script, found at run time.

Matplotlib ships DejaVu Sans (Latin, Greek, Cyrillic, Arabic, Hebrew, Georgian, Armenian, Vietnamese, …) and shapes text
with HarfBuzz. Chinese, Japanese and Korean come from Noto Sans CJK: the package ``noto-cjk-sans-jp-regular`` (SIL Open
Font License) where it is installed, else a system font. Any other "Noto Sans …" font of the system is used when a
name needs it. What no font can draw is left out, and a name that would lose letters gives way to its alias.
"""

import importlib.util
import logging
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

from matplotlib.font_manager import FontProperties, fontManager, get_font

BASE: Final = "DejaVu Sans"
CJK: Final = "Noto Sans CJK JP"
_CJK_PACKAGE: Final = "noto_cjk_sans_jp_regular"
# A family without a bold face is drawn in its regular one, as it should be; matplotlib says so on the console.
logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)

_EMOJI_FROM: Final = 0x1F000
_EMOJI_GLUE: Final = frozenset("\u200d\ufe0e\ufe0f\u20e3")


@cache
def _families() -> tuple[str, ...]:
    """The families that names may be drawn with, in the order they are asked for a letter."""
    _add_cjk_package()
    noto = {entry.name for entry in fontManager.ttflist if entry.name.startswith("Noto Sans") and entry.weight == 400}
    plain = sorted(name for name in noto if "Mono" not in name and "CJK" not in name and "Emoji" not in name)
    return (BASE, *([CJK] if CJK in noto else []), *plain)


def _add_cjk_package() -> None:
    spec = importlib.util.find_spec(_CJK_PACKAGE)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        for path in sorted(Path(folder).glob("*.otf")):
            fontManager.addfont(path)


@cache
def _covered(family: str) -> frozenset[int]:
    return frozenset(get_font(fontManager.findfont(FontProperties(family=[family]))).get_charmap())


def _families_for(char: str) -> str | None:
    return next((family for family in _families() if ord(char) in _covered(family)), None)


def _drawable(char: str) -> bool:
    return ord(char) < _EMOJI_FROM and char not in _EMOJI_GLUE and (char == " " or _families_for(char) is not None)


def drawable(text: str, instead: str = "") -> str:
    """The part of ``text`` that can be drawn; emoji and other pictures are left out.

    Args:
        text: a cleaned line.
        instead: what to draw when letters or digits would be missing or none are left.
    """
    missing = [char for char in text if not _drawable(char)]
    kept = " ".join("".join(char for char in text if _drawable(char)).split())
    loses = any(unicodedata.category(char)[0] in "LN" for char in missing)
    speaks = any(unicodedata.category(char)[0] in "LN" for char in kept)
    return kept if speaks and not loses else drawable(instead) if instead else kept if not loses else ""


def properties(texts: Iterable[str], size: float, weight: str = "normal") -> FontProperties:
    """Font properties with just the fallback families that these texts need.

    Args:
        texts: what will be drawn with them.
        size: in points.
        weight: ``"normal"`` or ``"bold"``.
    """
    needed = {family for text in texts for char in text if (family := _families_for(char)) is not None}
    families = [family for family in _families() if family in needed or family == BASE]
    return FontProperties(family=families, size=size, weight=weight)
