"""A plan as plain values, before it becomes part of the record, and the rules that every plan must keep.

A TOML file, an Excel workbook and the window all end in a PlanDraft; ``check`` says what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from db.vocabulary import ItemKind

Path = tuple[str | int, ...]
"""Where in a draft something stands: ``("items", 0, "children", 2, "title")``."""

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""Fiscal years outside of these are taken for a slip of the finger."""

_LENGTHS = {"code": 80, "title": 400, "edition": 80, "publisher": 400}
_LENGTH_NUMBER, _LENGTH_SCALE, _LENGTH_LABEL, _LENGTH_SYMBOL = 40, 120, 40, 20
_NAMES = {
    "code": "計画のコード",
    "title": "計画の名称",
    "edition": "期",
    "publisher": "発行者",
    "period_from": "開始年度",
    "period_to": "終了年度",
}


@dataclass(frozen=True, slots=True)
class LevelDraft:
    """One level of a scale. ``value`` is its rank, ``None`` where the outcome cannot be judged."""

    value: int | None
    label: str
    symbol: str
    is_reached: bool = False


@dataclass(frozen=True, slots=True)
class ScaleDraft:
    """The named scale on which a plan's outcomes are rated; the levels in the order of showing them."""

    name: str
    levels: tuple[LevelDraft, ...]


DEFAULT_SCALE = ScaleDraft(
    "到達状況（5段階）",
    (
        LevelDraft(0, "未着手", "□□□□"),
        LevelDraft(1, "着手", "■□□□"),
        LevelDraft(2, "進行中", "■■□□"),
        LevelDraft(3, "概ね到達", "■■■□", is_reached=True),
        LevelDraft(4, "到達", "■■■■", is_reached=True),
        LevelDraft(None, "評価困難", "―"),
    ),
)
"""The scale of a plan that names none of its own."""


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """One item of a plan. ``title`` is the official wording, ``body`` its longer text.

    Paragraphs of ``body`` are parted by a blank line.
    """

    kind: ItemKind
    title: str
    number: str = ""
    body: str = ""
    children: tuple[ItemDraft, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """A guideline or plan: its period in fiscal years, both included, its scale and the tree of its items."""

    code: str
    title: str
    edition: str
    publisher: str
    period_from: int
    period_to: int
    preface: str
    scale: ScaleDraft
    items: tuple[ItemDraft, ...]

    def walk(self) -> Iterator[tuple[Path, ItemDraft]]:
        """Every item in reading order, with the path to it."""
        yield from _walk(("items",), self.items)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a plan may not hold: where, and a Japanese sentence on what is wrong and what to do."""

    path: Path
    message: str


def default_code(title: str, edition: str) -> str:
    """The code of a plan to which nobody gave one: its title and edition."""
    return f"{title} {edition}".strip()[: _LENGTHS["code"]]


def check(plan: PlanDraft, *, needs_items: bool = False) -> list[Problem]:
    """Every rule that ``plan`` breaks, in reading order; an empty list where it may be recorded.

    ``needs_items`` is for a plan that arrives in a file: one without items was not read as its author meant.
    """
    problems = [*_check_plan(plan), *_check_scale(plan.scale)]
    if needs_items and not plan.items:
        problems.append(
            Problem(("items",), "項目が一つもありません。基本方針や取組の柱などを書いてください。")
        )
    return problems + list(_check_items(("items",), None, plan.items))


def _walk(path: Path, items: tuple[ItemDraft, ...]) -> Iterator[tuple[Path, ItemDraft]]:
    for index, item in enumerate(items):
        here = (*path, index)
        yield here, item
        yield from _walk((*here, "children"), item.children)


def _check_plan(plan: PlanDraft) -> Iterator[Problem]:
    for field in ("code", "title"):
        if not getattr(plan, field).strip():
            yield Problem((field,), f"{_NAMES[field]}が空です。入力してください。")
    for field, longest in _LENGTHS.items():
        yield from _check_length((field,), _NAMES[field], getattr(plan, field), longest)
    years_known = True
    for field in ("period_from", "period_to"):
        if not FIRST_YEAR <= getattr(plan, field) <= LAST_YEAR:
            years_known = False
            yield Problem(
                (field,),
                f"{_NAMES[field]}「{getattr(plan, field)}」は年度として読めません。"
                "西暦4桁（例：2026）で書いてください。",
            )
    if years_known and plan.period_from > plan.period_to:
        yield Problem(
            ("period_to",),
            f"終了年度（{plan.period_to}）が開始年度（{plan.period_from}）より前です。年度を確かめてください。",
        )


def _check_scale(scale: ScaleDraft) -> Iterator[Problem]:
    if not scale.name.strip():
        yield Problem(("scale", "name"), "評価段階の名前が空です。入力してください。")
    yield from _check_length(("scale", "name"), "評価段階の名前", scale.name, _LENGTH_SCALE)
    for index, level in enumerate(scale.levels):
        yield from _check_level(("scale", "levels", index), level)
    yield from _check_distinct(scale)
    ranked = sorted(
        (level for level in scale.levels if level.value is not None), key=lambda level: level.value or 0
    )
    if len(ranked) < 2:
        yield Problem(
            ("scale", "levels"), "評価段階は、値のあるものが二つ以上必要です。段階を追加してください。"
        )
    elif not any(level.is_reached for level in ranked):
        yield Problem(
            ("scale", "levels"),
            "「到達とみなす」評価段階がありません。最も高い段階を到達とみなすようにしてください。",
        )
    elif any(low.is_reached and not high.is_reached for low, high in pairwise(ranked)):
        yield Problem(
            ("scale", "levels"), "到達とみなす段階より高い段階は、すべて到達とみなすものにしてください。"
        )


def _check_level(path: Path, level: LevelDraft) -> Iterator[Problem]:
    if not level.label.strip():
        yield Problem((*path, "label"), "評価段階の名称が空です。入力してください。")
    if level.value is not None and not 0 <= level.value <= 100:
        yield Problem(
            (*path, "value"), f"評価段階の値「{level.value}」は使えません。0から100までの整数にしてください。"
        )
    if level.value is None and level.is_reached:
        yield Problem((*path, "is_reached"), f"値のない段階「{level.label}」は、到達とみなせません。")
    yield from _check_length((*path, "label"), "評価段階の名称", level.label, _LENGTH_LABEL)
    yield from _check_length((*path, "symbol"), "評価段階の記号", level.symbol, _LENGTH_SYMBOL)


def _check_distinct(scale: ScaleDraft) -> Iterator[Problem]:
    """Labels, values and shapes each tell one level from another, on a black-and-white copy too."""
    for field, name in (("value", "値"), ("label", "名称"), ("symbol", "記号")):
        seen: set[object] = set()
        for index, level in enumerate(scale.levels):
            content = getattr(level, field)
            if content in seen:
                yield Problem(
                    ("scale", "levels", index, field),
                    f"評価段階の{name}「{content}」が重なっています。別のものにしてください。",
                )
            if content not in (None, ""):
                seen.add(content)


def _check_items(path: Path, parent: ItemKind | None, items: tuple[ItemDraft, ...]) -> Iterator[Problem]:
    for index, item in enumerate(items):
        here = (*path, index)
        if parent not in item.kind.parents:
            yield Problem(here, _misplaced(item.kind, parent))
        if not item.title.strip():
            yield Problem(
                (*here, "title"),
                f"{item.kind.label}の本文が空です。入力するか、この項目を取り除いてください。",
            )
        yield from _check_length((*here, "number"), f"{item.kind.label}の番号", item.number, _LENGTH_NUMBER)
        yield from _check_items((*here, "children"), item.kind, item.children)


def _misplaced(kind: ItemKind, parent: ItemKind | None) -> str:
    where = f"「{parent.label}」の下" if parent else "計画のすぐ下"
    allowed = "、".join(f"「{one.label}」の下" if one else "計画のすぐ下" for one in kind.parents)
    return f"「{kind.label}」は{where}には置けません。置けるのは、{allowed}です。"


def _check_length(path: Path, name: str, text: str, longest: int) -> Iterator[Problem]:
    if len(text) > longest:
        yield Problem(path, f"{name}が長すぎます（{len(text)}文字）。{longest}文字までにしてください。")
