"""Random plans, reviews and evidence, with undo and redo between them: taking everything back ends where it began."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app import ledgers
from app.errors import InputError
from app.office import Office
from app.outcomes import operations as outcomes
from app.outcomes import queries as outcome_queries
from app.outcomes.operations import EvidenceValues, ReviewValues
from app.plans import operations as plans
from app.plans import queries as plan_queries
from app.plans.draft import DEFAULT_SCALE, ItemDraft, PlanDraft
from app.plans.operations import ItemValues, PlanValues
from app.plans.queries import ItemRow
from app.records import RecordKey
from db.changelog import STAMP
from db.vocabulary import EvidenceForm, ItemKind, LineageKind

TEXTS = st.sampled_from(["", "親子のひろば", "ＳＮＳで発信", "担い手が\n足りない", "𠮷田・髙橋", "①〜③"])
TITLES = st.sampled_from(["居場所がある", "情報が届く", "支え合う"])
YEARS = st.sampled_from([2026, 2027])
INDEX = st.integers(0, 40)


def content(office: Office) -> dict[str, list[dict[str, object]]]:
    """Everything the ledger says, without who said it when."""
    return {
        table: [{name: value for name, value in row.items() if name not in STAMP} for row in rows]
        for table, rows in ledgers.dump(office, with_history=False).items()
    }


class Bookkeeping(RuleBasedStateMachine):
    """Keeps beside the ledger what undo and redo have to bring back: the contents after every change."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.mkdtemp(prefix="tsunagari-undo-")
        self.path = Path(shutil.copyfile(self.template, Path(self.folder) / "台帳.tsunagari"))
        # The guideline itself was taken in by somebody else, so it stays.
        self.office = Office.open(self.path, "二郎")
        self.past: list[dict[str, Any]] = [content(self.office)]
        self.future: list[dict[str, Any]] = []

    def teardown(self) -> None:
        while self.office.undo() is not None:
            self.past.pop()
            assert content(self.office) == self.past[-1]
        assert len(self.past) == 1
        self.office.close()
        assert ledgers.check(self.path) == []
        shutil.rmtree(self.folder)

    def do(self, operation: Callable[[], Any]) -> None:
        """Do it; where it is refused, nothing may have changed."""
        before = content(self.office)
        try:
            done = operation()
        except InputError:
            assert content(self.office) == before
            return
        now = content(self.office)
        if done.changes.rows:
            self.past.append(now)
            self.future.clear()
        else:
            assert now == before

    def items(self) -> tuple[ItemRow, ...]:
        return tuple(
            item
            for plan in self.office.ask(plan_queries.plans)
            for item in self.office.ask(plan_queries.items, plan.id)
        )

    def item(self, index: int) -> ItemRow:
        found = self.items()
        return found[index % len(found)]

    def outcome(self, index: int) -> ItemRow:
        found = [item for item in self.items() if item.kind is ItemKind.OUTCOME]
        # Few of them, so that the rules meet on the same one.
        return found[index % min(3, len(found))]

    @precondition(lambda self: len(self.office.ask(plan_queries.plans)) < 3)
    @rule(code=st.sampled_from(["A", "B"]), title=TITLES)
    def take_in_plan(self, code: str, title: str) -> None:
        leaf = ItemDraft(ItemKind.OUTCOME, title)
        pillar = ItemDraft(ItemKind.PILLAR, "柱", "1", "現状", (leaf, ItemDraft(ItemKind.INITIATIVE, "取組")))
        plan = PlanDraft(code, "別の計画", "", "", 2021, 2025, "", DEFAULT_SCALE, (pillar,))
        self.do(lambda: self.office.perform(plans.add_plan, plan))

    @rule(title=TITLES, code=st.sampled_from(["A", "C"]))
    def change_plan(self, title: str, code: str) -> None:
        plan = self.office.ask(plan_queries.plans)[-1]
        values = PlanValues(code, title, "", "", plan.period_from, plan.period_to, "")
        self.do(lambda: self.office.perform(plans.edit_plan, plan.id, plan.version, values))

    @rule(index=INDEX, kind=st.sampled_from(ItemKind), title=TITLES, position=st.none() | st.integers(0, 3))
    def add_item(self, index: int, kind: ItemKind, title: str, position: int | None) -> None:
        parent = self.item(index)
        values = ItemValues("", title, "")
        self.do(
            lambda: self.office.perform(plans.add_item, parent.plan_id, parent.id, kind, values, position)
        )

    @rule(index=INDEX, title=TITLES, body=TEXTS)
    def change_item(self, index: int, title: str, body: str) -> None:
        item = self.item(index)
        values = ItemValues(item.number, title, body)
        self.do(lambda: self.office.perform(plans.edit_item, item.id, item.version, values))

    @rule(index=INDEX, onto=INDEX, position=st.integers(0, 5))
    def move_item(self, index: int, onto: int, position: int) -> None:
        item, parent = self.item(index), self.item(onto)
        self.do(lambda: self.office.perform(plans.move_item, item.id, parent.id, position))

    @rule(index=INDEX, year=st.none() | YEARS)
    def end_item(self, index: int, year: int | None) -> None:
        item = self.item(index)
        self.do(lambda: self.office.perform(plans.end_item, item.id, item.version, year))

    @rule(index=INDEX)
    def remove_item(self, index: int) -> None:
        item = self.item(index)
        self.do(lambda: self.office.perform(plans.remove_item, item.id, item.version))

    @rule(older=INDEX, newer=INDEX)
    def link_lineage(self, older: int, newer: int) -> None:
        first, second = self.item(older), self.item(newer)
        self.do(
            lambda: self.office.perform(plans.link_lineage, first.id, second.id, LineageKind.REVISED, "由来")
        )

    @rule(
        index=INDEX,
        year=YEARS,
        level=st.none() | st.integers(0, 5),
        narrative=TEXTS,
        kept=st.integers(0, 2),
        added=st.lists(st.tuples(st.sampled_from(EvidenceForm), TEXTS, INDEX), max_size=2),
    )
    def save_review(
        self,
        index: int,
        year: int,
        level: int | None,
        narrative: str,
        kept: int,
        added: list[tuple[EvidenceForm, str, int]],
    ) -> None:
        item = self.outcome(index)
        present = self.office.ask(outcome_queries.review, item.id, year)
        levels = self.office.ask(plan_queries.levels, item.plan_id)
        evidence = [
            EvidenceValues(one.form, one.text + narrative, one.file_name, one.record, one.id)
            for one in (present.evidence if present else ())[:kept]
        ]
        for form, text, of in added:
            record = RecordKey("plan_item", self.item(of).id) if form is EvidenceForm.RECORD else None
            evidence.append(
                EvidenceValues(form, text, "写真.jpg" if form is EvidenceForm.FILE else "", record)
            )
        values = ReviewValues(
            item.id,
            year,
            None if level is None else levels[level].id,
            narrative,
            reviewed_on=date(2026, 11, 21),
            evidence=tuple(evidence),
        )
        version = present.version if present else None
        self.do(lambda: self.office.perform(outcomes.save_review, values, version))

    @rule(index=INDEX)
    def copy_last_year(self, index: int) -> None:
        item = self.outcome(index)
        self.do(lambda: self.office.perform(outcomes.copy_last_year, item.id, 2027))

    @rule(index=INDEX, year=YEARS)
    def remove_review(self, index: int, year: int) -> None:
        present = self.office.ask(outcome_queries.review, self.outcome(index).id, year)
        if present is not None:
            self.do(lambda: self.office.perform(outcomes.remove_review, present.id, present.version))

    @rule(times=st.integers(1, 3))
    def undo(self, times: int) -> None:
        for _ in range(times):
            if self.office.undo() is None:
                assert len(self.past) == 1
                return
            self.future.append(self.past.pop())

    @rule(times=st.integers(1, 3))
    def redo(self, times: int) -> None:
        for _ in range(times):
            if self.office.redo() is None:
                assert self.future == []
                return
            self.past.append(self.future.pop())

    @rule()
    def open_again(self) -> None:
        self.office.close()
        self.office = Office.open(self.path, "二郎")

    @invariant()
    def is_what_it_should_be(self) -> None:
        assert content(self.office) == self.past[-1]


def test_taking_everything_back_ends_where_it_began(
    template_ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Bookkeeping, "template", template_ledger, raising=False)
    run_state_machine_as_test(Bookkeeping, settings=settings(max_examples=12, stateful_step_count=30))
