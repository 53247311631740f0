"""What stands on one returned check sheet, found by its words and not by its place: rows and columns may have been put in or moved.

Every cell that holds something is accounted for: it is read, it is a text that the sheet was sent out with, or it is pointed out.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from app.calendar import parse_date
from app.errors import InputError
from app.importing.file_values import Place, Remark
from app.importing.safe_workbook import Sheet, Value, cell_name
from app.importing.step_sheet_words import codes_in, is_answer_like, read_answer, words_key
from app.steps import sheet as words
from app.steps.queries import CheckpointRow, SetRow
from app.text import clean
from db.vocabulary import CheckAnswer

_At = tuple[int, int]
_LEAST_TEXT, _ALIKE, _CODE_LINE = 10, 0.6, 40
_LONGEST = {"respondent": 200, "next_assignee": 200}
_DAYS = ("answered_on", "next_due_on")
_HEADINGS: Mapping[str, tuple[str, ...]] = {
    words.NUMBER: ("番号", "No"),
    words.POINT: ("取組チェックポイント", "チェックポイント"),
    words.ANSWER: ("答え", "回答"),
    words.COMMENT: ("コメント", "ひとこと"),
    words.LAST: ("前回の答え", "前回の回答"),
}
_HEADING_OF = {words_key(word): heading for heading, known in _HEADINGS.items() for word in known}
_LABELS = {words_key(label): label for label in (*words.HEAD, *words.FIELDS, words.LAST_STEP)}


@dataclass(frozen=True, slots=True)
class ReadPoint:
    """What was answered to a checkpoint, and in which cell. ``is_sure`` where the row could be read at all."""

    answer: CheckAnswer | None
    comment: str
    cell: str
    is_sure: bool = True
    comment_is_sure: bool = True
    comment_cell: str = ""


@dataclass(slots=True)
class SheetContent:
    """One worksheet, read. ``doubts`` are what cannot be taken as it stands; ``unsure`` the fields among them."""

    sheet: str
    codes: tuple[str, ...] = ()
    head: dict[str, str] = field(default_factory=dict)
    points: dict[int, ReadPoint] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    days: dict[str, date | None] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    unsure: set[str] = field(default_factory=set)
    last: dict[int, tuple[str, str]] = field(default_factory=dict)
    doubts: list[Remark] = field(default_factory=list)

    def doubt(self, cell: str, text: str, reason: str) -> None:
        """Point something out."""
        self.doubts.append(Remark(Place(self.sheet, cell), text, reason))

    @property
    def is_blank(self) -> bool:
        """Whether nothing was filled in, and nothing is pointed out."""
        filled = any(one.answer or one.comment for one in self.points.values())
        return not (filled or any(self.texts.values()) or any(self.days.values()) or self.doubts)


def codes_of(sheet: Sheet) -> tuple[str, ...]:
    """The codes that stand on a worksheet."""
    return tuple(dict.fromkeys(code for value in sheet.cells.values() for code in codes_in(str(value))))


def points_on(sheet: Sheet, asked: SetRow) -> int:
    """How many checkpoints of a set stand on a worksheet, word for word."""
    wanted = {words_key(point.text) for point in asked.checkpoints}
    return len(wanted & {words_key(value) for value in sheet.cells.values() if isinstance(value, str)})


def read_sheet(sheet: Sheet, asked: SetRow) -> SheetContent:
    """Read a worksheet as a check sheet of ``asked``."""
    return _Reading(sheet, asked).read()


class _Reading:
    """One worksheet while it is read; ``_free`` are the cells not yet accounted for."""

    def __init__(self, sheet: Sheet, asked: SetRow) -> None:
        self._sheet, self._asked = sheet, asked
        self._found = SheetContent(sheet.name)
        self._free = {at for at, value in sheet.cells.items() if str(value).strip()} | set(sheet.flaws)
        self._by_row: dict[int, list[int]] = {}
        for row, column in sorted(self._free):
            self._by_row.setdefault(row, []).append(column)
        self._columns: dict[str, int] = {}
        self._point_rows: set[int] = set()

    def read(self) -> SheetContent:
        found = self._found
        if self._sheet.is_hidden:
            found.doubt(
                "A1", self._sheet.name, "シートが非表示になっています。表示して内容を確かめてください。"
            )
        self._find_columns()
        rows = self._find_points()
        for point, at in rows.items():
            self._read_point(point, at)
        self._read_labels()
        found.codes = tuple(dict.fromkeys(code for at in sorted(self._free) for code in self._codes_at(at)))
        self._point_out_rest()
        self._point_out_missing()
        return found

    # ------------------------------------------------------------------ where things stand

    def _find_columns(self) -> None:
        """The columns under the headings. More than one row of headings must agree."""
        for row, columns in self._by_row.items():
            heads = [
                (column, head) for column in columns if (head := _HEADING_OF.get(self._key((row, column))))
            ]
            names = [head for _, head in heads]
            if words.ANSWER not in names or len(set(names)) < 2:
                continue
            for column, head in heads:
                self._free.discard((row, column))
                if self._columns.setdefault(head, column) != column:
                    self._doubt(
                        (row, column),
                        f"「{head}」の列が二つあります。どちらが正しいか分からないので、読んでいません。",
                    )
                    self._columns[head] = -1
        if words.ANSWER not in self._columns:
            self._found.doubt("A1", "", "「答え」の見出しが見つからないので、答えを読めません。")

    def _find_points(self) -> dict[CheckpointRow, _At]:
        """Where each checkpoint stands; one whose words were changed, or that stands twice, is pointed out and not read."""
        by_key = {words_key(point.text): point for point in self._asked.checkpoints}
        places: dict[CheckpointRow, list[_At]] = {}
        for at in sorted(self._free):
            point = by_key.get(self._key(at))
            if point is not None:
                places.setdefault(point, []).append(at)
        found: dict[CheckpointRow, _At] = {}
        for point, many in places.items():
            self._free.difference_update(many)
            self._point_rows.update(row for row, _ in many)
            if len(many) == 1:
                found[point] = many[0]
                continue
            for at in many:
                self._refuse_row(point, at, "同じチェックポイントが二度あります。")
        for point in self._asked.checkpoints:
            if point not in places:
                self._find_changed(point)
        return found

    def _find_changed(self, point: CheckpointRow) -> None:
        """A checkpoint whose words are not to be found: the cell that has most likely been changed."""
        wanted = words_key(point.text)
        best, where = _ALIKE, None
        for at in sorted(self._free):
            text = self._key(at)
            if at[0] in self._point_rows or len(text) < _LEAST_TEXT:
                continue
            share = difflib.SequenceMatcher(None, wanted, text).ratio()
            if self._number_beside(at) == point.number:
                share += 0.5
            if share > best:
                best, where = share, at
        if where is not None:
            self._free.discard(where)
            self._point_rows.add(where[0])
            self._refuse_row(point, where, "チェックポイントの文が、送ったシートと違います。")

    def _number_beside(self, at: _At) -> str:
        return next(
            (
                text
                for column in self._by_row[at[0]]
                if column < at[1] and (text := self._text((at[0], column)))
            ),
            "",
        )

    def _refuse_row(self, point: CheckpointRow, at: _At, reason: str) -> None:
        """Point out a row that is not read, with all that was typed into it."""
        row = at[0]
        last = self._columns.get(words.LAST)
        columns = [column for column in self._by_row[row] if column != last and (row, column) in self._free]
        typed = [self._text((row, column)) for column in columns]
        self._free.difference_update((row, column) for column in self._by_row[row])
        written = "、".join(f"「{text}」" for text in typed if text and text != point.number)
        self._doubt(
            at, f"{point.number}：{reason}この行の答えは読んでいません{f'（{written}）' if written else ''}。"
        )
        self._found.points[point.id] = ReadPoint(
            None, "", self._name(at), is_sure=False, comment_is_sure=False
        )

    # ------------------------------------------------------------------ the answers

    def _read_point(self, point: CheckpointRow, at: _At) -> None:
        row = at[0]
        column = self._columns.get(words.POINT)
        if column not in (None, -1, at[1]):
            self._refuse_row(point, at, "この行だけ、セルが横にずれています。")
            return
        if row in self._sheet.layout.hidden_rows:
            self._refuse_row(point, at, "この行は非表示になっています。")
            return
        self._check_number(point, row)
        self._keep_last(point, row)
        answer, is_sure, cell = self._answer(point, row)
        comment, comment_is_sure = self._comment(point, row)
        if comment and comment_is_sure and is_sure and answer is None:
            self._doubt(
                (row, self._columns[words.COMMENT]),
                f"{point.number}：答えが選ばれていません。取り込むと「わからない」とし、コメントを残します。",
            )
        comment_cell = self._name((row, self._columns[words.COMMENT])) if comment else ""
        self._found.points[point.id] = ReadPoint(
            answer, comment, cell, is_sure, comment_is_sure, comment_cell
        )

    def _check_number(self, point: CheckpointRow, row: int) -> None:
        at = (row, self._columns.get(words.NUMBER, 0))
        if at not in self._free:
            return
        self._free.discard(at)
        if words_key(self._text(at)) != words_key(point.number):
            self._doubt(
                at,
                f"番号が「{point.number}」ではありません。答えが別の行に付いていないか、確かめてください。",
            )

    def _keep_last(self, point: CheckpointRow, row: int) -> None:
        at = (row, self._columns.get(words.LAST, 0))
        self._free.discard(at)
        self._found.last[point.id] = (self._text(at), self._name(at) if at[1] > 0 else "")

    def _answer(self, point: CheckpointRow, row: int) -> tuple[CheckAnswer | None, bool, str]:
        at = (row, self._columns.get(words.ANSWER, -1))
        if at[1] < 1:
            return None, False, ""
        name = self._name(at)
        self._free.discard(at)
        if at in self._sheet.flaws:
            self._doubt(at, f"{point.number}の答え：{self._sheet.flaws[at].label}")
            return None, False, name
        if self._is_in_tall_merge(at):
            self._doubt(
                at, f"{point.number}の答え：上下の行と結合されているので、どの行の答えか分かりません。"
            )
            return None, False, name
        if at[1] in self._sheet.layout.hidden_columns:
            self._doubt(at, f"{point.number}の答え：列が非表示になっています。表示して確かめてください。")
            return None, False, name
        answer, reason = read_answer(self._text(at))
        if reason:
            self._doubt(at, f"{point.number}の答え：{reason}")
        return answer, not reason, name

    def _comment(self, point: CheckpointRow, row: int) -> tuple[str, bool]:
        at = (row, self._columns.get(words.COMMENT, -1))
        if at[1] < 1 or at not in self._free:
            return "", at[1] > 0
        self._free.discard(at)
        text, reason = self._written(at)
        if not reason and self._is_in_tall_merge(at):
            reason = "上下の行と結合されているので、どの行のコメントか分かりません。"
        answer_at = (row, self._columns.get(words.ANSWER, -1))
        if not reason and is_answer_like(text) and not self._text(answer_at):
            reason = "答えのようなものが、コメントの欄に書かれています。"
        if reason:
            self._doubt(at, f"{point.number}のコメント：{reason}")
        return text, not reason

    # ------------------------------------------------------------------ the head, and what is said about the whole

    def _read_labels(self) -> None:
        seen: dict[str, _At] = {}
        for row, columns in self._by_row.items():
            if row in self._point_rows:
                continue
            for column in columns:
                label = self._label((row, column))
                if label is None or (row, column) not in self._free:
                    continue
                self._free.discard((row, column))
                if label in seen:
                    self._doubt(
                        (row, column), f"「{label}」の欄が二つあります。1枚に一つの団体だけを書いてください。"
                    )
                else:
                    seen[label] = (row, column)
                    self._read_value(label, row, [one for one in columns if one > column])
                break

    def _read_value(self, label: str, row: int, right: list[int]) -> None:
        """What stands beside a label: in the first filled cell to the right of it."""
        at = next(((row, column) for column in right if (row, column) in self._free), None)
        if label in words.HEAD:
            text = self._text(at) if at else ""
            self._found.head[label] = text
            # A code stays where it can be looked for; what stands in its place is told by whoever looks for the code.
            if at is not None and not (label == words.CODE and codes_in(text)):
                self._free.discard(at)
            return
        if at is not None:
            self._free.discard(at)
        if label in words.FIELDS:
            self._read_field(label, words.FIELDS[label], at)

    def _read_field(self, label: str, name: str, at: _At | None) -> None:
        found = self._found
        found.cells[name] = self._name(at) if at else ""
        if name in _DAYS:
            day, reason = self._day(at)
            found.days[name] = day
        else:
            text, reason = self._written(at) if at else ("", "")
            most = _LONGEST.get(name)
            if not reason and most and len(text) > most:
                reason = f"{most}字までにしてください（今は{len(text)}字）。"
            found.texts[name] = text
        if reason and at:
            found.unsure.add(name)
            self._doubt(at, f"{label}：{reason}")

    def _day(self, at: _At | None) -> tuple[date | None, str]:
        if at is None:
            return None, ""
        value = self._sheet.cells.get(at)
        if at in self._sheet.flaws:
            return None, self._sheet.flaws[at].label
        if isinstance(value, datetime):
            return value.date(), ""
        if value is None or isinstance(value, date):
            return value, ""
        if not str(value).strip():
            return None, ""
        try:
            return parse_date(str(value)), ""
        except InputError as error:
            return None, error.message

    def _written(self, at: _At) -> tuple[str, str]:
        """A text that a person wrote, and why it cannot be taken."""
        if at in self._sheet.flaws:
            return "", self._sheet.flaws[at].label
        value = self._sheet.cells.get(at)
        if isinstance(value, bool | date | datetime | time | timedelta):
            return "", "日付や時刻に変わっています。書きたかった言葉を、送った人に確かめてください。"
        return clean(str(value if value is not None else "")).strip(), ""

    # ------------------------------------------------------------------ what is left

    def _point_out_rest(self) -> None:
        known = _printed(self._asked)
        is_shifted = False
        for at in sorted(self._free):
            text = self._text(at)
            key = words_key(text)
            if at in self._sheet.flaws:
                self._doubt(at, f"読まない場所のセルです。{self._sheet.flaws[at].label}")
            elif at[1] == self._columns.get(words.ANSWER) and is_answer_like(text):
                is_shifted = True
                self._doubt(
                    at,
                    "答えの欄ではない場所に答えがあり、上下にずれたようです。この列の答えは読んでいません。",
                )
            elif key and key not in known and not (codes_in(text) and len(text) <= _CODE_LINE):
                self._doubt(at, "答えの欄ではない場所に書かれているので、読んでいません。")
        if is_shifted:
            unread = {
                key: replace(point, answer=None, is_sure=False) for key, point in self._found.points.items()
            }
            self._found.points.update(unread)

    def _point_out_missing(self) -> None:
        for point in self._asked.checkpoints:
            if point.id not in self._found.points:
                self._found.doubt("", point.number, f"{point.number}：チェックポイントの行がありません。")
                self._found.points[point.id] = ReadPoint(None, "", "", is_sure=False, comment_is_sure=False)

    # ------------------------------------------------------------------ cells

    def _text(self, at: _At) -> str:
        return _shown(self._sheet.cells.get(at))

    def _key(self, at: _At) -> str:
        return words_key(self._text(at))

    def _label(self, at: _At) -> str | None:
        text = self._text(at)
        return _LABELS.get(words_key(text.split("\n", 1)[0])) if text else None

    def _codes_at(self, at: _At) -> tuple[str, ...]:
        return codes_in(self._text(at))

    def _is_in_tall_merge(self, at: _At) -> bool:
        row, column = at
        return any(
            first_row <= row <= last_row and first <= column <= last and last_row > first_row
            for first_row, first, last_row, last in self._sheet.layout.merges
        )

    def _name(self, at: _At) -> str:
        return cell_name(*at)

    def _doubt(self, at: _At, reason: str) -> None:
        self._found.doubt(self._name(at), self._text(at), reason)


def _shown(value: Value | None) -> str:
    return "" if value is None else str(value).strip()


def printed_on_guide(asked: SetRow) -> frozenset[str]:
    """The keys of what the guide is sent out with."""
    lines = [f"{words.TITLE}　{words.GUIDE_NAME}", *words.GUIDE]
    for step in asked.steps:
        lines += [f"ステップ{step.number}　{step.title}", step.description]
    return frozenset(map(words_key, lines))


def _printed(asked: SetRow) -> set[str]:
    """The keys of what a sheet is sent out with besides heads, labels and checkpoints."""
    return {words_key(text) for text in _printed_texts(asked)}


def _printed_texts(asked: SetRow) -> Iterator[str]:
    yield from (
        words.TITLE,
        words.LEAD,
        words.ON_THE_WHOLE,
        *words.ASKED_AS.values(),
        *words.COLUMNS,
        *_labels(),
    )
    for step in asked.steps:
        yield f"ステップ{step.number}　{step.title}"
        yield step.title
        yield from (point.explanation for point in step.checkpoints)


def _labels() -> Iterable[str]:
    return (*words.HEAD, *words.FIELDS, words.LAST_STEP)
