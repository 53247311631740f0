"""The papers of meetings as a whole: their golden texts, empty ledgers, and names that stay as they were on the day."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.errors import InputError
from app.meetings.operations import add_meeting
from app.meetings.queries import kinds
from app.meetings.values import MeetingValues
from app.office import Office
from app.organisations import queries as organisation_queries
from app.organisations.operations import OrganisationValues, edit_organisation, leave
from app.organisations.people import PersonValues, edit_person
from reports import catalogue, export
from reports.document import Report
from reports.renderers.text import to_text

Paper = Callable[..., Report]
Called = Callable[[Office, str], str]

HELD, COMING, DRAFTED = "令和9年度第2回全体会", "令和9年度第3回全体会", "令和9年度第4回事務局会議"
DAY = {"issued_on": "R10.2.10"}

GOLDEN: dict[str, tuple[str, str, dict[str, str]]] = {
    "agenda": ("agenda", COMING, {}),
    "attendees": ("attendees", HELD, {}),
    "attendees_reception": ("attendees", COMING, {"form": "reception", "order": "category"}),
    "minutes": ("minutes", HELD, {"speakers": "yes"}),
    "minutes_draft": ("minutes", DRAFTED, {}),
    "action_list_of_meeting": ("action_list", HELD, {"closed": "yes", **DAY}),
    "digest": ("digest", HELD, {"addressed": "one", "points": "yes", **DAY}),
    "mail_notice": ("mail", COMING, {}),
    "mail_sharing": ("mail", HELD, {"about": "sharing"}),
    "place_cards": ("place_cards", COMING, {}),
    "packet": ("packet", COMING, {"attendees": "no", "action_list": "no", **DAY}),
}

OF_ONE_MEETING = ("notice", "agenda", "attendees", "minutes", "action_list", "digest", "mail", "place_cards")


@pytest.mark.parametrize("name", GOLDEN)
def test_golden_text(
    name: str,
    sample_office: Office,
    paper: Paper,
    meeting_called: Called,
    matches_golden: Callable[[str, str], None],
) -> None:
    report_id, meeting, options = GOLDEN[name]
    report = paper(sample_office, report_id, meeting=meeting_called(sample_office, meeting), **options)
    matches_golden(name, to_text(report))


def test_golden_text_of_a_notice(
    sample_office: Office, paper: Paper, meeting_called: Called, matches_golden: Callable[[str, str], None]
) -> None:
    meeting = meeting_called(sample_office, COMING)
    organisation = next(
        str(one.id)
        for one in sample_office.ask(organisation_queries.organisations)
        if one.name == "パパの会 みほん"
    )
    report = paper(sample_office, "notice", meeting=meeting, organisation=organisation)
    matches_golden("notice", to_text(report))


@pytest.mark.parametrize("report_id", ["voices", "participation", "action_list"])
def test_golden_text_of_a_year(
    report_id: str, sample_office: Office, paper: Paper, matches_golden: Callable[[str, str], None]
) -> None:
    matches_golden(report_id, to_text(paper(sample_office, report_id, **DAY)))


# ------------------------------------------------------------------------------------------ as of that day


@pytest.fixture(scope="module")
def renamed_ledger(sample_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample after everybody in it was given another name; to be copied."""
    path = shutil.copyfile(sample_ledger, tmp_path_factory.mktemp("renamed") / "改名.tsunagari")
    office = Office.open(path, "金沢 一郎")
    for one in office.ask(organisation_queries.organisations):
        values = OrganisationValues(
            f"改名{one.id}", kana=f"かいめい{one.id}", short_name=f"改{one.id}", district_id=one.district_id
        )
        office.perform(edit_organisation, one.id, one.version, values)
    for person in office.ask(organisation_queries.people):
        office.perform(edit_person, person.id, person.version, PersonValues(f"別人{person.id}", "べつじん"))
    office.close()
    return path


@pytest.fixture
def renamed_office(renamed_ledger: Path, tmp_path: Path) -> Iterator[Office]:
    """A copy of it, open."""
    opened = Office.open(shutil.copyfile(renamed_ledger, tmp_path / renamed_ledger.name), "金沢 一郎")
    yield opened
    opened.close()


def _papers(
    office: Office, paper: Paper, meeting: str, report_id: str, options: dict[str, str]
) -> tuple[str, Any]:
    """A paper of the meeting as text, and its data sheets; what a list of 宿題 is sorted by is its own."""
    report = paper(office, report_id, meeting=meeting, **options)
    return to_text(report), report.data if report_id != "action_list" else None


@pytest.mark.parametrize(
    ("report_id", "options"),
    [
        *((report_id, {}) for report_id in OF_ONE_MEETING),
        ("attendees", {"form": "reception", "order": "category"}),
        ("action_list", {"closed": "yes"}),
        ("mail", {"about": "sharing", "addressed": "each"}),
        ("mail", {"addressed": "each"}),
        ("minutes", {"speakers": "yes"}),
        ("place_cards", {"whom": "everybody", "order": "category"}),
    ],
)
def test_names_changed_after_the_minutes_are_final_change_no_paper_of_the_meeting(
    report_id: str,
    options: dict[str, str],
    sample_office: Office,
    renamed_office: Office,
    paper: Paper,
    meeting_called: Called,
) -> None:
    meeting = meeting_called(sample_office, HELD)
    before = _papers(sample_office, paper, meeting, report_id, options)
    assert _papers(renamed_office, paper, meeting, report_id, options) == before


def test_before_the_minutes_are_final_a_new_name_is_printed(
    renamed_office: Office, paper: Paper, meeting_called: Called
) -> None:
    meeting = meeting_called(renamed_office, COMING)
    text = to_text(paper(renamed_office, "attendees", meeting=meeting))
    assert "改名" in text
    assert "パパの会 みほん" not in text


def test_an_organisation_that_left_stays_in_the_papers_of_its_meetings(
    sample_office: Office, paper: Paper, meeting_called: Called
) -> None:
    meeting = meeting_called(sample_office, HELD)
    row = next(
        one for one in sample_office.ask(organisation_queries.organisations) if one.name == "パパの会 みほん"
    )
    before = to_text(paper(sample_office, "attendees", meeting=meeting))
    sample_office.perform(leave, row.id, row.version, date(2028, 2, 20))
    assert to_text(paper(sample_office, "attendees", meeting=meeting)) == before


# ------------------------------------------------------------------------------------------ nothing to tell


@pytest.mark.parametrize("report_id", [*OF_ONE_MEETING, "packet"])
def test_a_year_without_a_meeting_is_told_with_the_way_on(
    report_id: str, empty_office: Office, paper: Paper
) -> None:
    if report_id == "action_list":
        assert "ありません。" in to_text(paper(empty_office, report_id))
        return
    with pytest.raises(InputError, match="開催日の決まった会議がありません") as told:
        paper(empty_office, report_id)
    assert "「会議」のページ" in told.value.advice


@pytest.mark.parametrize("report_id", ["voices", "participation"])
def test_a_year_in_which_nothing_was_said_or_held_makes_a_paper_that_says_so(
    report_id: str, empty_office: Office, paper: Paper, tmp_path: Path
) -> None:
    report = paper(empty_office, report_id)
    assert "まだありません。" in to_text(report)
    for fmt in catalogue.find(report_id).formats:
        assert export.write(report, fmt, tmp_path / f"paper{fmt.suffix}").stat().st_size > 0


@pytest.mark.parametrize("report_id", [*OF_ONE_MEETING, "packet"])
def test_a_bare_meeting_makes_every_paper_in_every_format_or_says_what_is_missing(
    report_id: str, empty_office: Office, paper: Paper, tmp_path: Path
) -> None:
    kind = empty_office.ask(kinds)[0]
    made = empty_office.perform(add_meeting, MeetingValues(kind.id, 2026, 1)).result
    entry = catalogue.find(report_id)
    if report_id == "digest":
        with pytest.raises(InputError, match="まだ開催済みになっていません"):
            paper(empty_office, report_id, meeting=str(made))
        return
    report = paper(empty_office, report_id, 2026, meeting=str(made))
    for fmt in entry.formats:
        assert export.write(report, fmt, tmp_path / f"paper{fmt.suffix}").stat().st_size > 0
    with empty_office.reading() as reader:
        messages = [one.message for one in entry.check(reader, 2026, entry.complete({"meeting": str(made)}))]
    assert messages or report_id in ("action_list", "place_cards")


def test_the_nearest_meeting_is_the_one_to_come_for_a_notice_and_the_last_held_for_minutes(
    office: Office, paper: Paper
) -> None:
    kind = office.ask(kinds)[0]
    values = MeetingValues(kind.id, 2026, 1, held_on=date(2026, 6, 10))
    office.perform(add_meeting, values)
    office.perform(add_meeting, replace(values, number=2, held_on=date(2099, 3, 31), fiscal_year=2098))
    assert paper(office, "minutes", 2026).title.startswith("令和8年度第1回")
    assert paper(office, "agenda", 2098).title.startswith("令和80年度第2回")
    assert paper(office, "agenda", 2026).title.startswith("令和8年度第1回"), "where none is to come"
