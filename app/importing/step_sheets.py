"""Returned check sheets of a round of ステップ確認: a folder is read, laid beside the ledger, and what it would change is shown.

Nothing is guessed. What cannot be told is pointed out with its file and cell, and is not taken unless a person says so, and never what
itself is doubtful: the ledger keeps what it has there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from app.errors import InputError
from app.importing.file_values import Place, Remark
from app.importing.safe_workbook import Sheet, cell_name
from app.importing.step_sheet_cells import codes_of, points_on, printed_on_guide, read_sheet
from app.importing.step_sheet_compare import (
    check_days,
    check_last,
    differences_of,
    point_out_comments,
    says_something,
    values_of,
)
from app.importing.step_sheet_files import Reached, Workbook, workbooks
from app.importing.step_sheet_grid import SheetContent
from app.importing.step_sheet_identity import Asked, Identity, Kept, identify, is_kept, kept_in
from app.importing.step_sheet_preview import Difference, Return, ReturnKind, ReturnsPreview
from app.importing.step_sheet_words import words_key
from app.office import Office, Reader
from app.steps import queries
from app.steps.operations import AssessmentValues
from app.steps.queries import AssessmentRow, RoundRow
from app.steps.sheet import HEAD, SHEET_NAME, SheetOrder, SheetSet, sheet_set
from db.vocabulary import RoundState

_NOTHING_BUT_A_NAME = "答えた人や日付のほかには、何も書かれていません。"

__all__ = ["Return", "ReturnKind", "ReturnsPreview", "preview", "round_of_returns"]


def round_of_returns(reader: Reader) -> int:
    """The round that sheets come back for: the only one that is open, else the newest. InputError where that cannot be told."""
    known = queries.rounds(reader)
    open_ones = [one for one in known if one.state is RoundState.OPEN]
    if len(open_ones) > 1:
        names = "、".join(f"{one.name}（番号 {one.id}）" for one in open_ones)
        raise InputError(
            f"受付中の回が{len(open_ones)}つあります：{names}", "--round で回の番号を指定してください。"
        )
    if not known:
        raise InputError(
            "この台帳には、ステップ確認の回がありません。",
            "先に「連携ステップ」のページで回を作ってください。",
        )
    return (open_ones or known)[0].id


def preview(
    office: Office,
    folder: Path,
    assessment_round_id: int,
    reached: Reached | None = None,
    today: date | None = None,
) -> ReturnsPreview:
    """Read the files of ``folder`` beside a round of the ledger. ``reached`` is told the share (0 to 1); what it raises ends it.

    Raises as ``step_sheet_files.workbooks`` does; a file that cannot be read is told in its place and holds nothing up.
    """
    known = office.ask(_known, assessment_round_id)
    read = _Reading(known, today or date.today())
    files = 0
    for workbook in workbooks(folder, reached):
        files += 1
        read.take(workbook)
    returns = tuple(_told_apart(read.returns))
    here = {one.asked.id for one in returns if one.asked and one.can_take}
    missing = tuple(
        order.asked
        for order in known.sheets.orders
        if order.asked.answered_on is None and order.asked.id not in here
    )
    return ReturnsPreview(known.sheets.round, str(folder), files, returns, missing)


@dataclass(frozen=True, slots=True)
class _Known:
    """What the ledger says before the files are read."""

    sheets: SheetSet
    orders: dict[int, SheetOrder]
    asked: Asked


def _known(reader: Reader, assessment_round_id: int) -> _Known:
    sheets = sheet_set(reader, assessment_round_id)
    by_code: dict[str, tuple[RoundRow, AssessmentRow]] = {}
    for held in queries.rounds(reader):
        for one in queries.assessments(reader, held.id):
            by_code[one.code] = (held, one)
    return _Known(sheets, {one.asked.id: one for one in sheets.orders}, Asked(by_code, sheets.round))


class _Reading:
    """The files as they are read, one after another."""

    def __init__(self, known: _Known, today: date) -> None:
        self._known, self._today = known, today
        self.returns: list[Return] = []

    def take(self, workbook: Workbook) -> None:
        """Read what one file holds."""
        if workbook.refusal:
            self._add(workbook, "", ReturnKind.UNKNOWN, workbook.refusal)
            return
        sheets = [one for one in workbook.sheets if self._is_returned(one)]
        if not sheets:
            self._add(workbook, "", ReturnKind.UNKNOWN, _what_is_there(workbook))
            return
        kept = kept_in(workbook.sheets, workbook.codes) if len(sheets) == 1 else Kept()
        beside = [*workbook.extras, *self._unread(workbook, sheets)]
        for sheet in sheets:
            self._take_sheet(workbook, sheet, kept, beside)

    def _unread(self, workbook: Workbook, sheets: Sequence[Sheet]) -> Iterator[Remark]:
        """What stands on worksheets that are not read: one that was put in, or the guide where somebody has written on it."""
        printed = printed_on_guide(self._known.sheets.set)
        for sheet in workbook.sheets:
            if sheet in sheets:
                continue
            # The one that keeps the head holds it in two columns, and nothing else.
            height, width = (len(HEAD), 2) if is_kept(sheet) else (0, 0)
            for (row, column), value in sorted(sheet.cells.items()):
                if row <= height and column <= width:
                    continue
                if words_key(text := str(value).strip()) and words_key(text) not in printed:
                    reason = f"シート「{sheet.name}」は読んでいません。要ることが書かれていないか、確かめてください。"
                    yield Remark(Place(sheet.name, cell_name(row, column)), text, reason)
                    break

    def _is_returned(self, sheet: Sheet) -> bool:
        if is_kept(sheet):
            return False
        asked = self._known.sheets.set
        on_it = points_on(sheet, asked)
        return on_it * 3 >= len(asked.checkpoints) or (bool(codes_of(sheet)) and bool(sheet.last_row))

    def _take_sheet(self, workbook: Workbook, sheet: Sheet, kept: Kept, beside: Sequence[Remark]) -> None:
        content = read_sheet(sheet, self._known.sheets.set)
        content.doubts += beside
        found = identify(content, kept, self._known.asked)
        if found.asked is None or found.held is None:
            written = sum(one.answer is not None for one in content.points.values())
            # Of a list of codes, say, it would be pointed out for every cell that it is none.
            doubts = content.doubts if points_on(sheet, self._known.sheets.set) else ()
            self._add(workbook, sheet.name, ReturnKind.UNKNOWN, found.doubt, doubts=doubts, answered=written)
        elif found.held.id != self._known.sheets.round.id:
            reason = f"{found.held.name}のシートです。今読んでいるのは{self._known.sheets.round.name}です。"
            self._add(workbook, sheet.name, ReturnKind.OTHER_ROUND, reason, found)
        else:
            self._compare(workbook, content, found, self._known.orders[found.asked.id])

    def _compare(self, workbook: Workbook, content: SheetContent, found: Identity, order: SheetOrder) -> None:
        points = self._known.sheets.set.checkpoints
        check_last(content, order, {one.id: one.number for one in points})
        check_days(content, self._known.sheets.round, self._today)
        answered = sum(one.answer is not None for one in content.points.values())
        if content.is_blank:
            reason = "送ったままで、何も書かれていません。"
            self._add(workbook, content.sheet, ReturnKind.BLANK, reason, found)
            return
        values = values_of(content, order.asked)
        point_out_comments(content, values)
        differences = tuple(
            differences_of(content, values, order.asked, [(one.id, one.number) for one in points])
        )
        reasons = [found.doubt] if found.doubt else []
        is_new = order.asked.answered_on is None
        kind = ReturnKind.DOUBTFUL if found.doubt or content.doubts else ReturnKind.READ
        if not is_new and not differences:
            kind = ReturnKind.UNCHANGED if kind is ReturnKind.READ else kind
            reasons.append("台帳に、同じ答えが入っています。")
        elif not is_new:
            kind = ReturnKind.DOUBTFUL
            reasons.append("台帳に、すでに別の答えが入っています。取り込むと、下のとおり書き換わります。")
        if not says_something(values):
            is_sure = kind is ReturnKind.READ
            reasons.append(_NOTHING_BUT_A_NAME if is_sure else "確かに読み取れた答えが一つもありません。")
            kind = ReturnKind.BLANK if is_sure else ReturnKind.DOUBTFUL
            self._add(workbook, content.sheet, kind, "".join(reasons), found, doubts=content.doubts)
            return
        self._add(
            workbook,
            content.sheet,
            kind,
            "".join(reasons),
            found,
            doubts=content.doubts,
            answered=answered,
            differences=differences,
            values=values,
        )

    def _add(
        self,
        workbook: Workbook,
        sheet: str,
        kind: ReturnKind,
        reason: str,
        found: Identity | None = None,
        *,
        doubts: Sequence[Remark] = (),
        answered: int = 0,
        differences: tuple[Difference, ...] = (),
        values: AssessmentValues | None = None,
    ) -> None:
        held = found.held if found else None
        self.returns.append(
            Return(
                f"{workbook.name}|{sheet}",
                workbook.name,
                sheet,
                kind,
                reason,
                held.name if held else "",
                found.asked if found else None,
                answered,
                len(self._known.sheets.set.checkpoints),
                differences,
                tuple(doubts),
                values,
            )
        )


def _what_is_there(workbook: Workbook) -> str:
    if not any(one.cells for one in workbook.sheets):
        return "何も書かれていないブックです。"
    return "チェックシートではありません（チェックポイントもシートの記号も見つかりません）。"


def _told_apart(returns: Sequence[Return]) -> Iterator[Return]:
    """Sheets of the same, sent twice: equal ones count once, others are pointed out, each with the other's name."""
    by_asked: dict[int, list[Return]] = defaultdict(list)
    for one in returns:
        if one.asked is not None and one.values is not None:
            by_asked[one.asked.id].append(one)
    for one in returns:
        same = by_asked[one.asked.id] if one.asked is not None and one.values is not None else [one]
        first = same[0]
        if len(same) == 1:
            yield one
        elif all(_said(other) == _said(first) for other in same):
            reason = f"「{_where(first)}」と同じ内容です。"
            yield one if one is first else replace(one, kind=ReturnKind.SAME, reason=reason, values=None)
        else:
            others = "」「".join(_where(other) for other in same if other is not one)
            reason = f"同じ相手のシートがほかにもあり、内容が違います（「{others}」）。どちらを取り込むか選んでください。"
            yield replace(one, kind=ReturnKind.DOUBTFUL, reason=reason + one.reason)


def _said(one: Return) -> tuple[object, ...]:
    """All that a sheet says, wherever it lies."""
    return one.kind, one.values, [(doubt.place.cell, doubt.text, doubt.reason) for doubt in one.doubts]


def _where(one: Return) -> str:
    """The file, and the worksheet in it where it is not the one that was sent."""
    return one.file if one.sheet == SHEET_NAME else f"{one.file}」の「{one.sheet}"
