"""Random plans, reviews, organisations and people, with undo and redo between: taking everything back ends where it began."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.organisations import lists as office_lists
from app.organisations import operations as organisations
from app.organisations import people
from app.organisations import queries as organisation_queries
from app.organisations.lists import EntryValues
from app.organisations.operations import OrganisationValues
from app.organisations.people import PersonValues, TermValues
from app.organisations.queries import ChannelRow, OrganisationRow, TermRow
from app.outcomes import operations as outcomes
from app.outcomes import queries as outcome_queries
from app.outcomes.operations import EvidenceValues, ReviewValues
from app.plans import operations as plans
from app.plans import queries as plan_queries
from app.plans.draft import DEFAULT_SCALE, ItemDraft, PlanDraft
from app.plans.operations import ItemValues, PlanValues
from app.plans.queries import ItemRow
from app.records import RecordKey
from db.vocabulary import (
    ChannelKind,
    ConfirmationState,
    ContactRole,
    EvidenceForm,
    ItemKind,
    LineageKind,
    OrganisationGroup,
)
from tests.db.undo_machine import UndoMachine

TEXTS = st.sampled_from(["", "親子のひろば", "ＳＮＳで発信", "担い手が\n足りない", "𠮷田・髙橋", "①〜③"])
TITLES = st.sampled_from(["居場所がある", "情報が届く", "支え合う"])
YEARS = st.sampled_from([2026, 2027])
INDEX = st.integers(0, 40)
NAMES = st.sampled_from(["ひなた", "ヒナタ", "㈱髙﨑の杜", "𠮷田 \ufa19"])
DAYS = st.sampled_from([None, date(2026, 3, 31), date(2026, 4, 1), date(2027, 3, 31), date(2027, 4, 1)])
CHANNELS = st.lists(
    st.builds(ChannelRow, st.sampled_from(ChannelKind), st.sampled_from(["", "@example-hinata"])), max_size=2
)
LISTED = st.lists(
    st.tuples(st.none() | st.integers(0, 3), st.sampled_from(["松", "竹", "梅", "北"]), st.booleans()),
    max_size=3,
)


def _pick(ids: list[int], index: int | None) -> int | None:
    return ids[index] if index is not None and index < len(ids) else None


class Bookkeeping(UndoMachine):
    """Plans, reviews, organisations and people."""

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

    def organisation(self, index: int) -> OrganisationRow | None:
        """One of those on the roster, or nothing."""
        found = self.office.ask(organisation_queries.organisations)
        return found[index % len(found)] if found else None

    def term(self, index: int) -> TermRow | None:
        """One of all terms, or nothing."""
        by_organisation = self.office.ask(organisation_queries.terms)
        found = [term for terms in by_organisation.values() for term in terms]
        return found[index % len(found)] if found else None

    @rule(name=NAMES, first=DAYS, channels=CHANNELS)
    def add_organisation(self, name: str, first: date | None, channels: list[ChannelRow]) -> None:
        values = OrganisationValues(name, member_from=first, channels=tuple(channels))
        self.do(lambda: self.office.perform(organisations.add_organisation, values))

    @rule(index=INDEX, listed=INDEX, name=NAMES, first=DAYS, last=DAYS, channels=CHANNELS)
    def change_organisation(
        self,
        index: int,
        listed: int,
        name: str,
        first: date | None,
        last: date | None,
        channels: list[ChannelRow],
    ) -> None:
        row, lists = self.organisation(index), self.office.ask(organisation_queries.lists)
        if row is None:
            return
        values = OrganisationValues(
            name,
            organisation_category_id=lists.categories[listed % len(lists.categories)].id,
            district_id=lists.districts[listed % len(lists.districts)].id if lists.districts else None,
            member_from=first,
            member_to=last,
            channels=tuple(channels),
        )
        self.do(lambda: self.office.perform(organisations.edit_organisation, row.id, row.version, values))

    @rule(index=INDEX, day=DAYS)
    def leave_or_return(self, index: int, day: date | None) -> None:
        row = self.organisation(index)
        if row is None:
            return
        if row.member_to is not None or day is None:
            self.do(lambda: self.office.perform(organisations.rejoin, row.id, row.version, day))
        else:
            self.do(lambda: self.office.perform(organisations.leave, row.id, row.version, day))

    @rule(kept=INDEX, gone=INDEX)
    def merge_organisations(self, kept: int, gone: int) -> None:
        first, second = self.organisation(kept), self.organisation(gone)
        if first and second:
            self.do(lambda: self.office.perform(organisations.merge, first.id, second.id))

    @rule(index=INDEX, year=YEARS, state=st.none() | st.sampled_from(ConfirmationState), text=TEXTS)
    def confirm(self, index: int, year: int, state: ConfirmationState | None, text: str) -> None:
        row = self.organisation(index)
        if row:
            self.do(lambda: self.office.perform(organisations.confirm, row.id, year, state, None, text))

    @rule(
        index=INDEX,
        of=INDEX,
        name=st.none() | NAMES,
        role=st.sampled_from(ContactRole),
        first=DAYS,
        last=DAYS,
        takes_over=st.booleans(),
    )
    def speak(
        self,
        index: int,
        of: int,
        name: str | None,
        role: ContactRole,
        first: date | None,
        last: date | None,
        takes_over: bool,
    ) -> None:
        row, known = self.organisation(index), self.office.ask(organisation_queries.people)
        if row is None or (name is None and not known):
            return
        person = PersonValues(name) if name else known[of % len(known)].id
        verb = people.hand_over if takes_over else people.add_person
        self.do(lambda: self.office.perform(verb, row.id, person, TermValues(role, "", first, last)))

    @rule(index=INDEX, first=DAYS, last=DAYS, name=st.none() | NAMES)
    def change_term(self, index: int, first: date | None, last: date | None, name: str | None) -> None:
        term = self.term(index)
        if term is None:
            return
        if name is None:
            values = TermValues(term.role, "会長", first, last)
            self.do(lambda: self.office.perform(people.edit_term, term.id, term.version, values))
            return
        person = next(
            one for one in self.office.ask(organisation_queries.people) if one.id == term.contact_person_id
        )
        self.do(
            lambda: self.office.perform(people.edit_person, person.id, person.version, PersonValues(name))
        )

    @rule(kept=INDEX, gone=INDEX)
    def merge_persons(self, kept: int, gone: int) -> None:
        known = self.office.ask(organisation_queries.people)
        if known:
            first, second = known[kept % len(known)].id, known[gone % len(known)].id
            self.do(lambda: self.office.perform(people.merge_persons, first, second))

    @rule(index=INDEX)
    def remove_term(self, index: int) -> None:
        term = self.term(index)
        if term:
            self.do(lambda: self.office.perform(people.remove_term, term.id, term.version))

    @rule(areas=LISTED, districts=LISTED)
    def change_districts(
        self, areas: list[tuple[int | None, str, bool]], districts: list[tuple[int | None, str, bool]]
    ) -> None:
        lists = self.office.ask(organisation_queries.lists)
        area_ids = [row.id for row in lists.areas]
        district_ids = [row.id for row in lists.districts]
        area = areas[0][1] if areas else "北"
        self.do(
            lambda: self.office.perform(
                office_lists.save_districts,
                [EntryValues(name, _pick(area_ids, index)) for index, name, _ in areas],
                [
                    EntryValues(name, _pick(district_ids, index), area=area if is_in else "")
                    for index, name, is_in in districts
                ],
            )
        )

    @rule(dropped=INDEX, name=st.none() | NAMES)
    def change_categories(self, dropped: int, name: str | None) -> None:
        rows = list(self.office.ask(organisation_queries.lists).categories)
        del rows[dropped % len(rows)]
        entries = [EntryValues(row.name, row.id, group=row.group, text=row.description) for row in rows]
        if name:
            entries.insert(0, EntryValues(name, group=OrganisationGroup.OTHER))
        self.do(lambda: self.office.perform(office_lists.save_categories, entries))

    @rule()
    def add_standard_lists(self) -> None:
        self.do(lambda: self.office.perform(office_lists.add_standard_lists))

    @rule(name=NAMES, text=TEXTS)
    def save_filter(self, name: str, text: str) -> None:
        self.do(lambda: self.office.perform(organisations.save_filter, "organisations", name, {"text": text}))


def test_taking_everything_back_ends_where_it_began(
    template_ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Bookkeeping, "template", template_ledger, raising=False)
    run_state_machine_as_test(Bookkeeping, settings=settings(max_examples=12, stateful_step_count=40))
