"""What the first page says of a year, from the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event

import resources
from app import ledgers, sample
from app.home import summary
from app.office import Office
from app.outcomes import queries
from app.outcomes.operations import EvidenceValues, ReviewValues, copy_last_year, save_review
from app.plans import loader
from app.plans import queries as plan_queries
from db.vocabulary import EvidenceForm


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A ledger with the guideline alone."""
    found = ledgers.create(tmp_path / "台帳.tsunagari", "試験", plan=loader.load(resources.path(sample.PLAN)))
    yield found
    found.close()


def test_outcomes_wait_for_what_they_lack(office: Office) -> None:
    plan = office.ask(plan_queries.plans)[0]
    matrix = office.ask(queries.matrix, plan.id)
    first, second, third, *_ = (row.item.id for row in matrix.outcomes)
    level = matrix.levels[1].id
    evidence = (EvidenceValues(EvidenceForm.TEXT, "一覧表"),)
    office.perform(save_review, ReviewValues(first, 2026, level, "書いた", evidence=evidence))
    office.perform(save_review, ReviewValues(second, 2026, level, "根拠なし"))
    office.perform(save_review, ReviewValues(third, 2025, level, "前年度の文章"))
    office.perform(copy_last_year, third, 2026)

    found = office.ask(summary, 2026)

    assert found.is_within_period
    assert [one.item.id for one in found.without_evidence] == [second]
    assert [one.item.id for one in found.unrevised] == [third]
    waiting = {one.item.id for one in found.unreviewed}
    assert len(waiting) == 23
    assert third in waiting
    assert not {first, second} & waiting
    assert "到達の割合" in found.rule


def test_ledger_without_a_plan_has_nothing_to_say(tmp_path: Path) -> None:
    office = ledgers.create(tmp_path / "空.tsunagari", "試験")
    found = office.ask(summary, 2026)
    office.close()
    assert found.progress is None
    assert not found.is_within_period
    assert found.unreviewed == ()


def test_number_of_reads_does_not_grow_with_the_outcomes(sample_office: Office) -> None:
    counts = []
    for year in (2030, 2027):
        statements: list[str] = []

        def count(*arguments: object, into: list[str] = statements) -> None:
            into.append(str(arguments[2]))

        engine = sample_office._ledger.engine
        event.listen(engine, "before_cursor_execute", count)
        sample_office.ask(summary, year)
        event.remove(engine, "before_cursor_execute", count)
        counts.append(len(statements))
    assert counts[1] <= counts[0] + 2
    assert counts[1] < 20
