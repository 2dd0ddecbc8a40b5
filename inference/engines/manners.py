"""What one server takes of OpenAI's protocol, found out by what it rejects, and asked again after a while.

A server that rejects something says so in words that may mean anything: that it does not know a field, that this one
prompt is too long, or that its model has crashed just now. So what is given up is given up for a while: a *trial*, one
request of a later round, is asked with it again. Rounds and time until then double with each trial that fails; they
begin large where the server named what it rejects, and at the very next round where that was a guess.
"""

from dataclasses import dataclass, field, replace
from typing import Final

from inference.engines.complaint import FORMAT, Complaint, Fault
from inference.engines.dialect import FORMATS, Dialect

NAMED_ROUNDS: Final = 16
NAMED_SECONDS: Final = 3_600.0
"""Rounds and seconds until something is tried again that the server named; both must have passed."""
GUESSED_SECONDS: Final = 60.0
"""Seconds until a guess is tried a second time; the first time, one round is enough."""
MOST_ROUNDS: Final = 64
MOST_SECONDS: Final = 86_400.0
CALM: Final = 32
"""Rounds in which something is taken again, after which giving it up begins anew with the shortest wait."""


@dataclass(slots=True)
class Attempt:
    """One request on its way: how it is asked at the moment, and what it had to do without so far.

    Attributes:
        dialect: how it is asked.
        trial: what it tries again, a field of a dialect; "" for nothing.
        given_up: what it does without since it was rejected, and whether the server named it each time.
        proved: how often the dialect of all had been taken when it was last rejected.
    """

    dialect: Dialect
    trial: str = ""
    given_up: dict[str, bool] = field(default_factory=dict)
    proved: int = 0


@dataclass(slots=True)
class _Absence:
    """Something that the server is asked without: when to try it again, and how often that failed."""

    rounds: int
    time: float
    failed: int
    named: bool


@dataclass(slots=True)
class _Return:
    """Something that the server takes again: since which round, and how often trials had been begun for it."""

    rounds: int
    failed: int


class Manners:
    """How one server is asked, as far as is known.

    Args:
        first: how it is asked before anything is known.
    """

    def __init__(self, first: Dialect) -> None:
        self.dialect = first
        self._best = first
        self._absent: dict[str, _Absence] = {}
        self._returned: dict[str, _Return] = {}
        self._doubted = False
        self._rounds = 0
        self._proved = 0

    def enforces_grammars(self) -> None:
        """Note that this is a server that takes a grammar, unless it rejected one or its format was set by hand."""
        if self._best.fixed or self._best.reply_format == FORMATS[0]:
            return
        self._best = replace(self._best, reply_format=FORMATS[0])
        if FORMAT not in self._absent:
            self.dialect = replace(self.dialect, reply_format=FORMATS[0])

    def round(self, now: float) -> str:
        """Begin a round of requests.

        Args:
            now: seconds of a clock that never goes back.

        Returns:
            What one of them is to try again; "" for nothing.
        """
        self._rounds += 1
        for feature, absence in self._absent.items():
            if self._rounds >= absence.rounds and now >= absence.time:
                # Put off at once: until this trial is decided, others need not try the same.
                self._absent[feature] = self._later(absence.failed + 1, now, named=absence.named)
                return feature
        return ""

    def attempt(self, trial: str = "") -> Attempt:
        """Begin one request."""
        if not trial:
            return Attempt(self.dialect)
        return Attempt(replace(self.dialect, **{trial: getattr(self._best, trial)}), trial)

    def retreats(self, attempt: Attempt, complaint: Complaint) -> bool:
        """Whether a request that was rejected is to be asked once more, with less; it is changed accordingly.

        A complaint that names nothing means what is tried, if this is a trial; else this one prompt at first, and the
        format only when the next request is rejected as well.
        """
        fault = complaint.fault
        named = complaint.feature
        if fault in (Fault.PROMPT, Fault.PASSING):
            return False
        if not named and attempt.trial and not attempt.given_up:
            attempt.dialect = self.dialect
            attempt.given_up[attempt.trial] = False
            return True
        guess = self._doubted or attempt.dialect != self.dialect
        self._doubted = True
        if fault is Fault.UNSAID and not guess:
            return False
        feature = named or FORMAT
        simpler = attempt.dialect.without(feature)
        if simpler is None:
            return False
        attempt.dialect = simpler
        attempt.given_up[feature] = attempt.given_up.get(feature, True) and bool(named)
        attempt.proved = self._proved
        return True

    def taken(self, attempt: Attempt, now: float) -> bool:
        """Note that a request was answered; whether the server is asked otherwise from now on.

        What it had to do without says nothing, if others were answered with all of it in the meantime.
        """
        self._doubted = False
        before = self.dialect
        if attempt.trial and attempt.trial not in attempt.given_up:
            self._restore(attempt.trial, getattr(attempt.dialect, attempt.trial))
        if not attempt.given_up:
            self._proved += attempt.dialect == self.dialect
            if attempt.dialect.stricter(self.dialect):  # it had been rejected meanwhile, but not here
                self._restore(FORMAT, attempt.dialect.reply_format)
        elif attempt.trial or attempt.proved == self._proved:
            for feature, named in attempt.given_up.items():
                self._give_up(feature, attempt, now, named=named)
        return self.dialect != before

    def _restore(self, feature: str, value: object) -> None:
        self.dialect = replace(self.dialect, **{feature: value})  # type: ignore[arg-type]  # of that field's own type
        absence = self._absent.get(feature)
        if absence is not None and value == getattr(self._best, feature):
            self._returned[feature] = _Return(self._rounds, absence.failed)
            del self._absent[feature]

    def _give_up(self, feature: str, attempt: Attempt, now: float, *, named: bool) -> None:
        value = getattr(attempt.dialect, feature)
        if feature == attempt.trial:
            failed = self._absent[feature].failed if feature in self._absent else 0
            if attempt.dialect.stricter(self.dialect):  # not all that was tried, but more than was known
                self.dialect = replace(self.dialect, reply_format=attempt.dialect.reply_format)
        elif getattr(self.dialect, feature) == value:
            return  # another request of the same moment found out as much
        else:
            failed = self._fails_so_far(feature)
            self.dialect = replace(self.dialect, **{feature: value})
        if feature != "tokens":  # one name of the limit is as good as the other
            self._absent[feature] = self._later(failed, now, named=named)

    def _fails_so_far(self, feature: str) -> int:
        returned = self._returned.get(feature)
        if returned is None or self._rounds - returned.rounds >= CALM:
            return 0
        return returned.failed

    def _later(self, failed: int, now: float, *, named: bool) -> _Absence:
        """When to try something again that was given up, or whose trial failed for the ``failed``-th time."""
        failed = min(failed, 32)
        if named:
            rounds, seconds = NAMED_ROUNDS * 2**failed, NAMED_SECONDS * 2**failed
        else:
            rounds, seconds = 2**failed, GUESSED_SECONDS * (2**failed - 1)
        return _Absence(self._rounds + min(MOST_ROUNDS, rounds), now + min(MOST_SECONDS, seconds), failed, named=named)
