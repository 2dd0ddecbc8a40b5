"""The number that says by which rules a stored wood was played. Raised by hand, never lowered, never used again."""

from typing import Final

RULES: Final = 3
"""The rules' version: raised by any change after which the same world and the same inputs give another wood."""
