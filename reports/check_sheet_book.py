"""チェックシート: the Excel workbook in which somebody answers a round of ステップ確認; ``app.importing.step_sheets`` reads it back.

Whose sheet it is stands in three places: in the head, on a hidden sheet with the head as it was written, and among the properties of
the file. Only the coloured cells can be typed into. A comment stands in one cell, unmerged, so that Excel fits its row to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from app.calendar import DateStyle, format_date
from app.settings.queries import OfficeSettings
from app.steps import sheet as words
from app.steps.queries import CheckpointRow
from app.steps.sheet import SheetOrder, SheetSet
from app.text import clean
from reports import palette
from reports.document import Align, Ink
from reports.renderers.excel_layout import height_of
from reports.renderers.excel_style import (
    POINTS_PER_UNIT,
    TEXT_FORMAT,
    alignment,
    fill,
    font,
    new_workbook,
    prepare_page,
    put_text,
    real_cell,
    ruled,
    save,
)

_WIDTHS = {"A": 6.0, "B": 46.0, "C": 16.0, "D": 38.0, "E": 15.0}
_VALUE_WIDTH = (_WIDTHS["C"] + _WIDTHS["D"] + _WIDTHS["E"]) * POINTS_PER_UNIT
_GUIDE_WIDTH = 90.0
_ANSWER_GROUND = "#FFF8DC"
_LONG = ("うまくいっていること", "難しいこと", "次の一手")

_SMALL, _BODY, _BOLD = font(9, colour=palette.colour(Ink.MUTED)), font(10.5), font(10.5, bold=True)
_TITLE, _STEP = font(16, bold=True, colour=palette.colour(Ink.ACCENT)), font(11.5, bold=True)
_FRAME = ruled(palette.RULE_STRONG)
_OPEN_RIGHT = Border(left=_FRAME.left, top=_FRAME.top, bottom=_FRAME.bottom)
_OPEN_LEFT = Border(right=_FRAME.right, top=_FRAME.top, bottom=_FRAME.bottom)
_DEEP, _QUIET, _TO_FILL = fill(palette.GROUND_DEEP), fill(palette.GROUND), fill(_ANSWER_GROUND)
_OPEN = Protection(locked=False)
_CENTRED = alignment(Align.CENTRE, "center")
_MIDDLE, _INDENTED, _ABOVE = alignment(vertical="center"), alignment(vertical="center", indent=1), alignment()


class CheckSheet:
    """One workbook, written row by row."""

    def __init__(self, sheets: SheetSet, order: SheetOrder, office: OfficeSettings) -> None:
        self._sheets, self._order, self._office = sheets, order, office
        self._head = {
            words.CODE: order.asked.code,
            words.ROUND: sheets.round.name,
            **order.head,
            words.ANSWER_BY: _day(sheets.round.answer_by, office.date_style),
        }
        moment = datetime.combine(
            sheets.round.opened_on or date(sheets.round.fiscal_year, 4, 1), datetime.min.time()
        )
        self._moment = moment.replace(hour=12)
        self._book: Workbook = new_workbook(words.TITLE, office.issuer or "つながり帳", self._moment)
        self._sheet: Worksheet = self._book.create_sheet(words.SHEET_NAME)
        self._row = 0

    def write(self, path: Path) -> None:
        self._prepare()
        self._write_head()
        self._write_fields(words.ABOVE)
        self._write_points()
        self._write_whole()
        self._sheet.print_area = f"A1:E{self._row}"
        self._write_guide()
        self._keep()
        save(self._book, path, self._moment, rows_grow=True)

    def _prepare(self) -> None:
        sheet = self._sheet
        for letter, width in _WIDTHS.items():
            sheet.column_dimensions[letter].width = width
        sheet.sheet_view.showGridLines = False
        marks = ("見本",) if self._office.is_sample else ()
        code = self._head[words.CODE]
        prepare_page(
            sheet,
            f"{words.TITLE}　{self._head[words.ROUND]}",
            marks,
            landscape=False,
            one_page=False,
            footer=code,
        )
        protection: Any = sheet.protection
        protection.sheet = True
        protection.formatRows = protection.formatColumns = False
        self._book.properties.subject = clean(self._head[words.ROUND])
        self._book.properties.keywords = code
        self._book.defined_names["tsunagari_code"] = DefinedName("tsunagari_code", attr_text=f'"{code}"')

    def _write_head(self) -> None:
        self._line(words.TITLE, _TITLE, 28)
        for label, value in self._head.items():
            row = self._next(20)
            self._label(row, label)
            self._value(row, value)
        about = words.ASKED_AS[self._order.asked.perspective]
        self._line(about, _BOLD, 24)
        self._line(words.LEAD, _BODY, 32, wrap=True)

    def _write_fields(self, labels: Sequence[str]) -> None:
        for label in labels:
            row = self._next(64 if label in _LONG else 32)
            # Not merged: Excel would not fit the row to what is typed.
            self._put(row, 1, "", _BODY, _MIDDLE, _DEEP).border = _OPEN_RIGHT
            self._put(row, 2, f"{label}\n{words.HINTS[label]}", _BODY, _MIDDLE, _DEEP).border = _OPEN_LEFT
            self._answer(row, 3, is_text=label not in _LONG)
            self._span(row, 3, 5)

    def _write_points(self) -> None:
        self._next(8)
        row = self._next(24)
        for column, head in enumerate(words.COLUMNS, 1):
            self._put(row, column, head, _BOLD, _CENTRED, _DEEP)
        choice = self._choice()
        for step in self._sheets.set.steps:
            self._band(f"ステップ{step.number}　{step.title}")
            for point in step.checkpoints:
                self._write_point(point, choice)

    def _write_point(self, point: CheckpointRow, choice: DataValidation) -> None:
        last = self._order.last.get(point.id)
        shown = words.choice_of(last.answer) if last else ""
        row = self._next(max(height_of(point.text, _WIDTHS["B"] * POINTS_PER_UNIT, 10.5), 36))
        self._put(row, 1, point.number, _BODY, _CENTRED)
        self._put(row, 2, point.text, _BODY, _MIDDLE)
        self._answer(row, 3, is_text=True).alignment = _CENTRED
        self._answer(row, 4, is_text=False)
        self._put(row, 5, shown, _SMALL, _CENTRED)
        choice.add(f"C{row}")
        if point.explanation:
            self._put(
                self._next(height_of(point.explanation, _WIDTHS["B"] * POINTS_PER_UNIT, 9)),
                2,
                point.explanation,
                _SMALL,
                _ABOVE,
            )

    def _write_whole(self) -> None:
        self._next(8)
        self._band(words.ON_THE_WHOLE)
        if self._order.last_step:
            row = self._next(max(height_of(self._order.last_step, _VALUE_WIDTH, 9), 24))
            self._label(row, words.LAST_STEP)
            self._value(row, self._order.last_step, _SMALL)
        self._write_fields([label for label in words.FIELDS if label not in words.ABOVE])
        self._line(f"{words.CODE}　{self._head[words.CODE]}", _SMALL, 18)

    def _write_guide(self) -> None:
        sheet = self._book.create_sheet(words.GUIDE_NAME)
        # LibreOffice fits to the width of a page only what has more than one column.
        sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 2.0, _GUIDE_WIDTH
        sheet.sheet_view.showGridLines = False
        prepare_page(sheet, f"{words.TITLE}　{words.GUIDE_NAME}", (), landscape=False, one_page=True)
        lines = [
            (f"{words.TITLE}　{words.GUIDE_NAME}", _TITLE),
            *((f"・{one}", _BODY) for one in words.GUIDE),
        ]
        for step in self._sheets.set.steps:
            lines += [("", _BODY), (f"ステップ{step.number}　{step.title}", _STEP), (step.description, _BODY)]
        for row, (text, face) in enumerate(lines, 1):
            cell = real_cell(sheet, row, 2)
            cell.font, cell.alignment = face, _ABOVE
            put_text(cell, text)
            sheet.row_dimensions[row].height = min(
                height_of(text, _GUIDE_WIDTH * POINTS_PER_UNIT, float(face.sz or 10)), 400
            )
        protection: Any = sheet.protection
        protection.sheet = True

    def _keep(self) -> None:
        """The head as it was written, on a sheet that people do not see."""
        sheet = self._book.create_sheet(words.KEPT_NAME)
        sheet.sheet_state = "veryHidden"
        for row, (label, value) in enumerate(self._head.items(), 1):
            put_text(real_cell(sheet, row, 1), label)
            put_text(real_cell(sheet, row, 2), value)
        protection: Any = sheet.protection
        protection.sheet = True

    # ------------------------------------------------------------------ cells

    def _next(self, height: float) -> int:
        self._row += 1
        self._sheet.row_dimensions[self._row].height = min(height, 400)
        return self._row

    def _line(self, text: str, face: Font, height: float, *, wrap: bool = False) -> None:
        row = self._next(height)
        cell = real_cell(self._sheet, row, 1)
        cell.font, cell.alignment = face, Alignment(vertical="center", wrap_text=wrap)
        put_text(cell, text)
        self._sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=5)

    def _band(self, text: str) -> None:
        row = self._next(22)
        self._put(row, 1, text, _STEP, Alignment(vertical="center"), _QUIET)
        self._span(row, 1, 5)

    def _label(self, row: int, label: str) -> None:
        self._put(row, 1, label, _BODY, _INDENTED, _DEEP)
        self._span(row, 1, 2)

    def _value(self, row: int, value: str, face: Font = _BOLD) -> None:
        self._put(row, 3, value, face, _INDENTED)
        self._span(row, 3, 5)

    def _put(
        self,
        row: int,
        column: int,
        text: str,
        face: Font,
        placed: Alignment,
        ground: PatternFill | None = None,
    ) -> Cell:
        cell = real_cell(self._sheet, row, column)
        cell.font, cell.alignment, cell.border = face, placed, _FRAME
        if ground is not None:
            cell.fill = ground
        put_text(cell, text)
        return cell

    def _answer(self, row: int, column: int, *, is_text: bool) -> Any:
        """A cell to be typed into. ``is_text`` keeps 3/31 or 1-2 as it is typed; long texts would show as #### then."""
        cell = real_cell(self._sheet, row, column)
        cell.font, cell.alignment, cell.border, cell.fill = _BODY, _MIDDLE, _FRAME, _TO_FILL
        cell.protection = _OPEN
        if is_text:
            cell.number_format = TEXT_FORMAT
        return cell

    def _span(self, row: int, first: int, last: int) -> None:
        self._sheet.merge_cells(start_row=row, end_row=row, start_column=first, end_column=last)

    def _choice(self) -> DataValidation:
        rule = DataValidation(type="list", formula1=f'"{",".join(words.CHOICES)}"')
        rule.allow_blank = rule.showInputMessage = rule.showErrorMessage = True
        rule.promptTitle = rule.errorTitle = words.ANSWER
        rule.prompt = "▼を押すか Alt+↓ で一覧から選んでください。"
        rule.error = "一覧から選んでください。理由や補足は「コメント」に書けます。"
        self._sheet.add_data_validation(rule)
        return rule


def _day(day: date | None, style: DateStyle) -> str:
    return format_date(day, style, weekday=True) if day else ""
