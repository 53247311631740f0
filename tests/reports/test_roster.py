"""会員名簿: who is on it on which day, in which order, and that a paper to hand out keeps persons' contact data back."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from app.errors import InputError
from app.office import Office
from app.organisations import queries
from app.organisations.operations import OrganisationValues, add_organisation, leave
from app.organisations.people import PersonValues, TermValues, add_person, hand_over
from app.text import kana_key
from db.vocabulary import ContactRole
from reports import catalogue, export
from reports.catalogue import Finding
from reports.checks import report_findings
from reports.document import Report
from reports.export import Format
from reports.renderers.text import to_text

_DAY = "R9.12.1"


def _build(office: Office, fiscal_year: int = 2027, **options: str) -> Report:
    entry = catalogue.find("roster")
    with office.reading() as reader:
        return entry.build(reader, fiscal_year, entry.complete({"as_of": _DAY} | options))


def _findings(office: Office, **options: str) -> tuple[Finding, ...]:
    entry = catalogue.find("roster")
    with office.reading() as reader:
        return entry.check(reader, 2027, entry.complete({"as_of": _DAY} | options))


def _personal(office: Office) -> set[str]:
    """Every telephone number and mail address of a person in the ledger."""
    return {own for one in office.ask(queries.people) for own in (one.telephone, one.mail) if own}


def _names(report: Report) -> list[str]:
    return [str(row[0]) for row in report.data[0].rows]


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("roster", {}),
        ("roster_internal", {"audience": "internal", "grouping": "district", "district": "若葉台"}),
    ],
)
def test_golden_text(
    sample_office: Office,
    matches_golden: Callable[[str, str], None],
    name: str,
    options: dict[str, str],
) -> None:
    matches_golden(name, to_text(_build(sample_office, 2027, **options)))


def test_a_roster_to_hand_out_holds_no_contact_data_of_persons(sample_office: Office, tmp_path: Path) -> None:
    report = _build(sample_office)
    assert _personal(sample_office)
    texts = [to_text(report)]
    book: Any = load_workbook(export.write(report, Format.DATA_XLSX, tmp_path / "data.xlsx"))
    texts += [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    organisations = {
        own for one in sample_office.ask(queries.organisations) for own in (one.telephone, one.mail) if own
    }
    for own in _personal(sample_office) - organisations:
        assert not any(own in text for text in texts)


def test_a_roster_for_the_office_holds_them_and_says_so(sample_office: Office) -> None:
    report = _build(sample_office, audience="internal")
    text = to_text(report)
    assert "【内部用】" in text
    day = date(2027, 12, 1)
    spoken = [
        term
        for member in sample_office.ask(queries.members, day)
        for role in (ContactRole.REPRESENTATIVE, ContactRole.LIAISON)
        for term in member.speakers(day, role)
    ]
    assert all(term.telephone in text and term.mail in text for term in spoken)


def test_organisations_stand_in_kana_order_in_their_groups(sample_office: Office) -> None:
    report = _build(sample_office, category="保育園・認定こども園・幼稚園")
    readings = {one.name: one.kana for one in sample_office.ask(queries.organisations)}
    names = _names(report)
    assert len(names) > 2
    assert names == sorted(names, key=lambda name: kana_key(readings[name], name))


def test_the_roster_tells_what_held_on_the_day(empty_office: Office) -> None:
    perform = empty_office.perform
    garden = perform(add_organisation, OrganisationValues("さくら保育園", kana="さくらほいくえん")).result
    circle = perform(add_organisation, OrganisationValues("もみじ会", kana="もみじかい")).result
    liaison = TermValues(ContactRole.LIAISON, "主任", date(2026, 4, 1))
    perform(add_person, garden, PersonValues("𠮷野 髙子"), liaison)
    perform(
        hand_over, garden, PersonValues("神﨑 次郎"), TermValues(ContactRole.LIAISON, "", date(2027, 4, 1))
    )
    perform(leave, circle, 1, date(2027, 3, 31))
    before = to_text(_build(empty_office, 2026, as_of="2027-03-31"))
    after = to_text(_build(empty_office, 2027, as_of="2027-04-01"))
    assert "主任 𠮷野 髙子" in before
    assert "もみじ会" in before
    assert "神﨑 次郎" in after
    assert "𠮷野" not in after
    assert "もみじ会" not in after


def test_without_a_day_a_past_year_is_shown_as_it_ended(sample_office: Office) -> None:
    assert "令和9年3月31日現在" in _build(sample_office, 2026, as_of="2027-03-31").subtitle
    assert "令和6年3月31日現在" in _build(sample_office, 2023, as_of="").subtitle


def test_a_category_that_is_not_in_the_ledger_is_answered_with_those_that_are(sample_office: Office) -> None:
    with pytest.raises(InputError, match="地域ケアプラザ"):
        _build(sample_office, category="天文台")


def test_the_ledger_says_what_can_be_chosen(sample_office: Office) -> None:
    with sample_office.reading() as reader:
        options = {one.key: one for one in catalogue.find("roster").options_in(reader)}
    names = [value for value, _ in options["category"].choices]
    assert names[0] == ""
    assert "地域ケアプラザ" in names
    assert len(options["district"].choices) == 15


def test_organisations_own_numbers_are_no_reason_to_warn(sample_office: Office) -> None:
    assert report_findings(_build(sample_office)) == ()


def test_a_number_of_a_person_in_the_place_of_the_organisations_is_pointed_out(empty_office: Office) -> None:
    values = OrganisationValues(
        "つばめ会", kana="つばめかい", telephone="０９０－００００－０００１", mail="HANA@example.jp"
    )
    circle = empty_office.perform(add_organisation, values).result
    person = PersonValues("花田 花子", telephone="090-0000-0001", mail="hana@example.jp")
    empty_office.perform(add_person, circle, person, TermValues(ContactRole.REPRESENTATIVE))
    messages = [finding.message for finding in _findings(empty_office)]
    assert sum("花田 花子さん個人" in message for message in messages) == 2
    assert not any("個人" in finding.message for finding in _findings(empty_office, audience="internal"))


def test_one_person_in_both_roles_stands_once(empty_office: Office) -> None:
    circle = empty_office.perform(add_organisation, OrganisationValues("つばめ会")).result
    term = empty_office.perform(
        add_person, circle, PersonValues("花田 花子"), TermValues(ContactRole.REPRESENTATIVE, "会長")
    ).result
    (person,) = empty_office.ask(queries.people)
    assert term
    empty_office.perform(add_person, circle, person.id, TermValues(ContactRole.LIAISON))
    text = to_text(_build(empty_office))
    assert text.count("花田 花子") == 1
    assert "代表者・担当者　会長 花田 花子" in text


def test_every_entry_is_in_the_pdf(sample_office: Office, tmp_path: Path) -> None:
    path = export.write(_build(sample_office), Format.PDF, tmp_path / "roster.pdf")
    text = re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(path).pages))
    entries = sample_office.ask(queries.organisations, date(2027, 12, 1))
    assert entries
    for one in entries:
        for typed in (one.name, one.telephone, one.fax, one.mail, one.address):
            assert re.sub(r"\s", "", typed) in text


def test_an_empty_ledger_gives_a_paper_that_says_so(empty_office: Office, tmp_path: Path) -> None:
    report = _build(empty_office)
    assert "台帳にありません" in to_text(report)
    for fmt in catalogue.find("roster").formats:
        export.write(report, fmt, tmp_path / f"roster{fmt.suffix}")
