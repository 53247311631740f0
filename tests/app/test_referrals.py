"""つなぎ: a month's table written as a whole, read by year, and kept when organisations are merged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from app import history, ledgers, records
from app.errors import ConflictError, InputError
from app.office import Office
from app.organisations.operations import OrganisationValues, add_organisation, merge
from app.outcomes import queries as outcome_queries
from app.outcomes.operations import EvidenceValues, ReviewValues, save_review
from app.plans import queries as plan_queries
from app.records import RecordKey
from app.referrals import queries
from app.referrals.operations import ReferralValues, save_month
from db.vocabulary import EvidenceForm, ItemKind

Perform = Callable[..., Any]
APRIL, MAY = date(2026, 4, 1), date(2026, 5, 1)


@pytest.fixture(autouse=True)
def members(empty_office: Office) -> None:
    """Four organisations, 1 to 4."""
    for name in ("拠点", "ひなた", "ヒナタ", "区"):
        empty_office.perform(add_organisation, OrganisationValues(name))


def _counts(office: Office, fiscal_year: int | None = None) -> list[tuple[date, int, int, int]]:
    return [
        (one.month, one.from_id, one.to_id, one.count) for one in office.ask(queries.referrals, fiscal_year)
    ]


def _known(office: Office, month: date) -> dict[tuple[int, int], int]:
    return {
        (one.from_id, one.to_id): one.version for one in office.ask(queries.referrals) if one.month == month
    }


def test_a_month_becomes_exactly_what_the_table_holds(empty_office: Office, perform: Perform) -> None:
    perform(save_month, APRIL, [ReferralValues(1, 2, 3, "初めての方"), ReferralValues(2, 1, 1)])
    (first, second) = empty_office.ask(queries.referrals)
    assert (first.from_name, first.to_name, first.count, first.note) == ("拠点", "ひなた", 3, "初めての方")
    assert (second.from_name, second.to_name) == ("ひなた", "拠点")
    perform(
        save_month, APRIL, [ReferralValues(1, 2, 5), ReferralValues(1, 4, 2)], _known(empty_office, APRIL)
    )
    assert _counts(empty_office) == [(APRIL, 1, 2, 5), (APRIL, 1, 4, 2)]
    assert empty_office.ask(queries.referrals)[0].id == first.id
    perform(save_month, APRIL, [], _known(empty_office, APRIL))
    assert _counts(empty_office) == []


def test_any_day_stands_for_its_month_and_others_stay(empty_office: Office, perform: Perform) -> None:
    perform(save_month, date(2026, 4, 30), [ReferralValues(1, 2, 3)])
    perform(save_month, MAY, [ReferralValues(1, 2, 4)])
    assert _counts(empty_office) == [(APRIL, 1, 2, 3), (MAY, 1, 2, 4)]


def test_a_year_runs_from_april_to_march(empty_office: Office) -> None:
    for month in (date(2026, 3, 1), APRIL, date(2027, 3, 1), date(2027, 4, 1)):
        empty_office.perform(save_month, month, [ReferralValues(1, 2, 1)])
    assert [month for month, *_ in _counts(empty_office, 2026)] == [APRIL, date(2027, 3, 1)]
    assert len(_counts(empty_office)) == 4


def test_saving_the_same_again_changes_nothing(empty_office: Office) -> None:
    rows = [ReferralValues(1, 2, 3)]
    empty_office.perform(save_month, APRIL, rows)
    done = empty_office.perform(save_month, APRIL, rows, _known(empty_office, APRIL))
    assert not done.changes.rows


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([ReferralValues(1, 1, 2)], "「拠点」から同じ団体へ"),
        ([ReferralValues(1, 2, 0)], "「拠点」から「ひなた」へのつなぎの件数が0"),
        ([ReferralValues(1, 2, -3)], "件数が-3"),
        ([ReferralValues(1, 2, 1), ReferralValues(1, 2, 2)], "「拠点」から「ひなた」へのつなぎが二度"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(
    empty_office: Office, rows: list[ReferralValues], message: str
) -> None:
    with pytest.raises(InputError, match=message) as refused:
        empty_office.perform(save_month, APRIL, rows)
    assert refused.value.advice
    assert _counts(empty_office) == []


def test_an_organisation_that_is_gone_is_refused(empty_office: Office) -> None:
    with pytest.raises(ConflictError, match="削除されています"):
        empty_office.perform(save_month, APRIL, [ReferralValues(1, 9, 1)])


def test_a_month_that_somebody_else_has_written_is_not_overwritten(empty_office: Office) -> None:
    empty_office.perform(save_month, APRIL, [ReferralValues(1, 2, 3)])
    read = _known(empty_office, APRIL)
    with pytest.raises(ConflictError, match="令和8年4月のつなぎは"):
        empty_office.perform(save_month, APRIL, [ReferralValues(1, 2, 9)])
    empty_office.perform(save_month, APRIL, [ReferralValues(1, 2, 4)], read)
    for rows in ([ReferralValues(1, 2, 9)], [ReferralValues(1, 4, 1)], []):
        with pytest.raises(ConflictError, match="何も保存していません"):
            empty_office.perform(save_month, APRIL, rows, read)
    added = [ReferralValues(1, 2, 4), ReferralValues(2, 4, 1)]
    read = _known(empty_office, APRIL)
    empty_office.perform(save_month, APRIL, added, read)
    with pytest.raises(ConflictError):
        empty_office.perform(save_month, APRIL, [ReferralValues(1, 2, 4)], read)
    assert _counts(empty_office) == [(APRIL, 1, 2, 4), (APRIL, 2, 4, 1)]


def test_it_is_known_by_month_and_both_names(empty_office: Office) -> None:
    empty_office.perform(save_month, APRIL, [ReferralValues(1, 2, 3)])
    key = RecordKey("referral", empty_office.ask(queries.referrals)[0].id)
    assert empty_office.ask(records.titles, [key]) == {key: "令和8年4月のつなぎ「拠点→ひなた」"}
    empty_office.perform(save_month, APRIL, [ReferralValues(1, 2, 4)], _known(empty_office, APRIL))
    newest = empty_office.ask(history.of_record, key)[0]
    assert newest.change.label == "令和8年4月のつなぎを保存"
    assert [(one.label, one.before, one.after) for one in newest.fields] == [("件数", "3", "4")]
    assert [row["month"] for row in ledgers.dump(empty_office)["referral"]] == ["2026-04-01"]


def test_merged_organisations_have_referred_what_both_did(empty_office: Office, perform: Perform) -> None:
    perform(
        save_month,
        APRIL,
        [
            ReferralValues(1, 2, 3, "はがき"),
            ReferralValues(1, 3, 2, "電話"),
            ReferralValues(3, 4, 1),
            ReferralValues(2, 3, 5),
            ReferralValues(3, 2, 1),
        ],
    )
    perform(save_month, MAY, [ReferralValues(4, 3, 2)])
    perform(merge, 2, 3)
    assert _counts(empty_office) == [(APRIL, 1, 2, 5), (APRIL, 2, 4, 1), (MAY, 4, 2, 2)]
    assert empty_office.ask(queries.referrals)[0].note == "はがき、電話"


def test_what_merged_organisations_are_evidence_of_stays_evidence(office: Office) -> None:
    hub, kept, gone = (
        office.perform(add_organisation, OrganisationValues(name)).result
        for name in ("拠点", "ひなた", "ヒナタ")
    )
    office.perform(save_month, APRIL, [ReferralValues(hub, kept, 3), ReferralValues(hub, gone, 2)])
    first, second = (RecordKey("referral", one.id) for one in office.ask(queries.referrals))
    cited = [RecordKey("organisation", gone), second]
    outcome = next(one.id for one in office.ask(plan_queries.items, 1) if one.kind is ItemKind.OUTCOME)
    evidence = tuple(EvidenceValues(EvidenceForm.RECORD, record=key) for key in cited)
    review = office.perform(save_review, ReviewValues(outcome, 2026, evidence=evidence)).result
    office.perform(merge, kept, gone)
    for key in (RecordKey("organisation", kept), first):
        assert office.ask(outcome_queries.reviews_citing, key) == (review,)
    found = office.ask(outcome_queries.review, outcome, 2026)
    assert found is not None
    assert [one.record_title for one in found.evidence] == ["ひなた", "令和8年4月のつなぎ「拠点→ひなた」"]
    office.undo()
    assert [office.ask(outcome_queries.reviews_citing, key) for key in cited] == [(review,)] * 2
