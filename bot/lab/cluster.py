"""Work on many machines by Ray: this program's sources go along, and no other program's results are taken."""

import logging
import os
import shutil
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, TypeVar

from bot.lab.program import digest, sources

J = TypeVar("J")
R = TypeVar("R")

RETRIES: Final = 3
"""How often a job is begun anew when its machine or its process is lost."""
_WINDOW: Final = 1_000
"""Jobs that the cluster has before it at once: as many cores as it may have, and no more memory than that."""


class ClusterError(Exception):
    """The cluster cannot be used; the message says why and what to do."""


def spread_over(address: str, work: Callable[[J], R], jobs: Sequence[J]) -> Generator[tuple[J, R]]:
    """Do every job on a cluster and yield it with its result as it is done, in any order.

    The machines need Ray and Python of the same versions, and what this program requires; its sources are sent to them.

    Args:
        address: of a cluster that this machine is part of: ``auto`` finds it, ``HOST:PORT`` is its head.
        work: what is done; picklable, as are jobs and results.
        jobs: what it is done to.

    Raises:
        ClusterError: Ray is not installed, there is no such cluster, or its machines cannot do the work.
    """
    ray = _library()
    with _connected(ray, address):
        do = ray.remote(_task).options(num_cpus=1, max_retries=RETRIES)
        shared, todo = ray.put((work, digest())), iter(jobs)
        waiting: dict[Any, J] = {}
        while True:
            waiting |= {do.remote(shared, job): job for job in islice(todo, _WINDOW - len(waiting))}
            if not waiting:
                return
            (done,), _ = ray.wait(list(waiting), num_returns=1)
            yield waiting.pop(done), _result(ray, done)


def _task(shared: tuple[Callable[[J], R], str], job: J) -> R:
    """Do one job on another machine.

    Raises:
        ClusterError: another program would do it.
    """
    work, expected = shared
    if digest() != expected:
        raise ClusterError(
            f"The machine {_here()} works with another version of this program, from {Path(__file__).parents[2]}. "
            "Its results would not be this program's. Take that folder off its PYTHONPATH, or bring it to this version."
        )
    return work(job)


def _here() -> str:
    import ray

    return str(ray.util.get_node_ip_address())


def _library() -> Any:  # noqa: ANN401 - Ray's own module
    """Ray, which tells nobody that it is used.

    Raises:
        ClusterError: it is not installed.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        import ray
    except ModuleNotFoundError as error:
        raise ClusterError(
            f"{error.name} is not installed. It comes with: pip install 'thousand-token-wood[cluster]'"
        ) from None
    return ray


@contextmanager
def _connected(ray: Any, address: str) -> Iterator[None]:  # noqa: ANN401
    """Be part of a cluster for a while, as a job with this program's sources.

    Raises:
        ClusterError: there is no such cluster, or it is of another version.
    """
    if "://" in address:
        raise ClusterError(
            f"{address} is the address of a Ray client. Start this on a machine of the cluster, with auto or HOST:PORT."
        )
    with TemporaryDirectory(prefix="ttw-") as folder:
        for name, path in sources():
            target = Path(folder, name)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        try:
            ray.init(
                address=address,
                runtime_env={"working_dir": folder},
                log_to_driver=False,
                logging_level=logging.ERROR,
                namespace="thousand-token-wood",
            )
        except (OSError, RuntimeError, ValueError, ray.exceptions.RayError) as error:
            reason = str(error).strip().partition("\n")[0]
            raise ClusterError(
                f"There is no Ray cluster to be used at {address}: {reason} `ray status` says whether one runs here, "
                "and `ray start` makes this machine part of one."
            ) from error
        try:
            yield
        finally:
            ray.shutdown()


def _result(ray: Any, done: Any) -> Any:  # noqa: ANN401
    """What a job came to; an error of its own is raised as it was.

    Raises:
        ClusterError: it could not be done.
    """
    try:
        return ray.get(done)
    except ray.exceptions.RayTaskError as error:
        cause = error.cause
        if isinstance(cause, ModuleNotFoundError):
            raise ClusterError(
                f"A machine of the cluster lacks {cause.name}: install there what this program requires."
            ) from error
        raise cause from None
    except ray.exceptions.RayError as error:
        reason = str(error).strip().partition("\n")[0]
        raise ClusterError(f"The cluster cannot do the work: {reason}") from error
