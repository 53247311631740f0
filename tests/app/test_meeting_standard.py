"""The kinds of meeting that every ledger begins with, and how an older ledger gets them."""

from __future__ import annotations

from datetime import date

from app import history
from app.meetings import queries
from app.meetings.kinds import add_standard_kinds
from app.meetings.operations import KindValues, MeetingValues, StepValues, add_meeting, save_kinds
from app.meetings.rules import NOTICE_DAYS
from app.meetings.standard import standard_kinds
from app.office import Office

NAMES = ["全体会", "地区別交流会", "事務局会議", "部会", "研修"]


def test_a_new_ledger_has_the_standard_kinds_and_nothing_to_take_back(empty_office: Office) -> None:
    found = empty_office.ask(queries.kinds)
    assert [one.name for one in found] == NAMES
    assert [one.name for one in found if one.is_by_district] == ["地区別交流会"]
    for row, carried in zip(found, standard_kinds(), strict=True):
        assert row.invitation == carried.invitation != ""
        assert [(step.title, step.days_before) for step in row.steps] == [
            (step.title, step.days_before) for step in carried.steps
        ]
    assert {row.actor for row in empty_office.ask(history.recent)} == {"つながり帳"}
    assert empty_office.next_steps() == (None, None)


def test_preparation_goes_from_the_first_day_to_the_last(empty_office: Office) -> None:
    for kind in empty_office.ask(queries.kinds):
        days = [step.days_before for step in kind.steps]
        assert days == sorted(days, reverse=True), kind.name
        assert any("通知" in step.title or "知らせる" in step.title for step in kind.steps), kind.name
    general = empty_office.ask(queries.kinds)[0]
    assert next(one.days_before for one in general.steps if "開催通知" in one.title) == NOTICE_DAYS


def test_a_new_meeting_is_prepared_by_its_kind(empty_office: Office) -> None:
    kind = empty_office.ask(queries.kinds)[0]
    values = MeetingValues(kind.id, 2026, 1, held_on=date(2026, 12, 10))
    meeting_id = empty_office.perform(add_meeting, values).result
    due = {task.title: task.due_on for task in empty_office.ask(queries.tasks, (meeting_id,))}
    assert due["開催通知と返信票を送る"] == date(2026, 12, 3)
    assert due["会議録の案を作り、座長に確かめてもらう"] == date(2026, 12, 17)
    assert len(due) == len(kind.steps)


def test_a_ledger_of_its_own_kinds_gets_what_it_lacks_behind_them(empty_office: Office) -> None:
    before = {one.id: one.version for one in empty_office.ask(queries.kinds)}
    own = [
        KindValues("運営会議", steps=(StepValues("通知を送る", 5),)),
        KindValues("研修", invitation="ぜひ。"),
    ]
    empty_office.perform(save_kinds, own, before)
    assert empty_office.perform(add_standard_kinds).result == 4
    found = empty_office.ask(queries.kinds)
    assert [one.name for one in found] == ["運営会議", "研修", *NAMES[:4]]
    assert found[1].invitation == "ぜひ。"
    assert empty_office.perform(add_standard_kinds).result == 0
