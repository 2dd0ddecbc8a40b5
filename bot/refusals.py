"""What the application refuses beside the rules, by code; the catalogs hold the words (``refusal-<code>``)."""

from data.errors import StoreDamagedError, StoreOutdatedError, WoodUnfitError
from wood.names import Name
from wood.refusal import Refusal


class KeeperCode(Name):
    """Why a use case cannot be done; the facts that come with each are named beside it."""

    NO_WOOD = "no-wood"
    NO_CHANNEL = "no-channel"
    NO_MEMBER = "no-member"
    SECOND_WOOD = "second-wood"
    BUSY = "busy"
    STORE = "store"
    OUTDATED = "outdated"  # what, place, why, version ("none" where it is not known)
    DAMAGED = "damaged"  # what, place, why
    UNFIT = "unfit"  # kind, theirs, ours
    PACE = "pace"  # least, seconds
    PACE_WORDS = "pace-words"
    REPORT_HOUR = "report-hour"  # hour
    SEED = "seed"  # most
    ZONE = "zone"
    ZONE_NEAR = "zone-near"  # near
    ZONE_OFFSET = "zone-offset"
    NOTHING_RAZED = "nothing-razed"
    NOTHING_TOLD = "nothing-told"
    NOT_TOLD = "not-told"
    NO_YEAR = "no-year"  # turns
    NOT_THAT_YEAR = "not-that-year"  # year, years
    NO_RECEIPT = "no-receipt"
    MUTED = "muted"
    MUTED_FULL = "muted-full"  # most
    OWN_WORDS = "own-words"
    QUESTIONS_OFF = "questions-off"
    QUESTION_EMPTY = "question-empty"
    QUESTION_OPEN = "question-open"  # creature
    ALERT_PRICE = "alert-price"  # most
    ALERT_REACHED = "alert-reached"
    ALERTS = "alerts"  # most
    NOT_YOURS = "not-yours"
    DONE = "done"
    ALONE = "alone"
    FIGURE = "figure"
    OLD_BUTTON = "old-button"
    PERMISSIONS = "permissions"  # names, count
    TOO_LARGE = "too-large"  # size, channel
    TALES_OPEN = "tales-open"  # most
    TALES_CROWDED = "tales-crowded"  # most
    TALES_FULL = "tales-full"  # most
    TALE_TITLE = "tale-title"
    TALE_GONE = "tale-gone"
    CHARTS_BUSY = "charts-busy"
    CHARTS_BROKEN = "charts-broken"
    CHARTS_CLOSED = "charts-closed"


class KeeperError(Refusal):
    """A use case cannot be done: no wood here, a second wood, a pace out of range, an unknown time zone, and so on."""


def outdated(error: StoreOutdatedError) -> KeeperError:
    """What is said where something stored of a wood is not understood."""
    if isinstance(error, WoodUnfitError):
        theirs, ours = ", ".join(error.theirs), ", ".join(error.ours)
        return KeeperError(KeeperCode.UNFIT, kind=error.kind, theirs=theirs, ours=ours)
    if isinstance(error, StoreDamagedError):
        return KeeperError(KeeperCode.DAMAGED, what=error.what, place=error.place, why=error.why)
    return KeeperError(
        KeeperCode.OUTDATED, what=error.what, place=error.place, why=error.why, version=error.version or "none"
    )
