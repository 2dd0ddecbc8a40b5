"""The keeper: one use case a method, and the only writer. Knows nothing of Discord's objects, only of ids.

Every method that players cause raises :class:`wood.interventions.Refusal` (or its subclass
:class:`KeeperError`) with a message for the one who caused it; then nothing has changed.
"""

from bot.keeping.founding import KeeperError
from bot.keeping.looking import Looking
from bot.keeping.patronage import Patronage
from bot.keeping.turning import Turning

__all__ = ["Keeper", "KeeperError"]


class Keeper(Looking, Patronage, Turning):
    """The use cases of one process, see :class:`bot.keeping.desk.Desk` for what they stand on.

    Commands never touch a stored world: they write an intervention, which is durable before they answer and applied by
    the next turn. What they show is the world with everything admitted that waits.
    """
