"""What openpyxl's reading mode does not tell of a sheet: merged cells, hidden rows and columns, struck texts, and furigana.

Read straight from the parts of the package, in one pass each. No part with a DTD gets here: ``safe_workbook`` has
refused it, and so does the parser below.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

Place = tuple[int, int]
Range = tuple[int, int, int, int]
"""First row, first column, last row, last column of a merged range, counted from 1."""

MERGES = 20_000
"""A sheet with more merged ranges is not one that a person made."""

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_KANJI = re.compile("[\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class Layout:
    """How a sheet is laid out. ``readings`` is the furigana of cells that have any; ``struck`` are cells with a line through them."""

    merges: tuple[Range, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    readings: Mapping[Place, str] = field(default_factory=dict)
    struck: frozenset[Place] = frozenset()


@dataclass(frozen=True, slots=True)
class Strings:
    """What the parts beside the sheets say of shared strings and of styles, by their numbers.

    ``readings`` of the strings with furigana (furigana over its letters, the rest as it stands), the strings of which a part is
    struck, and the styles that strike a cell.
    """

    readings: Mapping[int, str] = field(default_factory=dict)
    struck: frozenset[int] = frozenset()
    struck_styles: frozenset[int] = frozenset()


def strings_of(shared_strings: bytes | None, styles: bytes | None) -> Strings:
    """What ``sharedStrings.xml`` and ``styles.xml`` say, each of which a workbook may lack."""
    strings, fonts = _Strings(), _Styles()
    if shared_strings is not None:
        _parse(shared_strings, strings.start, strings.end, strings.text)
    if styles is not None:
        _parse(styles, fonts.start, fonts.end, lambda _: None)
    return Strings(strings.readings, frozenset(strings.struck), frozenset(fonts.struck))


def layout_of(sheet: bytes, columns: int, strings: Strings) -> Layout:
    """The layout of a worksheet's part. Hidden columns are told up to number ``columns``.

    Raises ValueError where it has more than ``MERGES`` merged ranges.
    """
    reader = _Cells(columns, strings)
    _parse(sheet, reader.start, reader.end, reader.text)
    return Layout(
        tuple(reader.merges),
        frozenset(reader.hidden_rows),
        frozenset(reader.hidden_columns),
        reader.readings,
        frozenset(reader.struck),
    )


class _Styles:
    """Takes the numbers of the cell styles whose font is struck out of ``styles.xml``."""

    def __init__(self) -> None:
        self.struck: set[int] = set()
        self._fonts: set[int] = set()
        self._font = self._style = -1
        self._within = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("fonts", "cellXfs"):
            self._within = name
        elif name == "font" and self._within == "fonts":
            self._font += 1
        elif self._within == "fonts" and _strikes(name, attributes):
            self._fonts.add(self._font)
        elif name == "xf" and self._within == "cellXfs":
            self._style += 1
            if int(attributes.get("fontId", 0)) in self._fonts:
                self.struck.add(self._style)

    def end(self, name: str) -> None:
        if name == self._within:
            self._within = ""


class _Strings:
    """Takes the readings out of ``sharedStrings.xml``, or out of the strings that stand in the cells themselves."""

    def __init__(self) -> None:
        self.readings: dict[int, str] = {}
        self.struck: set[int] = set()
        self._number = -1
        self._base = ""
        self._runs: list[tuple[int, int, str]] = []
        self._in_text = self._in_reading = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("si", "is"):
            self._number += 1
            self._base, self._runs = "", []
        elif name == "rPh":
            self._in_reading = True
            self._runs.append((int(attributes.get("sb", 0)), int(attributes.get("eb", 0)), ""))
        elif name == "t":
            self._in_text = True
        elif _strikes(name, attributes):
            self.struck.add(self._number)

    def end(self, name: str) -> None:
        if name == "t":
            self._in_text = False
        elif name == "rPh":
            self._in_reading = False
        elif name in ("si", "is") and self._runs:
            reading = _reading(self._base, self._runs)
            if reading:
                self.readings[self._number] = reading

    def last(self) -> tuple[str, bool]:
        """The reading of the string that ended last, and whether a part of it is struck."""
        return self.readings.get(self._number, ""), self._number in self.struck

    def text(self, text: str) -> None:
        if self._in_text and self._in_reading:
            first, last, before = self._runs[-1]
            self._runs[-1] = (first, last, before + text)
        elif self._in_text:
            self._base += text


def _reading(base: str, runs: list[tuple[int, int, str]]) -> str:
    """``base`` with its furigana in place of the letters under it; empty where a kanji is left without any."""
    units = base.encode("utf-16-le")
    reading, place = "", 0
    for first, last, kana in sorted(runs):
        if first < place or last < first:
            return ""
        reading += units[place * 2 : first * 2].decode("utf-16-le", "replace") + kana
        place = last
    reading += units[place * 2 :].decode("utf-16-le", "replace")
    return "" if _KANJI.search(reading) else reading


class _Cells:
    """Takes merges, what is hidden or struck, and which cell shows which shared string out of a worksheet."""

    def __init__(self, columns: int, strings: Strings) -> None:
        self.merges: list[Range] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.readings: dict[Place, str] = {}
        self.struck: set[Place] = set()
        self._columns, self._strings = columns, strings
        self._is_told = bool(strings.readings or strings.struck)
        self._row = self._column = 0
        self._is_shared = self._in_value = self._is_inline = False
        self._value = ""
        self._inline = _Strings()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            found = _REFERENCE.fullmatch(attributes.get("r", ""))
            self._column = _number(found[1]) if found else self._column + 1
            self._is_shared = self._is_told and attributes.get("t") == "s"
            if self._strings.struck_styles and int(attributes.get("s", 0)) in self._strings.struck_styles:
                self.struck.add((self._row, self._column))
        elif name == "v":
            self._in_value, self._value = self._is_shared, ""
        elif name == "is" or self._is_inline:
            self._is_inline = True
            self._inline.start(name, attributes)
        elif name == "row":
            self._row = int(attributes["r"]) if "r" in attributes else self._row + 1
            self._column = 0
            if _is_hidden(attributes):
                self.hidden_rows.add(self._row)
        elif name == "col" and _is_hidden(attributes):
            first, last = int(attributes.get("min", 1)), int(attributes.get("max", 1))
            self.hidden_columns.update(range(first, min(last, self._columns) + 1))
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def end(self, name: str) -> None:
        if name == "v" and self._in_value:
            self._in_value = False
            if self._value.isdecimal():
                string = int(self._value)
                self._told(self._strings.readings.get(string, ""), string in self._strings.struck)
        elif self._is_inline:
            self._inline.end(name)
            self._is_inline = name != "is"
            if name == "is":
                self._told(*self._inline.last())

    def text(self, text: str) -> None:
        if self._in_value:
            self._value += text
        elif self._is_inline:
            self._inline.text(text)

    def _told(self, reading: str, is_struck: bool) -> None:
        if reading:
            self.readings[self._row, self._column] = reading
        if is_struck:
            self.struck.add((self._row, self._column))

    def _merge(self, reference: str) -> None:
        corners = [_REFERENCE.fullmatch(corner) for corner in reference.split(":")]
        if len(corners) == 2 and corners[0] and corners[1]:
            first, last = corners[0], corners[1]
            self.merges.append((int(first[2]), _number(first[1]), int(last[2]), _number(last[1])))
        if len(self.merges) > MERGES:
            raise ValueError("too many merged ranges")


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    return attributes.get("hidden") in ("1", "true")


def _strikes(name: str, attributes: Mapping[str, str]) -> bool:
    return name == "strike" and attributes.get("val", "1") not in ("0", "false")


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _parse(
    content: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
) -> None:
    """Run through an XML part, the names of its elements without their namespaces."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = lambda name, attributes: start(name.rpartition(" ")[2], attributes)
    parser.EndElementHandler = lambda name: end(name.rpartition(" ")[2])
    parser.CharacterDataHandler = text
    parser.Parse(content, True)


def _refuse(*_: object) -> None:
    raise ValueError("a document type is declared")
