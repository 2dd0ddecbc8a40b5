"""The local Discord's page in a headless Chromium, driven as a person would: typing commands, pressing buttons."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Locator, Page, Response, async_playwright, expect

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 60_000
SETTLED = (
    "(({ready, awaitingRevision, transport}) => ready && awaitingRevision === null && !transport.uncertainRequestId)"
    "(window.simcordPreview)"
)
"""JavaScript: no action is under way, and none has changed what the page does not show yet."""
WIDTH, HEIGHT = 1100, 1000


def chromium() -> str | None:
    """The browser on this machine, if there is one."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@asynccontextmanager
async def browsing(url: str, executable: str, pictures: Path) -> AsyncIterator[ChannelPage]:
    """Open the page at ``url``; screenshots go to the folder ``pictures``."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        try:
            page = await browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
            page.set_default_timeout(PATIENCE_MS)
            expect.set_options(timeout=PATIENCE_MS)
            await page.goto(url)
            channel = ChannelPage(page, pictures)
            await expect(channel.composer).to_be_editable()
            yield channel
        finally:
            await browser.close()


def _answers_a_click(response: Response) -> bool:
    request = response.request
    if request.method != "POST" or not request.url.endswith("/api/action"):
        return False
    return (request.post_data_json or {}).get("kind") in ("click", "run_command")


class ChannelPage:
    """A channel with its composer."""

    def __init__(self, page: Page, pictures: Path) -> None:
        """Wrap a page that shows a channel."""
        pictures.mkdir(parents=True, exist_ok=True)
        self._page, self._pictures = page, pictures
        self._shots = 0
        self.composer = page.locator("#channel-composer-input")
        self.messages = page.locator("#channel-message-list .channel-message")

    @property
    def public(self) -> Locator:
        """The messages that everybody sees."""
        return self.messages.filter(has_not=self._page.locator(".message-ephemeral-note"))

    @property
    def private(self) -> Locator:
        """The messages that only the viewer sees."""
        return self.messages.filter(has=self._page.locator(".message-ephemeral-note"))

    async def view_as(self, name: str) -> None:
        """Look through another person's eyes."""
        await self.settled()
        picker = self._page.locator("#viewer-picker")
        wanted = await picker.locator("option", has_text=name).get_attribute("value")
        await picker.select_option(value=wanted)
        await self._until(f"window.simcordPreview.viewerId === {json.dumps(wanted)} && window.simcordPreview.ready")
        await expect(self.composer).to_be_editable()

    async def viewers(self) -> list[str]:
        """Who can be looked through."""
        people = self._page.locator("#viewer-picker option")
        await expect(people.first).to_be_attached()
        return await people.all_inner_texts()

    async def slash(self, command: str, **options: str) -> None:
        """Type a slash command, choose it from the list, fill in its options, send it, wait until it was taken.

        Args:
            command: without the slash, such as ``keeper found``.
            options: by name; for an option with choices the shown name or the value.
        """
        await self.settled()
        await self.composer.click()
        await self.composer.fill(f"/{command}")
        title = self._page.locator("strong", has_text=re.compile(rf"^/{re.escape(command)}$"))
        await self._choose(self._page.locator(".command-entry").filter(has=title))
        chip = self._page.locator(".command-chip")
        await expect(chip).to_be_visible()
        for name, value in options.items():
            await self._fill(name, value)
        await self._act(self._page.locator("#send-message"))
        await expect(chip).to_have_count(0)

    async def _fill(self, name: str, value: str) -> None:
        field = self._page.locator(f'.command-option-input[data-option="{name}"]')
        if not await field.count():
            await self._page.locator(".command-chip").click()
            await self._choose(self._page.locator(f'.command-suggestion[data-value="{name}"]'))
        await field.click()
        await field.fill(value)
        if await field.get_attribute("role") != "combobox":
            return
        exact = self._page.get_by_role("option", name=value, exact=True)
        same = self._page.locator(f'.command-suggestion[data-value="{value}"]')
        offered = self._page.locator(".command-suggestion").or_(self._page.locator(".command-popup .command-empty"))
        await expect(offered.first).to_be_visible()
        for suggestion in (same, exact):
            if await suggestion.count():
                await self._choose(suggestion.first)
                return

    async def _choose(self, entry: Locator) -> None:
        # The list is drawn anew whenever the channel changes, and a click of two halves could fall between.
        await expect(entry).to_be_visible()
        await entry.dispatch_event("click")

    async def press(self, message: Locator, label: str | re.Pattern[str]) -> None:
        """Press a button of a message."""
        await self._act(message.get_by_role("button", name=label).first)

    async def settled(self) -> None:
        """Wait until the page has nothing left to do: it drops what is done while another action is under way."""
        await self._until(SETTLED)

    async def _act(self, button: Locator) -> None:
        """Click in the very moment in which the page is settled; between a look and a click it may change its mind.

        A click on what has just changed in the channel is refused before the bot hears of it; a person sees that and
        clicks again.
        """
        click = f"button => {SETTLED} && button.isConnected && !button.disabled && (button.click(), true)"
        await expect(button).to_be_visible()
        refused: object = None
        try:
            async with asyncio.timeout(PATIENCE_MS / 1000):
                while True:
                    async with self._page.expect_response(_answers_a_click) as answered:
                        while not await button.evaluate(click):
                            await asyncio.sleep(0.05)
                    receipt = await (await answered.value).json()
                    if not receipt["rejected"]:
                        return
                    refused = receipt["diagnostics"]
        except TimeoutError:
            raise AssertionError(f"the page took no click; the last was refused for {refused}") from None

    async def _until(self, condition: str) -> None:
        async with asyncio.timeout(PATIENCE_MS / 1000):
            # Asked again and again: the page's content security policy forbids Playwright's own waiting.
            while not await self._page.evaluate(condition):
                await asyncio.sleep(0.05)

    async def picture(self, name: str) -> Path:
        """Take a screenshot of the page with its latest messages, numbered in the order taken."""
        await self.settled()
        await self.messages.last.scroll_into_view_if_needed()
        path = self._path(name)
        await self._page.screenshot(path=path)
        return path

    async def picture_of(self, what: Locator, name: str) -> Path:
        """Take a screenshot of one message in full, however long it is."""
        await self.settled()
        await self._page.mouse.move(0, 0)
        box = await what.bounding_box()
        taller = int(box["height"] if box else 0)
        await self._page.set_viewport_size({"width": WIDTH, "height": HEIGHT + taller})
        await self._until(f"document.getElementById('channel-timeline').clientHeight > {taller}")
        await self.settled()
        await what.scroll_into_view_if_needed()
        path = self._path(name)
        await what.screenshot(path=path)
        await self._page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
        return path

    def _path(self, name: str) -> Path:
        self._shots += 1
        return self._pictures / f"{self._shots:02d}-{name}.png"
