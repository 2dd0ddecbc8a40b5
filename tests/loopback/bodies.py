"""Reading what the bot sends: JSON or multipart, and Discord's own refusals of what it would not take."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from aiohttp import web

from tests.loopback import wire
from tests.loopback.state import COMPONENTS_V2, Attachment, Body, Json, Message, walk

_FILE_FIELD = re.compile(r"files\[(\d+)\]")
_COMMAND_NAME = re.compile(r"[-_'\w]{1,32}")

EMBED_CHARACTERS = 6000
V2_COMPONENTS = 40
V2_CHARACTERS = 4000
ALT_TEXT_OF_FILE = 1024
ALT_TEXT_OF_GALLERY = 256
FILE_BYTES = 10 * 1024 * 1024


class ApiError(Exception):
    """An answer that refuses: HTTP status, Discord's error code, message."""

    def __init__(self, status: int, code: int, message: str) -> None:
        """Remember what to answer."""
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


def invalid(message: str) -> ApiError:
    """Discord's answer to a body that does not fit its form."""
    return ApiError(400, 50035, f"Invalid Form Body: {message}")


Files = Mapping[int, tuple[str, bytes]]


async def read(request: web.Request) -> tuple[Json, Files]:
    """The JSON of a request and its files by index.

    Raises:
        ApiError: neither JSON nor multipart with ``payload_json``.
    """
    if request.content_type == "multipart/form-data":
        form = await request.post()
        payload, files = form.get("payload_json"), {}
        if not isinstance(payload, str):
            raise invalid("multipart without payload_json")
        for name, value in form.items():
            match = _FILE_FIELD.fullmatch(name)
            if match and isinstance(value, web.FileField):
                files[int(match[1])] = (value.filename, value.file.read())
        return json.loads(payload), files
    if not request.can_read_body:
        return {}, {}
    if request.content_type != "application/json":
        raise invalid(f"content type {request.content_type}")
    return await request.json(), {}


def body(payload: Json, files: Files, old: Message | None = None) -> Body:
    """Read a message's parts, refuse what Discord refuses.

    Args:
        payload: the message part of the request.
        files: the uploaded files by index.
        old: the message being edited, if any.

    Raises:
        ApiError: 400 with code 50035 or 50006.
    """
    flags = payload.get("flags")
    v2 = bool(((flags or 0) | (old.flags if old else 0)) & COMPONENTS_V2)
    components = payload.get("components")
    read_body = Body(
        content=None if "content" not in payload else (payload["content"] or ""),
        embeds=None if "embeds" not in payload else (payload["embeds"] or []),
        components=None if components is None else wire.numbered(components),
        attachments=_attachments(payload, files, old),
        flags=flags,
        nonce=payload.get("nonce"),
        enforce_nonce=bool(payload.get("enforce_nonce")),
    )
    if v2:
        _check_v2(read_body, old)
    else:
        _check_classic(read_body)
    _check_ids(read_body.components or ())
    if old is None and not any((read_body.content, read_body.embeds, read_body.components, read_body.attachments)):
        raise ApiError(400, 50006, "Cannot send an empty message")
    return read_body


def _attachments(payload: Json, files: Files, old: Message | None) -> Sequence[Attachment] | None:
    kept = {item.id: item for item in (old.attachments if old else ())}
    for name, data in files.values():
        if len(data) > FILE_BYTES:
            raise ApiError(413, 40005, f"Request entity too large: {name}")
    if "attachments" not in payload:
        fresh = [Attachment(name, data, None) for name, data in files.values()]
        return [*kept.values(), *fresh] if fresh else None
    chosen: list[Attachment] = []
    for entry in payload["attachments"] or ():
        key, description = int(entry["id"]), entry.get("description")
        if description is not None and len(description) > ALT_TEXT_OF_FILE:
            raise invalid(f"attachments: description over {ALT_TEXT_OF_FILE}")
        if key in kept:
            chosen.append(kept[key])
        elif key in files:
            name, data = files[key]
            chosen.append(Attachment(entry.get("filename", name), data, description))
        else:
            raise invalid(f"attachments: no file {key}")
    if len(chosen) > 10:
        raise invalid("attachments: over 10")
    return chosen


def _check_v2(read_body: Body, old: Message | None) -> None:
    if read_body.content or read_body.embeds:
        raise invalid("content and embeds cannot stand beside components of the second version")
    parts = list(walk(read_body.components or ()))
    if len(parts) > V2_COMPONENTS:
        raise invalid(f"components: {len(parts)} of at most {V2_COMPONENTS}")
    characters = sum(len(part["content"]) for part in parts if part["type"] == 10)
    if characters > V2_CHARACTERS:
        raise invalid(f"components: {characters} of at most {V2_CHARACTERS} characters")
    if any(part["type"] == 10 and not part["content"] for part in parts):
        raise invalid("components: an empty text display")
    attached = read_body.attachments if read_body.attachments is not None else (old.attachments if old else ())
    known = {f"attachment://{item.filename}" for item in attached}
    for part in parts:
        for item in part.get("items", ()):
            if len(item.get("description") or "") > ALT_TEXT_OF_GALLERY:
                raise invalid(f"components: alt text over {ALT_TEXT_OF_GALLERY}")
        media = [item["media"] for item in part.get("items", ())]
        media += [part[key] for key in ("media", "file") if key in part]
        for medium in media:
            if medium["url"].startswith("attachment://") and medium["url"] not in known:
                raise invalid(f"components: {medium['url']} was not uploaded")


def _check_classic(read_body: Body) -> None:
    if len(read_body.content or "") > 2000:
        raise invalid("content: over 2000 characters")
    rows = read_body.components or ()
    if len(rows) > 5 or any(row["type"] != 1 for row in rows):
        raise invalid("components: only up to 5 action rows without the flag of the second version")
    embeds = read_body.embeds or ()
    if len(embeds) > 10 or sum(_embed_length(embed) for embed in embeds) > EMBED_CHARACTERS:
        raise invalid(f"embeds: over 10, or over {EMBED_CHARACTERS} characters in all")


def _embed_length(embed: Json) -> int:
    texts = [embed.get("title"), embed.get("description"), (embed.get("footer") or {}).get("text")]
    texts.append((embed.get("author") or {}).get("name"))
    for entry in embed.get("fields", ()):
        if not entry["name"] or not entry["value"]:
            raise invalid("embeds: an empty field")
        texts += [entry["name"], entry["value"]]
    return sum(len(text or "") for text in texts)


def _check_ids(components: Sequence[Json]) -> None:
    seen: set[str] = set()
    for part in walk(components):
        custom_id = part.get("custom_id")
        if custom_id is not None:
            if custom_id in seen or not 1 <= len(custom_id) <= 100:
                raise invalid(f"components: custom_id {custom_id!r} is repeated or not 1 to 100 characters")
            seen.add(custom_id)
        if part["type"] == 1 and len(part["components"]) > 5:
            raise invalid("components: over 5 in a row")
        if part["type"] == 2 and len(part.get("label") or "") > 80:
            raise invalid("components: a label over 80 characters")
        if len(part.get("options", ())) > 25:
            raise invalid("components: over 25 options")


def check_commands(commands: Sequence[Json]) -> None:
    """Refuse a command tree that Discord would refuse.

    Raises:
        ApiError: 400 with code 50035.
    """
    if len(commands) > 100:
        raise invalid("over 100 commands")
    for command in commands:
        if command.get("type", 1) == 1:
            _check_option(command, command["name"])


def _check_option(option: Json, path: str) -> None:
    if not _COMMAND_NAME.fullmatch(option["name"]) or option["name"] != option["name"].lower():
        raise invalid(f"/{path}: name")
    if not 1 <= len(option["description"]) <= 100:
        raise invalid(f"/{path}: description of {len(option['description'])} characters")
    if len(option.get("options", ())) > 25 or len(option.get("choices", ())) > 25:
        raise invalid(f"/{path}: over 25 options or choices")
    if option.get("choices") and option.get("autocomplete"):
        raise invalid(f"/{path}: choices and autocomplete")
    required = [bool(child.get("required")) for child in option.get("options", ()) if child["type"] > 2]
    if required != sorted(required, reverse=True):
        raise invalid(f"/{path}: a required option behind an optional one")
    for child in option.get("options", ()):
        _check_option(child, f"{path} {child['name']}")
