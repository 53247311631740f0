"""Undo and redo: across restarts, per person, the last hundred, and never over somebody's later work."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from db import changelog
from db.changelog import KEPT
from db.errors import ConflictError, InputError
from db.schema.history import Change
from db.schema.office import RecordLink, Setting
from db.schema.plans import PlanItem
from db.unit_of_work import Ledger
from db.vocabulary import ChangeKind, LinkRole

ITEM = 11
OpenAs = Callable[[str], Ledger]


def _write(ledger: Ledger, body: str) -> None:
    with ledger.change(f"「{body}」と書く") as unit:
        unit.get(PlanItem, ITEM).body = body


def _body(ledger: Ledger) -> str:
    with ledger.read() as reader:
        return reader.scalar(select(PlanItem.body).where(PlanItem.id == ITEM)) or ""


def _labels(ledger: Ledger) -> tuple[list[str], list[str]]:
    steps = ledger.steps()
    return [step.label for step in steps.undo], [step.label for step in steps.redo]


def test_undo_and_redo_go_back_and_forth(ledger: Ledger) -> None:
    for body in ("一", "二", "三"):
        _write(ledger, body)
    seen = []
    for step in (ledger.undo, ledger.undo, ledger.redo, ledger.undo, ledger.undo, ledger.redo, ledger.redo):
        step()
        seen.append(_body(ledger))
    assert seen == ["二", "一", "二", "一", "", "一", "二"]
    assert _labels(ledger) == (["「一」と書く", "「二」と書く"], ["「三」と書く"])


def test_undo_outlives_the_program(open_as: OpenAs) -> None:
    first = open_as("二郎")
    for body in ("一", "二"):
        _write(first, body)
    first.undo()
    first.close()
    again = open_as("二郎")
    assert _labels(again) == (["「一」と書く"], ["「二」と書く"])
    again.redo()
    assert _body(again) == "二"


def test_undo_is_a_recorded_change_itself(ledger: Ledger) -> None:
    _write(ledger, "一")
    changes = ledger.undo()
    assert changes is not None
    with ledger.read() as reader:
        row = reader.rows(
            select(Change.id, Change.kind, Change.label, Change.actor).order_by(Change.id.desc()).limit(1)
        )[0]
    assert row == (changes.id, ChangeKind.UNDO, "「一」と書く", "二郎")


def test_a_new_change_ends_what_could_be_redone(ledger: Ledger) -> None:
    _write(ledger, "一")
    ledger.undo()
    _write(ledger, "二")
    assert ledger.redo() is None
    assert _labels(ledger) == (["「二」と書く"], [])


def test_the_last_hundred_changes_can_be_undone(ledger: Ledger) -> None:
    for number in range(KEPT + 5):
        _write(ledger, f"{number}")
    undone = 0
    while undone < KEPT:
        assert ledger.undo() is not None
        undone += 1
    assert _body(ledger) == "4"
    for _ in range(KEPT):
        assert ledger.redo() is not None
    assert _body(ledger) == f"{KEPT + 4}"
    assert ledger.redo() is None


def test_going_back_and_forth_for_long_loses_no_step(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changelog, "KEPT", 5)
    _write(ledger, "一")
    for _ in range(20):
        ledger.undo()
        ledger.redo()
    assert _labels(ledger) == (["「一」と書く"], [])
    assert _body(ledger) == "一"


def test_everybody_takes_back_only_their_own(open_as: OpenAs) -> None:
    first, second = open_as("一郎"), open_as("二郎")
    _write(first, "一郎が書いた")
    with second.change("設定を追加") as unit:
        unit.add(Setting(name="office", value="1"))
    first.undo()
    assert _body(first) == ""
    assert _labels(second) == (["設定を追加"], [])


def test_undo_is_refused_where_somebody_has_gone_on(open_as: OpenAs) -> None:
    first, second = open_as("一郎"), open_as("二郎")
    _write(first, "一郎が書いた")
    _write(second, "二郎が書き直した")
    with pytest.raises(ConflictError, match="元に戻せません") as refused:
        first.undo()
    assert "その後に" in refused.value.message
    assert refused.value.advice
    assert _body(first) == "二郎が書き直した"


def test_undo_of_another_field_of_the_same_row_goes_through(open_as: OpenAs) -> None:
    first, second = open_as("一郎"), open_as("二郎")
    _write(first, "一郎が書いた")
    with second.change("番号を付ける") as unit:
        unit.get(PlanItem, ITEM).number = "⑨"
    first.undo()
    assert _body(first) == ""
    with first.read() as reader:
        assert reader.scalar(select(PlanItem.number).where(PlanItem.id == ITEM)) == "⑨"


def test_redo_is_refused_where_somebody_has_gone_on(open_as: OpenAs) -> None:
    first, second = open_as("一郎"), open_as("二郎")
    _write(first, "一郎が書いた")
    first.undo()
    _write(second, "二郎が書いた")
    with pytest.raises(ConflictError, match="元に戻せません"):
        first.redo()


def test_undo_of_a_deletion_is_refused_where_the_name_is_taken(open_as: OpenAs) -> None:
    first, second = open_as("一郎"), open_as("二郎")
    with first.change("追加") as unit:
        row_id = unit.add(Setting(name="office", value="1")).id
    with first.change("削除") as unit:
        unit.delete(unit.get(Setting, row_id))
    with second.change("追加") as unit:
        unit.add(Setting(name="office", value="2"))
    with pytest.raises(ConflictError, match="元に戻せません"):
        first.undo()


def test_undo_of_an_addition_is_refused_where_something_stands_on_it(open_as: OpenAs) -> None:
    first, second = open_as("一郎"), open_as("二郎")
    with first.change("追加") as unit:
        parent = unit.get(PlanItem, ITEM)
        added = unit.add(
            PlanItem(plan_id=parent.plan_id, parent_id=ITEM, kind=parent.kind, position=0, title="上の項目")
        )
    with second.change("下に追加") as unit:
        unit.add(
            PlanItem(plan_id=added.plan_id, parent_id=added.id, kind=added.kind, position=0, title="下の項目")
        )
    with pytest.raises(ConflictError, match="元に戻せません"):
        first.undo()


def test_undo_of_an_addition_is_refused_where_a_link_points_to_it(open_as: OpenAs) -> None:
    first, second = open_as("一郎"), open_as("二郎")
    with first.change("追加") as unit:
        row_id = unit.add(Setting(name="office", value="1")).id
    with second.change("つなぐ") as unit:
        unit.add(
            RecordLink(
                role=LinkRole.EVIDENCE,
                source_kind="plan",
                source_id=1,
                target_kind="setting",
                target_id=row_id,
            )
        )
    with pytest.raises(InputError, match="根拠として使われている"):
        first.undo()


def test_a_window_learns_what_others_wrote_in_order(open_as: OpenAs) -> None:
    first, second = open_as("一郎"), open_as("二郎")
    with first.read() as reader:
        last = changelog.last_change(reader)
    _write(second, "一")
    with second.change("設定を追加") as unit:
        unit.add(Setting(name="office", value="1"))
    with first.read() as reader:
        found = changelog.touched_since(reader, last)
    assert [(one.label, set(one.kinds), one.by_others) for one in found] == [
        ("「一」と書く", {"plan_item"}, True),
        ("設定を追加", {"setting"}, True),
    ]
