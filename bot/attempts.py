"""How often each interaction's first answer was sent: discord.py sends it again by itself when Discord has trouble.

Discord answers "already acknowledged" to the repeat of a first answer that it took without our hearing of it, and also
to an interaction that was delivered twice. Only who knows that there was a repeat can tell the two apart.
"""

import re
from collections import OrderedDict
from types import SimpleNamespace
from typing import Final

import aiohttp

KEPT: Final = 4_096
"""Interactions that are remembered: more than are ever under way at once."""
_CALLBACK: Final = re.compile(r"/interactions/(\d+)/[^/]+/callback\Z")


class Attempts:
    """Counts the requests of first answers, by interaction."""

    def __init__(self) -> None:
        self._sent: OrderedDict[int, int] = OrderedDict()

    def of(self, interaction_id: int) -> int:
        """How often a first answer was sent for an interaction."""
        return self._sent.get(interaction_id, 0)

    def trace(self) -> aiohttp.TraceConfig:
        """What the client's HTTP session is given to be counted."""
        config = aiohttp.TraceConfig()
        config.on_request_start.append(self._count)
        return config

    async def _count(
        self, session: aiohttp.ClientSession, context: SimpleNamespace, request: aiohttp.TraceRequestStartParams
    ) -> None:
        found = _CALLBACK.search(request.url.path)
        if found is None:
            return
        interaction_id = int(found[1])
        self._sent[interaction_id] = self._sent.pop(interaction_id, 0) + 1
        while len(self._sent) > KEPT:
            self._sent.popitem(last=False)
