"""Any record of the ledger by its key, and the name under which people know it; what general links and search results point to.

Each noun that can be pointed to has one entry in ``KINDS``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.calendar import fiscal_year_label, format_month
from app.errors import InputError
from app.meetings.rules import meeting_name
from app.office import Reader, Unit
from app.text import excerpt
from db.schema.action_items import ActionItem
from db.schema.collaborations import Collaboration
from db.schema.meetings import AgendaItem, Meeting, MeetingKind, Statement
from db.schema.office import RecordLink
from db.schema.organisations import Area, ContactPerson, District, Organisation, ServiceType
from db.schema.outcomes import OutcomeReview
from db.schema.plans import Plan, PlanItem
from db.schema.referrals import Referral
from db.schema.steps import AssessmentRound, StepAssessment
from db.schema.voices import Voice
from db.vocabulary import LinkRole, ScopeKind


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


def titles_of(reader: Reader, kind: str, ids: Iterable[int]) -> dict[int, str]:
    """The names of records of one kind today, by id; one that is gone is left out."""
    return KINDS[kind].titles(reader, list(ids))


def kind_label(kind: str) -> str:
    """What people call records of this table; the table's own name where it is not one they point to."""
    return KINDS[kind].label if kind in KINDS else kind


def write_topics(
    unit: Unit, source: RecordKey, target_ids: Sequence[int], target_kind: str = "plan_item"
) -> bool:
    """Make the records of one kind that a record is about (role ``topic``) those given, in their order, as part of an operation.

    Says whether anything changed. InputError where one of them is gone.
    """
    link = RecordLink
    found = unit.rows(
        select(link.id, link.target_id)
        .where(
            link.role == LinkRole.TOPIC,
            link.source_kind == source.kind,
            link.source_id == source.id,
            link.target_kind == target_kind,
        )
        .order_by(link.id)
    )
    wanted = tuple(dict.fromkeys(target_ids))
    if tuple(row.target_id for row in found) == wanted:
        return False
    if len(titles(unit, [RecordKey(target_kind, one) for one in wanted])) < len(wanted):
        raise InputError(
            f"選んだ{kind_label(target_kind)}のうち、すでに削除されたものがあります。",
            "選び直してから保存してください。入力した内容は画面に残っています。",
        )
    for row in found:
        unit.delete(unit.get(link, row.id))
    for target_id in wanted:
        unit.add(
            link(
                role=LinkRole.TOPIC,
                source_kind=source.kind,
                source_id=source.id,
                target_kind=target_kind,
                target_id=target_id,
            )
        )
    return True


def lead_elsewhere(unit: Unit, kind: str, gone_id: int, kept_id: int) -> None:
    """Let what points to a record point to another of its kind that takes its place; part of the operation that merges them."""
    link = RecordLink
    rows = unit.rows(select(link.id).where(link.target_kind == kind, link.target_id == gone_id))
    for row in rows:
        unit.get(link, row.id).target_id = kept_id


def about(reader: Reader, plan_item_id: int) -> tuple[RecordKey, ...]:
    """The records that are about a plan item (role ``topic``): 議題, 養育者の声, 連携した取組; the newest first."""
    link = RecordLink
    rows = reader.rows(
        select(link.source_kind, link.source_id)
        .where(link.role == LinkRole.TOPIC, link.target_kind == "plan_item", link.target_id == plan_item_id)
        .order_by(link.id.desc())
    )
    return tuple(RecordKey(row.source_kind, row.source_id) for row in rows)


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


def _meeting_titles(reader: Reader, ids: list[int]) -> dict[int, str]:
    rows = reader.rows(
        select(
            Meeting.id,
            MeetingKind.name.label("kind"),
            Meeting.fiscal_year,
            Meeting.number,
            Meeting.title,
            District.name.label("district"),
        )
        .join(MeetingKind, MeetingKind.id == Meeting.meeting_kind_id)
        .outerjoin(District, District.id == Meeting.district_id)
        .where(Meeting.id.in_(ids))
    )
    return {
        row.id: meeting_name(row.kind, row.fiscal_year, row.number, row.title, row.district or "")
        for row in rows
    }


def _of_meetings(reader: Reader, rows: Sequence[tuple[int, int, str]]) -> dict[int, str]:
    """Titles of what belongs to meetings, from (id, meeting id, text): 令和8年度第2回全体会「居場所の情報発信」."""
    named = _meeting_titles(reader, [meeting_id for _, meeting_id, _ in rows])
    return {row_id: f"{named[meeting_id]}「{excerpt(text, length=40)}」" for row_id, meeting_id, text in rows}


def _agenda_titles(reader: Reader, ids: list[int]) -> dict[int, str]:
    item = AgendaItem
    rows = reader.rows(select(item.id, item.meeting_id, item.title).where(item.id.in_(ids)))
    return _of_meetings(reader, [(row.id, row.meeting_id, row.title) for row in rows])


def _statement_titles(reader: Reader, ids: list[int]) -> dict[int, str]:
    line = Statement
    rows = reader.rows(select(line.id, line.meeting_id, line.text).where(line.id.in_(ids)))
    return _of_meetings(reader, [(row.id, row.meeting_id, row.text) for row in rows])


def _action_titles(reader: Reader, ids: list[int]) -> dict[int, str]:
    rows = reader.rows(select(ActionItem.id, ActionItem.what).where(ActionItem.id.in_(ids)))
    return {row.id: f"宿題「{excerpt(row.what, length=40)}」" for row in rows}


def _voice_titles(reader: Reader, ids: list[int]) -> dict[int, str]:
    rows = reader.rows(select(Voice.id, Voice.content).where(Voice.id.in_(ids)))
    return {row.id: f"養育者の声「{excerpt(row.content, length=40)}」" for row in rows}


def _round_titles(reader: Reader, ids: list[int]) -> dict[int, str]:
    held = AssessmentRound
    rows = reader.rows(select(held.id, held.fiscal_year, held.number).where(held.id.in_(ids)))
    return {row.id: f"{fiscal_year_label(row.fiscal_year)} 第{row.number}回のステップ確認" for row in rows}


def _assessment_titles(reader: Reader, ids: list[int]) -> dict[int, str]:
    """令和8年度 第2回のステップ確認「若葉台（地域）」, with the organisation that was asked where it is another than the scope."""
    one = StepAssessment
    rows = reader.rows(
        select(
            one.id,
            one.assessment_round_id,
            one.scope_kind,
            one.scope_id,
            one.perspective,
            one.organisation_id,
            Organisation.name.label("organisation"),
        )
        .outerjoin(Organisation, Organisation.id == one.organisation_id)
        .where(one.id.in_(ids))
    )
    held = _round_titles(reader, [row.assessment_round_id for row in rows])
    scopes = {
        (kind, row.id): row.name
        for kind, model in SCOPE_MODELS.items()
        for row in reader.rows(
            select(model.id, model.name).where(
                model.id.in_([one.scope_id for one in rows if one.scope_kind is kind])
            )
        )
    }
    found: dict[int, str] = {}
    for row in rows:
        scope = scopes.get((row.scope_kind, row.scope_id), row.scope_kind.label)
        asked = f" {row.organisation}" if row.organisation and row.organisation != scope else ""
        found[row.id] = f"{held[row.assessment_round_id]}「{scope}{asked}（{row.perspective.label}）」"
    return found


def _collaboration_titles(reader: Reader, ids: list[int]) -> dict[int, str]:
    rows = reader.rows(select(Collaboration.id, Collaboration.title).where(Collaboration.id.in_(ids)))
    return {row.id: f"連携した取組「{excerpt(row.title, length=40)}」" for row in rows}


def _referral_titles(reader: Reader, ids: list[int]) -> dict[int, str]:
    """令和8年11月のつなぎ「こもれび広場→はなみずきの会」."""
    one, giver, taker = Referral, aliased(Organisation), aliased(Organisation)
    rows = reader.rows(
        select(one.id, one.month, giver.name.label("giver"), taker.name.label("taker"))
        .join(giver, giver.id == one.from_organisation_id)
        .join(taker, taker.id == one.to_organisation_id)
        .where(one.id.in_(ids))
    )
    return {
        row.id: f"{format_month(row.month)}のつなぎ「{excerpt(row.giver)}→{excerpt(row.taker)}」"
        for row in rows
    }


SCOPE_MODELS: dict[ScopeKind, Any] = {
    ScopeKind.AREA: Area,
    ScopeKind.DISTRICT: District,
    ScopeKind.SERVICE_TYPE: ServiceType,
    ScopeKind.ORGANISATION: Organisation,
}
"""The tables that the scopes of a step_assessment are rows of; 区全体 is none."""

KINDS: dict[str, RecordKind] = {
    "plan": RecordKind("指針・計画", _plan_titles),
    "plan_item": RecordKind("計画の項目", _item_titles),
    "outcome_review": RecordKind("到達状況の確認", _review_titles),
    "organisation": RecordKind("会員団体", _organisation_titles),
    "contact_person": RecordKind("担当者・代表者", _person_titles),
    "meeting": RecordKind("会議", _meeting_titles),
    "agenda_item": RecordKind("議題", _agenda_titles),
    "statement": RecordKind("会議録の発言", _statement_titles),
    "action_item": RecordKind("宿題", _action_titles),
    "voice": RecordKind("養育者の声", _voice_titles),
    "assessment_round": RecordKind("ステップ確認の回", _round_titles),
    "step_assessment": RecordKind("ステップ確認", _assessment_titles),
    "collaboration": RecordKind("連携した取組", _collaboration_titles),
    "referral": RecordKind("つなぎ", _referral_titles),
}
