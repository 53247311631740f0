"""The collaborations as the page lists them: every text, group and search key is worked out here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from app import records
from app.calendar import DateStyle, format_date
from app.collaborations import queries
from app.collaborations.examples import Examples, examples
from app.collaborations.queries import CollaborationRow
from app.collaborations.steps import step_titles
from app.meetings import queries as meeting_queries
from app.office import Reader
from app.organisations import queries as organisation_queries
from app.records import RecordKey
from app.text import search_key
from db.vocabulary import CollaborationState
from ui.collaborations.states import state_words
from ui.widgets.organisation_field import OrganisationChoice, organisation_choices
from ui.widgets.record_list import ListLine

WIDEST = "ステップ4　"
"""The widest words of the list's first column."""

_WHOLE_WARD, _NO_STEP = "地区を決めていない取組", "連携ステップを決めていない取組"


class Order(Enum):
    """How the list is grouped."""

    STATE = "状態ごと"
    STEP = "ステップごと"
    DISTRICT = "地区ごと"


@dataclass(frozen=True, slots=True)
class Found:
    """The collaborations that are alive in a year, by id, with what a form offers: names by id, steps by number."""

    fiscal_year: int
    rows: dict[int, CollaborationRow]
    organisations: tuple[OrganisationChoice, ...]
    districts: dict[int, str]
    steps: dict[int, str]
    topics: dict[int, str]
    examples: Examples


def read(reader: Reader, fiscal_year: int) -> Found:
    """Read what the page shows of a year."""
    rows = {row.id: row for row in queries.collaborations(reader, fiscal_year)}
    return Found(
        fiscal_year,
        rows,
        organisation_choices(organisation_queries.organisations(reader)),
        {row.id: row.name for row in organisation_queries.lists(reader).districts},
        {number: f"ステップ{number}　{title}" for number, title in step_titles(reader).items()},
        records.titles_of(reader, "plan_item", {one for row in rows.values() for one in row.topics}),
        examples(),
    )


def agenda_names(reader: Reader, collaboration_id: int) -> dict[int, str]:
    """The names of the 議題 that are about a collaboration, with their meetings, the latest first."""
    keys = [RecordKey("agenda_item", one) for one in meeting_queries.discussing(reader, collaboration_id)]
    titles = records.titles(reader, keys)
    return {key.id: titles[key] for key in keys}


def lines(found: Found, order: Order) -> list[ListLine]:
    """The list under the headings of ``order``; within each the newest first."""
    rows = list(found.rows.values())
    match order:
        case Order.STATE:
            places = (CollaborationState.RUNNING, CollaborationState.PLANNED, CollaborationState.ENDED)
            rows.sort(key=lambda row: places.index(row.state))
            groups = {row.id: state_words(row.state) for row in rows}
        case Order.STEP:
            rows.sort(key=lambda row: row.step_number or 0, reverse=True)
            groups = {row.id: found.steps.get(row.step_number or 0, _NO_STEP) for row in rows}
        case Order.DISTRICT:
            districts = list(found.districts)
            rows.sort(key=lambda row: districts.index(row.district_id) if row.district_id else len(districts))
            groups = {row.id: row.district or _WHOLE_WARD for row in rows}
    return [_line(found, row, groups[row.id]) for row in rows]


def waiting_words(found: Found) -> str:
    """How many have ended and nobody has looked back on them."""
    waiting = sum(needs_review(row) for row in found.rows.values())
    return f"終了して振り返り未記入 {waiting}件" if waiting else ""


def needs_review(row: CollaborationRow) -> bool:
    """Whether it has ended without a look-back."""
    return row.state is CollaborationState.ENDED and not row.is_reviewed


def span_words(row: CollaborationRow) -> str:
    """From when to when it runs: 「R9.5.8～」."""
    began, ended = (
        format_date(day, DateStyle.WAREKI_SHORT) if day else "" for day in (row.started_on, row.ended_on)
    )
    return f"{began}～{ended}" if began or ended else ""


def _line(found: Found, row: CollaborationRow, group: str) -> ListLine:
    step = f"ステップ{row.step_number}" if row.step_number else "―"
    lead = next((one.name for one in row.partners if one.is_lead), "")
    others = len(row.partners) - bool(lead)
    who = f"{lead}ほか{others}" if lead and others else lead or (f"{others}団体" if others else "")
    below = "　".join(part for part in (span_words(row), row.district, who) if part)
    state = "！振り返り" if needs_review(row) else state_words(row.state)
    return ListLine(row.id, f"{state}\n{step}", f"{row.title}\n{below}", group, _key(found, row))


def _key(found: Found, row: CollaborationRow) -> str:
    narrative = (row.origin, row.issue, row.aim, row.image, row.result, row.learned, row.next_step, row.note)
    partners = (text for one in row.partners for text in (one.name, one.role))
    activities = (text for one in row.activities for text in (one.title, one.place, one.note))
    texts: tuple[str, ...] = (
        row.title,
        row.state.label,
        found.steps.get(row.step_number or 0, ""),
        row.district,
        *narrative,
        *partners,
        *activities,
        *(found.topics.get(one, "") for one in row.topics),
        *_kana(found.organisations, {one.organisation_id for one in row.partners}),
    )
    return search_key("\n".join(texts))


def _kana(choices: tuple[OrganisationChoice, ...], ids: set[int | None]) -> list[str]:
    """What the organisations among ``ids`` are found by."""
    return [key for one in choices if one.id in ids for key in one.keys]


def names(found: Found) -> Mapping[str, Mapping[int, str]]:
    """The words behind ids and numbers, for what another has written."""
    return {
        "organisation": {one.id: one.name for one in found.organisations},
        "district_id": found.districts,
        "step_number": found.steps,
    }
