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
_PIECE = re.compile(r"[^\S\r\n]?(?P<word>[^\W\d_]+)|(?P<digit>\d)|[^\S\r\n]?(?P<mark>(?:[^\w\s]|_)+)\s*|(?P<gap>\s+)")


@lru_cache(maxsize=4096)
def _word(word: str) -> int:
    if len(word) > _LONGEST or not _VOWEL.search(word):  # gibberish, such as a player may write into a rumor
        return len(word.encode("utf-8", "replace"))
    if word.isascii():  # names and words that open a sentence are often split once more
        return 1 + (len(word) - 1) // _LETTERS_A_TOKEN + (word[0].isupper() and len(word) > 2)
    return len(word.encode("utf-8", "replace"))  # a byte-level vocabulary never needs more


def _mark(mark: str) -> int:
    return (len(mark) + 1) // 2 if mark.isascii() else len(mark.encode("utf-8", "replace"))


def estimate(text: str) -> int:
    """Tokens of ``text`` in a vocabulary like Qwen2.5's, on the safe side."""
    total = 0
    for piece in _PIECE.finditer(text):
        kind = piece.lastgroup
        if kind == "word":
            total += _word(piece["word"])
        elif kind == "mark":
            total += _mark(piece["mark"])
        else:
            total += 1
    return total
