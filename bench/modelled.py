"""A mind that writes as a language model does: sound orders, and sentences of its own that no dictionary knows."""

import asyncio
import json
import random
import re
from collections.abc import Sequence
from pathlib import Path

from inference.protocol import Reply, Request
from inference.roster import seat
from wood.names import CREATURES

NAME = "modelled"
_PROSE = Path(__file__).resolve().parents[1] / "docs"
_THOUGHT, _GOSSIP = (18, 40), (6, 14)
"""Words of a thought and of a line of gossip: as many as replies of small models have."""


def words() -> list[str]:
    """Words of the project's own prose, which nothing that packs them has been trained on."""
    text = "\n".join(path.read_text("utf-8") for path in sorted(_PROSE.glob("*.md")))
    return re.findall(r"[a-z]{2,}", text)


class ModelledMind:
    """Decides as a rule-based mind does, and says it in words drawn at random from a seed.

    Words drawn one by one tell more than sentences, which follow from one another: what is measured with this mind is
    rather too much than too little.
    """

    name = NAME

    def __init__(self) -> None:
        self._under = seat("contrarian")[CREATURES[0]]
        self._words = words()

    async def decide(self, batch: Sequence[Request], deadline: float) -> list[Reply]:
        """Answer every request, in order."""
        await asyncio.sleep(0)  # it is no mind that answers at once: its prompts are written
        replies = await self._under.decide(batch, deadline)
        return [self._said(request, reply) for request, reply in zip(batch, replies, strict=True)]

    async def close(self) -> None:
        """Nothing is held."""

    def _said(self, request: Request, reply: Reply) -> Reply:
        chance = random.Random(request.seed)
        said = json.loads(reply.text or "{}")
        said["thought"] = self._sentence(chance, *_THOUGHT)
        said["gossip"] = self._sentence(chance, *_GOSSIP) if chance.random() < 0.6 else ""
        text = json.dumps(said, ensure_ascii=False, indent=chance.choice((None, 2)))
        asked = sum(len(message["content"]) for message in request.messages)
        return Reply(NAME, text, tokens_in=asked // 4, tokens_out=len(text) // 4, latency=chance.uniform(0.4, 3.0))

    def _sentence(self, chance: random.Random, least: int, most: int) -> str:
        return " ".join(chance.choices(self._words, k=chance.randint(least, most))).capitalize() + "."
