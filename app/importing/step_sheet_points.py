"""The checkpoints on a returned check sheet: each is found by its words, and its answer under the heading, wherever they stand now."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from itertools import islice

from app.importing.step_sheet_grid import At, Grid, ReadPoint
from app.importing.step_sheet_words import is_answer_like, read_answer, words_key
from app.steps import sheet as words
from app.steps.queries import CheckpointRow, SetRow
from db.vocabulary import CheckAnswer

_LEAST_TEXT, _ALIKE = 10, 0.6
_COMPARED = 300
"""So many texts are compared with one that is missing: a sheet has far fewer, and comparing takes its time."""

_HEADINGS: Mapping[str, tuple[str, ...]] = {
    words.NUMBER: ("番号", "No"),
    words.POINT: ("取組チェックポイント", "チェックポイント"),
    words.ANSWER: ("答え", "回答"),
    words.COMMENT: ("コメント", "ひとこと"),
    words.LAST: ("前回の答え", "前回の回答"),
}
_HEADING_OF = {words_key(word): heading for heading, known in _HEADINGS.items() for word in known}


def read_points(grid: Grid, asked: SetRow) -> None:
    """Read what was answered to the checkpoints of ``asked``."""
    _Points(grid, asked).read()


class _Points:
    """The checkpoints of one worksheet."""

    def __init__(self, grid: Grid, asked: SetRow) -> None:
        self._grid, self._asked = grid, asked

    def read(self) -> None:
        self._find_columns()
        for point, at in self._find_points().items():
            self._read_point(point, at)
        self._point_out_missing()

    def _find_columns(self) -> None:
        """The columns under the headings. More than one row of headings must agree."""
        for row, columns in self._grid.by_row.items():
            heads = [
                (column, head)
                for column in columns
                if (head := _HEADING_OF.get(self._grid.key((row, column))))
            ]
            names = [head for _, head in heads]
            if words.ANSWER not in names or len(set(names)) < 2:
                continue
            for column, head in heads:
                self._grid.free.discard((row, column))
                if self._grid.columns.setdefault(head, column) != column:
                    self._grid.doubt(
                        (row, column),
                        f"「{head}」の列が二つあります。どちらが正しいか分からないので、読んでいません。",
                    )
                    self._grid.columns[head] = -1
        if words.ANSWER not in self._grid.columns:
            self._grid.found.doubt("", "", "「答え」の見出しが見つからないので、答えを読めません。")
        elif words.COMMENT not in self._grid.columns:
            self._grid.found.doubt(
                "", "", "「コメント」の見出しが見つかりません。列を消していないか、確かめてください。"
            )

    def _find_points(self) -> dict[CheckpointRow, At]:
        """Where each checkpoint stands; one whose words were changed, or that stands twice, is pointed out and not read."""
        by_key = {words_key(point.text): point for point in self._asked.checkpoints}
        places: dict[CheckpointRow, list[At]] = {}
        for at in sorted(self._grid.free):
            point = by_key.get(self._grid.key(at))
            if point is not None:
                places.setdefault(point, []).append(at)
        found: dict[CheckpointRow, At] = {}
        for point, many in places.items():
            self._grid.free.difference_update(many)
            self._grid.point_rows.update(row for row, _ in many)
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
        texts = (
            (at, self._grid.key(at)) for at in sorted(self._grid.free) if at[0] not in self._grid.point_rows
        )
        for at, text in islice(((at, text) for at, text in texts if len(text) >= _LEAST_TEXT), _COMPARED):
            share = difflib.SequenceMatcher(None, wanted, text).ratio()
            if self._number_beside(at) == point.number:
                share += 0.5
            if share > best:
                best, where = share, at
        if where is not None:
            self._grid.free.discard(where)
            self._grid.point_rows.add(where[0])
            self._refuse_row(point, where, "チェックポイントの文が、送ったシートと違います。")

    def _number_beside(self, at: At) -> str:
        return next(
            (
                text
                for column in self._grid.by_row[at[0]]
                if column < at[1] and (text := self._grid.text((at[0], column)))
            ),
            "",
        )

    def _refuse_row(self, point: CheckpointRow, at: At, reason: str) -> None:
        """Point out a row that is not read, with all that was typed into it."""
        row = at[0]
        last = self._grid.columns.get(words.LAST)
        columns = [
            column for column in self._grid.by_row[row] if column != last and (row, column) in self._grid.free
        ]
        typed = [self._grid.text((row, column)) for column in columns]
        self._grid.free.difference_update((row, column) for column in self._grid.by_row[row])
        written = "、".join(f"「{text}」" for text in typed if text and text != point.number)
        self._grid.doubt(
            at, f"{point.number}：{reason}この行の答えは読んでいません{f'（{written}）' if written else ''}。"
        )
        self._grid.found.points[point.id] = ReadPoint(
            None, "", self._grid.name(at), is_sure=False, comment_is_sure=False
        )

    def _read_point(self, point: CheckpointRow, at: At) -> None:
        row = at[0]
        column = self._grid.columns.get(words.POINT)
        if column not in (None, -1, at[1]):
            self._refuse_row(point, at, "この行だけ、セルが横にずれています。")
            return
        if row in self._grid.sheet.layout.hidden_rows:
            self._refuse_row(point, at, "この行は非表示になっています。")
            return
        self._check_number(point, row)
        self._keep_last(point, row)
        answer, is_sure, cell = self._answer(point, row)
        comment, comment_is_sure = self._comment(point, row)
        if comment and comment_is_sure and is_sure and answer is None:
            self._grid.doubt(
                (row, self._grid.columns[words.COMMENT]),
                f"{point.number}：答えが選ばれていません。取り込むと「わからない」とし、コメントを残します。",
            )
        comment_cell = self._grid.name((row, self._grid.columns[words.COMMENT])) if comment else ""
        self._grid.found.points[point.id] = ReadPoint(
            answer, comment, cell, is_sure, comment_is_sure, comment_cell
        )

    def _check_number(self, point: CheckpointRow, row: int) -> None:
        at = (row, self._grid.columns.get(words.NUMBER, 0))
        if at not in self._grid.free:
            return
        self._grid.free.discard(at)
        if words_key(self._grid.text(at)) != words_key(point.number):
            self._grid.doubt(
                at,
                f"番号が「{point.number}」ではありません。答えが別の行に付いていないか、確かめてください。",
            )

    def _keep_last(self, point: CheckpointRow, row: int) -> None:
        at = (row, self._grid.columns.get(words.LAST, 0))
        self._grid.free.discard(at)
        self._grid.found.last[point.id] = (self._grid.text(at), self._grid.name(at) if at[1] > 0 else "")

    def _answer(self, point: CheckpointRow, row: int) -> tuple[CheckAnswer | None, bool, str]:
        at = (row, self._grid.columns.get(words.ANSWER, -1))
        if at[1] < 1:
            return None, False, ""
        name = self._grid.name(at)
        self._grid.free.discard(at)
        answer = None
        if not (reason := self._grid.misplaced(at)):
            answer, reason = read_answer(self._grid.text(at))
        if reason:
            self._grid.doubt(at, f"{point.number}の答え：{reason}")
        return answer, not reason, name

    def _comment(self, point: CheckpointRow, row: int) -> tuple[str, bool]:
        at = (row, self._grid.columns.get(words.COMMENT, -1))
        if at[1] < 1 or at not in self._grid.free:
            return "", at[1] > 0
        self._grid.free.discard(at)
        text, reason = self._grid.written(at)
        answer_at = (row, self._grid.columns.get(words.ANSWER, -1))
        if not reason and is_answer_like(text) and not self._grid.text(answer_at):
            reason = "答えのようなものが、コメントの欄に書かれています。"
        if reason:
            self._grid.doubt(at, f"{point.number}のコメント：{reason}")
        return text, not reason

    def _point_out_missing(self) -> None:
        for point in self._asked.checkpoints:
            if point.id not in self._grid.found.points:
                self._grid.found.doubt(
                    "", point.number, f"{point.number}：チェックポイントの行がありません。"
                )
                self._grid.found.points[point.id] = ReadPoint(
                    None, "", "", is_sure=False, comment_is_sure=False
                )
