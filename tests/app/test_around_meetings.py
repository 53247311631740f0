"""What the rest of the ledger knows of meetings: merged organisations, districts in use, history, search, names and the first page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from app import history, home, search
from app.action_items import queries as action_queries
from app.action_items.operations import ActionValues, add_action, close_action
from app.errors import InputError
from app.history import FieldChange
from app.meetings import queries
from app.meetings.attendance import answer, answer_all, invite, receive_all
from app.meetings.minutes import ItemMinutes, LineValues, save_minutes, share
from app.meetings.operations import AgendaValues, MeetingValues, add_meeting, save_agenda, set_state
from app.office import Office
from app.organisations import queries as organisation_queries
from app.organisations.lists import EntryValues, save_districts
from app.organisations.operations import OrganisationValues, add_organisation, merge
from app.records import RecordKey, kind_label, titles
from app.voices import queries as voice_queries
from app.voices.operations import VoiceValues, add_voice
from db.vocabulary import (
    ActionState,
    AgendaKind,
    AttendanceAnswer,
    MeetingState,
    RowAction,
    ShareBackKind,
    StatementKind,
)

Perform = Callable[..., Any]
JUNE = date(2026, 6, 18)
OWN_STAFF, ABSENT = ShareBackKind.OWN_STAFF, ShareBackKind.ABSENT


@pytest.fixture
def general(empty_office: Office) -> int:
    """全体会 as a kind."""
    return empty_office.ask(queries.kinds)[0].id


@pytest.fixture
def june(empty_office: Office, general: int) -> int:
    """A 全体会 in June."""
    values = MeetingValues(general, 2026, 1, held_on=JUNE, theme="居場所", place="大会議室")
    return empty_office.perform(add_meeting, values).result


def _minutes(office: Office, meeting: int, *lines: LineValues) -> None:
    version = office.ask(queries.meeting, meeting).version
    agenda = [AgendaValues(AgendaKind.TOPIC, "情報の届け方")]
    (item,) = office.perform(save_agenda, meeting, agenda, version).result
    version = office.ask(queries.meeting, meeting).version
    office.perform(save_minutes, meeting, [ItemMinutes(item, lines)], version)


# ------------------------------------------------------------------------------------------ the roster


def test_a_merged_organisation_takes_its_meetings_along(
    empty_office: Office, perform: Perform, june: int
) -> None:
    kept, gone = (perform(add_organisation, OrganisationValues(name)) for name in ("ひろば ひなた", "ヒナタ"))
    perform(invite, june, [kept, gone])
    perform(share, june, [gone], OWN_STAFF, date(2026, 6, 20), "杉山", "朝礼", "全員に")
    perform(share, june, [kept], ABSENT, None, "事務局")
    perform(share, june, [gone], ABSENT, date(2026, 6, 30), "", "メール")
    perform(add_action, ActionValues("ちらしを配る", gone))
    perform(add_voice, VoiceValues(JUNE, "日曜に行ける場所がほしい", organisation_id=gone))
    perform(merge, kept, gone)
    entries = empty_office.ask(queries.attendance, (june,))
    assert [one.organisation_id for one in entries] == [kept, kept]
    (action,) = empty_office.ask(action_queries.action_items)
    (voice,) = empty_office.ask(voice_queries.voices)
    assert (action.organisation_id, voice.organisation_id) == (kept, kept)
    shared = {
        one.kind: (one.organisation_id, one.shared_on, one.shared_by, one.means, one.note)
        for one in empty_office.ask(queries.share_backs, (june,))
    }
    assert shared == {
        OWN_STAFF: (kept, date(2026, 6, 20), "杉山", "朝礼", "全員に"),
        ABSENT: (kept, date(2026, 6, 30), "事務局", "メール", ""),
    }


def test_a_district_that_meets_cannot_be_removed(empty_office: Office) -> None:
    empty_office.perform(save_districts, [], [EntryValues("若葉台"), EntryValues("桜木")])
    wakabadai, sakuragi = empty_office.ask(organisation_queries.lists).districts
    kind = empty_office.ask(queries.kinds)[1].id
    empty_office.perform(add_meeting, MeetingValues(kind, 2026, 1, district_id=wakabadai.id))
    with pytest.raises(InputError, match="令和8年度第1回地区別交流会（若葉台）"):
        empty_office.perform(save_districts, [], [EntryValues("桜木", sakuragi.id)])
    empty_office.perform(save_districts, [], [EntryValues("若葉台", wakabadai.id)])


# ------------------------------------------------------------------------------------------ many at once


def test_a_pile_of_slips_and_a_signed_list_are_entered_at_once(
    empty_office: Office, perform: Perform, june: int
) -> None:
    ids = [perform(add_organisation, OrganisationValues(name)) for name in "甲乙丙"]
    perform(invite, june, ids)
    first, second, third = (row.id for row in empty_office.ask(queries.attendance, (june,)))
    perform(answer_all, [first, second], AttendanceAnswer.ATTENDING, date(2026, 6, 10))
    perform(receive_all, [first, third], "午後1時50分")
    rows = {row.id: row for row in empty_office.ask(queries.attendance, (june,))}
    assert [(rows[one].answer.label, rows[one].answered_on) for one in (first, second, third)] == [
        ("出席", date(2026, 6, 10)),
        ("出席", date(2026, 6, 10)),
        ("未回答", None),
    ]
    assert [(rows[one].is_present, rows[one].arrived_at) for one in (first, second, third)] == [
        (True, "13:50"),
        (None, ""),
        (True, "13:50"),
    ]
    labels = [row.label for row in empty_office.ask(history.recent, 2)]
    assert any("「甲」ほか1件の受付" in label for label in labels)


# ------------------------------------------------------------------------------------------ history and search


def test_the_history_of_a_meeting_tells_what_happened_in_it(
    empty_office: Office, general: int, june: int
) -> None:
    hinata = empty_office.perform(add_organisation, OrganisationValues("ひなた")).result
    empty_office.perform(invite, june, [hinata])
    (entry,) = empty_office.ask(queries.attendance, (june,))
    empty_office.perform(answer, entry.id, entry.version, AttendanceAnswer.PROXY, "杉山")
    _minutes(empty_office, june, LineValues(StatementKind.DECISION, "月に一度開く", emphasis="0-2"))
    said, _, answered, invited, *_, added = empty_office.ask(history.of_record, RecordKey("meeting", june))
    assert added.action is RowAction.INSERT
    assert FieldChange("会議の種類", "", "全体会") in added.fields
    assert FieldChange("テーマ", "", "居場所") in added.fields
    assert FieldChange("出欠の会員団体", "", "ひなた") in invited.fields
    assert {(one.before, one.after) for one in answered.fields} >= {("未回答", "代理"), ("", "杉山")}
    assert ("", "月に一度開く") in {(one.before, one.after) for one in said.fields}
    assert not {"0-2", "0"} & {one.after for one in said.fields}


def test_a_word_said_in_a_meeting_leads_to_it(empty_office: Office, june: int) -> None:
    _minutes(empty_office, june, LineValues(StatementKind.POINT, "登録者は1,420人だった", "髙橋"))
    key = RecordKey("meeting", june)
    for wanted in ("登録者", "髙", "情報の届け方", "大会議室", "居場所"):
        (hit,) = empty_office.ask(search.find, wanted)
        assert (hit.key, hit.kind_label, hit.title) == (key, "会議", "令和8年度第1回全体会")
        assert wanted in hit.excerpt


def test_a_meeting_is_found_by_its_name_the_newest_first(
    empty_office: Office, general: int, june: int
) -> None:
    values = MeetingValues(general, 2026, 2, held_on=date(2026, 10, 15), theme="全体会の進め方")
    october = empty_office.perform(add_meeting, values).result
    keys = [hit.key.id for hit in empty_office.ask(search.find, "全体会")]
    assert keys == [october, june]
    assert [hit.key.id for hit in empty_office.ask(search.find, "第１回　全体会")] == [june]
    assert [hit.key.id for hit in empty_office.ask(search.find, "全体会", 1)] == [october]
    assert empty_office.ask(search.find, "令和7年度 全体会") == ()


def test_every_record_of_a_meeting_has_a_name(empty_office: Office, june: int) -> None:
    _minutes(empty_office, june, LineValues(StatementKind.ACTION, "ちらしを配る"))
    (line,) = empty_office.ask(queries.statements, june)
    (action,) = empty_office.ask(action_queries.action_items)
    keys = [RecordKey("meeting", june), RecordKey("statement", line.id), RecordKey("action_item", action.id)]
    assert list(empty_office.ask(titles, keys).values()) == [
        "令和8年度第1回全体会",
        "令和8年度第1回全体会「ちらしを配る」",
        "宿題「ちらしを配る」",
    ]
    assert [kind_label(key.kind) for key in keys] == ["会議", "会議録の発言", "宿題"]


# ------------------------------------------------------------------------------------------ the first page


def test_the_first_page_knows_what_waits(empty_office: Office, general: int, june: int) -> None:
    october = empty_office.perform(
        add_meeting, MeetingValues(general, 2026, 2, held_on=date(2026, 10, 15))
    ).result
    cancelled = empty_office.perform(
        add_meeting, MeetingValues(general, 2026, 3, held_on=date(2026, 12, 10))
    ).result
    empty_office.perform(set_state, cancelled, 1, MeetingState.CANCELLED, "会場の都合")
    _minutes(empty_office, june, LineValues(StatementKind.ACTION, "期限なし"))
    late, done = (
        empty_office.perform(add_action, ActionValues(what, due_on=date(2026, 9, 1))).result
        for what in ("遅れている", "終わった")
    )
    empty_office.perform(close_action, done, 1, ActionState.DONE, "済み")
    newer, older = (
        empty_office.perform(add_voice, VoiceValues(day, "声")).result
        for day in (date(2026, 9, 2), date(2026, 9, 1))
    )
    found = empty_office.ask(home.waiting, date(2026, 10, 7))
    assert [one.id for one in found.coming] == [october]
    assert [one.id for one in found.unfinished] == [june]
    assert ([one.id for one in found.overdue], found.open_actions) == ([late], 2)
    assert [one.id for one in found.voices] == [older, newer]
    due = [(one.title, one.due_on) for one in found.tasks]
    assert due[0] == ("日程と会場を決める", date(2026, 8, 14))
    assert due[-1] == ("出席者名簿・受付表・席札を用意する", date(2026, 10, 14))
