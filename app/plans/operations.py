"""Writing plans: taking a whole one in, and editing its tree item by item."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from app.errors import InputError
from app.office import Unit, operation
from app.plans.draft import ItemDraft, PlanDraft, check
from app.text import excerpt
from db.schema.outcomes import OutcomeReview
from db.schema.plans import Plan, PlanItem, PlanItemLineage, RatingLevel, RatingScale
from db.vocabulary import ItemKind, LineageKind


@dataclass(frozen=True, slots=True)
class PlanValues:
    """What the form of a plan holds."""

    code: str
    title: str
    edition: str
    publisher: str
    period_from: int
    period_to: int
    preface: str


@dataclass(frozen=True, slots=True)
class ItemValues:
    """What the form of an item holds."""

    number: str
    title: str
    body: str


@operation("指針・計画を取り込む")
def add_plan(unit: Unit, plan: PlanDraft) -> int:
    """Take in a whole plan with its scale and items; the id of the plan. InputError where it breaks a rule."""
    problems = check(plan)
    if problems:
        raise InputError("\n".join(problem.message for problem in problems[:20]))
    _require_free_code(unit, plan.code)
    unit.describe(f"「{plan.title}」を取り込む")
    head = unit.add(
        Plan(
            code=plan.code,
            title=plan.title,
            edition=plan.edition,
            publisher=plan.publisher,
            period_from=plan.period_from,
            period_to=plan.period_to,
            preface=plan.preface,
        )
    )
    scale = unit.add(RatingScale(plan_id=head.id, name=plan.scale.name))
    unit.add_all(
        [
            RatingLevel(
                rating_scale_id=scale.id,
                position=position,
                value=level.value,
                label=level.label,
                symbol=level.symbol,
                is_reached=level.is_reached,
            )
            for position, level in enumerate(plan.scale.levels)
        ]
    )
    _add_branch(unit, head.id, None, plan.items)
    return head.id


def _add_branch(unit: Unit, plan_id: int, parent_id: int | None, items: tuple[ItemDraft, ...]) -> None:
    rows = [
        PlanItem(
            plan_id=plan_id,
            parent_id=parent_id,
            kind=item.kind,
            position=position,
            number=item.number,
            title=item.title,
            body=item.body,
        )
        for position, item in enumerate(items)
    ]
    unit.add_all(rows)
    for row, item in zip(rows, items, strict=True):
        if item.children:
            _add_branch(unit, plan_id, row.id, item.children)


@operation("指針・計画の表紙を変更")
def edit_plan(unit: Unit, plan_id: int, version: int, values: PlanValues) -> None:
    """Change title, edition, publisher, period and preface of a plan, as the form at ``version`` showed it."""
    if not values.title.strip():
        raise InputError("計画の名称が空です。", "名称を入力してください。")
    if values.period_from > values.period_to:
        raise InputError("計画の終了年度が開始年度より前です。", "年度を確かめてください。")
    plan = unit.get(Plan, plan_id, version)
    if values.code != plan.code:
        _require_free_code(unit, values.code)
    unit.describe(f"「{values.title}」の表紙を変更")
    plan.code, plan.title, plan.edition, plan.publisher = (
        values.code,
        values.title,
        values.edition,
        values.publisher,
    )
    plan.period_from, plan.period_to, plan.preface = values.period_from, values.period_to, values.preface


def _require_free_code(unit: Unit, code: str) -> None:
    if unit.first(select(Plan.id).where(Plan.code == code)):
        raise InputError(
            f"コード「{code}」の指針・計画は、すでに台帳にあります。",
            "同じ計画をもう一度取り込むことはできません。別の計画なら、コードを変えてください。",
        )


@operation("計画の項目を追加")
def add_item(
    unit: Unit,
    plan_id: int,
    parent_id: int | None,
    kind: ItemKind,
    values: ItemValues,
    position: int | None = None,
) -> int:
    """Add an item under ``parent_id`` (None: the plan itself), at ``position`` among its siblings or last; its id."""
    _require_title(kind, values)
    _require_place(unit, plan_id, kind, parent_id)
    unit.describe(f"{kind.label}「{excerpt(values.title)}」を追加")
    siblings = _siblings(unit, plan_id, parent_id)
    place = len(siblings) if position is None else max(0, min(position, len(siblings)))
    item = PlanItem(plan_id=plan_id, parent_id=parent_id, kind=kind, position=place)
    item.number, item.title, item.body = values.number, values.title, values.body
    _renumber(unit, [*siblings[:place], None, *siblings[place:]])
    return unit.add(item).id


@operation("計画の項目を変更")
def edit_item(unit: Unit, item_id: int, version: int, values: ItemValues) -> None:
    """Change number, wording and body of an item, as the form at ``version`` showed it."""
    item = unit.get(PlanItem, item_id, version)
    _require_title(item.kind, values)
    unit.describe(f"{item.kind.label}「{excerpt(values.title)}」を変更")
    item.number, item.title, item.body = values.number, values.title, values.body


@operation("計画の項目を移動")
def move_item(unit: Unit, item_id: int, parent_id: int | None, position: int) -> None:
    """Put an item at ``position`` among the children of ``parent_id``; its own children go with it."""
    item = unit.get(PlanItem, item_id)
    _require_place(unit, item.plan_id, item.kind, parent_id)
    _require_no_loop(unit, item_id, parent_id)
    unit.describe(f"{item.kind.label}「{excerpt(item.title)}」を移動")
    others = [one for one in _siblings(unit, item.plan_id, parent_id) if one.id != item_id]
    place = max(0, min(position, len(others)))
    item.parent_id = parent_id
    _renumber(unit, [*others[:place], item, *others[place:]])


@operation("計画の項目を終了")
def end_item(unit: Unit, item_id: int, version: int, fiscal_year: int | None) -> None:
    """End an item after ``fiscal_year`` (its last one), or take the end back with None. Its reviews stay."""
    item = unit.get(PlanItem, item_id, version)
    verb = "終了" if fiscal_year is not None else "継続に戻す"
    unit.describe(f"{item.kind.label}「{excerpt(item.title)}」を{verb}")
    item.ended_in = fiscal_year


@operation("計画の項目を削除")
def remove_item(unit: Unit, item_id: int, version: int) -> None:
    """Delete an item that was entered by mistake. InputError where anything stands under or upon it: then it is ended."""
    item = unit.get(PlanItem, item_id, version)
    children = unit.scalar(select(func.count()).where(PlanItem.parent_id == item_id)) or 0
    reviews = unit.scalar(select(func.count()).where(OutcomeReview.plan_item_id == item_id)) or 0
    if children or reviews:
        standing = f"下の項目 {children} 件" if children else f"到達状況の確認 {reviews} 件"
        raise InputError(
            f"{item.kind.label}「{excerpt(item.title)}」には{standing}があるため、削除できません。",
            "今後使わない項目は「終了」にしてください。これまでの記録は残ります。",
        )
    unit.describe(f"{item.kind.label}「{excerpt(item.title)}」を削除")
    links = select(PlanItemLineage.id).where(
        (PlanItemLineage.from_item_id == item_id) | (PlanItemLineage.to_item_id == item_id)
    )
    for row in unit.rows(links):
        unit.delete(unit.get(PlanItemLineage, row.id))
    siblings = [one for one in _siblings(unit, item.plan_id, item.parent_id) if one.id != item_id]
    unit.delete(item)
    _renumber(unit, list(siblings))


@operation("計画の項目の由来を記録")
def link_lineage(unit: Unit, from_item_id: int, to_item_id: int, kind: LineageKind, note: str = "") -> int:
    """Record that ``to_item_id`` came from ``from_item_id`` of another plan; the id of the link."""
    older, newer = unit.get(PlanItem, from_item_id), unit.get(PlanItem, to_item_id)
    if older.plan_id == newer.plan_id:
        raise InputError(
            "同じ計画の項目どうしは、由来としてつなげません。", "前の期の計画から項目を選んでください。"
        )
    unit.describe(f"「{excerpt(newer.title)}」の由来を記録")
    link = PlanItemLineage(from_item_id=from_item_id, to_item_id=to_item_id, kind=kind, note=note)
    return unit.add(link).id


@operation("計画の項目の由来を取り消す")
def unlink_lineage(unit: Unit, link_id: int) -> None:
    """Remove a link between items of two plans; the items stay."""
    link = unit.get(PlanItemLineage, link_id)
    newer = unit.get(PlanItem, link.to_item_id)
    unit.describe(f"「{excerpt(newer.title)}」の由来を取り消す")
    unit.delete(link)


def _siblings(unit: Unit, plan_id: int, parent_id: int | None) -> list[PlanItem]:
    found = unit.rows(
        select(PlanItem.id)
        .where(PlanItem.plan_id == plan_id, PlanItem.parent_id == parent_id)
        .order_by(PlanItem.position, PlanItem.id)
    )
    return [unit.get(PlanItem, row.id) for row in found]


def _renumber(unit: Unit, ordered: list[PlanItem | None] | list[PlanItem]) -> None:
    for position, item in enumerate(ordered):
        if item is not None and item.position != position:
            item.position = position
    unit.flush()


def _require_title(kind: ItemKind, values: ItemValues) -> None:
    if not values.title.strip():
        raise InputError(f"{kind.label}の本文が空です。", "本文を入力してから保存してください。")


def _require_place(unit: Unit, plan_id: int, kind: ItemKind, parent_id: int | None) -> None:
    parent = unit.get(PlanItem, parent_id) if parent_id is not None else None
    if parent is not None and parent.plan_id != plan_id:
        raise InputError(
            "項目を、別の計画の項目の下には置けません。", "同じ計画の中から、置く場所を選んでください。"
        )
    if (parent.kind if parent else None) not in kind.parents:
        where = f"「{parent.kind.label}」の下" if parent else "計画のすぐ下"
        raise InputError(f"「{kind.label}」は{where}には置けません。", "置く場所を選び直してください。")


def _require_no_loop(unit: Unit, item_id: int, parent_id: int | None) -> None:
    above = parent_id
    while above is not None:
        if above == item_id:
            raise InputError("項目を、自分の下には移せません。", "置く場所を選び直してください。")
        above = unit.get(PlanItem, above).parent_id
