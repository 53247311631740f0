"""Any record of the ledger by its key, and the name under which people know it; what general links and search results point to.

Each noun that can be pointed to has one entry in ``KINDS``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import select

from app.calendar import fiscal_year_label
from app.office import Reader
from app.text import excerpt
from db.schema.organisations import ContactPerson, Organisation
from db.schema.outcomes import OutcomeReview
from db.schema.plans import Plan, PlanItem


@dataclass(frozen=True, slots=True)
class RecordKey:
    """A record: the name of its table, and its id."""

    kind: str
    id: int


Titles = Callable[[Reader, list[int]], dict[int, str]]


@dataclass(frozen=True, slots=True)
class RecordKind:
    """What people call records of a table, and how their titles are read."""

    label: str
    titles: Titles


def titles(reader: Reader, keys: Iterable[RecordKey]) -> dict[RecordKey, str]:
    """The names of records today; a key whose record is gone is left out."""
    wanted: dict[str, list[int]] = defaultdict(list)
    for key in keys:
        wanted[key.kind].append(key.id)
    return {
        RecordKey(kind, record_id): title
        for kind, ids in wanted.items()
        for record_id, title in KINDS[kind].titles(reader, ids).items()
    }


def kind_label(kind: str) -> str:
    """What people call records of this table; the table's own name where it is not one they point to."""
    return KINDS[kind].label if kind in KINDS else kind


def _plan_titles(reader: Reader, ids: list[int]) -> dict[int, str]:
    return {row.id: row.title for row in reader.rows(select(Plan.id, Plan.title).where(Plan.id.in_(ids)))}


def _item_titles(reader: Reader, ids: list[int]) -> dict[int, str]:
    rows = reader.rows(
        select(PlanItem.id, PlanItem.kind, PlanItem.number, PlanItem.title).where(PlanItem.id.in_(ids))
    )
    return {row.id: f"{row.kind.label}{row.number}「{excerpt(row.title, length=40)}」" for row in rows}


def _review_titles(reader: Reader, ids: list[int]) -> dict[int, str]:
    rows = reader.rows(
        select(OutcomeReview.id, OutcomeReview.fiscal_year, PlanItem.title)
        .join(PlanItem, PlanItem.id == OutcomeReview.plan_item_id)
        .where(OutcomeReview.id.in_(ids))
    )
    return {
        row.id: f"{fiscal_year_label(row.fiscal_year)}の到達状況「{excerpt(row.title, length=40)}」"
        for row in rows
    }


def _organisation_titles(reader: Reader, ids: list[int]) -> dict[int, str]:
    rows = reader.rows(select(Organisation.id, Organisation.name).where(Organisation.id.in_(ids)))
    return {row.id: row.name for row in rows}


def _person_titles(reader: Reader, ids: list[int]) -> dict[int, str]:
    rows = reader.rows(select(ContactPerson.id, ContactPerson.name).where(ContactPerson.id.in_(ids)))
    return {row.id: row.name for row in rows}


KINDS: dict[str, RecordKind] = {
    "plan": RecordKind("指針・計画", _plan_titles),
    "plan_item": RecordKind("計画の項目", _item_titles),
    "outcome_review": RecordKind("到達状況の確認", _review_titles),
    "organisation": RecordKind("会員団体", _organisation_titles),
    "contact_person": RecordKind("担当者・代表者", _person_titles),
}
