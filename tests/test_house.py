"""The house rules as tests: who may import whom, what an installation contains, and what must never be committed."""

import ast
import importlib
import re
import shlex
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import discord
import pytest
import typer
import yaml
from discord.ext import commands
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from pydantic import BaseModel

from bot.cli.app import app
from bot.errors import NEEDED
from bot.settings import Settings, load_settings
from wood.names import CREATURES

ROOT = Path(__file__).parents[1]
MAY_IMPORT = {
    "wood": set(),
    "inference": {"wood"},
    "data": {"wood"},
    "bot": {"wood", "inference", "data"},
    "cogs": {"wood", "bot"},
}
MUST_NOT_KNOW = {
    "wood": "asyncio time datetime os io pathlib shutil tempfile socket threading subprocess random secrets uuid"
    " logging sqlite3 aiosqlite discord simcord openai vllm matplotlib",
    "inference": "discord simcord sqlite3 aiosqlite matplotlib",
    "data": "discord simcord openai vllm matplotlib json_repair",
    "bot": "",
    "cogs": "sqlite3 aiosqlite openai vllm matplotlib json_repair",
}
CODE = (*MAY_IMPORT, "tests", "bench", ".ci", "deploy")
MAX_LINES, MAX_TEST_LINES = 400, 450


def files(*folders: str) -> Iterator[Path]:
    """All files of these folders of the checkout, without what tools left behind."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported(path: Path) -> Iterator[tuple[str, int]]:
    """Every module that a file imports, anywhere in it, with the line."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{shown(path)}:{node.lineno}: a relative import hides its room"
            yield str(node.module), node.lineno


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def circles(graph: dict[str, set[str]]) -> list[list[str]]:
    """The groups of modules in which each one leads to all others, by Tarjan's algorithm; sorted."""
    reached: dict[str, int] = {}
    lowest: dict[str, int] = {}
    path: list[str] = []
    found: list[list[str]] = []

    def visit(module: str) -> None:
        reached[module] = lowest[module] = len(reached)
        path.append(module)
        for other in sorted(graph[module]):
            if other not in reached:
                visit(other)
                lowest[module] = min(lowest[module], lowest[other])
            elif other in path:
                lowest[module] = min(lowest[module], reached[other])
        if lowest[module] == reached[module]:
            group = path[path.index(module) :]
            del path[path.index(module) :]
            if len(group) > 1:
                found.append(sorted(group))

    for module in sorted(graph):
        if module not in reached:
            visit(module)
    return sorted(found)


def test_circles_are_found() -> None:
    graph = {"a": {"b"}, "b": {"c", "d"}, "c": {"a"}, "d": {"e"}, "e": {"d"}, "f": {"a"}, "g": set[str]()}
    assert circles(graph) == [["a", "b", "c"], ["d", "e"]]


def test_no_imports_run_in_a_circle() -> None:
    """Neither those of a running program, nor those that stand in functions or are there for types only."""
    modules = {module_of(path): path for path in files(*MAY_IMPORT) if path.suffix == ".py"}
    graph: dict[str, set[str]] = {module: set() for module in modules}
    for module, path in modules.items():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                graph[module] |= {alias.name for alias in node.names} & modules.keys()
            elif isinstance(node, ast.ImportFrom):
                names = {f"{node.module}.{alias.name}" for alias in node.names}
                inside = names & modules.keys()
                # What is no module of its own is a name within the module it is taken from.
                graph[module] |= inside | ({str(node.module)} & modules.keys() if names - inside else set())
    assert sum(map(len, graph.values())) > len(modules)
    found = circles(graph)
    assert not found, "\n".join(f"these import each other: {', '.join(group)}" for group in found)


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_arrows_between_rooms_point_one_way(room: str) -> None:
    modules = [path for path in files(room) if path.suffix == ".py"]
    assert modules
    closed = (set(MAY_IMPORT) | {"tests", "bench"}) - MAY_IMPORT[room] - {room}
    wrong = [
        f"{shown(path)}:{line}: {room} imports {name}"
        for path in modules
        for name, line in imported(path)
        if name.split(".")[0] in closed or name.split(".")[0] in MUST_NOT_KNOW[room].split()
    ]
    assert not wrong, "\n".join(wrong)


def test_the_rules_touch_nothing_outside() -> None:
    calls = [
        f"{shown(path)}:{node.lineno}: {node.func.id}()"
        for path in files("wood")
        if path.suffix == ".py"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"open", "print", "input"}
    ]
    assert not calls, "\n".join(calls)


def test_no_module_grows_out_of_sight() -> None:
    lengths = {shown(p): len(p.read_text("utf-8").splitlines()) for p in files(*CODE) if p.suffix == ".py"}
    most = {name: MAX_LINES if name.split("/")[0] in MAY_IMPORT else MAX_TEST_LINES for name in lengths}
    long = {name: lines for name, lines in lengths.items() if lines > most[name]}
    assert not long, f"is there a second room in any of them? {long}"


# A character class in each pattern keeps this file from being the first to break the rule.
LEAKS = {
    "a registry's host": r"p[y]thonhosted\.org|p[y]pi\.org/simple|registry\.n[p]mjs\.org",
    "a path of one machine": r"(?<![\w.])(?:/r[o]ot/|/h[o]me/\w+/|/w[o]rk/|f[i]le:///|[A-Z]:\\U[s]ers\\)",
    "a Discord token": r"\b[MNO][A-Za-z\d_-]{23,27}\.[A-Za-z\d_-]{6}\.[A-Za-z\d_-]{27,45}\b",
    "a private key": r"-----BEGIN [A-Z ]*P[R]IVATE KEY",
    "an access key": r"\b(?:gh[pousr]_[A-Za-z\d]{36}|hf_[A-Za-z]{30,}|sk-[A-Za-z\d]{32,})\b",
}
TEXT = {"", ".py", ".toml", ".sql", ".md", ".yaml", ".yml", ".lock", ".txt", ".json", ".jsonl", ".example", ".cfg"}


def test_nothing_of_this_machine_and_no_secret_is_in_the_files() -> None:
    root_files = [path for path in ROOT.iterdir() if path.is_file() and path.name != ".env"]
    found = [
        f"{shown(path)}:{number}: {what}"
        for path in [*root_files, *files(*CODE, "docs")]
        if path.suffix in TEXT or path.name.startswith(".")
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1)
        for what, pattern in LEAKS.items()
        if re.search(pattern, line)
    ]
    assert not found, "\n".join(found)


@cache
def project() -> dict[str, Any]:
    table: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return table


@cache
def lock() -> dict[str, list[tuple[Requirement, int]]]:
    """The lock: package -> its pins (one for each range of Pythons) and how many hashes each has."""
    entries: dict[str, list[tuple[Requirement, int]]] = {}
    text = (ROOT / "requirements.lock").read_text("utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            requirement, *hashes = re.split(r"\s+--hash=sha256:(?=[\da-f]{64}\b)", line.strip())
            pin = Requirement(requirement)
            entries.setdefault(canonicalize_name(pin.name), []).append((pin, len(hashes)))
    return entries


def test_the_lock_pins_and_hashes_everything_and_names_no_address() -> None:
    text = (ROOT / "requirements.lock").read_text("utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*(?:-[a-z]|--(?!hash))", text, re.MULTILINE), "the lock holds options beside hashes"
    for pins in lock().values():
        for pin, hashes in pins:
            assert [clause.operator for clause in pin.specifier] == ["=="], pin
            assert pin.url is None
            assert hashes, f"{pin} has no hash"


def locked_for(extra: str, python: str) -> dict[str, str]:
    """The versions that the lock gives to one extra (with the core) on Linux under one Python."""
    machine = {"python_full_version": f"{python}.0", "python_version": python, "sys_platform": "linux"}
    return {
        name: next(iter(pin.specifier)).version
        for name, pins in lock().items()
        for pin, _ in pins
        if pin.marker is None or pin.marker.evaluate({**machine, "extra": extra})
    }


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
@pytest.mark.parametrize("extra", ["", "play", "traces", "gpu", "build", "fast", "bench", "dev"])
def test_the_lock_satisfies_the_project(extra: str, python: str) -> None:
    versions = locked_for(extra, python)
    optional = project()["optional-dependencies"]
    wanted = [*project()["dependencies"], *(optional[extra] if extra else ())]
    for requirement in map(Requirement, wanted):
        name = canonicalize_name(requirement.name)
        if name == project()["name"]:
            assert all(set(locked_for(part, python)) <= set(versions) for part in requirement.extras)
        else:
            assert versions[name] in requirement.specifier, requirement


def test_a_plain_installation_stays_light() -> None:
    heavy = {"torch", "vllm", "pyarrow", "av", "playwright", "mypy", "pytest", "mesa"}
    assert not heavy & set(locked_for("", "3.11"))
    assert not {"torch", "vllm"} & set(locked_for("dev", "3.11"))


def test_a_wheel_carries_the_content_and_the_migrations(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        entry_points = archive.read(next(name for name in names if name.endswith("entry_points.txt"))).decode()
    assert {shown(path) for path in files(*MAY_IMPORT) if path.suffix != ".pyc"} <= names
    assert any(name.startswith("data/content/") and name.endswith(".toml") for name in names)
    assert any(name.startswith("data/languages/en/legends/") and name.endswith(".toml") for name in names)
    assert "data/upcasts/tongue-1.json" in names
    assert any(name.startswith("data/migrations/") and name.endswith(".sql") for name in names)
    assert not any(name.startswith(("tests/", "bench/")) for name in names)
    assert "ttw = bot.cli:main" in entry_points


@cache
def readme() -> str:
    return (ROOT / "README.md").read_text("utf-8")


def test_the_invite_link_asks_for_just_what_the_bot_needs() -> None:
    needed = discord.Permissions(
        view_channel=True, send_messages=True, embed_links=True, attach_files=True, read_message_history=True
    )
    assert needed == discord.Permissions(**dict.fromkeys(NEEDED, True)), "what /keeper found asks for is another thing"
    (permissions,) = set(re.findall(r"permissions=(\d+)", readme()))
    assert int(permissions) == needed.value
    (scopes,) = set(re.findall(r"scope=([\w.+%]+)", readme()))
    assert set(scopes.replace("%20", "+").split("+")) == {"bot", "applications.commands"}


def test_every_command_line_in_the_pages_is_one_that_ttw_takes() -> None:
    ttw = typer.main.get_command(app)
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    blocks = re.findall(
        r"^```sh\n(.*?)^```|`(ttw [^`]+)`", "\n".join(p.read_text("utf-8") for p in pages), re.MULTILINE | re.DOTALL
    )
    lines = [line.split("#")[0] for pair in blocks for line in "".join(pair).splitlines() if "ttw " in line]
    assert len(lines) > 5
    for line in lines:
        command: Any = ttw
        words = iter(shlex.split(line.partition("ttw ")[2]))
        for word in words:
            if word.startswith("-"):
                known = {option for parameter in command.params for option in parameter.opts} | {"--help"}
                assert word in known, line
            elif getattr(command, "commands", None):
                assert word in command.commands, line
                command = command.commands[word]


def setting_names() -> Iterator[str]:
    """Every environment variable with a fixed name; what is named by the host (servers, further arguments) is not."""
    for name, field in Settings.model_fields.items():
        group = field.annotation if isinstance(field.annotation, type) else None
        if name == "minds":
            yield from (f"TTW_MINDS__{creature.upper()}" for creature in CREATURES)
        elif group is not None and issubclass(group, BaseModel):
            plain = (sub for sub, option in group.model_fields.items() if option.default_factory is not dict)
            yield from (f"TTW_{name}__{sub}".upper() for sub in plain)
        elif field.default_factory is not dict:
            yield f"TTW_{name}".upper()


def test_the_example_of_the_settings_is_complete_and_names_the_defaults(tmp_path: Path) -> None:
    example = (ROOT / ".env.example").read_text("utf-8")
    assert sorted(re.findall(r"^#?(TTW_\w+)=", example, re.MULTILINE)) == sorted(setting_names())
    as_it_stands, all_lines = tmp_path / "as-it-stands.env", tmp_path / "all-lines.env"
    as_it_stands.write_text(example, "utf-8")
    all_lines.write_text(re.sub(r"^#(?=TTW_)", "", example, flags=re.MULTILINE), "utf-8")
    defaults = load_settings(None)
    assert load_settings(as_it_stands) == defaults
    spelled_out = load_settings(all_lines)
    assert spelled_out.model_copy(update={"minds": {}}) == defaults
    assert [spelled_out.mind_of(creature) for creature in CREATURES] == [defaults.mind] * len(CREATURES)


def listed_commands() -> Iterator[str]:
    """The slash commands in the README's tables: a cell names its group once, as in "`/wood board` · `help`"."""
    for cell in re.findall(r"^\| (`/[^|]+) \|", readme(), re.MULTILINE):
        group = ""
        for words in re.findall(r"`([^`]+)`", cell):
            group = words.split()[0] if words.startswith("/") else group
            yield f"{group} {words.split()[-1]}"


def test_the_readme_lists_every_slash_command() -> None:
    cogs = [
        value
        for path in files("cogs")
        if path.suffix == ".py"
        for value in vars(importlib.import_module(f"cogs.{path.stem}")).values()
        if isinstance(value, type) and issubclass(value, commands.GroupCog) and value.__module__ == f"cogs.{path.stem}"
    ]
    real = {f"/{cog.__cog_group_name__} {command.name}" for cog in cogs for command in cog.__cog_app_commands__}
    assert real
    assert set(listed_commands()) == real


@pytest.mark.parametrize(
    "page", ["README.md", *(f"docs/{name}.md" for name in ("architecture", "hosting", "minds", "results"))]
)
def test_links_between_pages_lead_somewhere(page: str) -> None:
    path = ROOT / page
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)|src=\"([^\"]+)\"", path.read_text("utf-8"))
    local = [link for pair in links for link in pair if link and "://" not in link]
    missing = [link for link in local if not (path.parent / link).exists()]
    assert local
    assert not missing


def test_the_licence_is_in_full() -> None:
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert project()["license"] == "Apache-2.0"
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text


@cache
def stages() -> dict[str, list[tuple[str, str]]]:
    """The Dockerfile: stage -> its instructions, as (word, rest) with continued lines joined."""
    text = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text("utf-8"), flags=re.MULTILINE)
    found: dict[str, list[tuple[str, str]]] = {"": []}
    stage = ""
    for line in re.sub(r"\\\n\s*", " ", text).splitlines():
        word, _, rest = line.partition(" ")
        if word == "FROM":
            stage = rest.split(" AS ")[1]
            found[stage] = []
        if word:
            found[stage].append((word, rest))
    return found


@pytest.mark.parametrize("target", ["bot", "gpu"])
def test_an_image_runs_unprivileged_and_is_watched(target: str) -> None:
    instructions = dict(stages()[target])
    assert int(instructions["USER"]) > 0
    assert "/data" in instructions["VOLUME"]
    assert instructions["HEALTHCHECK"].endswith('CMD ["ttw", "health"]')
    assert instructions["STOPSIGNAL"] == "SIGTERM"
    assert instructions["ENTRYPOINT"].startswith("["), "a shell in between would swallow SIGTERM"
    assert instructions["FROM"].startswith("${")


def test_images_come_from_arguments_and_carry_no_secret() -> None:
    arguments = [rest.split("=")[0] for word, rest in stages()[""] if word == "ARG"]
    assert arguments == ["PYTHON_IMAGE", "CUDA_IMAGE"]
    assert list(stages())[-1] == "bot", "the last stage is what a plain build makes"
    everything = " ".join(rest for instructions in stages().values() for _, rest in instructions)
    assert "TOKEN" not in everything.upper()
    kept = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert "*" in kept
    assert not any(line.startswith("!.env") for line in kept)


def test_compose_keeps_the_wood_and_brings_the_model_back() -> None:
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
    services = compose["services"]
    assert set(services) == {"bot", "model", "gpu"}
    for name in ("bot", "gpu"):
        assert services[name]["build"]["target"] in stages()
        assert services[name]["env_file"] == ".env"
        assert any(volume.endswith(":/data") for volume in services[name]["volumes"])
        assert services[name]["environment"]["TTW_DATABASE"].startswith("/data/")
    assert "profiles" not in services["bot"]
    model = services["model"]
    assert model["command"][0] in services["bot"]["environment"]["TTW_OPENAI__MODEL"]
    assert "http://model:8000/v1" in services["bot"]["environment"]["TTW_OPENAI__URL"]
    assert model["command"][0] == Settings.model_fields["vllm"].default.model
    assert services["gpu"]["environment"]["TTW_MIND"] == "${TTW_MIND:-vllm}"
    assert model["restart"] == "always", "the server exits with code 0 after its engine died"
    (vllm,) = map(Requirement, project()["optional-dependencies"]["gpu"])
    assert model["image"].endswith(f":v{next(iter(vllm.specifier)).version}")
    assert "ports" not in model, "it asks for no key, so nobody outside may reach it"
    for name in ("model", "gpu"):
        (device,) = services[name]["deploy"]["resources"]["reservations"]["devices"]
        assert device["capabilities"] == ["gpu"]


@pytest.mark.parametrize(
    ("script", "says"),
    [
        ("echo 'Python 3.9.2'; case $1 in -c) exit 1;; esac", "Python 3.11 or later is needed"),
        (
            "case $2 in *version_info\\ \\<*) exit 0;; *ensurepip*) exit 1;; esac; echo python3.11-venv",
            "python3.11-venv",
        ),
    ],
    ids=["too old", "without ensurepip"],
)
def test_making_the_environment_says_what_is_missing(tmp_path: Path, script: str, says: str) -> None:
    python = tmp_path / "python"
    python.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    python.chmod(0o755)
    asked = tmp_path / "id"  # somebody who may not install packages
    asked.write_text("#!/bin/sh\necho 1000\n", "utf-8")
    asked.chmod(0o755)
    environment = {"PATH": f"{tmp_path}:/usr/bin:/bin"}
    command = ["bash", str(ROOT / ".ci/venv"), str(python), str(tmp_path / "venv")]
    made = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert made.returncode == 1
    assert says in made.stderr
    assert not (tmp_path / "venv").exists()
