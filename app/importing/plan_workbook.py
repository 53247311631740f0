"""A plan out of the Excel form that the program provides.

Sheet 「計画」: labels in column A, values in column B (計画の名称, 期, 発行者, 開始年度, 終了年度, まえがき, コード).
Sheet 「項目」: under a heading 種類 | 番号 | 本文 | 説明・現状と方向性 one item per row, in reading order.
Sheet 「評価段階」, which may be left out: under a heading 値 | 名称 | 記号 | 到達とみなす one level per row.
Other sheets and columns are not read.

Where an item hangs follows from its kind and the order: under the nearest item above that may carry it. Only where
it may stand directly under the plan as well, one thing more is asked: if what stands above is a plain list (two of a
kind with nothing under either), the item begins a list of its own beside it. So 基本方針 2, 目標 2 and 取組の柱 4,
written one after the other, stay three lists as in the ward's guideline, while the 基本施策 after each 基本方針 hang
under it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.calendar import parse_fiscal_year
from app.errors import InputError
from app.importing.form import UNKNOWN, Form, FormCell, FormRow, meaning_of, near
from app.importing.safe_workbook import Sheet, read_in_child
from app.plans import draft
from app.plans.draft import DEFAULT_SCALE, ItemDraft, LevelDraft, PlanDraft, ScaleDraft, default_code
from app.text import search_key
from db.vocabulary import ItemKind

PLAN_SHEET, ITEM_SHEET, SCALE_SHEET = "計画", "項目", "評価段階"
PLAN_LABELS = {
    "計画の名称": "title",
    "期": "edition",
    "発行者": "publisher",
    "開始年度": "period_from",
    "終了年度": "period_to",
    "まえがき": "preface",
    "コード": "code",
}
ITEM_HEADINGS = {"種類": "kind", "番号": "number", "本文": "title", "説明・現状と方向性": "body"}
LEVEL_HEADINGS = {"値": "value", "名称": "label", "記号": "symbol", "到達とみなす": "is_reached"}
KINDS = {kind.label: kind for kind in ItemKind}

_YES = frozenset({"○", "◯", "〇", "o", "●", "✓", "✔", "1", "true", "はい"})
_NO = frozenset({"", "×", "x", "-", "―", "ー", "0", "false", "いいえ"})
_NO_VALUE = frozenset({"", "-", "―", "ー", "なし"})

_Cells = dict[draft.Path, FormCell]
"""From which cell each part of a draft came."""


def load(path: Path) -> PlanDraft:
    """The plan in the workbook at ``path``, which is read in a process of its own.

    Raises InputError that lists everything wrong by sheet and cell; MachineError where it cannot be opened.
    """
    return from_sheets(read_in_child(path))


def from_sheets(sheets: Sequence[Sheet]) -> PlanDraft:
    """The plan in ``sheets``. Raises InputError that lists everything wrong by sheet and cell."""
    form = Form(sheets, (PLAN_SHEET, ITEM_SHEET, SCALE_SHEET))
    cells: _Cells = {}
    plan = _plan(form, cells)
    if form.has(PLAN_SHEET) and form.has(ITEM_SHEET):
        # Where rows stand but none could be read, that was said; no need to call the plan empty.
        for problem in draft.check(plan, needs_items=form.is_sound):
            form.complain(_cell_of(form, cells, problem.path), problem.message)
    form.raise_complaints()
    return plan


def _plan(form: Form, cells: _Cells) -> PlanDraft:
    fields = form.fields(PLAN_SHEET, PLAN_LABELS)
    cells.update({(name,): cell for name, cell in fields.items()})
    texts = {name: form.line(fields.get(name)) for name in ("code", "title", "edition", "publisher")}
    first, last = _year(form, fields, "開始年度"), _year(form, fields, "終了年度")
    # A year that cannot be read is one complaint, not a wrong period as well.
    known = next((year for year in (first, last) if year is not None), draft.FIRST_YEAR)
    return PlanDraft(
        code=texts["code"] or default_code(texts["title"], texts["edition"]) or UNKNOWN,
        title=texts["title"],
        edition=texts["edition"],
        publisher=texts["publisher"],
        period_from=known if first is None else first,
        period_to=known if last is None else last,
        preface=form.text(fields.get("preface")),
        scale=_scale(form, cells),
        items=_items(form, cells),
    )


def _year(form: Form, fields: FormRow, label: str) -> int | None:
    cell = fields.get(PLAN_LABELS[label])
    if cell is None or cell.is_blank:
        if form.has(PLAN_SHEET):
            message = f"{label}がありません。「令和8年度」のように入力してください。"
            form.complain(cell or form.cell(PLAN_SHEET), message)
        return None
    text = form.line(cell)
    try:
        return None if text == UNKNOWN else parse_fiscal_year(text)
    except InputError as error:
        form.complain(cell, f"{label}：{error.message}{error.advice}")
        return None


@dataclass(slots=True)
class _Node:
    """An item whose children are still being gathered."""

    kind: ItemKind
    row: FormRow
    children: list[_Node] = field(default_factory=list)


def _items(form: Form, cells: _Cells) -> tuple[ItemDraft, ...]:
    roots: list[_Node] = []
    for row in form.table(ITEM_SHEET, ITEM_HEADINGS, ("種類", "本文")):
        kind = _kind(form, row["kind"])
        if kind is not None:
            _siblings_for(kind, roots).append(_Node(kind, row))
    return _drafts(form, cells, ("items",), roots)


def _kind(form: Form, cell: FormCell) -> ItemKind | None:
    text = form.line(cell)
    kind = meaning_of(text, KINDS)
    if kind is None and text != UNKNOWN:
        said = f"「{text}」という種類はありません。" if text else "種類が空です。"
        form.complain(cell, said + near(text, KINDS))
    return kind


def _siblings_for(kind: ItemKind, roots: list[_Node]) -> list[_Node]:
    """The list in which an item of ``kind`` that is read next belongs; that of the plan where none fits."""
    open_lists: list[list[_Node]] = []
    siblings = roots
    while siblings:
        open_lists.append(siblings)
        siblings = siblings[-1].children
    for siblings in reversed(open_lists):
        may_stand_alone = None in kind.parents and _is_plain_list(siblings)
        if siblings[-1].kind in kind.parents and not may_stand_alone:
            return siblings[-1].children
    return roots


def _is_plain_list(siblings: list[_Node]) -> bool:
    """Whether the last two are of a kind and neither has anything under it."""
    if len(siblings) < 2:
        return False
    *_, before, last = siblings
    return before.kind is last.kind and not before.children and not last.children


def _drafts(form: Form, cells: _Cells, path: draft.Path, nodes: list[_Node]) -> tuple[ItemDraft, ...]:
    drafts = []
    for index, node in enumerate(nodes):
        here = (*path, index)
        cells[here] = node.row["kind"]
        cells.update({(*here, name): cell for name, cell in node.row.items()})
        drafts.append(
            ItemDraft(
                node.kind,
                title=form.line(node.row["title"]),
                number=form.line(node.row.get("number")),
                body=form.text(node.row.get("body")),
                children=_drafts(form, cells, (*here, "children"), node.children),
            )
        )
    return tuple(drafts)


def _scale(form: Form, cells: _Cells) -> ScaleDraft:
    rows = form.table(SCALE_SHEET, LEVEL_HEADINGS, ("値", "名称")) if form.has(SCALE_SHEET) else []
    if not rows:
        return DEFAULT_SCALE
    levels = []
    for index, row in enumerate(rows):
        cells["scale", "levels", index] = row["label"]
        cells.update({("scale", "levels", index, name): cell for name, cell in row.items()})
        levels.append(
            LevelDraft(
                _rank(form, row["value"]),
                form.line(row["label"]),
                form.line(row.get("symbol")),
                _is_marked(form, row.get("is_reached")),
            )
        )
    ranks = sum(level.value is not None for level in levels)
    return ScaleDraft(f"到達状況（{ranks}段階）", tuple(levels))


def _rank(form: Form, cell: FormCell) -> int | None:
    text = form.line(cell)
    if text == UNKNOWN or search_key(text) in _NO_VALUE:
        return None
    if text.isdecimal() and len(text) <= 4:
        return int(text)
    form.complain(cell, f"値「{text}」は整数ではありません。整数にするか、値のない段階では空けてください。")
    return None


def _is_marked(form: Form, cell: FormCell | None) -> bool:
    text = form.line(cell)
    if cell is not None and text != UNKNOWN and search_key(text) not in _YES | _NO:
        form.complain(cell, f"「{text}」は読めません。到達とみなす段階に「○」を付け、ほかは空けてください。")
    return search_key(text) in _YES


def _cell_of(form: Form, cells: _Cells, path: draft.Path) -> FormCell:
    """The cell from which ``path`` came, or that of the nearest thing around it."""
    end = next((end for end in range(len(path), 0, -1) if path[:end] in cells), 0)
    if end:
        return cells[path[:end]]
    sheets = {"items": ITEM_SHEET, "scale": SCALE_SHEET}
    return form.cell(sheets.get(str(path[0]), PLAN_SHEET))
