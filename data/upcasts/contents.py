"""Upcasts of a content document, the :class:`wood.rules.Rules` that a wood runs on, kept by its digest.

Its schema stands in the document itself, under the key ``schema``, so that the digest covers it; a document without
the key is of schema 1. Steps see the document without the key.
"""

from collections.abc import Callable
from typing import Any, Final

STEPS: Final[tuple[Callable[[dict[str, Any]], dict[str, Any]], ...]] = ()
