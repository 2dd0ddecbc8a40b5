"""The local Discord: the very bot, a page that follows it, and a wood that the next start goes on with."""

import asyncio
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot import health
from bot.playground import PEOPLE, Playground, StageError, playground
from bot.settings import Settings, load_settings
from data.errors import StoreError, StoreLockedError
from tests.refusing import refusing


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(None, database=tmp_path / "play" / "wood.sqlite3", chart_workers=0)


async def boards(place: Playground) -> list[str]:
    """Every board in the channel, once what is owed has been delivered."""
    await place.bot.herald.drain()
    posts = [post for post in place.channel.history() if not post.flags.ephemeral]
    return [str([component.to_dict() for component in post.components]) for post in posts]


class Browser:
    """One page of the preview, as the page's own script talks to it."""

    def __init__(self, place: Playground, web: aiohttp.ClientSession) -> None:
        self.origin, _, secret = place.url.partition("/#")
        self.headers = {"X-Simcord-Capability": secret}
        self.web = web
        self.state: dict[str, Any] = {}

    async def open(self) -> None:
        self.state = await self._post("/api/pages", {})
        self.headers["X-Simcord-Context"] = self.state["context"]["id"]

    async def look(self) -> dict[str, Any]:
        """Ask for the newest state, without taking it over: the page acts on the last one it saw."""
        async with self.web.get(f"{self.origin}/api/state", headers=self.headers) as answer:
            assert answer.status == 200
            state: dict[str, Any] = await answer.json()
            return state

    async def act(self, kind: str, sequence: int, **body: Any) -> dict[str, Any]:
        envelope = {
            "protocol_version": 3,
            "sequence": sequence,
            "request_id": f"r{sequence}",
            "generation": self.state["context"]["generation"],
            "bot_generation": self.state["botGeneration"],
            "published_revision": self.state["publishedRevision"],
            "kind": kind,
        }
        return await self._post("/api/action", {**envelope, **body})

    async def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        async with self.web.post(f"{self.origin}{path}", json=body, headers=self.headers) as answer:
            assert answer.status == 200, await answer.text()
            made: dict[str, Any] = await answer.json()
            return made


async def until_shown(browser: Browser, words: str) -> int:
    """Wait until the page shows something; answers the revision of the page that does."""
    async with asyncio.timeout(30):
        while words not in str((state := await browser.look())["messages"]):
            await asyncio.sleep(0.02)
    revision: int = state["publishedRevision"]
    return revision


async def test_the_first_start_founds_a_wood_and_the_next_goes_on_with_it(settings: Settings) -> None:
    async with playground(settings, pace=3600) as place:
        assert place.url.startswith("http://127.0.0.1:")
        assert [person.user.global_name for person in place.people] == [shown for _, shown in PEOPLE]
        card = await place.bot.keeper.queries.wood(place.channel.id)
        assert card.pace == 3600
        assert len(await boards(place)) == 1
        joined = await place.people[2].slash(place.channel, "patron join")
        assert joined.response is not None
        assert joined.response.ephemeral
        assert await place.bot.keeper.turns.take_turn(place.channel.id) is not None
        (board,) = await boards(place)
        assert "turn 1" in board
        ids = [place.channel.id, *(person.id for person in place.people)]

    async with playground(settings, pace=3600) as place:
        assert [place.channel.id, *(person.id for person in place.people)] == ids
        assert (await place.bot.keeper.queries.wood(place.channel.id)).seed == card.seed
        assert await place.bot.keeper.turns.take_turn(place.channel.id) is not None
        (board,) = await boards(place)
        assert "turn 2" in board
        assert "100 pebbles" in str(
            (await place.people[2].slash(place.channel, "patron purse")).response.components  # type: ignore[union-attr]
        )

    async with await asyncio.start_server(lambda *_: None, "127.0.0.1", 0) as server:
        with pytest.raises(StageError):
            async with playground(settings, port=server.sockets[0].getsockname()[1], fresh=True):
                pass
    async with playground(settings, found=False) as place:
        with pytest.raises(StoreLockedError, match="Another bot"):
            async with playground(settings, fresh=True):
                pass
        assert (await place.bot.keeper.queries.wood(place.channel.id)).seed == card.seed

    async with playground(settings, found=False, fresh=True) as place:
        with refusing("No wood"):
            await place.bot.keeper.queries.wood(place.channel.id)
        assert await boards(place) == []


@pytest.mark.slow
async def test_from_outside_a_playground_is_seen_to_be_alive(settings: Settings) -> None:
    async with playground(settings, found=False) as place:
        async with asyncio.timeout(30):
            while "connected" not in health.check(settings.database).message:
                await asyncio.sleep(0.02)
        found = health.check(settings.database)
        assert found.alive
        assert "playground" in found.message
        # What is owed to the heartbeat is not waited for after an action.
        async with asyncio.timeout(health.BEAT):
            await place.people[1].slash(place.channel, "wood help")
    assert not health.check(settings.database).alive
    assert not health.pulse_file(settings.database).exists()


async def test_the_page_follows_the_wood_and_takes_actions_meanwhile(settings: Settings) -> None:
    async with playground(settings, pace=3600) as place, aiohttp.ClientSession() as web:
        await boards(place)
        browser = Browser(place, web)
        await browser.open()
        await place.bot.keeper.turns.take_turn(place.channel.id)
        await boards(place)
        assert await until_shown(browser, "turn 1") > browser.state["publishedRevision"]
        # The browser still believes in the page that it saw first.
        sent = await browser.act("send_message", 1, content="good morning")
        assert not sent["rejected"], sent
        assert place.channel.history()[-1].content == "good morning"


async def test_a_port_that_is_taken_is_told(settings: Settings) -> None:
    async with await asyncio.start_server(lambda *_: None, "127.0.0.1", 0) as server:
        taken = server.sockets[0].getsockname()[1]
        with pytest.raises(StageError, match=f"port {taken}"):
            async with playground(settings, port=taken, found=False):
                pass


async def test_a_database_that_is_none_is_told_and_left_alone(settings: Settings) -> None:
    settings.database.parent.mkdir(parents=True)
    settings.database.write_bytes(b"this is no database" * 100)
    with pytest.raises(StoreError):
        async with playground(settings):
            pass
    assert settings.database.read_bytes().startswith(b"this is no database")
