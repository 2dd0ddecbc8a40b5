"""Words that strangers wrote (players, models): made harmless before anyone shows, stores or prompts them."""

import re
import unicodedata
from functools import lru_cache

_MENTION = re.compile(r"<(?:@[!&]?|#|a?:\w{1,40}:|t:|/[^<>]{1,60}:)-?\d{1,25}(?::\w)?>")
_LINK = re.compile(r"(?:[a-z0-9+.-]{0,40}://|discord(?:\.gg|(?:app)?\.com)/)[^\s\"']*", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_PLAIN = re.compile(r"[A-Za-z0-9 ,.;:!?'()%+-]*")
_ROLE = re.compile(
    r"\b(system|assistant|user|human|developer|tool|function|model|bot|prompt|instructions?|rules?|im_start|im_end)"
    r"\s*[:\u02d0\u2236\ua789]",
    re.IGNORECASE,
)
_BRACKETS = str.maketrans("", "", "<>@")
_QUOTE = str.maketrans(
    {
        **dict.fromkeys('"\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\u300c\u300d`\u00b4\u2018\u2019', "'"),
        **dict.fromkeys("{[", "("),
        **dict.fromkeys("}]", ")"),
        **dict.fromkeys("|\\#*_~^$=", None),
    }
)


def cut(text: str, limit: int) -> str:
    """Shorten ``text`` to at most ``limit`` characters, at the end of a word where there is one to end at."""
    if len(text) <= limit:
        return text
    head = text[: limit + 1]
    at = head.rfind(" ")
    return (head[:at] if at > 0 else text[:limit]).rstrip(" ,;:-")


def tidy(text: str, limit: int) -> str:
    """One harmless line of at most ``limit`` characters.

    Control, invisible and direction-changing characters, mentions, links and angle brackets are taken out, white
    space is folded. Escaping for a renderer (Markdown, HTML) is left to that renderer.
    """
    if len(text) <= limit and _PLAIN.fullmatch(text) and "  " not in text and "://" not in text:
        return text.strip()
    text = text[: limit * 8]
    text = _SPACE.sub(" ", text)
    text = "".join(c for c in text if c == " " or not unicodedata.category(c).startswith(("C", "Z")))
    text = _MENTION.sub("", text).translate(_BRACKETS)
    text = _LINK.sub("", text)
    return cut(_SPACE.sub(" ", text).strip(), limit)


@lru_cache(maxsize=4096)
def quote(text: str, limit: int) -> str:
    """Put a stranger's words between double quotes so that a prompt cannot take them for anything else.

    Beside what :func:`tidy` does: compatibility forms are folded (so that look-alikes of brackets and quotes do not
    slip by), quotes become apostrophes, braces and brackets become parentheses, marks of chat templates and
    Markdown go, and a role word before a colon ("system:") loses its colon.
    """
    folded = unicodedata.normalize("NFKC", text[: limit * 8])
    plain = _ROLE.sub(r"\1 -", tidy(folded.translate(_QUOTE), limit))
    return f'"{cut(plain, limit)}"'
