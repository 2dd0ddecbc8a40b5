"""The taming of text that others wrote: bounded, harmless and on one line, in any language.

Whoever shows in Discord or in Markdown what came from a player or a model passes it through :func:`escape`; whoever
stores or draws it, through :func:`clean`.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from bot.telling.catalog import Words

MAX_NAME: Final = 32
"""Characters of a patron's name that are ever shown."""

_JOINERS: Final = frozenset("\u200c\u200d")  # Arabic, Indic scripts and emoji sequences need them
_MAX_MARKS: Final = 3  # combining marks on one letter; more is decoration that runs over other lines
_ACTIVE: Final = re.compile(r"[\\*_~`|<>\[\]@#/]|:(?=/)|^[-+]|(?<=^\d)[.)]|(?<=^\d\d)[.)]")
_ESCAPED: Final = re.compile(r"\\(.)")
_WORD_JOINER: Final = "\u2060"
_ISOLATE: Final = "\u2068"
_END: Final = "\u2069"
_PLAIN: Final = re.compile("[ -~\xa1-\xac\xae-\u02ff\u2010-\u2027]*")
"""Text that is in its normal form already, without controls, marks, odd blanks or letters that run leftward."""
_MARKS: Final = str.maketrans(dict.fromkeys(_WORD_JOINER + _ISOLATE + _END))


def clean(text: str, limit: int | None = None) -> str:
    """Make one harmless line of ``text``: no controls, no direction overrides, no stacked accents.

    Args:
        text: anything.
        limit: the most characters to keep; a cut text ends in an ellipsis.
    """
    if _PLAIN.fullmatch(text):
        line = " ".join(text.split())
        return line if limit is None else bounded(line, limit)
    kept: list[str] = []
    marks = 0
    for char in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(char)
        if kind[0] == "Z" or char in "\t\n\r\v\f":
            kept.append(" ")
            marks = 0
        elif kind in ("Cc", "Cs", "Co", "Cn") or (kind == "Cf" and char not in _JOINERS):
            continue
        elif kind in ("Mn", "Me") and unicodedata.combining(char):
            marks += 1
            if marks <= _MAX_MARKS:
                kept.append(char)
        else:
            marks = 0
            kept.append(char)
    line = " ".join("".join(kept).split())
    return line if limit is None else bounded(line, limit)


def escape(text: str) -> str:
    """Make text by a player or a model show as itself in Discord: no markup, link, mention or time stamp.

    discord.py's ``escape_markdown`` leaves links, ``<t:…>``, ``<#…>`` and ``</…>`` alive, so every character
    that starts anything is escaped here. The server looks for mentions in the raw text, where a backslash means
    nothing to it, so ``@`` and ``<`` also get an invisible word joiner behind them.

    What runs from right to left stands between marks that part it from its line: without them a figure behind an
    Arabic name is drawn before it. Nobody else can set them, since :func:`clean` takes them out.
    """
    cleaned = clean(text)
    escaped = _ACTIVE.sub(r"\\\g<0>", cleaned)
    escaped = escaped.replace("@", "@" + _WORD_JOINER).replace("<", "<" + _WORD_JOINER)
    plain = _PLAIN.fullmatch(cleaned) or not any(map(_leftward, cleaned))
    return escaped if plain else f"{_ISOLATE}{escaped}{_END}"


def _leftward(char: str) -> bool:
    return unicodedata.bidirectional(char) in {"R", "AL"}


def unescape(escaped: str) -> str:
    """The text that :func:`escape` made this of, as :func:`clean` leaves it."""
    return _ESCAPED.sub(r"\1", escaped.translate(_MARKS))


def bounded(text: str, limit: int) -> str:
    """Cut ``text`` to at most ``limit`` characters, between words where there are any, with an ellipsis."""
    if len(text) <= limit:
        return text
    if limit <= 1:
        return "…"[:limit]
    head = text[: limit - 1]
    space = head.rfind(" ")
    if text[limit - 1] != " " and space > limit // 2:
        head = head[:space]
    return head.rstrip(" ,;:.\u200d") + "…"


def whole_sentences(text: str, limit: int) -> str:
    """Cut ``text`` to at most ``limit`` characters, after a sentence if one ends in its second half."""
    if len(text) <= limit:
        return text
    end = max(text.rfind(mark + " ", 0, limit) for mark in ".!?…")
    return text[: end + 1] if end > limit // 2 else bounded(text, limit)


def whole_lines(words: Words, lines: Sequence[str], limit: int) -> list[str]:
    """As many whole lines from the front as fit into ``limit`` characters with their line breaks.

    When some are left out, the last line says how many; nothing fits into a ``limit`` too small for that line.
    """
    if sum(map(len, lines)) + max(0, len(lines) - 1) <= limit:
        return list(lines)
    for keep in range(len(lines) - 1, -1, -1):
        kept = [*lines[:keep], words("and-more", count=len(lines) - keep)]
        if sum(map(len, kept)) + len(kept) - 1 <= limit:
            return kept
    return []
