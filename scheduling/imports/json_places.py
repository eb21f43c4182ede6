"""Where things stand in a JSON text: the standard parser forgets lines, so a second walk finds them again."""

import json
import re
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from scheduling.imports.findings import Where

TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[{}\[\],:]|[^\s{}\[\],:"]++', re.DOTALL)
NAME = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")


class Token(Struct):
    """A value or a member's name (then ``names``) at its path and line."""

    path: Where
    line: int
    text: str
    names: bool


def walk(text: str) -> Iterator[Token]:
    """Every name and value of a well-formed text, in order."""
    path: list[str | int] = []
    objects: list[bool] = []
    naming = False
    line, position = 1, 0
    for found in TOKEN.finditer(text):
        mark = found[0]
        line += text.count("\n", position, found.start())
        position = found.start()
        if mark == ":":
            naming = False
        elif mark == ",":
            naming = objects[-1]
            if not naming:
                path[-1] = int(path[-1]) + 1
        elif mark in ("}", "]"):
            path.pop()
            objects.pop()
            naming = False
        elif naming:
            path[-1] = json.loads(mark, strict=False)
            yield Token(tuple(path), line, mark, names=True)
        else:
            yield Token(tuple(path), line, mark, names=False)
            if mark in ("{", "["):
                naming = mark == "{"
                objects.append(naming)
                path.append("" if naming else 0)


def lines(text: str, wanted: set[Where]) -> dict[Where, int]:
    """The line of each wanted path, or of the nearest thing around it that exists."""
    around = {where[:length] for where in wanted for length in range(len(where) + 1)}
    found: dict[Where, int] = {}
    for token in walk(text):
        if token.path in around:
            found.setdefault(token.path, token.line)
    return {where: found[nearest] for where in wanted if (nearest := _nearest(where, found)) is not None}


def line_at_depth(text: str, limit: int) -> int:
    """The line of the first object or list that has ``limit`` others around it; the text may be malformed."""
    depth = 0
    for found in TOKEN.finditer(text):
        if found[0] in ("{", "["):
            if depth == limit:
                return text.count("\n", 0, found.start()) + 1
            depth += 1
        elif found[0] in ("}", "]"):
            depth -= 1
    return 1


def json_path(where: Where) -> str:
    """« $.schedule.conference.days[0].rooms["Salle"][3].start »."""
    return "$" + "".join(_step(step) for step in where)


def _nearest(where: Where, found: dict[Where, Any]) -> Where | None:
    return next((where[:size] for size in range(len(where), -1, -1) if where[:size] in found), None)


def _step(step: str | int) -> str:
    if isinstance(step, int):
        return f"[{step}]"
    if NAME.fullmatch(step):
        return f".{step[:100]}"
    return f"[{json.dumps(step[:100], ensure_ascii=False)}]"
