"""What a server tells of itself beside its answers: which models it has, which program it is, and where it has gone."""

import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

_MOST_MODELS: Final = 10_000
_BUILD = re.compile(r"b\d{3,6}-[0-9a-f]{6,12}")
"""How llama.cpp's builds are called (common/build-info in github.com/ggml-org/llama.cpp)."""
_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}|[0-9a-fA-F:.]{2,45}")
_PATH = re.compile(r"[A-Za-z0-9/._~-]{0,200}")


def models(body: object) -> frozenset[str] | None:
    """The names in a list of models; None where it is none."""
    data = body.get("data") if isinstance(body, Mapping) else None
    if not isinstance(data, list):
        return None
    return frozenset(str(each.get("id", "")) for each in data[:_MOST_MODELS] if isinstance(each, Mapping))


def takes_grammars(headers: Mapping[str, str], body: object) -> bool:
    """Whether this is llama.cpp's server, which takes a ``grammar``: by any answer of it, or its list of models."""
    if headers.get("server", "").strip().lower() == "llama.cpp":
        return True
    if not isinstance(body, Mapping):
        return False
    data = body.get("data")
    first: Any = data[0] if isinstance(data, list) and data else None
    if isinstance(first, Mapping) and first.get("owned_by") == "llamacpp":
        return True
    build = body.get("system_fingerprint")
    return isinstance(build, str) and _BUILD.fullmatch(build) is not None


def moved_to(asked: str, location: str, path: str) -> str:
    """The address for the settings when a server redirects; "" where it names none that could be one.

    Args:
        asked: what was asked, as a whole address.
        location: the header by which it redirects.
        path: what the client puts behind the address of the settings.
    """
    try:
        parts = urlsplit(urljoin(asked, location.strip()[:2_000]))
        port, host = parts.port, parts.hostname or ""
    except ValueError:
        return ""
    where = parts.path.rstrip("/").removesuffix(path).rstrip("/")
    if not location.strip() or parts.scheme not in ("http", "https"):
        return ""
    if not _HOST.fullmatch(host) or not _PATH.fullmatch(where):
        return ""
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}{f':{port}' if port else ''}{where}"
