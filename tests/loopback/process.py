"""The bot as a process of its own: started, watched, stopped by signal."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType

from tests.loopback.launch import API, GATEWAY
from tests.loopback.server import PATIENCE, LoopbackDiscord

ROOT = Path(__file__).resolve().parents[2]


class BotProcess:
    """One run of ``ttw`` against a loopback Discord. Leaving the context kills what still runs."""

    def __init__(
        self,
        discord: LoopbackDiscord,
        folder: Path,
        *,
        settings: Mapping[str, str],
        arguments: Sequence[str] = ("run",),
        module: str = "tests.loopback.launch",
    ) -> None:
        """Prepare.

        Args:
            discord: where it connects.
            folder: its working directory; the log is appended to ``bot.log`` there.
            settings: environment variables on top of a clean environment.
            arguments: of the console script.
            module: what is run.
        """
        self._discord, self._folder, self._arguments, self._module = discord, folder, arguments, module
        kept = {key: value for key, value in os.environ.items() if not key.startswith("TTW_")}
        addresses = {API: discord.api, GATEWAY: discord.gateway_url}
        # The folder has no .env and no package of ours: what is imported is this checkout, unless this process itself
        # was told to look at what is installed before it (PYTHONSAFEPATH), where the rules are compiled.
        path = {} if sys.flags.safe_path else {"PYTHONPATH": str(ROOT)}
        self._environment = kept | path | {"PYTHONUNBUFFERED": "1"} | addresses | dict(settings)
        self._process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> BotProcess:
        """Start it; it has its own process group."""
        with self.log_path.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                self._module,
                *self._arguments,
                cwd=self._folder,
                env=self._environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Kill it if it still runs, and what it may have left behind."""
        if self._process is None:
            return
        if self._process.returncode is None:
            await self.kill()
        if self.children_left:
            os.killpg(self._process.pid, signal.SIGKILL)

    @property
    def log_path(self) -> Path:
        """Where everything it says is written."""
        return self._folder / "bot.log"

    @property
    def log(self) -> str:
        """What it said so far, all runs in this folder together."""
        return self.log_path.read_text("utf-8", "replace") if self.log_path.exists() else ""

    @property
    def pid(self) -> int:
        """Its process, which leads a group of its own.

        Raises:
            AssertionError: it was not started.
        """
        assert self._process is not None
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether it runs."""
        return self._process is not None and self._process.returncode is None

    async def ready(self, *shards: int) -> None:
        """Wait until it is connected to the gateway: by some shards, or by all.

        Raises:
            AssertionError: it ended instead; the log is told.
        """
        gateway = self._discord.gateway
        await self._discord.until(
            lambda: (gateway.connected(*shards) if shards else gateway.ready) or not self.running, "the bot to connect"
        )
        assert self.running, f"the bot ended at once:\n{self.log[-4000:]}"

    async def send(self, signum: signal.Signals) -> None:
        """Send it a signal."""
        assert self._process is not None
        self._process.send_signal(signum)

    async def ended(self, within: float = PATIENCE) -> int:
        """Wait for its end; answers the exit status.

        Raises:
            TimeoutError: it would not end.
        """
        assert self._process is not None
        try:
            return await asyncio.wait_for(self._process.wait(), within)
        except TimeoutError:
            raise TimeoutError(f"the bot did not end within {within:.0f} s:\n{self.log[-4000:]}") from None

    async def stop(self) -> int:
        """Ask it to end as a service manager does (SIGTERM); answers the exit status."""
        await self.send(signal.SIGTERM)
        return await self.ended()

    async def kill(self) -> int:
        """End it without a word (SIGKILL), as when memory runs out: its own children are not told."""
        await self.send(signal.SIGKILL)
        return await self.ended()

    @property
    def children_left(self) -> bool:
        """Whether a process that it started still runs; one that only waits to be buried does not."""
        assert self._process is not None
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                state, _, group = stat.read_text().rpartition(")")[2].split()[:3]
            except OSError:  # it ended while we looked
                continue
            if int(group) == self._process.pid and state not in "ZX":
                return True
        return False
