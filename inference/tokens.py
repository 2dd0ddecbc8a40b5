"""How many tokens a text takes, estimated on the safe side where no tokenizer is at hand.

The splitting follows the pre-tokenizer of Qwen2.5 (words with the space before them, single digits, runs of
punctuation, line breaks); what a piece then costs is rounded up, so that the estimate stands above the true count.
"""

import re
from functools import lru_cache
from typing import Final

TOKENS: Final = 1000
"""Tokens of one creature's prompt and reply together."""
REPLY: Final = 170
"""Tokens kept for the reply: the fullest one takes about 110 in plain English, and 13 more for each answer."""
TEMPLATE: Final = 16
"""Tokens that a chat template puts around a system and a user message."""
PROMPT: Final = TOKENS - REPLY
"""Tokens of the prompt with its chat template."""

_LETTERS_A_TOKEN: Final = 7
_LONGEST: Final = 16
"""Letters from which a word is no word that a vocabulary would know."""
_VOWEL: Final = re.compile("[aeiouy]", re.IGNORECASE)
_PIECES: Final = re.compile(r"[^\W\d_]+|\d|(?:[^\w\s]|_)+")
_GAPS: Final = re.compile(r"(?:[\r\n]|\s(?=[\d\s]|\Z))(?:(?<=[^\W_]\s)|(?<=\A\s))\s*")
"""White space that is a piece of its own: no mark before it takes it in, and it is no single blank of what follows."""
_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")
_LEANING: Final = re.compile(r"\n\s")
"""A line that begins with white space, which belongs to the line before."""


def _piece(piece: str) -> int:
    """What a word, a digit or a run of marks costs."""
    if piece.isdecimal():
        return 1
    if not piece[0].isalnum():
        return (len(piece) + 1) // 2 if piece.isascii() else len(piece.encode("utf-8", "replace"))
    if len(piece) > _LONGEST or not _VOWEL.search(piece):  # gibberish, such as a player may write into a rumor
        return len(piece.encode("utf-8", "replace"))
    if piece.isascii():  # names and words that open a sentence are often split once more
        return 1 + (len(piece) - 1) // _LETTERS_A_TOKEN + (piece[0].isupper() and len(piece) > 2)
    return len(piece.encode("utf-8", "replace"))  # a byte-level vocabulary never needs more


@lru_cache(maxsize=4096)
def _run(text: str) -> int:
    """What stands between white space and white space costs: mostly a word with its marks, or a figure."""
    return sum(map(_piece, _PIECES.findall(text)))


@lru_cache(maxsize=2048)
def _line(text: str) -> int:
    return sum(map(_run, text.split())) + len(_GAPS.findall(text))


def estimate(text: str) -> int:
    """Tokens of ``text`` in a vocabulary like Qwen2.5's, on the safe side."""
    if text.find("\n") in {-1, len(text) - 1} or _LEANING.search(text):
        return _line(text)
    # Most lines of a prompt are counted more than once, and many come again in the next turn.
    return sum(map(_line, _LINE.findall(text)))
