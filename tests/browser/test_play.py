"""The local Discord as a player meets it: ``ttw play`` in a process of its own, a headless Chromium at its page."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Locator, expect

from tests.browser.page import PATIENCE_MS, ChannelPage, browsing, chromium

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROOT = Path(__file__).resolve().parents[2]
PICTURES = "WOOD_PICTURES"
"""Environment variable: a folder for the screenshots, so that people can look at them."""

ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/\S*")
TURN = re.compile(r"turn (\d+)")


@asynccontextmanager
async def playing(folder: Path) -> AsyncIterator[str]:
    """Run ``ttw play`` with a new wood's file in ``folder``; gives the page's address, ends it with Ctrl+C."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("TTW_")}
    log = folder / "play.log"
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "bot.cli", "play", "--fresh", "--no-found", "--no-open"),
            *("--database", str(folder / "wood.sqlite3")),
            cwd=folder,
            env=kept | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    try:
        yield await _address(process, log)
        process.send_signal(signal.SIGINT)
        assert await asyncio.wait_for(process.wait(), PATIENCE_MS / 1000) == 0, log.read_text("utf-8")[-3000:]
        assert "Traceback" not in log.read_text("utf-8"), log.read_text("utf-8")[-3000:]
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def _address(process: asyncio.subprocess.Process, log: Path) -> str:
    async with asyncio.timeout(PATIENCE_MS / 1000):
        while True:
            said = log.read_text("utf-8")
            if found := ADDRESS.search(said):
                return found[0]
            assert process.returncode is None, said[-3000:]
            await asyncio.sleep(0.05)


class Player:
    """What a player does on the page, and what must be seen."""

    def __init__(self, page: ChannelPage) -> None:
        self.page = page
        self.seen: dict[int, str] = {}
        self.board = page.public.filter(has_text=re.compile("Next turn|The wood rests"))

    async def turn(self) -> int:
        """The number on the board; 0 for a new wood."""
        found = TURN.search(await self.board.last.inner_text())  # there are two for a moment when it moves
        return int(found[1]) if found else 0

    async def next_turn(self) -> None:
        """Wait until the board shows a later turn, and remember what it showed."""
        before = await self.turn()
        self.seen[before] = await self.board.last.inner_text()
        async with asyncio.timeout(PATIENCE_MS / 1000):
            while (now := await self.turn()) == before:
                await asyncio.sleep(0.05)
        self.seen[now] = await self.board.last.inner_text()

    async def answered(self, command: str, **options: str) -> Locator:
        """Use a command; the new private answer."""
        before = await self.page.private.count()
        await self.page.slash(command, **options)
        await expect(self.page.private).to_have_count(before + 1)
        answer = self.page.private.last
        await expect(answer.locator(".message-loading")).to_have_count(0)
        return answer

    async def pressed(self, message: Locator, label: str | re.Pattern[str]) -> Locator:
        """Press a button; the new private answer."""
        before = await self.page.private.count()
        await self.page.press(message, label)
        await expect(self.page.private).to_have_count(before + 1)
        return self.page.private.last

    async def shows_a_picture(self, message: Locator) -> None:
        """The message has an image with an alt text, and the browser could draw it."""
        image = message.locator("img[alt]:not([alt=''])").last
        await expect(image).to_be_visible()
        async with asyncio.timeout(PATIENCE_MS / 1000):
            # The page hands the bytes to the image a little after it is there.
            while await image.evaluate("image => image.naturalWidth") < 300:
                await asyncio.sleep(0.05)


async def test_a_wood_is_founded_and_played(tmp_path: Path) -> None:
    executable = chromium()
    if executable is None:
        pytest.skip("no Chromium on this machine: install Debian's `chromium` to run the browser test")
    pictures = Path(os.environ.get(PICTURES) or tmp_path / "pictures")
    async with playing(tmp_path) as url, browsing(url, executable, pictures) as page:
        player = Player(page)
        assert len(await page.viewers()) == 3

        founded = await player.answered("keeper found", pace="10s", seed="7", zone="UTC")
        await expect(founded).to_contain_text("founded")
        await expect(player.board).to_have_count(1)
        # The wood rests meanwhile, so that what follows does not depend on how fast this machine is.
        await player.answered("keeper pause")
        await page.picture("founded")

        # The first patron joins by a button of the board, casts a rumor, draws a legend and tells it.
        await player.pressed(player.board, "Trust")
        rumor = await player.answered("rumor cast", about="firewood", text="The frost comes early this year")
        await expect(rumor).to_contain_text("frost")
        drawn = await player.answered("legend draw")
        await expect(drawn).to_contain_text("Nobody else knows that you hold it")
        await page.picture("drawn")
        await player.pressed(drawn, re.compile("Cast "))
        await page.picture("cast")

        # Another patron sees the board and hears the rumor, and sees none of the first one's private answers.
        first, _, other = await page.viewers()
        await page.view_as(other)
        await expect(player.board).to_have_count(1)
        await expect(page.private).to_have_count(0)
        heard = await player.answered("rumor heard")
        await expect(heard).to_contain_text("The frost comes early this year")
        await page.picture("another-patron")
        await page.view_as(first)

        # The board, one message edited in place, changes over three turns.
        await player.answered("keeper resume")
        await player.next_turn()
        chart = await player.answered("market chart", good="firewood")
        await player.shows_a_picture(chart)
        await page.picture_of(chart, "chart")
        await player.next_turn()
        report = await player.answered("market report")
        await player.shows_a_picture(report)
        await page.picture_of(report, "report")
        await player.next_turn()
        assert len(player.seen) >= 4
        assert len(set(player.seen.values())) == len(player.seen)
        await expect(player.board).to_have_count(1)
        await page.picture_of(player.board, "board")
