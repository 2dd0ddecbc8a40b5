"""The numbers that say what a stored wood was played by. Raised by hand, never lowered, never used again."""

from typing import Final

RULES: Final = 1
"""The rules' version: raised by any change after which the same world and the same inputs give another wood."""

HASHES: Final = 2
"""The form of the hash chain: raised by any change after which the same wood has other hashes, such as a field more
in ``World`` or ``Turn``. What recomputes a form that was is kept in ``data``."""
