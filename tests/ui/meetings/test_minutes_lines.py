"""A line of the minutes goes from the editor to the ledger and back without losing a word."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.meetings.minutes import LineValues
from app.meetings.queries import StatementRow
from db.vocabulary import StatementKind
from ui.meetings.minutes_lines import (
    Reading,
    Speaker,
    TypedLine,
    from_draft,
    from_row,
    known_speakers,
    pasted,
    to_draft,
    to_values,
)

READING = Reading(date(2027, 12, 3), {"みほんけあぷらざ": 7}, known_speakers(["佐藤 花子", "髙﨑"]))


def _row(values: LineValues) -> StatementRow:
    return StatementRow(
        1,
        1,
        1,
        1,
        1,
        values.kind,
        values.indent,
        values.speaker,
        values.text,
        values.emphasis,
        values.assignee,
        values.due_on,
    )


@pytest.mark.parametrize(
    ("typed", "speaker", "text"),
    [
        ("佐藤：そう思う", "佐藤", "そう思う"),
        ("佐藤さん：そう思う", "佐藤さん", "そう思う"),
        ("髙﨑：同じ", "髙﨑", "同じ"),
        ("事務局: 説明した", "事務局", "説明した"),
        ("日時：12月3日", "", "日時：12月3日"),
        ("参考：資料1", "", "参考：資料1"),
        ("：だけ", "", "：だけ"),
    ],
)
def test_only_somebody_known_is_a_speaker(typed: str, speaker: str, text: str) -> None:
    values = to_values(TypedLine(typed), READING)
    assert (values.speaker, values.text) == (speaker, text)


def test_a_speaker_may_be_named_or_refused_by_hand() -> None:
    assert to_values(TypedLine("民生委員A：はい", speaker=Speaker.YES), READING).speaker == "民生委員A"
    assert to_values(TypedLine("佐藤：はい", speaker=Speaker.NO), READING).text == "佐藤：はい"


def test_a_line_of_homework_is_parted() -> None:
    line = TypedLine("みほんケアプラザ 佐藤｜12/10｜ちらしを配る", StatementKind.ACTION, bold=((18, 21),))
    values = to_values(line, READING)
    assert values.text == "ちらしを配る"
    assert (values.assignee, values.organisation_id) == ("みほんケアプラザ 佐藤", 7)
    assert values.due_on == date(2027, 12, 10)
    assert values.emphasis == "0-3"


def test_homework_without_what_keeps_what_was_typed() -> None:
    values = to_values(TypedLine("佐藤｜12/10｜", StatementKind.ACTION), READING)
    assert values.text == "佐藤｜12/10｜"
    assert values.due_on is None


WORDS = st.text(st.sampled_from("あ居場所：:｜|／/1210佐藤𠮷 「」"), min_size=1, max_size=14).map(str.strip)


@given(
    st.sampled_from(list(StatementKind)),
    WORDS.filter(bool),
    st.sampled_from(["", "佐藤", "民生委員A", "日時"]),
    st.sampled_from(["", "佐藤", "みほんケアプラザ 佐藤"]),
    st.sampled_from([None, date(2027, 12, 10), date(2026, 1, 5)]),
    st.integers(0, 4),
    st.booleans(),
)
def test_what_is_stored_is_shown_and_stored_again_the_same(
    kind: StatementKind,
    text: str,
    speaker: str,
    assignee: str,
    due_on: date | None,
    indent: int,
    is_bold: bool,
) -> None:
    is_action = kind is StatementKind.ACTION
    stored = LineValues(
        kind,
        text,
        speaker,
        indent,
        f"0-{len(text)}" if is_bold else "",
        assignee if is_action else "",
        None,
        due_on if is_action else None,
        1,
    )
    line = from_row(_row(stored), READING)
    again = to_values(line, READING)
    assert (again.kind, again.text, again.speaker, again.indent) == (kind, text, speaker, indent)
    assert (again.assignee, again.due_on) == (stored.assignee, stored.due_on)
    assert again.emphasis == stored.emphasis
    assert from_draft(to_draft(line)) == line


def test_pasted_text_comes_as_plain_lines() -> None:
    assert pasted("一行目\r\n\r\n\t二行目\t続き\v三行目\x07") == [
        (0, "一行目"),
        (1, "二行目　続き"),
        (0, "三行目"),
    ]
