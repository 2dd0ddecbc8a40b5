"""Fingerprints: how a player is known again of whom neither the id nor the name is kept.

Each has a secret of its own, so that two of one player do not look alike.
"""

import secrets
from dataclasses import dataclass
from hashlib import blake2b
from hmac import compare_digest
from typing import Final, Self

_SECRET_BYTES: Final = 32
_DIGEST_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A digest of a user id, keyed with ``secret``."""

    secret: bytes
    digest: bytes

    @classmethod
    def of(cls, user_id: int) -> Self:
        """A new one of a user."""
        secret = secrets.token_bytes(_SECRET_BYTES)
        return cls(secret, _digest(secret, user_id))

    def fits(self, user_id: int) -> bool:
        """Whether it is that user's."""
        return compare_digest(_digest(self.secret, user_id), self.digest)


def _digest(secret: bytes, user_id: int) -> bytes:
    return blake2b(str(user_id).encode(), key=secret, digest_size=_DIGEST_BYTES).digest()
