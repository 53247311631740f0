"""The history for people: what was done lately, and what changed on one record, in their words."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from app import history
from app.history import FieldChange
from app.office import Office
from app.outcomes import queries as outcome_queries
from app.outcomes.operations import EvidenceValues, ReviewValues, remove_review, save_review
from app.plans import queries
from app.plans.operations import ItemValues, edit_item, end_item
from app.records import RecordKey
from db.dictionary import TABLE_LABELS, column_label
from db.vocabulary import ChangeKind, EvidenceForm, ItemKind, RowAction

FILE_NAME = f"{TABLE_LABELS['evidence']}の{column_label('evidence', 'file_name')}"


@pytest.fixture
def outcome_id(office: Office) -> int:
    return next(item.id for item in office.ask(queries.items, 1) if item.kind is ItemKind.OUTCOME)


def _level(office: Office, label: str) -> int:
    return next(level.id for level in office.ask(queries.levels, 1) if level.label == label)


def _save(office: Office, values: ReviewValues) -> RecordKey:
    present = office.ask(outcome_queries.review, values.plan_item_id, values.fiscal_year)
    done = office.perform(save_review, values, present.version if present else None)
    return RecordKey("outcome_review", done.result)


def test_the_newest_changes_come_first(office: Office, outcome_id: int) -> None:
    _save(office, ReviewValues(outcome_id, 2026, narrative="ひろばを開いた"))
    office.undo()
    undo, done, *_ = office.ask(history.recent)
    assert (undo.kind, undo.target_id) == (ChangeKind.UNDO, done.id)
    assert undo.sentence == f"元に戻す：{done.label}"
    assert done.sentence.startswith("令和8年度の到達状況「")
    assert (done.actor, done.at) == ("金沢 一郎", datetime(2026, 11, 21, 9, 0))
    assert len(office.ask(history.recent, 1)) == 1


def test_a_record_shows_what_became_of_each_field(office: Office, outcome_id: int) -> None:
    key = _save(
        office,
        ReviewValues(
            outcome_id, 2026, _level(office, "着手"), "ひろばを開いた", reviewed_on=date(2026, 11, 20)
        ),
    )
    _save(office, ReviewValues(outcome_id, 2026, _level(office, "進行中"), "ひろばを二度開いた"))
    changed, added = office.ask(history.of_record, key)
    assert (changed.action, added.action) == (RowAction.UPDATE, RowAction.INSERT)
    assert {(field.before, field.after) for field in changed.fields} == {
        ("着手", "進行中"),
        ("ひろばを開いた", "ひろばを二度開いた"),
        ("令和8年11月20日", ""),
    }
    assert FieldChange(column_label("outcome_review", "narrative"), "", "ひろばを開いた") in added.fields
    assert FieldChange(column_label("outcome_review", "fiscal_year"), "", "令和8年度") in added.fields


def test_the_evidence_of_a_review_is_part_of_its_history(office: Office, outcome_id: int) -> None:
    photo = EvidenceValues(EvidenceForm.FILE, "当日の様子", "写真.jpg")
    key = _save(office, ReviewValues(outcome_id, 2026, narrative="開いた", evidence=(photo,)))
    _save(office, ReviewValues(outcome_id, 2026, narrative="開いた"))
    removed, added = office.ask(history.of_record, key)
    assert FieldChange(FILE_NAME, "", "写真.jpg") in added.fields
    assert FieldChange(FILE_NAME, "写真.jpg", "") in removed.fields
    assert removed.action is RowAction.UPDATE


def test_a_deleted_review_still_has_its_history(office: Office, outcome_id: int) -> None:
    key = _save(office, ReviewValues(outcome_id, 2026, narrative="開いた"))
    office.perform(remove_review, key.id, 1)
    removed, _ = office.ask(history.of_record, key)
    assert removed.action is RowAction.DELETE
    assert FieldChange(column_label("outcome_review", "narrative"), "開いた", "") in removed.fields


def test_an_item_shows_its_own_history_alone(office: Office, outcome_id: int) -> None:
    item = next(item for item in office.ask(queries.items, 1) if item.id == outcome_id)
    office.perform(edit_item, item.id, item.version, ItemValues("", "新しい文言", ""))
    office.perform(end_item, item.id, item.version + 1, 2027)
    ended, changed, _ = office.ask(history.of_record, RecordKey("plan_item", outcome_id))
    assert ended.fields == (FieldChange(column_label("plan_item", "ended_in"), "", "令和9年度"),)
    assert changed.fields == (FieldChange(column_label("plan_item", "title"), item.title, "新しい文言"),)
    assert len(office.ask(history.of_record, RecordKey("plan_item", outcome_id), 1)) == 1
