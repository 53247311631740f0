"""The list of organisations: what it finds and in which order."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.office import Office
from app.organisations import lists as office_lists
from app.organisations import operations, people, queries
from app.organisations.lists import EntryValues
from app.organisations.operations import OrganisationValues
from app.organisations.people import PersonValues, TermValues
from app.records import RecordKey
from db.vocabulary import ContactRole
from ui.organisations import roster
from ui.organisations.roster import Filter, Roster
from ui.organisations.roster_columns import COLUMNS
from ui.organisations.roster_model import FORMER, UNSAVED, RosterModel

DAY = date(2026, 11, 21)
PLAZA, NURSERY, CIRCLE, LEFT = "六浦地域ケアプラザ", "釜利谷保育園", "ｻｰｸﾙ はぐみ", "昔のひろば"


@pytest.fixture
def found(office: Office) -> Roster:
    """Four organisations, one of which has left."""
    office.perform(
        office_lists.save_districts,
        [EntryValues("東")],
        [EntryValues("六浦", area="東"), EntryValues("釜利谷")],
    )
    lists = office.ask(queries.lists)
    districts = {row.name: row.id for row in lists.districts}
    categories = [row.id for row in lists.categories]
    for values in (
        OrganisationValues(
            PLAZA, "六浦CP", "むつうら", categories[6], districts["六浦"], telephone="045-000-0001"
        ),
        OrganisationValues(NURSERY, "", "かまりや", categories[8], districts["釜利谷"]),
        OrganisationValues(CIRCLE, "", "", categories[0], None, lists.service_types[0].id),
        OrganisationValues(LEFT, kana="むかし", member_to=date(2025, 3, 31)),
    ):
        office.perform(operations.add_organisation, values)
    ids = {row.name: row.id for row in office.ask(queries.organisations)}
    person = PersonValues("髙橋 𠮷子", "たかはし よしこ", telephone="090-0000-0009")
    office.perform(people.add_person, ids[NURSERY], person, TermValues(ContactRole.LIAISON))
    return office.ask(roster.read, DAY)


def names(found: Roster, wanted: Filter, column: str = "name", descending: bool = False) -> list[str]:
    """The names that a filter lets through."""
    place = [one.key for one in COLUMNS].index(column)
    order = found.order(place)
    return [row.name for row in found.shown(wanted, reversed(order) if descending else order)]


@pytest.mark.parametrize(
    "text", ["けあ", "ｹｱ", "ケア", "ぷらざ", "域ケア", "六浦cp", "ＣＰ", "むつうら ケア"]
)
def test_a_plaza_is_found_by_any_kana_any_width_and_a_middle_word(found: Roster, text: str) -> None:
    assert names(found, Filter(text)) == [PLAZA]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("さーくる", CIRCLE),
        ("よしこ", NURSERY),
        ("たかはしよしこ", NURSERY),
        ("𠮷", NURSERY),
        ("045-000-0001", PLAZA),
        ("0450000001", PLAZA),
        ("０９０－００００－０００９", NURSERY),
        ("地域ケアプラザ", PLAZA),
        ("六浦", PLAZA),
    ],
)
def test_people_telephones_districts_and_categories_are_looked_at(
    found: Roster, text: str, name: str
) -> None:
    assert names(found, Filter(text)) == [name]


def test_a_word_that_is_nowhere_finds_nothing(found: Roster) -> None:
    assert names(found, Filter("ないない")) == []
    assert names(found, Filter("ケア 釜利谷")) == [], "every word has to be there"


def test_order_is_by_kana_and_by_any_column_with_empty_ones_behind(found: Roster) -> None:
    assert names(found, Filter()) == [NURSERY, CIRCLE, PLAZA]
    assert names(found, Filter(), descending=True) == [PLAZA, CIRCLE, NURSERY]
    assert names(found, Filter(), "district") == [PLAZA, NURSERY, CIRCLE], "in the order of the office's list"
    assert names(found, Filter(), "liaison")[0] == NURSERY


def test_quick_filters_narrow_by_group_category_district_area_and_type(found: Roster) -> None:
    lists = found.lists
    group = lists.categories[0].group
    assert names(found, Filter(group=group)) == [CIRCLE]
    assert names(found, Filter(category_id=lists.categories[6].id)) == [PLAZA]
    assert names(found, Filter(district_id=lists.districts[1].id)) == [NURSERY]
    assert names(found, Filter(area="東")) == [PLAZA]
    assert names(found, Filter(service_type_id=lists.service_types[0].id)) == [CIRCLE]


def test_former_members_are_shown_where_they_are_wanted_or_were_members(
    office: Office, found: Roster
) -> None:
    assert LEFT not in names(found, Filter())
    assert LEFT in names(found, Filter(with_former=True))
    assert LEFT in names(office.ask(roster.read, date(2025, 3, 31)), Filter())


def test_the_first_read_shows_the_same_list_and_one_organisation_whole(office: Office, found: Roster) -> None:
    first = office.ask(roster.read_first, DAY)
    assert names(first, Filter(with_former=True)) == names(found, Filter(with_former=True))
    assert names(first, Filter(area="東")) == [PLAZA]
    assert [one.organisation.name for one in first.members.values()] == [NURSERY], "the first of the list"
    wanted = next(row.id for row in found.rows if row.name == LEFT)
    assert office.ask(roster.read_first, DAY, wanted).members == {wanted: found.members[wanted]}
    assert names(first, Filter("さーくる")) == names(first, Filter()), "words count once the people are there"


def test_a_filter_survives_being_kept(found: Roster) -> None:
    wanted = Filter("ケア", found.lists.categories[0].group, None, "東", 2, 3, DAY, True)
    assert Filter.of_content(wanted.content()) == wanted
    assert Filter.of_content({"group": "unknown"}) == Filter()


def test_a_record_leads_to_the_organisation_that_shows_it(office: Office, found: Roster) -> None:
    ids = {row.name: row.id for row in office.ask(queries.organisations)}
    person = office.ask(queries.people)[0]
    assert office.ask(roster.organisation_of, RecordKey("contact_person", person.id)) == ids[NURSERY]
    office.perform(operations.merge, ids[PLAZA], ids[CIRCLE])
    assert office.ask(roster.organisation_of, RecordKey("organisation", ids[CIRCLE])) == ids[PLAZA]
    assert office.ask(roster.organisation_of, RecordKey("organisation", 9999)) is None


def test_model_keeps_its_promises_while_it_is_filtered_sorted_and_marked(qtbot: QtBot, found: Roster) -> None:
    model = RosterModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_roster(found, Filter(with_former=True))
    assert (model.rowCount(), model.member_count) == (4, 3)
    left = next(row.id for row in found.rows if row.name == LEFT)
    assert model.index_of(left).data() == LEFT + FORMER
    model.mark_unsaved(frozenset({left}))
    assert model.index_of(left).data() == UNSAVED + LEFT + FORMER
    model.sort(0, Qt.SortOrder.DescendingOrder)
    model.filter(Filter("ケア"))
    assert model.rowCount() == 1
    assert not model.index_of(left).isValid()
    model.filter(Filter("ないない"))
    assert model.rowCount() == 0
    tester.deleteLater()
