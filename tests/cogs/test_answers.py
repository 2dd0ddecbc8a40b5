"""When the first answer is the answer: what only looks is answered at once, or promised where it takes long."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from types import SimpleNamespace
from typing import Any

import aiohttp
import discord
import pytest
from discord import ui

from bot.answers import AT_ONCE, Answer
from bot.views.base import Layout
from tests.cogs.grove import Grove, private, said
from tests.cogs.test_edges import Taken


class Asked:
    """An interaction that writes down what it is answered; how long each call takes, and how it fails, is told it."""

    def __init__(self, *, sent: int = 1) -> None:
        self.id, self.extras, self.locale = 7, dict[str, Any](), discord.Locale.british_english
        self.calls: list[str] = []
        self.lasts: dict[str, float] = {}
        self.fails: dict[str, list[Exception]] = {}
        self.client = SimpleNamespace(attempts=SimpleNamespace(of=lambda _: sent))
        self.response = SimpleNamespace(
            is_done=lambda: False,
            defer=self._does(lambda kind: "promised" if kind else "taken in", "thinking"),
            send_message=self._does(lambda kind: "private" if kind else "public", "ephemeral"),
            edit_message=self._does(lambda _: "turned"),
        )
        self.followup = SimpleNamespace(send=self._does(lambda kind: "further" if kind else "shown all", "ephemeral"))
        self.edit_original_response = self._does(lambda _: "edited")
        self.delete_original_response = self._does(lambda _: "taken back")

    def _does(self, name: Callable[[Any], str], about: str = "") -> Callable[..., Any]:
        async def does(**values: Any) -> None:
            called = name(values.get(about))
            self.calls.append(called)
            await asyncio.sleep(self.lasts.get(called, 0))
            if self.fails.get(called):
                raise self.fails[called].pop(0)

        return does


async def look(asked: Any, takes: float, **how: Any) -> None:
    """Look something up that takes so long, and show it."""
    answer = Answer(asked, private=how.pop("private", True))
    if how.pop("turn", False):
        answer.turn()
    async with answer.overdue():
        await asyncio.sleep(takes)
        await answer.show(Layout(), **how)
    await asyncio.sleep(0)


LONG = 3 * AT_ONCE


@pytest.mark.parametrize(
    ("takes", "how", "calls"),
    [
        (0, {}, ["private"]),
        (LONG, {}, ["promised", "edited"]),
        (0, {"private": False}, ["public"]),
        (LONG, {"private": False}, ["promised", "edited", "shown all", "taken back"]),
        (0, {"turn": True}, ["turned"]),
        (LONG, {"turn": True}, ["taken in", "edited"]),
        (0, {"files": [discord.File(__file__)]}, ["promised", "edited"]),
    ],
    ids=["at once", "late", "to all", "late to all", "in place", "late in place", "with a file"],
)
async def test_what_only_looks_is_answered_at_once_or_promised(takes: float, how: Any, calls: list[str]) -> None:
    asked = Asked()
    await look(asked, takes, **how)
    assert asked.calls == calls


async def test_an_answer_on_its_way_is_not_promised_as_well() -> None:
    asked = Asked()
    asked.lasts = {"private": LONG}
    await look(asked, 0.9 * AT_ONCE)
    assert asked.calls == ["private"]


async def test_an_answer_waits_for_the_promise_on_its_way() -> None:
    asked = Asked()
    asked.lasts = {"promised": LONG}
    await look(asked, 1.5 * AT_ONCE)
    assert asked.calls == ["promised", "edited"]


async def test_a_promise_that_fails_leaves_the_first_answer_to_the_answer() -> None:
    asked = Asked()
    asked.fails = {"promised": [TimeoutError(), TimeoutError()]}
    await look(asked, LONG)
    assert asked.calls == ["promised", "promised", "private"]


@pytest.mark.parametrize(
    ("fails", "sent", "calls", "raised"),
    [
        ([aiohttp.ServerDisconnectedError()], 1, ["private", "private"], None),
        ([aiohttp.ServerDisconnectedError(), Taken()], 2, ["private", "private"], None),
        ([Taken()], 2, ["private"], None),
        ([Taken()], 1, ["private"], Taken),
        ([TimeoutError(), TimeoutError()], 1, ["private", "private"], TimeoutError),
    ],
    ids=["cut", "cut and taken", "repeated and taken", "taken by another", "no Discord"],
)
async def test_an_answer_at_once_is_sent_once_more_where_it_may_be_lost(
    fails: list[Exception], sent: int, calls: list[str], raised: type[Exception] | None
) -> None:
    asked = Asked(sent=sent)
    asked.fails = {"private": fails}
    if raised:
        with pytest.raises(raised):
            await look(asked, 0)
    else:
        await look(asked, 0)
    assert asked.calls == calls


async def test_what_is_refused_leaves_the_message_whose_button_was_pressed() -> None:
    on_its_way, late = 1.5 * AT_ONCE, ["taken in", "further"]
    for takes, calls in ((0.0, ["private"]), (on_its_way, late), (LONG, late)):
        asked: Any = Asked()
        asked.lasts = {"taken in": AT_ONCE}
        answer = Answer(asked)
        answer.turn()
        async with answer.overdue():
            await asyncio.sleep(takes)
            await answer.whisper(Layout())
        assert asked.calls == calls


async def test_what_fails_ends_its_promise() -> None:
    asked: Any = Asked()
    with suppress(KeyError):
        async with Answer(asked).overdue():
            raise KeyError
    await asyncio.sleep(2 * AT_ONCE)
    assert asked.calls == []


async def test_a_look_is_one_message_and_a_deed_is_promised_first(
    grove: Grove, monkeypatch: pytest.MonkeyPatch
) -> None:
    first: list[str] = []
    for name in ("defer", "send_message", "edit_message"):
        real = getattr(discord.InteractionResponse, name)

        async def does(self: Any, *given: Any, _name: str = name, _real: Any = real, **values: Any) -> Any:
            first.append(_name)
            return await _real(self, *given, **values)

        monkeypatch.setattr(discord.InteractionResponse, name, does)
    assert private(await grove.alder.slash(grove.channel, "patron join"))
    assert private(await grove.alder.slash(grove.channel, "patron purse"))
    shared = await grove.alder.slash(grove.channel, "wood creature", creature="pip", share=True)
    assert shared.response is not None
    assert not shared.response.ephemeral
    assert not shared.followups
    book = await grove.alder.slash(grove.channel, "patron book")
    assert book.response is not None
    assert "Bourse" in said(await grove.alder.click(book.response, custom_id="ttw:trade"))
    assert first == ["defer", "send_message", "send_message", "send_message", "edit_message"]


async def test_nothing_that_was_answered_is_kept_until_it_times_out(grove: Grove) -> None:
    await grove.alder.slash(grove.channel, "patron join")
    await grove.alder.slash(grove.channel, "patron purse")
    assert not [task for task in asyncio.all_tasks() if "timeout" in task.get_name() or _of_view(task)]


def _of_view(task: asyncio.Task[Any]) -> bool:
    about = getattr(task.get_coro(), "__qualname__", "")
    return about.startswith(ui.view.BaseView.__name__)
