"""State as Discord's JSON: users, members, roles, channels, guilds, messages, interactions."""

from datetime import UTC, datetime

from discord import Permissions

from tests.loopback.state import Attachment, Channel, Guild, Interaction, Json, Member, Message, State, User, walk

JOINED = datetime(2024, 1, 1, tzinfo=UTC).isoformat()


def user(who: User) -> Json:
    """A user object."""
    return {
        "id": str(who.id),
        "username": who.name.lower().replace(" ", "_"),
        "discriminator": "0",
        "global_name": None if who.bot else who.name,
        "avatar": None,
        "bot": who.bot,
        "flags": 0,
        "public_flags": 0,
    }


def member(who: Member) -> Json:
    """A member object, with its user."""
    return {
        "user": user(who.user),
        "nick": None,
        "roles": [str(who.role_id)],
        "joined_at": JOINED,
        "deaf": False,
        "mute": False,
        "flags": 0,
        "pending": False,
        "avatar": None,
    }


def role(role_id: int, name: str, permissions: Permissions, position: int) -> Json:
    """A role object."""
    return {
        "id": str(role_id),
        "name": name,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "position": position,
        "permissions": str(permissions.value),
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }


def channel(where: Channel) -> Json:
    """A text channel object with its overwrites."""
    return {
        "id": str(where.id),
        "type": 0,
        "guild_id": str(where.guild.id),
        "name": where.name,
        "position": 0,
        "topic": None,
        "nsfw": False,
        "parent_id": None,
        "last_message_id": str(max(where.messages)) if where.messages else None,
        "rate_limit_per_user": 0,
        "flags": 0,
        "permission_overwrites": [
            {
                "id": str(holder),
                "type": 0 if holder == where.guild.id else 1,
                "allow": str(allow.value),
                "deny": str(deny.value),
            }
            for holder, (allow, deny) in where.overwrites.items()
        ],
    }


def guild(which: Guild, bot: User) -> Json:
    """What GUILD_CREATE carries. Of the members only the bot, as without the members intent."""
    roles = [role(which.id, "@everyone", which.everyone, 0)]
    roles += [
        role(who.role_id, who.user.name, who.permissions, position)
        for position, who in enumerate(which.members.values(), start=1)
    ]
    return {
        "id": str(which.id),
        "name": which.name,
        "owner_id": str(which.owner.id),
        "unavailable": False,
        "large": False,
        "joined_at": JOINED,
        "member_count": len(which.members),
        "afk_timeout": 300,
        "verification_level": 0,
        "default_message_notifications": 1,
        "explicit_content_filter": 0,
        "features": [],
        "emojis": [],
        "stickers": [],
        "system_channel_flags": 0,
        "preferred_locale": "en-US",
        "nsfw_level": 0,
        "mfa_level": 0,
        "premium_tier": 0,
        "roles": roles,
        "channels": [channel(where) for where in which.channels.values()],
        "members": [member(which.members[bot.id])],
        "threads": [],
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def attachment(item: Attachment, where: Channel, base: str) -> Json:
    """An attachment object; its address is served by the loopback itself."""
    url = f"{base}/attachments/{where.id}/{item.id}/{item.filename}"
    shown: Json = {
        "id": str(item.id),
        "filename": item.filename,
        "size": len(item.data),
        "url": url,
        "proxy_url": url,
        "content_type": "image/png" if item.filename.endswith(".png") else "application/octet-stream",
    }
    if item.description is not None:
        shown["description"] = item.description
    return shown


def message(what: Message, base: str, *, with_nonce: bool) -> Json:
    """A message object; ``attachment://`` addresses in components are resolved, as Discord does."""
    shown: Json = {
        "id": str(what.id),
        "type": 0,
        "channel_id": str(what.channel.id),
        "author": user(what.author),
        "content": what.content,
        "timestamp": what.created.isoformat(),
        "edited_timestamp": what.edited.isoformat() if what.edited else None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [attachment(item, what.channel, base) for item in what.attachments],
        "embeds": list(what.embeds),
        "components": [_resolved(part, what, base) for part in what.components],
        "pinned": False,
        "flags": what.flags,
    }
    if with_nonce and what.nonce is not None:
        shown["nonce"] = what.nonce
    return shown


def interaction(what: Interaction, state: State, data: Json, base: str) -> Json:
    """What INTERACTION_CREATE carries."""
    where = what.channel
    asker = member(where.guild.members[what.user.id])
    asker["permissions"] = str(where.permissions_of(what.user).value)
    payload: Json = {
        "id": str(what.id),
        "application_id": str(state.application_id),
        "type": what.kind,
        "token": what.token,
        "version": 1,
        "guild_id": str(where.guild.id),
        "guild": {"id": str(where.guild.id), "locale": "en-US", "features": []},
        "channel_id": str(where.id),
        "channel": channel(where) | {"permissions": asker["permissions"]},
        "member": asker,
        "data": data,
        "app_permissions": str(where.permissions_of(state.bot).value),
        "locale": "en-US",
        "guild_locale": "en-US",
        "entitlements": [],
        "authorizing_integration_owners": {"0": str(where.guild.id)},
        "context": 0,
        "attachment_size_limit": 10 * 1024 * 1024,
    }
    if what.source is not None:
        payload["message"] = message(what.source, base, with_nonce=False)
    return payload


def _resolved(component: Json, what: Message, base: str) -> Json:
    urls = {f"attachment://{item.filename}": attachment(item, what.channel, base)["url"] for item in what.attachments}

    def medium(part: Json) -> Json:
        url = urls.get(part["url"], part["url"])
        return part | {"url": url, "proxy_url": url, "width": 0, "height": 0, "content_type": "image/png"}

    def resolve(part: Json) -> Json:
        part = dict(part)
        for key in ("media", "file"):
            if key in part:
                part[key] = medium(part[key])
        for key in ("components", "items"):
            if key in part:
                part[key] = [resolve(child) for child in part[key]]
        if "accessory" in part:
            part["accessory"] = resolve(part["accessory"])
        return part

    return resolve(component)


def numbered(components: list[Json]) -> list[Json]:
    """Give every component without an id its number, as Discord does, in place."""
    taken = {part["id"] for part in walk(components) if "id" in part}
    following = 1
    for part in walk(components):
        if "id" not in part:
            while following in taken:
                following += 1
            part["id"] = following
            taken.add(following)
    return components
