"""MiniZinc data files (``.dzn``), as far as problems use them: numbers, sets and arrays of them, comments."""

import re
from collections.abc import Iterator

from digital_days.kernel.sentences import Unable

Value = int | set[int] | list["Value"]

_TOKEN = re.compile(r"\s+|%[^\n]*|/\*.*?\*/|(\d+\.\.\d+|\d+|[A-Za-z_]\w*|\[\||\|\]|[][{}(),;=|])", re.DOTALL)
_LARGEST = 100_000


def parse(data: bytes) -> dict[str, Value]:
    """What each name stands for; rows of a table (``[| … | … |]``) are lists in a list."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unable(
            "Ce fichier n’est pas du texte : il faut des données MiniZinc (.dzn).",
            "This file is not text: MiniZinc data (.dzn) is needed.",
        ) from error
    tokens = _Tokens(text)
    values: dict[str, Value] = {}
    while tokens.next:
        name = tokens.take()
        if not name.isidentifier() or name in values:
            raise tokens.unexpected()
        tokens.expect("=")
        values[name] = _value(tokens)
        if tokens.next:
            tokens.expect(";")
    return values


class _Tokens:
    def __init__(self, text: str) -> None:
        self._tokens = _tokens(text)
        self._line = self._next_line = 1
        self.next = ""
        self.take()

    def take(self) -> str:
        taken, self._line = self.next, self._next_line
        self.next, self._next_line = next(self._tokens, ("", self._next_line))
        return taken

    def expect(self, token: str) -> None:
        if self.take() != token:
            raise self.unexpected()

    def unexpected(self) -> Unable:
        return _unexpected(self._line)


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    at, line = 0, 1
    while at < len(text):
        found = _TOKEN.match(text, at)
        if not found:
            raise _unexpected(line)
        if found[1]:
            yield found[1], line
        line += found[0].count("\n")
        at = found.end()


def _unexpected(line: int) -> Unable:
    return Unable(
        f"Ligne {line} : ceci n’est pas une donnée MiniZinc comme « nom = valeur; ».",
        f"Line {line}: this is not MiniZinc data like “name = value;”.",
    )


def _value(tokens: _Tokens) -> Value:
    word = tokens.next
    if word == "[":
        return _list(tokens)
    if word == "[|":
        return _table(tokens)
    if word in ("array1d", "array2d"):  # their index sets say nothing that the values don't
        tokens.take()
        tokens.expect("(")
        while tokens.next != "[":
            _element(tokens)
            tokens.expect(",")
        values = _list(tokens)
        tokens.expect(")")
        return values
    return _element(tokens)


def _list(tokens: _Tokens) -> list[Value]:
    tokens.expect("[")
    values: list[Value] = []
    while tokens.next != "]":
        values.append(_element(tokens))
        if tokens.next != "]":
            tokens.expect(",")
    tokens.take()
    return values


def _element(tokens: _Tokens) -> int | set[int]:
    word = tokens.take()
    if word == "{":
        return _set(tokens)
    if ".." in word:
        return _range(word)
    if word.isdecimal():
        return _number(word)
    raise tokens.unexpected()


def _set(tokens: _Tokens) -> set[int]:
    found: set[int] = set()
    while tokens.next != "}":
        word = tokens.take()
        if not word[:1].isdecimal():
            raise tokens.unexpected()
        found |= _range(word) if ".." in word else {_number(word)}
        if tokens.next != "}":
            tokens.expect(",")
    tokens.take()
    return found


def _table(tokens: _Tokens) -> list[Value]:
    tokens.expect("[|")
    rows: list[Value] = []
    row: list[Value] = []
    while True:
        if tokens.next in ("|", "|]"):
            if row:
                rows.append(row)
            if tokens.take() == "|]":
                return rows
            row = []
            continue
        row.append(_element(tokens))
        if tokens.next == ",":
            tokens.take()
        elif tokens.next not in ("|", "|]"):
            raise tokens.unexpected()


def _range(word: str) -> set[int]:
    first, last = map(_number, word.split(".."))
    return set(range(first, last + 1))


def _number(word: str) -> int:
    if len(word) > len(str(_LARGEST)) or int(word) > _LARGEST:
        raise Unable(
            f"{word[:20]} est trop grand : les nombres vont jusqu’à {_LARGEST}.",
            f"{word[:20]} is too large: numbers go up to {_LARGEST}.",
        )
    return int(word)
