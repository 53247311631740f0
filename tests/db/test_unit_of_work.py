"""Units of work: all or nothing, stamped and versioned; a form that is out of date overwrites nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import select

from db.errors import ConflictError, InputError, MachineError
from db.schema.history import Change, ChangedRow
from db.schema.office import RecordLink, Setting
from db.schema.outcomes import Evidence, OutcomeReview
from db.schema.plans import Plan, PlanItem
from db.unit_of_work import Ledger, Unit
from db.vocabulary import EvidenceForm, LinkRole

OUTCOME = 11


def _titles(ledger: Ledger) -> list[str]:
    with ledger.read() as reader:
        return [row.title for row in reader.rows(select(PlanItem.title).order_by(PlanItem.id))]


def _change_title(ledger: Ledger, title: str, version: int | None = None) -> None:
    with ledger.change("文言を変更") as unit:
        unit.get(PlanItem, OUTCOME, version).title = title


def test_a_change_that_raises_writes_nothing(ledger: Ledger) -> None:
    before = _titles(ledger)
    with ledger.read() as reader:
        last = reader.scalar(select(Change.id).order_by(Change.id.desc()))

    def fail_halfway() -> None:
        with ledger.change("途中で失敗") as unit:
            unit.get(PlanItem, OUTCOME).title = "書きかけ"
            unit.flush()
            unit.add(Setting(name="office", value="{}"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_halfway()
    assert _titles(ledger) == before
    with ledger.read() as reader:
        assert reader.scalar(select(Change.id).order_by(Change.id.desc())) == last


def test_a_row_bears_who_wrote_it_and_when(open_as: Callable[[str], Ledger]) -> None:
    first, second = open_as("一郎"), open_as("二郎")
    with first.change("追加") as unit:
        row_id = unit.add(Setting(name="office", value="1")).id
    with second.change("変更") as unit:
        unit.get(Setting, row_id).value = "2"
    with first.read() as reader:
        row = reader.rows(
            select(
                Setting.version,
                Setting.created_by,
                Setting.updated_by,
                Setting.created_at,
                Setting.updated_at,
            )
        )[0]
    assert row[:3] == (2, "一郎", "二郎")
    assert datetime(2026, 11, 21, 9, 0) <= row.created_at < row.updated_at


def test_history_holds_the_row_as_it_stands_in_the_table(ledger: Ledger) -> None:
    with ledger.change("追加") as unit:
        review = OutcomeReview(plan_item_id=OUTCOME, fiscal_year=2026)
        unit.add(review)
    with ledger.read() as reader:
        recorded = reader.rows(select(ChangedRow.after).where(ChangedRow.kind == "outcome_review"))[0].after
        stored = reader.rows(select(OutcomeReview.__table__))[0]._mapping
    # Also the columns that nobody set.
    assert {name: value for name, value in recorded.items() if not name.endswith("_at")} == {
        name: value for name, value in stored.items() if not name.endswith("_at")
    }


def test_history_holds_what_differs(ledger: Ledger) -> None:
    _change_title(ledger, "新しい文言")
    with ledger.read() as reader:
        row = reader.rows(
            select(ChangedRow.before, ChangedRow.after).order_by(ChangedRow.id.desc()).limit(1)
        )[0]
    assert row.after["title"] == "新しい文言"
    assert row.before["title"] != "新しい文言"
    assert set(row.after) == {"title", "updated_at", "updated_by"}


def test_a_form_that_is_out_of_date_does_not_overwrite(open_as: Callable[[str], Ledger]) -> None:
    first, second = open_as("一郎"), open_as("二郎")
    with second.read() as reader:
        shown = reader.scalar(select(PlanItem.version).where(PlanItem.id == OUTCOME))
    _change_title(first, "一郎の文言", shown)
    with pytest.raises(ConflictError, match="一郎が変更しています") as refused:
        _change_title(second, "二郎の文言", shown)
    assert "画面に残っています" in refused.value.advice
    assert "一郎の文言" in _titles(second)


def test_a_form_of_a_deleted_row_is_told_so(ledger: Ledger) -> None:
    with ledger.change("追加") as unit:
        row_id = unit.add(Setting(name="office", value="1")).id
    with ledger.change("削除") as unit:
        unit.delete(unit.get(Setting, row_id))
    with pytest.raises(ConflictError, match="削除されています"), ledger.change("変更") as unit:
        unit.get(Setting, row_id, 1)


def test_a_row_that_was_deleted_and_brought_back_does_not_take_an_old_form(ledger: Ledger) -> None:
    with ledger.change("追加") as unit:
        row_id = unit.add(Setting(name="office", value="1")).id
    for value in ("2", "3"):
        with ledger.change("変更") as unit:
            unit.get(Setting, row_id).value = value
    with ledger.change("削除") as unit:
        unit.delete(unit.get(Setting, row_id))
    ledger.undo()
    for shown in (1, 2, 3):
        with pytest.raises(ConflictError), ledger.change("変更") as unit:
            unit.get(Setting, row_id, shown)


def test_a_row_counts_as_changed_with_what_belongs_to_it(ledger: Ledger) -> None:
    with ledger.change("追加") as unit:
        review = unit.add(OutcomeReview(plan_item_id=OUTCOME, fiscal_year=2026))
    with ledger.change("根拠を追加") as unit:
        present = unit.get(OutcomeReview, review.id)
        unit.add(Evidence(outcome_review_id=review.id, position=0, form=EvidenceForm.TEXT, text="写真"))
        unit.touch(present)
    with ledger.read() as reader:
        assert reader.scalar(select(OutcomeReview.version)) == 2
    ledger.undo()
    with ledger.read() as reader:
        assert reader.scalar(select(OutcomeReview.version)) == 3


def test_two_rows_of_one_name_are_refused_in_words(ledger: Ledger) -> None:
    with ledger.change("追加") as unit:
        unit.add(Setting(name="office", value="1"))
    with pytest.raises(InputError, match="食い違う"), ledger.change("追加") as unit:
        unit.add(Setting(name="office", value="2"))


def _link(unit: Unit, target_id: int) -> RecordLink:
    return unit.add(
        RecordLink(
            role=LinkRole.EVIDENCE,
            source_kind="plan",
            source_id=1,
            target_kind="setting",
            target_id=target_id,
        )
    )


def test_a_record_that_others_point_to_stays(ledger: Ledger) -> None:
    with ledger.change("追加") as unit:
        row_id = unit.add(Setting(name="office", value="1")).id
    with ledger.change("つなぐ") as unit:
        _link(unit, row_id)
    with pytest.raises(InputError, match="根拠として使われている"), ledger.change("削除") as unit:
        unit.delete(unit.get(Setting, row_id))


def test_a_link_to_a_record_that_is_gone_is_refused(ledger: Ledger) -> None:
    with pytest.raises(InputError, match="すでに削除されています"), ledger.change("つなぐ") as unit:
        _link(unit, 4711)


def test_a_change_without_effect_leaves_no_history(ledger: Ledger) -> None:
    with ledger.change("同じ内容を保存") as unit:
        plan = unit.get(Plan, 1)
        plan.title = str(plan.title)
    assert (unit.changes.id, unit.changes.rows) == (0, frozenset())


def test_a_writer_waits_its_turn_and_then_says_so(
    open_as: Callable[[str], Ledger], monkeypatch: pytest.MonkeyPatch
) -> None:
    from db import engine

    monkeypatch.setitem(engine._PRAGMAS, "busy_timeout", 100)
    impatient = open_as("三郎")
    with open_as("一郎").change("書き込み中") as unit:
        unit.get(Plan, 1)
        with (
            pytest.raises(MachineError, match="書き込み中") as refused,
            impatient.change("割り込む") as other,
        ):
            other.get(Plan, 1)
    assert refused.value.exit_code == 2


def test_a_full_disk_is_told_in_words_and_leaves_the_ledger_whole(open_as: Callable[[str], Ledger]) -> None:
    ledger = open_as("二郎")
    before = _titles(ledger)

    def write_much() -> None:
        with ledger.change("長い文章") as unit:
            # SQLite never takes less than the file already has: not a page more from here on.
            unit.connection().exec_driver_sql("PRAGMA max_page_count=1")
            unit.get(PlanItem, OUTCOME).body = "長い" * 100_000

    with pytest.raises(MachineError, match="ディスクの空きがありません"):
        write_much()
    assert _titles(ledger) == before
    ledger.close()
    _change_title(ledger, "また書ける")
    assert "また書ける" in _titles(ledger)
