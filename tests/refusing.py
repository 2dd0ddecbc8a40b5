"""What a player is told when something is refused, as tests read it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot.telling.catalog import words_in
from bot.telling.notice import refused
from wood.refusal import Refusal


def told(refusal: Refusal) -> str:
    """The words for a refusal, in English."""
    return refused(refusal).say(words_in("en"))


@contextmanager
def refusing(match: str) -> Iterator[pytest.ExceptionInfo[Refusal]]:
    """Expect a refusal whose words match."""
    with pytest.raises(Refusal) as caught:
        yield caught
    assert re.search(match, told(caught.value)), told(caught.value)
