"""What stands in the form and the agenda of a meeting: read, merged, kept against a crash, put in order."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import InputError
from app.meetings.preparation import Proposal
from app.meetings.values import AgendaValues, DocumentValues, MeetingValues
from db.vocabulary import AgendaKind
from ui.meetings import agenda_lines
from ui.meetings.agenda_lines import AgendaLine
from ui.meetings.typed import READ, Typed, differing, merged, read_number, typed_of

BEGUN = typed_of(MeetingValues(1, 2027, 2, place="区役所", theme="はじめ"))


def entered(typed: Typed, **texts: str) -> Typed:
    """A form in which some days, times or numbers were typed."""
    return Typed(
        typed.values,
        tuple(texts.get(name, text) for name, text in zip(READ, typed.entered, strict=True)),
    )


@pytest.mark.parametrize(("text", "number"), [("", None), ("第２回", 2), ("12", 12), ("1,200人", 1200)])
def test_numbers_are_read_as_people_write_them(text: str, number: int | None) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize("text", ["二", "2.5", "-1"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        read_number(text)


def test_different_writings_of_a_day_mean_the_same() -> None:
    assert entered(BEGUN, held_on="R9.6.17").means() == entered(BEGUN, held_on="２０２７／６／１７").means()
    assert entered(BEGUN, starts_at="午後1時半").means() == entered(BEGUN, starts_at="13:30").means()


def test_a_draft_gives_back_what_was_typed_even_where_it_cannot_be_read() -> None:
    typed = entered(BEGUN, held_on="来週の水曜", number="3")
    assert Typed.of_draft(typed.draft(), BEGUN) == typed


def test_changes_of_different_fields_go_together() -> None:
    mine = Typed(replace(BEGUN.values, theme="わたし"), BEGUN.entered)
    theirs = entered(Typed(replace(BEGUN.values, place="図書館"), BEGUN.entered), notified_on="R9.5.1")
    found = merged(BEGUN, mine, theirs)
    assert found is not None
    assert (found.values.theme, found.values.place) == ("わたし", "図書館")
    assert found.ready().notified_on is not None


def test_changes_of_the_same_field_are_for_the_person_to_decide() -> None:
    mine = Typed(replace(BEGUN.values, theme="わたし"), BEGUN.entered)
    theirs = Typed(replace(BEGUN.values, theme="あなた"), BEGUN.entered)
    assert merged(BEGUN, mine, theirs) is None
    assert differing(mine, theirs, {}) == [("テーマ", "あなた")]


titles = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=20)
documents = st.lists(st.builds(DocumentValues, titles, titles), max_size=3).map(tuple)
lines = st.lists(
    st.builds(
        AgendaLine,
        st.builds(
            AgendaValues,
            st.sampled_from(AgendaKind),
            titles,
            titles,
            st.none() | st.integers(0, 999),
            titles,
            documents,
            st.lists(st.integers(1, 99), max_size=2).map(tuple),
        ),
        st.lists(st.integers(1, 99), max_size=2).map(tuple),
    ),
    max_size=5,
).map(tuple)


@given(lines)
def test_an_agenda_comes_back_from_its_draft(agenda: tuple[AgendaLine, ...]) -> None:
    assert agenda_lines.of_draft(agenda_lines.to_draft(agenda), ()) == agenda


@given(lines)
def test_documents_are_numbered_without_a_gap(agenda: tuple[AgendaLine, ...]) -> None:
    found = [number for numbers in agenda_lines.numbers(agenda) for number in numbers]
    assert found == list(range(1, len(found) + 1))


@given(lines)
def test_new_items_find_their_ids(agenda: tuple[AgendaLine, ...]) -> None:
    stored = tuple(
        AgendaLine(replace(line.values, id=place), line.voice_ids) for place, line in enumerate(agenda, 1)
    )
    found = agenda_lines.with_ids(agenda, stored)
    assert sorted(line.values.id or 0 for line in found) == list(range(1, len(agenda) + 1))
    assert agenda_lines.means(found) == agenda_lines.means(agenda)


def test_approval_and_actions_come_first() -> None:
    topic = (AgendaLine(AgendaValues(AgendaKind.TOPIC, "議題")),)
    actions = Proposal(AgendaValues(AgendaKind.ACTIONS, "宿題の確認"), "")
    approval = Proposal(AgendaValues(AgendaKind.APPROVAL, "前回会議録の確認"), "")
    agenda = agenda_lines.taken(agenda_lines.taken(topic, actions), approval)
    assert [line.values.kind for line in agenda] == [
        AgendaKind.APPROVAL,
        AgendaKind.ACTIONS,
        AgendaKind.TOPIC,
    ]
    assert agenda_lines.is_on(agenda, approval)


def test_the_time_that_is_left_is_told() -> None:
    agenda = tuple(
        AgendaLine(AgendaValues(AgendaKind.TOPIC, title, minutes_allotted=minutes))
        for title, minutes in (("一", 45), ("二", 50), ("三", None))
    )
    assert agenda_lines.time_words(agenda, "13:30", "15:30") == (
        "3件　合計 95分（時間なし 1件）　終了見込み 15:05（予定 15:30）"
    )
    assert "！予定の 15:00 を過ぎます" in agenda_lines.time_words(agenda, "13:30", "15:00")
    assert "「議題を追加」" in agenda_lines.time_words((), "13:30", "15:00")
