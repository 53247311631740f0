"""A sheet: what counts as unsaved, when a copy counts as revised, and how two people's texts meet without either being lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import InputError
from app.outcomes.queries import EvidenceRow, ReviewRow
from app.records import RecordKey
from db.vocabulary import EvidenceForm
from ui.outcomes.sheet import EvidenceEntry, Sheet, Typed, from_draft, to_draft, typed_of

STORED = ReviewRow(
    id=7,
    version=3,
    plan_item_id=5,
    fiscal_year=2027,
    rating_level_id=2,
    narrative="前の文章",
    obstacle="",
    next_step="次",
    reviewed_by="花子",
    reviewed_on=date(2028, 2, 1),
    copied_from=None,
    updated_by="花子",
    updated_at=datetime(2028, 2, 1, 9, 0),
    evidence=(
        EvidenceRow(1, EvidenceForm.TEXT, "一つめ", ""),
        EvidenceRow(2, EvidenceForm.FILE, "", "写真.jpg"),
    ),
)
NEWER = replace(
    STORED,
    version=4,
    next_step="ほかの人の次の一手",
    evidence=(STORED.evidence[1], EvidenceRow(3, EvidenceForm.TEXT, "ほかの人の根拠", "")),
)


def test_a_sheet_is_unsaved_from_the_first_difference_until_it_is_taken_back() -> None:
    sheet = Sheet.of(5, 2027, STORED)
    assert not sheet.is_dirty
    sheet.typed = replace(sheet.typed, narrative="前の文章。")
    assert sheet.is_dirty
    sheet.typed = replace(sheet.typed, narrative="前の文章")
    assert not sheet.is_dirty


def test_an_unedited_copy_stays_a_copy_and_an_edited_or_ticked_one_does_not() -> None:
    sheet = Sheet.of(5, 2027, replace(STORED, copied_from=2026))
    assert sheet.copied_from == 2026
    sheet.typed = replace(sheet.typed, rating_level_id=4)
    assert not sheet.values().is_revised, "a rating alone revises no text"
    assert replace_text(sheet, "直した文章").values().is_revised
    sheet.typed = replace(typed_of(sheet.stored), is_revised=True)
    assert sheet.values().is_revised


def replace_text(sheet: Sheet, text: str) -> Sheet:
    return replace(sheet, typed=replace(sheet.typed, narrative=text))


@pytest.mark.parametrize(
    "text", ["R10.2.1", "令和10年2月1日", "２０２８／２／１", "20280201", "令和10年2月1日(火)"]
)
def test_the_day_is_read_in_every_form(text: str) -> None:
    sheet = Sheet.of(5, 2027, None)
    sheet.typed = replace(sheet.typed, reviewed_on=text)
    assert sheet.values().reviewed_on == date(2028, 2, 1)


def test_a_day_that_does_not_exist_is_refused_and_stays_typed() -> None:
    sheet = Sheet.of(5, 2027, None)
    sheet.typed = replace(sheet.typed, reviewed_on="R10.2.30")
    with pytest.raises(InputError):
        sheet.values()
    assert sheet.typed.reviewed_on == "R10.2.30"


def test_on_a_newer_version_what_was_typed_stays_and_what_was_not_touched_follows() -> None:
    sheet = Sheet.of(5, 2027, STORED)
    mine = EvidenceEntry(EvidenceForm.TEXT, "わたしの根拠")
    sheet.typed = replace(sheet.typed, narrative="わたしの文章", evidence=(*sheet.typed.evidence, mine))
    sheet.rebase(NEWER)
    values = sheet.values()
    assert (values.narrative, values.next_step) == ("わたしの文章", "ほかの人の次の一手")
    assert sheet.version == 4
    assert [(one.text or one.file_name, one.id) for one in values.evidence] == [
        ("一つめ", None),
        ("写真.jpg", 2),
        ("わたしの根拠", None),
        ("ほかの人の根拠", 3),
    ]


def test_a_review_that_somebody_deleted_is_written_anew() -> None:
    sheet = Sheet.of(5, 2027, STORED)
    sheet.typed = replace(sheet.typed, narrative="わたしの文章", evidence=sheet.typed.evidence[:1])
    sheet.rebase(None)
    values = sheet.values()
    assert sheet.version is None
    assert (values.narrative, [one.id for one in values.evidence]) == ("わたしの文章", [None])


def test_what_is_typed_while_saving_is_not_lost_and_its_new_evidence_is_not_doubled() -> None:
    sheet = Sheet.of(5, 2027, None)
    entry = EvidenceEntry(EvidenceForm.TEXT, "一つめ")
    submitted = sheet.typed = Typed(narrative="あ", evidence=(entry,))
    sheet.typed = replace(submitted, narrative="あい")
    stored = replace(
        STORED, narrative="あ", evidence=STORED.evidence[:1], next_step="", reviewed_by="", reviewed_on=None
    )
    sheet.saved(submitted, stored)
    assert sheet.typed.narrative == "あい"
    assert [one.id for one in sheet.values().evidence] == [1]


entries = st.builds(
    EvidenceEntry,
    form=st.sampled_from(EvidenceForm),
    text=st.text(max_size=20),
    file_name=st.text(max_size=20),
    record=st.none() | st.builds(RecordKey, kind=st.just("plan_item"), id=st.integers(1, 9)),
    title=st.text(max_size=20),
    id=st.none() | st.integers(1, 99),
)


@given(
    st.builds(
        Typed,
        rating_level_id=st.none() | st.integers(1, 6),
        narrative=st.text(max_size=30),
        obstacle=st.text(max_size=30),
        reviewed_on=st.text(max_size=10),
        evidence=st.lists(entries, max_size=3).map(tuple),
        is_revised=st.booleans(),
    )
)
def test_a_draft_brings_back_what_was_typed(typed: Typed) -> None:
    sheet = Sheet(5, 2027, None, typed)
    assert from_draft(to_draft(sheet)) == typed
