"""The Excel form in which an office writes its own plan; ``app.importing.plan_workbook`` reads it back.

Nothing on the sheets that are read is merged, and hints stand where the reader does not look: in column C of 「計画」,
above the heads elsewhere.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from app.calendar import fiscal_year_label
from app.errors import InputError
from app.plans.draft import DEFAULT_SCALE, PlanDraft
from db.vocabulary import ItemKind
from reports import palette
from reports.document import Align, Ink
from reports.renderers.excel_layout import height_of
from reports.renderers.excel_style import (
    CELL_LIMIT,
    POINTS_PER_UNIT,
    TEXT_FORMAT,
    alignment,
    fill,
    font,
    new_workbook,
    prepare_page,
    put,
    put_text,
    real_cell,
    ruled,
    save,
    units_of,
)

EMPTY_ROWS = 200
"""How many empty rows wait to be filled in below the items."""

GUIDE_SHEET, PLAN_SHEET, ITEM_SHEET, SCALE_SHEET = "書き方", "計画", "項目", "評価段階"
ITEM_HEADS = ("種類", "番号", "本文", "説明・現状と方向性")
LEVEL_HEADS = ("値", "名称", "記号", "到達とみなす")
HEAD_ROW = 3
"""The row of the heads on 「項目」 and 「評価段階」."""

_LEVEL_ROWS = 12
_GUIDE_WIDTH = 92 * POINTS_PER_UNIT
_VALUE_WIDTH = 84.0
_ITEM_WIDTHS = (24.0, 9.0, 62.0, 78.0)
_TALLEST_ROW = 409.0
_MADE_ON = datetime(2026, 4, 1, 12)
_FIELDS = (
    ("計画の名称", "必ず書いてください。表紙に載る正式な名称です。"),
    ("期", "「第5期」のように書きます。なければ空けてください。"),
    ("発行者", "連絡会や区など、計画を出したところです。"),
    ("開始年度", "「令和8年度」または「2026」のように書きます。"),
    ("終了年度", "最後の年度です。この年度も計画の期間に含みます。"),
    ("まえがき", "長い文章も書けます。段落を変えるときは Alt+Enter を押します。"),
    ("コード", "ほかの計画と区別するための名前です。空けておくと、名称と期から作ります。"),
)
_GUIDE = (
    ("このファイルについて", ""),
    (
        "",
        "指針や計画の内容を書き込み、つながり帳に読み込むための様式です。ふだんどおり Excel で編集してください。",
    ),
    (
        "",
        "読み込むときに誤りが見つかると、どのシートのどのセルかをお知らせします。途中まで読み込まれることはありません。",
    ),
    ("1　「計画」シート", ""),
    ("", "計画の名称、期間などを B 列に書きます。A 列の見出しは変えないでください。"),
    ("2　「項目」シート", ""),
    ("", "基本方針から到達イメージまで、冊子に出てくる順に、1行に1つずつ書きます。"),
    ("", "「種類」は一覧から選びます。セルを選ぶと右に出る▼を押すか、Alt+↓ で一覧が開きます。"),
    (
        "",
        "どの項目の下にあるかは、順番と種類で決まります。「取組」はすぐ上の「取組の柱」の下に、「到達イメージ」はすぐ上の「取組」の下に入ります。",
    ),
    ("", "「本文」には、冊子に載っている文言をそのまま書きます。"),
    (
        "",
        "「説明・現状と方向性」は、長い説明があるときに書きます。取組の柱では「現状と方向性」を書きます。なければ空けてください。",
    ),
    ("", "行が足りないときは、下に続けて書くか、途中に行を挿入してください。空いている行は読み飛ばします。"),
    ("3　「評価段階」シート", ""),
    ("", "到達イメージを評価するときの段階です。はじめの段階のままでよければ、変える必要はありません。"),
    ("", "「値」は低いほうから 0、1、2… とします。「評価困難」のように順序のない段階は、値を空けます。"),
    ("", "「到達とみなす」に ○ を付けた段階を、報告書で「到達」として数えます。"),
    ("種類の一覧", ""),
)

_BODY, _BOLD, _HINT = font(10.5), font(10.5, bold=True), font(9.5, colour=palette.colour(Ink.MUTED))
_TITLE, _SUBTITLE = font(16, bold=True, colour=palette.colour(Ink.ACCENT)), font(12, bold=True)
_FRAME, _HEAD_FRAME = ruled(), ruled(palette.RULE_STRONG)
_HEAD_GROUND = fill(palette.GROUND_DEEP)


def write_template(path: Path, plan: PlanDraft | None = None) -> None:
    """Write the form to ``path``, filled in with ``plan`` where one is given.

    Raises InputError where a text of the plan is too long for a cell of Excel.
    """
    workbook = new_workbook(plan.title if plan else "計画の様式", "つながり帳", _MADE_ON)
    _guide(workbook)
    _plan(workbook, plan)
    _items(workbook, plan)
    _scale(workbook, plan)
    save(workbook, path, _MADE_ON, rows_grow=True)


def _sheet(workbook: Workbook, name: str, widths: tuple[float, ...], *, landscape: bool = False) -> Worksheet:
    sheet: Worksheet = workbook.create_sheet(name)
    for letter, width in zip("ABCDEF", widths, strict=False):
        sheet.column_dimensions[letter].width = width
    sheet.sheet_view.showGridLines = False
    prepare_page(sheet, f"計画の様式　{name}", (), landscape=landscape, one_page=False)
    return sheet


def _guide(workbook: Workbook) -> None:
    sheet = _sheet(workbook, GUIDE_SHEET, (3.0, 34.0, 58.0))
    _write(sheet, 1, 1, "計画の様式　書き方", _TITLE, wrap=False)
    row = 2
    for heading, text in _GUIDE:
        row += 1
        if heading:
            row += 1
            _write(sheet, row, 1, heading, _SUBTITLE, wrap=False)
        else:
            _write(sheet, row, 2, text, _BODY)
            sheet.merge_cells(start_row=row, end_row=row, start_column=2, end_column=3)
            sheet.row_dimensions[row].height = height_of(text, _GUIDE_WIDTH, 10.5)
    for kind in ItemKind:
        row += 1
        places = "、".join(f"「{parent.label}」の下" if parent else "計画のすぐ下" for parent in kind.parents)
        _write(sheet, row, 2, kind.label, _BODY, framed=True)
        _write(sheet, row, 3, f"{places}に置けます。", _BODY, framed=True)
        sheet.row_dimensions[row].height = height_of(kind.label, 34 * POINTS_PER_UNIT, 10.5)


def _plan(workbook: Workbook, plan: PlanDraft | None) -> None:
    sheet = _sheet(workbook, PLAN_SHEET, (18.0, _VALUE_WIDTH, 66.0), landscape=True)
    values = _plan_values(plan) if plan else {}
    for row, (label, hint) in enumerate(_FIELDS, start=1):
        _write(sheet, row, 1, label, _BOLD, framed=True, ground=True)
        cell = _write(sheet, row, 2, values.get(label, ""), _BODY, framed=True)
        cell.number_format = "General" if label == "まえがき" else TEXT_FORMAT
        _write(sheet, row, 3, hint, _HINT).alignment = alignment(vertical="center", indent=1)
        if label == "まえがき":
            needed = height_of(values.get(label, ""), _VALUE_WIDTH * POINTS_PER_UNIT, 10.5)
            sheet.row_dimensions[row].height = min(max(needed, 150.0), _TALLEST_ROW)
        else:
            cell.alignment = alignment(vertical="center")
            sheet.row_dimensions[row].height = 24
    _prompt(sheet, "B4:B5", "年度", "「令和8年度」または「2026」のように書いてください。")
    sheet.freeze_panes = "B1"


def _plan_values(plan: PlanDraft) -> dict[str, str]:
    return {
        "計画の名称": plan.title,
        "期": plan.edition,
        "発行者": plan.publisher,
        "開始年度": fiscal_year_label(plan.period_from),
        "終了年度": fiscal_year_label(plan.period_to),
        "まえがき": plan.preface,
        "コード": plan.code,
    }


def _items(workbook: Workbook, plan: PlanDraft | None) -> None:
    sheet = _sheet(workbook, ITEM_SHEET, _ITEM_WIDTHS, landscape=True)
    _write(sheet, 1, 1, "計画の項目", _TITLE, wrap=False)
    _write(
        sheet,
        2,
        1,
        "冊子に出てくる順に、1行に1つずつ書いてください。種類は一覧から選びます。",
        _HINT,
        wrap=False,
    )
    _heads(sheet, ITEM_HEADS)
    items = [item for _, item in plan.walk()] if plan else []
    first, last = HEAD_ROW + 1, HEAD_ROW + len(items) + EMPTY_ROWS
    for offset in range(len(items) + EMPTY_ROWS):
        row = first + offset
        item = items[offset] if offset < len(items) else None
        texts = (item.kind.label, item.number, item.title, item.body) if item else ("", "", "", "")
        for column, text in enumerate(texts, start=1):
            cell = _write(sheet, row, column, text, _BODY, framed=True)
            # A number such as 1-1 would otherwise become a date when typed. Long texts show as #### in text format.
            cell.number_format = TEXT_FORMAT if column <= 2 else "General"
        heights = (
            height_of(text, width * POINTS_PER_UNIT, 10.5)
            for text, width in zip(texts, _ITEM_WIDTHS, strict=True)
        )
        sheet.row_dimensions[row].height = min(max(heights), _TALLEST_ROW)
    _kind_choice(sheet, f"A{first}:A{last}")
    _prompt(
        sheet,
        f"B{first}:B{last}",
        "番号",
        "「1」「①」「3-1」など、冊子のとおりに書いてください。なければ空けます。",
    )
    _tint_kinds(sheet, first, last)
    sheet.freeze_panes = f"C{first}"
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    sheet.print_area = f"A1:D{first + max(len(items), 20) - 1}"


def _kind_choice(sheet: Worksheet, cells: str) -> None:
    rule = DataValidation(type="list", formula1='"' + ",".join(kind.label for kind in ItemKind) + '"')
    prompt, error = "▼を押すか Alt+↓ で一覧から選んでください。", "一覧にある種類を選んでください。"
    _guard(sheet, cells, rule, "種類", prompt, error)


def _tint_kinds(sheet: Worksheet, first: int, last: int) -> None:
    """Ground the rows that carry others, also in rows that are yet to be written."""
    rule: Any = FormulaRule
    deep, light = fill(palette.GROUND_DEEP), fill(palette.GROUND)
    for kinds, ground in (
        ((ItemKind.POLICY, ItemKind.GOAL, ItemKind.PILLAR), deep),
        ((ItemKind.INITIATIVE, ItemKind.MEASURE), light),
    ):
        condition = ",".join(f'$A{first}="{kind.label}"' for kind in kinds)
        ground.bgColor = ground.fgColor
        sheet.conditional_formatting.add(f"A{first}:D{last}", rule([f"OR({condition})"], fill=ground))


def _scale(workbook: Workbook, plan: PlanDraft | None) -> None:
    sheet = _sheet(workbook, SCALE_SHEET, (10.0, 26.0, 20.0, 20.0))
    scale = plan.scale if plan else DEFAULT_SCALE
    _write(sheet, 1, 1, "評価の段階", _TITLE, wrap=False)
    _write(
        sheet, 2, 1, "低い段階から順に書きます。到達とみなす段階に ○ を付けてください。", _HINT, wrap=False
    )
    _heads(sheet, LEVEL_HEADS)
    first, last = HEAD_ROW + 1, HEAD_ROW + max(_LEVEL_ROWS, len(scale.levels))
    for row in range(first, last + 1):
        index = row - first
        level = scale.levels[index] if index < len(scale.levels) else None
        texts = ("", level.label, level.symbol, "○" if level.is_reached else "") if level else ("",) * 4
        for column, text in enumerate(texts, start=1):
            cell = _write(sheet, row, column, text, _BODY, framed=True)
            cell.alignment = alignment(Align.LEFT if column == 2 else Align.CENTRE, "center")
        if level:
            put(real_cell(sheet, row, 1), level.value)
        sheet.row_dimensions[row].height = 22
    _scale_choices(sheet, first, last)
    sheet.freeze_panes = f"A{first}"


def _scale_choices(sheet: Worksheet, first: int, last: int) -> None:
    value = DataValidation(type="whole", operator="between", formula1="0", formula2="100")
    prompt = "低い段階から 0、1、2… とします。順序のない段階は空けてください。"
    _guard(sheet, f"A{first}:A{last}", value, "値", prompt, "0から100までの整数を書いてください。")
    mark = DataValidation(type="list", formula1='"○"')
    prompt = "到達として数える段階に ○ を付けてください。"
    _guard(sheet, f"D{first}:D{last}", mark, "到達とみなす", prompt, "○ を選ぶか、空けてください。")


def _guard(sheet: Worksheet, cells: str, rule: DataValidation, title: str, prompt: str, error: str) -> None:
    """Let ``cells`` take only what ``rule`` allows, or nothing; both texts stand under ``title``."""
    rule.allow_blank = rule.showInputMessage = rule.showErrorMessage = True
    rule.promptTitle = rule.errorTitle = title
    rule.prompt, rule.error = prompt, error
    sheet.add_data_validation(rule)
    rule.add(cells)


def _prompt(sheet: Worksheet, cells: str, title: str, text: str) -> None:
    """A hint that appears when one of ``cells`` is chosen; anything may be typed."""
    hint = DataValidation(showInputMessage=True, promptTitle=title, prompt=text, allow_blank=True)
    sheet.add_data_validation(hint)
    hint.add(cells)


def _heads(sheet: Worksheet, heads: tuple[str, ...]) -> None:
    for column, head in enumerate(heads, start=1):
        cell = real_cell(sheet, HEAD_ROW, column)
        cell.font, cell.fill, cell.border = _BOLD, _HEAD_GROUND, _HEAD_FRAME
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        put_text(cell, head)
    for row, height in ((1, 26), (2, 18), (HEAD_ROW, 26)):
        sheet.row_dimensions[row].height = height


def _write(
    sheet: Worksheet,
    row: int,
    column: int,
    text: str,
    face: Font,
    *,
    framed: bool = False,
    ground: bool = False,
    wrap: bool = True,
) -> Cell:
    cell = real_cell(sheet, row, column)
    cell.font = face
    cell.alignment = (
        alignment(vertical="center" if ground else "top") if wrap else Alignment(vertical="center")
    )
    if framed:
        cell.border = _FRAME
    if ground:
        cell.fill = _HEAD_GROUND
    if units_of(text) > CELL_LIMIT:
        raise InputError(
            f"計画の文章が長すぎて、Excel の1つのセルに収まりません（「{sheet.title}」シート {cell.coordinate}）。",
            "文章を短くしてから、もう一度書き出してください。",
        )
    put_text(cell, text)
    return cell
