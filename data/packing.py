"""Packing: what is kept of each turn is compressed before it is stored, and bounded when it is read again.

One record is too small to be compressed well by itself, so every text is compressed against a dictionary of what such
texts have in common (``bench/dictionaries.py`` makes them). A frame names its dictionary by a number that follows from
the dictionary's bytes, and the program keeps all that it ever had, so that what an older one packed stays readable.
"""

import hashlib
import sys
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from data.errors import StoreError

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

DICTIONARIES: Final[Mapping[int, str]] = {
    1867680571: "277e630702707b6cb9fe6a37a2b560e1e77118a5f61c08be9d0e1612e8873762",
}
"""The SHA-256 of each dictionary by the number that frames name it by, the newest last; none is ever removed."""
LARGEST: Final = 16 * 1024 * 1024
"""Bytes of the longest text that is packed, or unpacked: hundreds of times the fullest turn."""
_LEVEL: Final = 9
"""Above it a turn takes far more time and is hardly smaller."""
_OPTIONS: Final = {
    zstd.CompressionParameter.compression_level: _LEVEL,
    zstd.CompressionParameter.checksum_flag: 1,  # a flipped bit is noticed, wherever it is
}
_BOUNDS: Final = {zstd.DecompressionParameter.window_log_max: 24}


class PackingError(ValueError):
    """What is packed is damaged; the message says how."""


class ForeignPackingError(ValueError):
    """What is packed needs a dictionary that this program has not: a newer one wrote it."""


def pack(text: str) -> bytes | str:
    """Compress a text for the store; one beyond :data:`LARGEST` stays as it is."""
    plain = text.encode()
    if len(plain) > LARGEST:
        return text
    newest = next(reversed(DICTIONARIES))
    return zstd.compress(plain, options=_OPTIONS, zstd_dict=_dictionary(newest).as_digested_dict)


def unpack(kept: bytes | str) -> str:
    """The text that :func:`pack` was given; a plain one, as older programs stored it, is that text itself.

    Never takes more memory than :data:`LARGEST` asks for, whatever the bytes are.

    Raises:
        PackingError: it is damaged.
        ForeignPackingError: a newer program packed it.
    """
    if isinstance(kept, str):
        return kept
    try:
        number = zstd.get_frame_info(kept).dictionary_id
        if number and number not in DICTIONARIES:
            raise ForeignPackingError(f"it is packed by dictionary {number}, which is not known")
        reading = zstd.ZstdDecompressor(_dictionary(number) if number else None, _BOUNDS)
        plain = reading.decompress(kept, max_length=LARGEST + 1)
    except (zstd.ZstdError, MemoryError) as error:
        raise PackingError(f"its bytes are damaged: {error}") from error
    if not reading.eof or reading.unused_data:
        raise PackingError("its bytes are cut short, go on behind their end, or hold more than was ever packed")
    try:
        return plain.decode()
    except UnicodeDecodeError as error:
        raise PackingError("its bytes are no text") from error


@cache
def _dictionary(number: int) -> zstd.ZstdDict:
    """Read a dictionary of the program's own.

    Raises:
        StoreError: its file is not the one that the program came with.
    """
    content = (files("data") / "dictionaries" / f"{number}.zdict").read_bytes()
    if hashlib.sha256(content).hexdigest() != DICTIONARIES[number]:
        raise StoreError(f"The file data/dictionaries/{number}.zdict was changed; install the program again.")
    return zstd.ZstdDict(content)
