"""A second language is a folder of files: a wood that was founded in one says no word of another."""

import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import simcord.interactions
from discord.app_commands import Choice
from matplotlib.figure import Figure
from matplotlib.text import Text

from bot.settings import load_settings
from bot.stage import StagedBot
from bot.translator import Translator
from data import folders
from data.content import ContentError
from tests.cogs.grove import Grove, answer, growing, said, texts
from tests.data.pseudo import add_pseudo, pseudo

TAG = "uk"
"""A locale of Discord's whose script is that of the pseudo-language."""
LATIN = re.compile(r"[A-Za-z]")
CYRILLIC = re.compile(r"[А-я]")
KEPT = re.compile(
    r"<t:\d+:R>|<#\d+>|/(keeper|legend|market|patron|rumor|wood)( [a-z]+)?|ttw replay|wood-[0-9a-f]{8}-turn-\d+\.jsonl"
    r"|(Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific)(/[\w +-]+)+|UTC"
    r"|Alder|Marguerite|Konomi"
)
"""What is the same in every language: Discord's markup, commands, names of files, zones and people."""
SHOWN = ("content", "label", "placeholder", "description", "title")

Requests = list[Any]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of content with two languages, in place of the one that comes with the project."""
    root = add_pseudo(tmp_path / "data", TAG)
    monkeypatch.setattr(folders, "root", lambda: root)
    return root


@pytest.fixture
def locales(monkeypatch: pytest.MonkeyPatch) -> dict[int, str]:
    """The locales of users by id. SimCord's Discord gives everybody the same one, and every server."""
    spoken: dict[int, str] = {}
    plain = simcord.interactions.base_payload

    def spoken_payload(backend: Any, **asked: Any) -> Any:
        record, payload = plain(backend, **asked)
        locale = backend.get_guild(asked["guild_id"]).preferred_locale
        payload |= {"guild_locale": locale, "locale": spoken.get(asked["user_id"], locale)}
        return record, payload

    monkeypatch.setattr(simcord.interactions, "base_payload", spoken_payload)
    return spoken


@pytest.fixture
async def abroad(root: Path, locales: dict[int, str], tmp_path: Path) -> AsyncIterator[Grove]:
    """A server that speaks the pseudo-language, without a wood."""
    async with growing(tmp_path, TAG) as grove:
        yield grove


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is written on the charts that are drawn."""
    written: list[str] = []
    save = Figure.savefig

    def read_and_save(figure: Figure, *args: Any, **options: Any) -> None:
        found = [str(getattr(text, "get_text")()) for text in figure.findobj(Text)]  # noqa: B009 - matplotlib is vague
        if "warm 暖" not in found:  # nobody sees the chart with which a worker warms up
            written.extend(found)
        save(figure, *args, **options)

    monkeypatch.setattr(Figure, "savefig", read_and_save)
    return written


def shown(node: Any) -> Iterator[str]:
    """All that Discord shows of what it is sent."""
    if isinstance(node, list):
        for each in node:
            yield from shown(each)
    elif isinstance(node, dict):
        for key, value in node.items():
            if isinstance(value, str) and (key in SHOWN or (key == "name" and "value" in node)):
                yield value
            elif isinstance(value, dict | list):
                yield from shown(value)


def read(grove: Grove, since: int = 0) -> list[str]:
    """All that anybody could read of what the bot sent to Discord, commands aside."""
    sent = [request for request in grove.env.http_requests[since:] if not request.path.endswith("/commands")]
    return [line for request in sent for line in shown(request.json)]


def foreign(lines: list[str], letter: re.Pattern[str] = LATIN) -> list[str]:
    """The lines in which a letter stands that must not."""
    return [line for line in lines if letter.search(KEPT.sub("", line))]


async def play(grove: Grove) -> str:
    """Do all there is to do but for what ends a wood; answers the title of a legend that was told."""
    people = (grove.alder, grove.marguerite, grove.konomi)
    for member in people:
        await member.slash(grove.channel, "patron join")
    await grove.marguerite.slash(grove.channel, "patron join")
    await grove.marguerite.slash(grove.channel, "rumor cast", about="honey", text=pseudo("Honey is dear."))
    await grove.marguerite.slash(grove.channel, "rumor cast", about="pip", text=pseudo("Pip is rich."), to="oona")
    await grove.konomi.slash(grove.channel, "rumor cast", about="honey", text="<@1>")
    form = await grove.alder.click(grove.board, custom_id="ttw:rumor")
    words = pseudo("The frost comes early")
    values = {"about": ["firewood"], "words": words, "leaning": ["auto"], "to": ["everybody"]}
    await grove.alder.submit_modal(form, values)
    await grove.konomi.slash(grove.channel, "legend draw")
    (choice,) = await grove.konomi.autocomplete(grove.channel, "legend cast", "legend", "")
    await grove.konomi.slash(grove.channel, "legend lore")
    await grove.konomi.slash(grove.channel, "legend cast", legend=choice["value"], breath=1)
    await grove.turns()
    await grove.alder.click(grove.board, custom_id="ttw:help-cast")
    await grove.turns(12)
    await grove.konomi.slash(grove.channel, "legend cast")
    await grove.alder.slash(grove.channel, "wood ask", creature="pip", question=pseudo("How dear is honey?"))
    await grove.alder.slash(grove.channel, "wood ask", creature="pip", question=pseudo("And firewood?"))
    return str(choice["name"])


async def look(grove: Grove) -> None:
    """See all there is to see, privately and shared."""
    for command in ("rumor heard", "market report", "market trades", "patron ranking", "legend lore", "market chart"):
        await grove.marguerite.slash(grove.channel, command, share=True)
        await grove.marguerite.slash(grove.channel, command)
    await grove.marguerite.slash(grove.channel, "market chart", good="honey")
    for command in ("wood board", "wood help", "legend hand", "patron purse"):
        await grove.konomi.slash(grove.channel, command)
    for creature in ("oona", "pip"):
        await grove.konomi.slash(grove.channel, "wood creature", creature=creature, share=True)
    for button in ("ttw:chart", "ttw:legend", "ttw:trust", "ttw:creatures"):
        await grove.alder.click(grove.board, custom_id=button)
    more = await grove.alder.click(grove.board, custom_id="ttw:more")
    for button in ("ttw:purse", "ttw:report", "ttw:help", "ttw:lore"):
        await grove.alder.click(answer(more), custom_id=button)
    await grove.marguerite.autocomplete(grove.channel, "market chart", "span", "")


async def keep(grove: Grove) -> None:
    """Do what keepers do, rightly and wrongly; the wood is razed in the end."""
    for command in ("pause", "settings", "resume", "export"):
        await grove.alder.slash(grove.channel, f"keeper {command}")
    await grove.alder.slash(grove.channel, "keeper settings", pace="90 minutes", report_hour=0, zone="Asia/Tokyo")
    for wrong in ({"pace": "soon"}, {"pace": "3s"}, {"zone": "Europe/Berln"}):
        await grove.alder.slash(grove.channel, "keeper settings", **wrong)
    await grove.alder.autocomplete(grove.channel, "keeper settings", "zone", "tok")
    await grove.alder.autocomplete(grove.channel, "keeper settings", "pace", "")
    await grove.found()
    asked = await grove.konomi.slash(grove.channel, "patron forget")
    assert asked.response is not None
    for word in ("forget", pseudo("forget")):
        form = await grove.konomi.click(asked.response, custom_id="ttw:forget")
        await grove.konomi.submit_modal(form, {"word": word})
    assert pseudo("not a patron") in said(await grove.konomi.slash(grove.channel, "patron purse"))
    asked = await grove.alder.slash(grove.channel, "keeper raze")
    assert asked.response is not None
    for word in ("raze", pseudo("raze")):
        form = await grove.alder.click(asked.response, custom_id="ttw:raze")
        razed = await grove.alder.submit_modal(form, {"word": word})
    await grove.bot.herald.drain()
    assert pseudo("razed") in texts([component.to_dict() for component in grove.board.components])
    assert razed.response is not None
    await grove.alder.click(razed.response, custom_id="ttw:restore")
    await grove.bot.herald.drain()
    await grove.bot.keeper.admin.raze(grove.channel.id)
    await grove.bot.herald.drain()
    for command in ("wood board", "patron join"):
        await grove.marguerite.slash(grove.channel, command)
    await grove.alder.slash(grove.channel, "keeper resume")


async def test_a_wood_in_another_language_says_no_word_of_english(abroad: Grove, drawn: list[str]) -> None:
    await abroad.alder.slash(abroad.channel, "wood board")
    await abroad.alder.autocomplete(abroad.channel, "keeper found", "zone", "")
    assert pseudo("A wood is founded") in said(await abroad.found())
    title = await play(abroad)
    await look(abroad)
    await keep(abroad)
    lines = read(abroad)
    assert len(lines) > 400
    assert not foreign(lines)
    assert len(drawn) > 200
    assert not foreign(drawn)
    told = "\n".join(lines)
    for word in (title, pseudo("honey"), pseudo("Oona the owl"), pseudo("How to play")):
        assert word in told


async def test_a_player_is_answered_in_the_players_own_language(abroad: Grove, locales: dict[int, str]) -> None:
    await abroad.found()
    locales[abroad.marguerite.id] = "en-GB"
    since = len(abroad.env.http_requests)
    for command in ("legend lore", "patron purse", "patron join", "patron purse", "wood help", "patron ranking"):
        await abroad.marguerite.slash(abroad.channel, command)
    await abroad.marguerite.slash(abroad.channel, "rumor cast", about="honey", text="Honey is dear.", to="pip")
    form = await abroad.marguerite.click(abroad.board, custom_id="ttw:rumor")
    await abroad.marguerite.submit_modal(
        form, {"about": ["honey"], "words": "@everyone", "leaning": ["auto"], "to": ["everybody"]}
    )
    await abroad.marguerite.autocomplete(abroad.channel, "market chart", "span", "")
    lines = read(abroad, since)
    assert len(lines) > 50
    alias = re.compile(r"know you as \W*[А-я]+")  # a name is what it is in its wood
    assert not foreign([alias.sub("", line) for line in lines], CYRILLIC)
    assert "whispered to Pip" in "\n".join(lines)
    await abroad.turns(2)
    await abroad.marguerite.slash(abroad.channel, "patron ranking", share=True)
    assert pseudo("Who is foremost this year") in "\n".join(read(abroad, since)), (
        "what everybody sees is in the wood's language"
    )
    drawn = await abroad.marguerite.slash(abroad.channel, "legend draw")
    assert "breath" in said(drawn)
    assert CYRILLIC.search(said(drawn)), "a legend is told in the language of its wood"


async def test_woods_of_two_languages_stand_side_by_side(abroad: Grove) -> None:
    await abroad.found()
    other = abroad.guild.create_text_channel("another-wood")
    await abroad.alder.slash(other, "keeper found", seed=7, language="en")
    await abroad.turns(2)
    assert await abroad.bot.keeper.turns.take_turn(other.id) is not None
    await abroad.bot.herald.drain()
    here, there = (
        texts([part.to_dict() for part in channel.history()[0].components]) for channel in (abroad.channel, other)
    )
    assert pseudo("Oona") in here
    assert not foreign([here])
    assert "Oona" in there
    assert not foreign([there], CYRILLIC)
    assert [await abroad.bot.keeper.queries.language(channel.id) for channel in (abroad.channel, other)] == [TAG, "en"]


async def test_a_wood_whose_language_is_gone_goes_on_with_what_it_knows(
    abroad: Grove, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await abroad.found()
    await abroad.turns()
    monkeypatch.setattr(folders, "root", lambda: root.parent / "english")
    (root.parent / "english" / "languages").mkdir(parents=True)
    (root / "content").rename(root.parent / "english" / "content")
    (root / "languages" / "en").rename(root.parent / "english" / "languages" / "en")
    await abroad.restart()
    await abroad.turns()
    board = texts([part.to_dict() for part in abroad.board.components])
    assert pseudo("Oona") in board
    assert "turn 2" in board
    assert await abroad.bot.keeper.queries.language(abroad.channel.id) == TAG


async def test_commands_are_described_in_every_language_and_within_discords_limits(abroad: Grove) -> None:
    tree, seen = abroad.bot.tree, []

    def told(part: dict[str, Any]) -> None:
        if "description" in part:
            seen.append((part["description"], part["description_localizations"]))
        seen.extend((choice["name"], choice.get("name_localizations")) for choice in part.get("choices") or ())
        for each in part.get("options") or ():
            told(each)

    for command in tree.get_commands():
        told(await command.get_translated_payload(tree, Translator()))
    assert len(seen) > 80
    for english, others in seen:
        if others is None:
            assert english in {"English", pseudo("English")}, "a language is called by its own name everywhere"
            continue
        assert set(others) == {TAG}, english
        assert others[TAG] == pseudo(english)
        assert 0 < len(others[TAG]) <= 100


def options(bot: StagedBot) -> dict[str, list[Choice[str]]]:
    """The options of ``/keeper found`` with their choices."""
    group = bot.tree.get_command("keeper")
    found = getattr(group, "get_command")("found")  # noqa: B009 - a group, as the other tests see
    return {option.display_name: option.choices for option in found.parameters}


async def test_the_language_is_asked_for_only_where_there_is_a_choice(root: Path) -> None:
    bot = StagedBot(load_settings(None))
    await bot.load_commands()
    assert [choice.value for choice in options(bot)["language"]] == ["en", TAG]
    assert [str(choice.name) for choice in options(bot)["language"]] == ["English", pseudo("English")]


async def test_with_one_language_nobody_is_asked() -> None:
    bot = StagedBot(load_settings(None))
    await bot.load_commands()
    assert set(options(bot)) == {"pace", "seed", "zone", "report_hour"}


async def test_a_bot_does_not_start_with_a_language_that_is_not_whole(root: Path, tmp_path: Path) -> None:
    (root / "languages" / TAG / "board.ftl").unlink()
    bot = StagedBot(load_settings(None, database=tmp_path / "wood.sqlite3", chart_workers=0))
    await bot._async_setup_hook()
    try:
        with pytest.raises(ContentError, match=f"languages/{TAG}/board.ftl: is missing"):
            await bot.setup_hook()
    finally:
        await bot.close()
