"""Reads a grammar in GBNF that does not refer to itself, as a regular expression of Python's.

Written from the notation's description (grammars/README.md in github.com/ggml-org/llama.cpp), so that it does not know
how the grammars of this project are made.
"""

import re

_TOKEN = re.compile(
    r"""\s+|(?P<text>"(?:[^"\\]|\\.)*")|(?P<group>\[(?:[^\]\\]|\\.)*\])|(?P<name>[a-zA-Z][a-zA-Z0-9-]*)"""
    r"""|(?P<sign>[()|?*+]|\{\d+(?:,\d*)?\})"""
)
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_LETTERS = {"n": "\n", "r": "\r", "t": "\t", "\\": "\\", '"': '"', "[": "[", "]": "]"}


def matcher(grammar: str) -> re.Pattern[str]:
    """The expression of what a grammar admits.

    Raises:
        ValueError: it is no grammar.
        RecursionError: it refers to itself.
    """
    rules: dict[str, str] = {}
    for line in grammar.splitlines():
        name, is_rule, body = line.partition(" ::= ")
        if not is_rule or not re.fullmatch(r"[a-zA-Z][a-zA-Z0-9-]*", name) or name in rules:
            raise ValueError(line)
        rules[name] = body
    return re.compile(_expression(rules["root"], rules))


def _expression(body: str, rules: dict[str, str]) -> str:
    at, written = 0, []
    while at < len(body):
        token = _TOKEN.match(body, at)
        if token is None:
            raise ValueError(body[at:])
        at = token.end()
        if token["text"]:
            written.append(f"(?:{re.escape(_unescaped(token['text'][1:-1]))})")
        elif token["group"]:
            inside = token["group"][1:-1]
            negated = inside.startswith("^")
            written.append(f"[{'^' * negated}{_group(inside[negated:])}]")
        elif token["name"]:
            written.append(f"(?:{_expression(rules[token['name']], rules)})")
        elif token["sign"]:
            written.append("(?:" if token["sign"] == "(" else token["sign"])
    return "".join(written)


def _unescaped(text: str) -> str:
    def character(found: re.Match[str]) -> str:
        code = found[1] or found[2] or found[3]
        return chr(int(code, 16)) if code else _LETTERS[found[4]]

    return _ESCAPE.sub(character, text)


def _group(inside: str) -> str:
    """A class's inside; only a hyphen that is not escaped makes a range."""
    return "-".join(re.escape(_unescaped(part)) for part in inside.split("-"))
