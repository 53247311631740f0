"""Writing the office's own lists: districts and areas, categories, service types."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.errors import ConflictError, InputError
from app.office import Unit, operation
from app.organisations import queries
from app.organisations.queries import Lists
from app.organisations.standard import standard_lists
from app.records import SCOPE_MODELS, RecordKey, titles
from app.text import excerpt
from db.schema.collaborations import Collaboration
from db.schema.meetings import Meeting
from db.schema.organisations import Area, District, Organisation, OrganisationCategory, ServiceType
from db.schema.steps import StepAssessment
from db.vocabulary import OrganisationGroup


@dataclass(frozen=True, slots=True)
class EntryValues:
    """One line of an office's list; ``id`` is None for a new one. What a list does not have stays at its default."""

    name: str
    id: int | None = None
    kana: str = ""
    area: str = ""
    group: OrganisationGroup = OrganisationGroup.OTHER
    text: str = ""


@dataclass(frozen=True, slots=True)
class ListsValues:
    """What a form of all lists holds; None stands for a list that was not changed. Areas and districts come together."""

    areas: Sequence[EntryValues] | None = None
    districts: Sequence[EntryValues] | None = None
    categories: Sequence[EntryValues] | None = None
    service_types: Sequence[EntryValues] | None = None


@operation("区分・地区・事業の種類の一覧を変更")
def save_lists(unit: Unit, values: ListsValues, shown: Lists) -> None:
    """Make the changed lists what the form holds, all of them or none; ``shown`` is what it began with.

    ConflictError where one of those lists has moved on since; InputError as each list by itself.
    """
    now = queries.lists(unit)
    for wanted, before, after, name in (
        (values.areas, shown.areas, now.areas, "エリア"),
        (values.districts, shown.districts, now.districts, "地区"),
        (values.categories, shown.categories, now.categories, "区分"),
        (values.service_types, shown.service_types, now.service_types, "事業の種類"),
    ):
        if wanted is not None and _versions(before) != _versions(after):
            raise ConflictError(
                f"{name}の一覧は、開いた後にほかの人が変更しています。何も保存していません。",
                "入力した内容は画面に残っています。控えてから一覧を開き直して、いまの内容と見比べてください。",
            )
    if values.areas is not None and values.districts is not None:
        save_districts(unit, values.areas, values.districts)
    if values.categories is not None:
        save_categories(unit, values.categories)
    if values.service_types is not None:
        save_service_types(unit, values.service_types)


@operation("地区とエリアの一覧を変更")
def save_districts(unit: Unit, areas: Sequence[EntryValues], districts: Sequence[EntryValues]) -> None:
    """Make the lists of areas and districts what the form holds; a district names its area. InputError where one is in use."""
    _remove_others(unit, District, districts)
    _empty_areas(unit, {entry.id for entry in areas})
    _remove_others(unit, Area, areas)
    _write_list(unit, Area, areas)
    ids = {row.name: row.id for row in unit.rows(select(Area.id, Area.name))}

    def fill(row: Any, entry: EntryValues) -> None:
        area = entry.area.strip()
        if area and area not in ids:
            raise InputError(f"エリア「{area}」はありません。", "先にエリアの一覧へ加えてください。")
        row.kana, row.area_id = entry.kana, ids.get(area)

    _write_list(unit, District, districts, fill)


@operation("会員団体の区分を変更")
def save_categories(unit: Unit, categories: Sequence[EntryValues]) -> None:
    """Make the list of categories what the form holds."""

    def fill(row: Any, entry: EntryValues) -> None:
        row.group, row.description = entry.group, entry.text

    _remove_others(unit, OrganisationCategory, categories)
    _write_list(unit, OrganisationCategory, categories, fill)


@operation("事業の種類を変更")
def save_service_types(unit: Unit, service_types: Sequence[EntryValues]) -> None:
    """Make the list of service types what the form holds."""

    def fill(row: Any, entry: EntryValues) -> None:
        row.features = entry.text

    _remove_others(unit, ServiceType, service_types)
    _write_list(unit, ServiceType, service_types, fill)


@operation("標準の区分と事業の種類を追加")
def add_standard_lists(unit: Unit) -> int:
    """Put the standard categories and service types behind those there are, leaving out names already taken; how many came in."""
    standard = standard_lists()
    categories = [
        OrganisationCategory(group=one.group, name=one.name, description=one.description)
        for one in standard.categories
    ]
    service_types = [ServiceType(name=one.name, features=one.features) for one in standard.service_types]
    return _add_missing(unit, OrganisationCategory, categories) + _add_missing(
        unit, ServiceType, service_types
    )


def _versions(rows: Sequence[Any]) -> set[tuple[int, int]]:
    return {(row.id, row.version) for row in rows}


def _empty_areas(unit: Unit, kept: set[int | None]) -> None:
    """Take the districts out of areas that go, so that the form can put them into others."""
    for row in unit.rows(select(District.id, District.area_id).where(District.area_id.is_not(None))):
        if row.area_id not in kept:
            unit.get(District, row.id).area_id = None
    unit.flush()


def _remove_others(unit: Unit, model: Any, entries: Sequence[EntryValues]) -> None:
    """Remove the lines that the form no longer holds; a line in use cannot be removed."""
    kept = {entry.id for entry in entries}
    for row in unit.rows(select(model.id, model.name)):
        if row.id not in kept:
            _require_unused(unit, model, row.id, row.name)
            unit.delete(unit.get(model, row.id))


def _write_list(
    unit: Unit,
    model: Any,
    entries: Sequence[EntryValues],
    fill: Callable[[Any, EntryValues], None] | None = None,
) -> None:
    """Bring the lines of a list to what the form holds, in its order; new ones come last, when old names are free."""
    names = [entry.name.strip() for entry in entries]
    if not all(names):
        raise InputError("名前のない行があります。", "名前を入力するか、その行を取り除いてください。")
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise InputError(f"「{twice}」が重なっています。", "一つにまとめるか、別の名前にしてください。")
    for position, entry in sorted(enumerate(entries), key=lambda one: one[1].id is None):
        row = model() if entry.id is None else unit.get(model, entry.id)
        row.name, row.position = names[position], position
        if fill is not None:
            fill(row, entry)
        if entry.id is None:
            unit.add(row)
        else:
            unit.flush()


def _add_missing(unit: Unit, model: Any, wanted: Sequence[Any]) -> int:
    known = unit.rows(select(model.name, model.position))
    names = {row.name for row in known}
    missing = [row for row in wanted if row.name not in names]
    first = max((row.position for row in known), default=-1) + 1
    for position, row in enumerate(missing, first):
        row.position = position
    unit.add_all(missing)
    return len(missing)


def _require_unused(unit: Unit, model: Any, row_id: int, name: str) -> None:
    columns = {
        District: Organisation.district_id,
        OrganisationCategory: Organisation.organisation_category_id,
        ServiceType: Organisation.service_type_id,
    }
    names: list[str] = []
    if model in columns:
        users = select(Organisation.name).where(columns[model] == row_id).limit(3)
        names = [excerpt(row.name) for row in unit.rows(users)]
    if model is District and not names:
        meetings = unit.rows(select(Meeting.id).where(Meeting.district_id == row_id).limit(3))
        names = [*titles(unit, [RecordKey("meeting", row.id) for row in meetings]).values()]
    if model is District and not names:
        shared = select(Collaboration.title).where(Collaboration.district_id == row_id).limit(3)
        names = [excerpt(row.title) for row in unit.rows(shared)]
    if not names:
        names = _rounds_about(unit, model, row_id)
    if names:
        raise InputError(
            f"「{name}」は「{'」「'.join(names)}」などが使っているため、取り除けません。",
            "使っているほうを先に変えてください。",
        )


def _rounds_about(unit: Unit, model: Any, row_id: int) -> list[str]:
    """The rounds of ステップ確認 in which a line was asked about."""
    asked = StepAssessment
    kinds = [kind for kind, known in SCOPE_MODELS.items() if known is model]
    rounds = unit.rows(
        select(asked.assessment_round_id)
        .where(asked.scope_kind.in_(kinds), asked.scope_id == row_id)
        .distinct()
        .limit(3)
    )
    keys = [RecordKey("assessment_round", row.assessment_round_id) for row in rounds]
    return [*titles(unit, keys).values()]
