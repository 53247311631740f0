"""Random rounds, answers, 連携した取組 and つなぎ, with undo and redo between: taking everything back ends where it began."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test

from app.collaborations import operations as collaborations
from app.collaborations import queries as collaboration_queries
from app.collaborations.operations import ActivityValues, CollaborationValues, PartnerValues, values_of
from app.office import Office, Operation
from app.organisations import lists as office_lists
from app.organisations import operations as organisations
from app.organisations import queries as organisation_queries
from app.organisations.lists import EntryValues
from app.organisations.operations import OrganisationValues
from app.plans import queries as plan_queries
from app.referrals import operations as referrals
from app.referrals import queries as referral_queries
from app.referrals.operations import ReferralValues
from app.steps import operations as steps
from app.steps import queries
from app.steps.operations import Asked, AssessmentValues, RoundValues
from app.steps.queries import AssessmentRow, RoundRow, Scope
from db.vocabulary import AnswerForm, CheckAnswer, CollaborationState, Perspective, ScopeKind
from tests.db.undo_machine import UndoMachine

T = TypeVar("T")

TEXTS = st.sampled_from(["", "坂の上の\n親子", "𠮷田・髙橋", "交流会を開く"])
DAYS = st.sampled_from([None, date(2026, 6, 10), date(2026, 9, 9), date(2027, 3, 31)])
COUNTS = st.sampled_from([None, 0, 7, -1])
MEMBERS = st.integers(1, 3)
INDEX = st.integers(0, 40)
SCOPES = st.builds(
    Scope,
    st.sampled_from([ScopeKind.DISTRICT, ScopeKind.ORGANISATION]),
    st.integers(1, 2),
) | st.just(Scope(ScopeKind.WARD))
ASKED = st.lists(
    st.builds(Asked, SCOPES, st.sampled_from(Perspective), st.none() | MEMBERS), min_size=1, max_size=3
)
PARTNERS = st.lists(
    st.builds(
        PartnerValues,
        organisation_id=st.none() | MEMBERS,
        name=st.sampled_from(["町内会", ""]),
        role=TEXTS,
        is_lead=st.booleans(),
    ),
    max_size=2,
)
PAIRS = st.lists(st.builds(ReferralValues, MEMBERS, MEMBERS, st.integers(0, 3), TEXTS), max_size=3)


def _one(found: Sequence[T], index: int) -> T | None:
    return found[index % len(found)] if found else None


class Steps(UndoMachine):
    """Rounds of one year, and what organisations do together."""

    def act(self, operation: Operation[..., Any], *arguments: Any) -> None:
        self.do(lambda: self.office.perform(operation, *arguments))

    def held(self, index: int) -> RoundRow | None:
        return _one(self.office.ask(queries.rounds), index)

    def asked(self, index: int) -> AssessmentRow | None:
        held = self.held(index)
        return _one(self.office.ask(queries.assessments, held.id), index) if held else None

    @rule(number=st.integers(0, 3), asked=ASKED)
    def add_round(self, number: int, asked: list[Asked]) -> None:
        kept = self.office.ask(queries.sets)[0]
        self.act(steps.add_round, RoundValues(2026, number, kept.id), asked)

    @rule(index=INDEX, number=st.integers(1, 3), note=TEXTS, asked=ASKED, verb=st.integers(0, 3))
    def lead_round(self, index: int, number: int, note: str, asked: list[Asked], verb: int) -> None:
        held = self.held(index)
        if held is None:
            return
        if verb == 0:
            values = RoundValues(2026, number, held.checkpoint_set_id, note=note)
            self.act(steps.edit_round, held.id, held.version, values)
        elif verb == 1:
            self.act(steps.ask_more, held.id, held.version, asked)
        elif verb == 2:
            self.act(steps.open_round, held.id, held.version)
        else:
            self.act(steps.close_round, held.id, held.version)

    @rule(index=INDEX, is_less=st.booleans())
    def remind_or_ask_less(self, index: int, is_less: bool) -> None:
        if one := self.asked(index):
            self.act(steps.ask_less if is_less else steps.remind, [one.id])

    @rule(
        index=INDEX,
        answers=st.lists(st.none() | st.sampled_from(CheckAnswer), min_size=12, max_size=12),
        text=TEXTS,
        is_sheet=st.booleans(),
    )
    def answer(self, index: int, answers: list[CheckAnswer | None], text: str, is_sheet: bool) -> None:
        one = self.asked(index)
        if one is None:
            return
        checkpoints = self.office.ask(queries.sets)[0].checkpoints
        given = {
            checkpoint.id: (answer, text)
            for checkpoint, answer in zip(checkpoints, answers, strict=True)
            if answer is not None
        }
        values = AssessmentValues(text, None, AnswerForm.PAPER, next_step=text, answers=given)
        if is_sheet:
            self.act(steps.save_sheets, [(one.id, one.version, values)])
        else:
            self.act(steps.save_answers, one.id, one.version, values)

    @rule(index=INDEX, text=TEXTS)
    def tell_next(self, index: int, text: str) -> None:
        if one := self.asked(index):
            self.act(steps.tell_next, one.id, one.version, text)

    @rule(index=INDEX, scope=SCOPES, step=st.sampled_from([None, 0, 2, 4, 5]), reason=TEXTS)
    def rule_on(self, index: int, scope: Scope, step: int | None, reason: str) -> None:
        if held := self.held(index):
            self.act(steps.rule_on, held.id, scope, step, reason)
            self.office.ask(queries.result, held.id)

    @rule(
        title=TEXTS,
        state=st.sampled_from(CollaborationState),
        day=DAYS,
        ended_on=DAYS,
        partners=PARTNERS,
        district=st.sampled_from([None, 1, 2]),
        topics=st.integers(0, 3),
    )
    def add_collaboration(
        self,
        title: str,
        state: CollaborationState,
        day: date | None,
        ended_on: date | None,
        partners: list[PartnerValues],
        district: int | None,
        topics: int,
    ) -> None:
        values = CollaborationValues(
            title or "出張サロン",
            2,
            state,
            district,
            day,
            ended_on,
            aim=title,
            partners=tuple(partners),
            topics=tuple(one.id for one in self.office.ask(plan_queries.items, 1)[:topics]),
        )
        self.act(collaborations.add_collaboration, values)

    @rule(index=INDEX, text=TEXTS, held_on=DAYS, families=COUNTS, partners=PARTNERS, keep=st.integers(0, 2))
    def edit_collaboration(
        self,
        index: int,
        text: str,
        held_on: date | None,
        families: int | None,
        partners: list[PartnerValues],
        keep: int,
    ) -> None:
        row = _one(self.office.ask(collaboration_queries.collaborations), index)
        if row is None:
            return
        shown = values_of(row)
        held = () if held_on is None else (ActivityValues(held_on, "活動", families=families, note=text),)
        values = replace(
            shown,
            result=text,
            reviewed_on=held_on,
            partners=(*shown.partners[:keep], *partners),
            activities=(*shown.activities[:keep], *held),
            topics=shown.topics[keep:],
        )
        self.act(collaborations.edit_collaboration, row.id, row.version, values)

    @rule(index=INDEX)
    def remove_collaboration(self, index: int) -> None:
        if row := _one(self.office.ask(collaboration_queries.collaborations), index):
            self.act(collaborations.remove_collaboration, row.id, row.version)

    @rule(month=st.integers(4, 6), rows=PAIRS, is_stale=st.booleans())
    def count_referrals(self, month: int, rows: list[ReferralValues], is_stale: bool) -> None:
        first = date(2026, month, 1)
        known = {
            (one.from_id, one.to_id): one.version
            for one in self.office.ask(referral_queries.referrals)
            if one.month == first and not is_stale
        }
        self.act(referrals.save_month, first, rows, known)

    @rule(kept=MEMBERS, gone=MEMBERS)
    def merge_organisations(self, kept: int, gone: int) -> None:
        self.act(organisations.merge, kept, gone)

    @rule(kept=st.lists(st.integers(1, 2), max_size=2, unique=True))
    def save_districts(self, kept: list[int]) -> None:
        names = {row.id: row.name for row in self.office.ask(organisation_queries.lists).districts}
        entries = [EntryValues(names[one], one) for one in kept if one in names]
        self.act(office_lists.save_districts, [], entries)


@pytest.fixture(scope="module")
def network_ledger(template_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ledger with two districts, three organisations, an open round, a collaboration and a month of つなぎ; to be copied."""
    path = Path(shutil.copyfile(template_ledger, tmp_path_factory.mktemp("network") / "台帳.tsunagari"))
    office = Office.open(path, "一郎")
    office.perform(office_lists.save_districts, [], [EntryValues("金沢東"), EntryValues("六浦")])
    for name in ("ひなた", "あおば", "みなと"):
        office.perform(organisations.add_organisation, OrganisationValues(name, district_id=1))
    kept = office.ask(queries.sets)[0]
    asked = [
        Asked(Scope(ScopeKind.DISTRICT, 1), Perspective.COMMUNITY, 1),
        Asked(Scope(ScopeKind.ORGANISATION, 1), Perspective.FACILITY, 1),
        Asked(Scope(ScopeKind.ORGANISATION, 2), Perspective.FACILITY, 2),
    ]
    held = office.perform(steps.add_round, RoundValues(2026, 1, kept.id), asked).result
    office.perform(steps.open_round, held, 1)
    both = (PartnerValues(organisation_id=1, role="運営"), PartnerValues(organisation_id=2, role="広報"))
    done = (ActivityValues(date(2026, 5, 1), "1回目", families=3),)
    values = CollaborationValues("出張サロン", 4, partners=both, activities=done)
    office.perform(collaborations.add_collaboration, values)
    counted = [ReferralValues(1, 2, 3), ReferralValues(1, 3, 1), ReferralValues(2, 3, 2)]
    office.perform(referrals.save_month, date(2026, 4, 1), counted)
    office.close()
    return path


def test_taking_steps_and_shared_work_back_ends_where_it_began(
    network_ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Steps, "template", network_ledger, raising=False)
    run_state_machine_as_test(Steps, settings=settings(max_examples=8, stateful_step_count=50))
