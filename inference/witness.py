"""Whether mended JSON still says what the text said.

Mending may join two objects whose braces are broken or swallow a digit after a missing colon. So every innermost
object of a mended value needs a witness: a stretch of the text between two braces with just its numbers and all of
its words. Each stretch bears witness once. What has none is marked, for the reader to drop.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

DOUBT: Final = "#doubt"
"""Key that marks an object without a witness."""

_TOKEN = re.compile(r"\d+(?:\.\d+)?|[^\W\d_]+")
_BRACE = re.compile(r"[{}]")


def mark_doubtful(value: Any, text: str) -> None:  # noqa: ANN401 - any JSON value
    """Mark, in place, the innermost objects of ``value`` that no stretch of ``text`` bears witness to.

    An object with both figures and inner lists or objects is always marked: no offer or answer has such a form.
    """
    stretches = [_tokens(stretch) for stretch in _BRACE.split(text)]
    for each in list(_objects(value)):
        scalars = [child for child in each.values() if not isinstance(child, dict | list)]
        if len(scalars) < len(each):
            if any(isinstance(child, int | float) for child in scalars):
                each[DOUBT] = True
            continue
        numbers, words = _tokens(" ".join([*each, *(str(child) for child in scalars if child is not None)]))
        for at, (numbers_said, words_said) in enumerate(stretches):
            if numbers == numbers_said and words <= words_said:
                del stretches[at]
                break
        else:
            each[DOUBT] = True


def _tokens(text: str) -> tuple[Counter[float], Counter[str]]:
    numbers: Counter[float] = Counter()
    words: Counter[str] = Counter()
    for token in _TOKEN.findall(text.lower()):
        if token[0].isdecimal():
            numbers[float(token)] += 1
        else:
            words[token] += 1
    return numbers, words


def _objects(value: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - any JSON value
    """All objects, in the text's order."""
    if isinstance(value, dict):
        yield value
    children = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    for child in children:
        yield from _objects(child)
