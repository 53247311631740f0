"""宿題: given, changed, closed with a result, opened again, carried to the next meeting; each undone and redone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from app.action_items import queries
from app.action_items.operations import (
    ActionValues,
    add_action,
    close_action,
    edit_action,
    remove_action,
    reopen_action,
)
from app.action_items.queries import ActionItemRow
from app.errors import ConflictError, InputError
from app.meetings import queries as meeting_queries
from app.meetings.minutes import ItemMinutes, LineValues, save_minutes
from app.meetings.operations import AgendaValues, MeetingValues, add_meeting, save_agenda, set_state
from app.office import Office
from app.organisations import queries as organisation_queries
from app.organisations.lists import EntryValues, save_districts
from app.organisations.operations import OrganisationValues, add_organisation
from app.text import search_key
from db.vocabulary import ActionState, AgendaKind, MeetingState, StatementKind

Perform = Callable[..., Any]
DUE = date(2026, 8, 1)


@pytest.fixture
def general(empty_office: Office) -> int:
    """全体会 as a kind."""
    return empty_office.ask(meeting_queries.kinds)[0].id


def _meeting(office: Office, kind: int, number: int, day: date, district_id: int | None = None) -> int:
    values = MeetingValues(kind, 2026, number, held_on=day, district_id=district_id)
    return office.perform(add_meeting, values).result


def _item(office: Office, meeting_id: int) -> int:
    (found,) = office.perform(save_agenda, meeting_id, [AgendaValues(AgendaKind.TOPIC, "居場所")], 1).result
    return found


def _row(office: Office, action_item_id: int) -> ActionItemRow:
    return office.ask(queries.action_item, action_item_id)


def _carried(office: Office, meeting_id: int) -> list[str]:
    return [one.what for one in office.ask(queries.carried_to, meeting_id)]


def test_what_is_typed_comes_back_with_the_names_around_it(
    empty_office: Office, perform: Perform, general: int
) -> None:
    hinata = perform(add_organisation, OrganisationValues("つどいの広場 ひなた", short_name="ひなた"))
    meeting = _meeting(empty_office, general, 1, date(2026, 6, 18))
    item = _item(empty_office, meeting)
    found = perform(add_action, ActionValues(" 髙橋さんに聞く ", hinata, "佐藤", DUE, agenda_item_id=item))
    row = _row(empty_office, found)
    assert (row.what, row.organisation, row.assignee, row.due_on) == (
        "髙橋さんに聞く",
        "つどいの広場 ひなた",
        "佐藤",
        DUE,
    )
    assert (row.meeting_id, row.meeting, row.agenda_item) == (meeting, "令和8年度第1回全体会", "居場所")
    assert (row.given_on, row.meeting_kind_id, row.state) == (
        date(2026, 6, 18),
        general,
        ActionState.OPEN,
    )
    assert row.who == "つどいの広場 ひなた　佐藤"
    perform(edit_action, found, row.version, ActionValues("聞いた", hinata, "ﾋﾅﾀ 佐藤"))
    row = _row(empty_office, found)
    assert (row.meeting, row.agenda_item, row.due_on, row.who) == ("", "", None, "ﾋﾅﾀ 佐藤")
    with pytest.raises(ConflictError):
        empty_office.perform(edit_action, found, 1, ActionValues("古い画面から"))
    with pytest.raises(InputError, match="番号 99 の宿題"):
        empty_office.ask(queries.action_item, 99)


def test_nothing_to_do_and_an_agenda_of_another_meeting_are_refused(
    empty_office: Office, general: int
) -> None:
    first = _meeting(empty_office, general, 1, date(2026, 6, 18))
    second = _meeting(empty_office, general, 2, date(2026, 10, 15))
    item = _item(empty_office, first)
    with pytest.raises(InputError, match="内容が空です"):
        empty_office.perform(add_action, ActionValues(" 　"))
    with pytest.raises(InputError, match="選んだ会議のものではありません"):
        empty_office.perform(add_action, ActionValues("聞く", meeting_id=second, agenda_item_id=item))
    assert empty_office.ask(queries.action_items) == ()


def test_closing_tells_when_and_why(empty_office: Office, perform: Perform) -> None:
    found = perform(add_action, ActionValues("ちらしを配る", due_on=DUE))
    version = _row(empty_office, found).version
    with pytest.raises(InputError, match="理由が空です"):
        empty_office.perform(close_action, found, version, ActionState.DROPPED, "  ")
    with pytest.raises(InputError, match="状態を選んで"):
        empty_office.perform(close_action, found, version, ActionState.OPEN, "済み")
    perform(close_action, found, version, ActionState.DONE, " 26軒に配った。 ")
    row = _row(empty_office, found)
    assert (row.state, row.closed_on, row.result) == (
        ActionState.DONE,
        date(2026, 11, 21),
        "26軒に配った。",
    )
    perform(reopen_action, found, row.version)
    row = _row(empty_office, found)
    assert (row.state, row.closed_on, row.result) == (ActionState.OPEN, None, "26軒に配った。")
    perform(close_action, found, row.version, ActionState.DROPPED, "会場がないため", date(2026, 9, 1))
    row = _row(empty_office, found)
    assert (row.state.label, row.closed_on) == ("取りやめ", date(2026, 9, 1))
    perform(remove_action, found, row.version)
    assert empty_office.ask(queries.action_items) == ()


def test_what_minutes_gave_stays_where_they_gave_it(empty_office: Office, general: int) -> None:
    meeting = _meeting(empty_office, general, 1, date(2026, 6, 18))
    item = _item(empty_office, meeting)
    version = empty_office.ask(meeting_queries.meeting, meeting).version
    line = LineValues(StatementKind.ACTION, "ちらしを配る", assignee="佐藤")
    empty_office.perform(save_minutes, meeting, [ItemMinutes(item, (line,))], version)
    (row,) = empty_office.ask(queries.action_items, None, meeting)
    empty_office.perform(edit_action, row.id, row.version, ActionValues("ポスターを貼る"))
    changed = _row(empty_office, row.id)
    assert (changed.what, changed.meeting_id, changed.agenda_item_id) == ("ポスターを貼る", meeting, item)
    (said,) = empty_office.ask(meeting_queries.statements, meeting)
    assert said.text == "ちらしを配る"
    with pytest.raises(InputError, match="会議録に書かれている"):
        empty_office.perform(remove_action, row.id, changed.version)


def test_what_is_open_comes_on_the_next_agenda_of_its_series(empty_office: Office, general: int) -> None:
    empty_office.perform(save_districts, [], [EntryValues("若葉台"), EntryValues("桜木")])
    districts = {row.name: row.id for row in empty_office.ask(organisation_queries.lists).districts}
    by_district = empty_office.ask(meeting_queries.kinds)[1].id
    june = _meeting(empty_office, general, 1, date(2026, 6, 18))
    october = _meeting(empty_office, general, 2, date(2026, 10, 15))
    february = _meeting(empty_office, general, 3, date(2027, 2, 18))
    here = _meeting(empty_office, by_district, 1, date(2026, 6, 20), districts["若葉台"])
    there = _meeting(empty_office, by_district, 1, date(2026, 7, 20), districts["桜木"])
    later = _meeting(empty_office, by_district, 2, date(2026, 9, 20), districts["若葉台"])
    done, kept, local = (
        empty_office.perform(add_action, ActionValues(what, meeting_id=given)).result
        for what, given in (("早く終わる", june), ("続く", june), ("地区の", here))
    )
    assert _carried(empty_office, june) == []
    assert _carried(empty_office, october) == ["早く終わる", "続く"]
    with pytest.raises(
        InputError, match=r"終えた日（令和7年10月1日）が、この宿題を決めた会議の日（.+）より前です"
    ):
        empty_office.perform(close_action, done, 1, ActionState.DONE, "済み", date(2025, 10, 1))
    empty_office.perform(close_action, done, 1, ActionState.DONE, "済み", date(2026, 10, 1))
    assert _carried(empty_office, october) == ["続く"]
    empty_office.perform(close_action, kept, 1, ActionState.DONE, "当日に報告", date(2026, 10, 15))
    assert _carried(empty_office, october) == ["続く"]
    assert _carried(empty_office, february) == []
    assert _carried(empty_office, there) == []
    assert _carried(empty_office, later) == ["地区の"]
    empty_office.perform(set_state, here, 1, MeetingState.CANCELLED, "台風のため")
    assert _carried(empty_office, later) == ["地区の"]
    assert _row(empty_office, local).meeting == "令和8年度第1回地区別交流会（若葉台）"
    with pytest.raises(InputError, match="番号 99 の会議"):
        empty_office.ask(queries.carried_to, 99)


def test_lists_are_by_day_of_one_state_meeting_or_organisation(empty_office: Office, general: int) -> None:
    hinata = empty_office.perform(add_organisation, OrganisationValues("ひなた")).result
    meeting = _meeting(empty_office, general, 1, date(2026, 6, 18))
    first, second, third = (
        empty_office.perform(add_action, values).result
        for values in (
            ActionValues("いつか"),
            ActionValues("あと", due_on=date(2026, 9, 1), meeting_id=meeting),
            ActionValues("さき", hinata, due_on=DUE),
        )
    )
    listed = [one.id for one in empty_office.ask(queries.action_items)]
    assert listed == [third, second, first]
    empty_office.perform(close_action, first, 1, ActionState.DONE, "済み")
    assert [one.id for one in empty_office.ask(queries.action_items, ActionState.OPEN)] == [third, second]
    assert [one.id for one in empty_office.ask(queries.action_items, None, meeting)] == [second]
    assert [one.id for one in empty_office.ask(queries.action_items, None, None, hinata)] == [third]


def test_a_word_that_two_organisations_share_names_neither(empty_office: Office) -> None:
    names = (("ひろば ひなた", "ひなた"), ("サークル", "ひなた"), ("みほんの木", ""))
    ids = [
        empty_office.perform(add_organisation, OrganisationValues(name, short_name=short)).result
        for name, short in names
    ]
    assert empty_office.ask(queries.assignee_words) == {
        search_key("ひろば ひなた"): ids[0],
        search_key("サークル"): ids[1],
        search_key("みほんの木"): ids[2],
    }
