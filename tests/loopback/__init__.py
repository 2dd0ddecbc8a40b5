"""A Discord of the tests' own, on the loopback interface, for a real discord.py process.

What an in-process simulation cannot show is shown here: HTTP with rate limits and lost answers, the gateway with
reconnects and RESUME, a process that dies and starts again. Not served: message events (the bot does not ask for
that intent), voice, threads, direct messages.
"""

from tests.loopback.acts import CannotDoError
from tests.loopback.process import BotProcess
from tests.loopback.server import PATIENCE, TOKEN, LoopbackDiscord
from tests.loopback.state import Attachment, Call, Channel, Guild, Interaction, Message, User

__all__ = [
    "PATIENCE",
    "TOKEN",
    "Attachment",
    "BotProcess",
    "Call",
    "CannotDoError",
    "Channel",
    "Guild",
    "Interaction",
    "LoopbackDiscord",
    "Message",
    "User",
]
