"""One line where a thousand alike would come: the first of them at once, then how many more there were.

Alike is what one line of code logs at one level, with the same thing raised at the same place: the woods differ.
"""

import logging
import threading
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import Final, TextIO

QUIET: Final = 5.0
"""Seconds without another one after which a burst has ended."""
LONGEST: Final = 60.0
"""Seconds after which one that goes on is counted all the same, and begins anew."""
NAMED: Final = 10
"""Woods and channels that the count names."""
NUMBERED: Final = "numbered"
"""An attribute of records that must all be found, such as the errors whose number a player was told: of those that come
in a burst only the traceback is left out."""


@dataclass(slots=True)
class _Burst:
    record: logging.LogRecord
    template: str
    began: float
    last: float
    more: int = 0
    about: dict[str, list[int]] = field(default_factory=dict)


class Steady(logging.StreamHandler[TextIO]):
    """Writes lines, and counts those of a burst instead of writing them.

    Args:
        stream: where to.
        quiet: seconds without another one after which a burst has ended.
    """

    def __init__(self, stream: TextIO, *, quiet: float = QUIET) -> None:
        super().__init__(stream)
        self._quiet = quiet
        self._bursts: dict[Hashable, _Burst] = {}
        self._timer: threading.Timer | None = None

    def handle(self, record: logging.LogRecord) -> bool:
        """Write a record, or count it; says whether it was written."""
        template = str(record.msg)  # filters put the whole message in its place
        if not self.filter(record):
            return False
        with self._alone():
            # Below INFO all is written: who looks so closely wants to see each.
            if record.levelno >= logging.INFO and self._counted(_key(record), template, record):
                if not getattr(record, NUMBERED, False):
                    return False
                record.exc_info = record.exc_text = None
            self.emit(record)
        return True

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the handler's own lock, which :func:`logging.shutdown` holds when it closes it."""
        self.acquire()
        try:
            yield
        finally:
            self.release()

    def _counted(self, key: Hashable, template: str, record: logging.LogRecord) -> bool:
        """Whether a record is one more of a burst."""
        now = monotonic()
        self._end(now)
        burst = self._bursts.get(key)
        if burst is None:
            self._bursts[key] = _Burst(record, template, now, now)
            return False
        burst.last = now
        burst.more += 1
        for name, number in getattr(record, "about", {}).items():
            named = burst.about.setdefault(name, [])
            if number not in named and len(named) <= NAMED:
                named.append(number)
        if self._timer is None:
            self._look_again()
        return True

    def _look_again(self) -> None:
        self._timer = threading.Timer(self._quiet, self._look)
        self._timer.daemon = True
        self._timer.start()

    def _look(self) -> None:
        with self._alone():
            self._timer = None
            self._end(monotonic())
            if any(burst.more for burst in self._bursts.values()):
                self._look_again()

    def _end(self, now: float, *, everything: bool = False) -> None:
        """Tell of the bursts that have ended."""
        for key, burst in list(self._bursts.items()):
            if everything or now - burst.last > self._quiet or now - burst.began > LONGEST:
                del self._bursts[key]
                # Whoever closed the stream does not want to hear what was counted since.
                if burst.more and not self.stream.closed and self.filter(summary := _summary(burst)):
                    self.emit(summary)

    def close(self) -> None:
        """Tell of all bursts, and stop."""
        with self._alone():
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
            self._end(monotonic(), everything=True)
        super().close()


def _key(record: logging.LogRecord) -> Hashable:
    """What records are alike by."""
    raised: Hashable = None
    if record.exc_info and record.exc_info[0] is not None:
        trace = record.exc_info[2]
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        raised = record.exc_info[0], trace and (trace.tb_frame.f_code.co_filename, trace.tb_lineno)
    return record.name, record.levelno, record.pathname, record.lineno, raised


def _summary(burst: _Burst) -> logging.LogRecord:
    """The line that ends a burst."""
    told = burst.record
    places = []
    for name, numbers in burst.about.items():
        some = ", ".join(map(str, numbers[:NAMED]))
        places.append(f"{name}s {some}{' and others' if len(numbers) > NAMED else ''}")
    where = f" ({'; '.join(places)})" if places else ""
    message = f"{burst.more} more like it in {burst.last - burst.began:.0f} s: {burst.template}{where}"
    summary = logging.LogRecord(told.name, told.levelno, told.pathname, told.lineno, "%s", (message,), None)
    summary.count = burst.more
    summary.about = {}
    return summary
