"""On which line of a TOML text each table, key and element stands, which tomllib does not say."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right

Path = tuple[str | int, ...]
"""``("pillar", 0, "outcomes", 2)``: keys and positions, as one would index what tomllib returns."""

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_KEY = re.compile(r"""[A-Za-z0-9_-]+|"(?:\\.|[^"\\])*"|'[^']*'""")
_STRING = re.compile(
    r'''"""(?:\\.|[^\\])*?""""{0,2}'''
    r"""|\'\'\'.*?\'\'\'\'{0,2}"""
    r'''|"(?:\\.|[^"\\])*"'''
    r"""|'[^']*'""",
    re.DOTALL,
)
_BARE = re.compile(r"[^,\]}\n#]*")


def lines_of(text: str) -> dict[Path, int]:
    """The line, counted from 1, on which each path of ``text`` first stands. ``text`` must be sound TOML."""
    return _Scanner(text).scan()


def line_at(lines: dict[Path, int], path: Path) -> int:
    """The line of ``path``, or of the nearest table or list around it that is written; 1 where none is."""
    return next((lines[path[:end]] for end in range(len(path), 0, -1) if path[:end] in lines), 1)


class _Scanner:
    """Walks once over a text that the real parser has already accepted, and only notes where things stand."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._place = 0
        self._ends = [found.start() for found in re.finditer("\n", text)]
        self._lines: dict[Path, int] = {}
        self._last_element: dict[Path, int] = {}

    def scan(self) -> dict[Path, int]:
        table: Path = ()
        self._pass(_BLANK)
        while self._place < len(self._text):
            if self._next() == "[":
                table = self._header()
            else:
                self._assignment(table)
            self._pass(_BLANK)
        return self._lines

    def _header(self) -> Path:
        line = self._line()
        is_element = self._text.startswith("[[", self._place)
        self._place += 2 if is_element else 1
        *outer, last = self._keys()
        self._place += 2 if is_element else 1
        table: Path = ()
        for key in outer:
            table = self._entered((*table, key))
        table = (*table, last)
        self._lines.setdefault(table, line)
        if is_element:
            self._last_element[table] = self._last_element.get(table, -1) + 1
            table = self._entered(table)
            self._lines.setdefault(table, line)
        return table

    def _entered(self, table: Path) -> Path:
        """``table`` itself, or its latest element where it is a list of tables."""
        return (*table, self._last_element[table]) if table in self._last_element else table

    def _assignment(self, table: Path) -> None:
        line = self._line()
        for key in self._keys():
            table = (*table, key)
            self._lines.setdefault(table, line)
        self._place += 1  # =
        self._pass(_SPACE)
        self._value(table)

    def _keys(self) -> list[str]:
        keys = []
        while True:
            self._pass(_SPACE)
            word = self._pass(_KEY)
            keys.append(tomllib.loads(f"key = {word}")["key"] if word[0] in "\"'" else word)
            self._pass(_SPACE)
            if self._next() != ".":
                return keys
            self._place += 1

    def _value(self, path: Path) -> None:
        if self._next() == "[":
            self._array(path)
        elif self._next() == "{":
            self._inline_table(path)
        else:
            self._pass(_STRING if self._next() in "\"'" else _BARE)

    def _array(self, path: Path) -> None:
        self._place += 1
        self._pass(_BLANK)
        index = 0
        while self._next() != "]":
            self._lines.setdefault((*path, index), self._line())
            self._value((*path, index))
            index += 1
            self._pass_comma()
        self._place += 1

    def _inline_table(self, path: Path) -> None:
        self._place += 1
        self._pass(_BLANK)
        while self._next() != "}":
            self._assignment(path)
            self._pass_comma()
        self._place += 1

    def _pass_comma(self) -> None:
        self._pass(_BLANK)
        if self._next() == ",":
            self._place += 1
            self._pass(_BLANK)

    def _pass(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._text, self._place)
        if found is None:
            raise ValueError(f"not TOML at line {self._line()}")
        self._place = found.end()
        return found.group()

    def _next(self) -> str:
        return self._text[self._place : self._place + 1]

    def _line(self) -> int:
        return bisect_right(self._ends, self._place - 1) + 1
