"""A ward words its own set: made from another, changed until somebody has answered it, and asked like the standard one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from hypothesis import strategies as st

from app.errors import ConflictError, InputError
from app.importing import step_sheets
from app.office import Office
from app.settings.queries import settings
from app.steps import queries
from app.steps.operations import (
    Asked,
    AssessmentValues,
    RoundValues,
    SetValues,
    add_round,
    add_set,
    edit_set,
    open_round,
    remove_set,
    rule_on,
    save_answers,
    save_sheets,
)
from app.steps.queries import Scope, SetRow
from app.steps.set_values import CheckpointValues, StepValues, values_of
from app.steps.sheet import sheet_set
from db.vocabulary import CheckAnswer, Perspective, ScopeKind
from reports import catalogue, check_sheet
from reports.renderers.text import to_text

Perform = Callable[..., Any]
WARD = Scope(ScopeKind.WARD)
OWN = SetValues(
    "見本区の組",
    "見本区子育て支援連絡会 2026年4月",
    50,
    (
        StepValues("顔を知る", "・まず会います。", (CheckpointValues("年に一度は全員で会っている。"),)),
        StepValues(
            "一緒に考える",
            "",
            (
                CheckpointValues(
                    "困りごとを持ち寄る時間がある。", "連絡会の次第にあれば「できている」です。"
                ),
                CheckpointValues("地域の人も話し合いに加わっている。"),
                CheckpointValues("出られない施設の声も聞いている。"),
                CheckpointValues("話し合いの結果を書き残している。"),
            ),
        ),
        StepValues(
            "一緒に動く",
            "",
            (
                CheckpointValues("年に一つは共に取り組んでいる。"),
                CheckpointValues("取組のあとで振り返っている。"),
            ),
        ),
    ),
)


def _set(office: Office, set_id: int) -> SetRow:
    return office.ask(queries.checkpoint_set, set_id)


def _open(office: Office, set_id: int, number: int = 1) -> int:
    """A round of a set about 区全体, open."""
    asked = [Asked(WARD, Perspective.SECRETARIAT)]
    made: int = office.perform(add_round, RoundValues(2026, number, set_id), asked).result
    office.perform(open_round, made, office.ask(queries.round_row, made).version)
    return made


def _answer(office: Office, round_id: int, answers: dict[int, tuple[CheckAnswer, str]]) -> None:
    (asked,) = office.ask(queries.assessments, round_id)
    office.perform(save_answers, asked.id, asked.version, AssessmentValues("事務局", answers=answers))


@pytest.fixture
def own(empty_office: Office) -> int:
    """A set of three steps with one, four and two checkpoints."""
    return empty_office.perform(add_set, OWN).result


def test_an_own_set_stands_behind_the_standard_one(empty_office: Office, perform: Perform) -> None:
    made = perform(add_set, OWN)
    assert [one.id for one in empty_office.ask(queries.sets)][-1] == made
    assert values_of(_set(empty_office, made)) == OWN
    assert [one.number for one in _set(empty_office, made).checkpoints] == [
        "1-1",
        "2-1",
        "2-2",
        "2-3",
        "2-4",
        "3-1",
        "3-2",
    ]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (replace(OWN, title="  "), "名前が空"),
        (replace(OWN, title="あ" * 201), "長すぎます"),
        (replace(OWN, needed_percent=0), "割合"),
        (replace(OWN, steps=()), "ステップがありません"),
        (replace(OWN, steps=(StepValues("", "", OWN.steps[0].checkpoints),)), "ステップ1の名前"),
        (replace(OWN, steps=(OWN.steps[0], StepValues("空のステップ"))), "空のステップ"),
        (replace(OWN, steps=(replace(OWN.steps[0], checkpoints=(CheckpointValues("　"),)),)), "1-1"),
        (replace(OWN, steps=(OWN.steps[0], OWN.steps[0])), "1-1 と 2-1"),
    ],
)
def test_what_cannot_be_asked_is_refused_and_named(
    empty_office: Office, values: SetValues, words: str
) -> None:
    with pytest.raises(InputError, match=words):
        empty_office.perform(add_set, values)
    assert len(empty_office.ask(queries.sets)) == 1


def test_two_sets_never_share_a_title(empty_office: Office, own: int) -> None:
    with pytest.raises(InputError, match="すでにあります"):
        empty_office.perform(add_set, OWN)
    other = empty_office.perform(add_set, replace(OWN, title="別の組")).result
    with pytest.raises(InputError, match="すでにあります"):
        empty_office.perform(edit_set, other, _set(empty_office, other).version, OWN)


def test_a_set_nobody_has_answered_is_worded_anew(empty_office: Office, own: int, perform: Perform) -> None:
    _open(empty_office, own)
    first, second, third = OWN.steps
    wanted = SetValues(
        "見本区の組（改）",
        "連絡会で見直し",
        100,
        (
            replace(second, checkpoints=second.checkpoints[::-1]),
            replace(third, title="動く", checkpoints=(*third.checkpoints, CheckpointValues("続けている。"))),
            first,
            StepValues("広げる", "・次の年へ。", (CheckpointValues("ほかの区にも伝えている。"),)),
        ),
    )
    before = _set(empty_office, own).version
    perform(edit_set, own, before, wanted)
    assert values_of(_set(empty_office, own)) == wanted
    fewer = replace(wanted, steps=wanted.steps[2:3])
    perform(edit_set, own, _set(empty_office, own).version, fewer)
    assert values_of(_set(empty_office, own)) == fewer
    with pytest.raises(ConflictError):
        empty_office.perform(edit_set, own, before, wanted)


_TEXTS = st.lists(
    st.text("連絡会取組共有親子地域", min_size=1, max_size=6), min_size=1, max_size=9, unique=True
)


@given(_TEXTS, st.integers(1, 4), _TEXTS, st.integers(1, 4))
@limits(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_becomes_of_a_set_is_what_was_typed_and_can_be_taken_back(
    empty_office: Office, before: list[str], of_before: int, after: list[str], of_after: int
) -> None:
    first, second = _cut(before, of_before), _cut(after, of_after)
    made = empty_office.perform(add_set, first).result
    stored = _set(empty_office, made)
    empty_office.perform(edit_set, made, stored.version, second)
    assert values_of(_set(empty_office, made)) == second
    if first != second:
        empty_office.undo()
    assert _set(empty_office, made).steps == stored.steps
    empty_office.perform(remove_set, made, _set(empty_office, made).version)
    assert len(empty_office.ask(queries.sets)) == 1


def _cut(texts: list[str], size: int) -> SetValues:
    """A set with ``size`` checkpoints a step."""
    steps = tuple(
        StepValues(f"段{place}", "", tuple(CheckpointValues(text) for text in texts[place : place + size]))
        for place in range(0, len(texts), size)
    )
    return SetValues("試しの組", steps=steps)


@pytest.mark.parametrize("by_ruling", [False, True])
def test_a_set_that_was_answered_keeps_its_words_but_not_its_explanations(
    empty_office: Office, own: int, perform: Perform, by_ruling: bool
) -> None:
    asked_in = _open(empty_office, own)
    if by_ruling:
        empty_office.perform(rule_on, asked_in, WARD, 2, "話し合って決めた。")
    else:
        points = _set(empty_office, own).checkpoints
        _answer(empty_office, asked_in, {points[0].id: (CheckAnswer.YES, "")})
    held = _set(empty_office, own)
    reworded = replace(OWN.steps[0], checkpoints=(CheckpointValues("月に一度は会っている。"),))
    for other in (
        replace(OWN, title="別の名前"),
        replace(OWN, needed_percent=67),
        replace(OWN, steps=OWN.steps[:2]),
        replace(OWN, steps=(reworded, *OWN.steps[1:])),
    ):
        with pytest.raises(InputError, match="写して新しい組を作る"):
            empty_office.perform(edit_set, own, held.version, other)
    explained = replace(OWN.steps[0], checkpoints=(replace(OWN.steps[0].checkpoints[0], explanation="例"),))
    wanted = replace(OWN, source="第5回で確認", steps=(explained, *OWN.steps[1:]))
    perform(edit_set, own, held.version, wanted)
    assert values_of(_set(empty_office, own)) == wanted
    assert [one.id for one in _set(empty_office, own).checkpoints] == [one.id for one in held.checkpoints]
    assert _set(empty_office, own).version > held.version


def test_the_standard_set_takes_explanations_alone_and_stays(empty_office: Office, perform: Perform) -> None:
    (standard,) = empty_office.ask(queries.sets)
    now = values_of(standard)
    for other in (replace(now, source="別の出典"), replace(now, needed_percent=50)):
        with pytest.raises(InputError, match="標準の組"):
            empty_office.perform(edit_set, standard.id, standard.version, other)
    with pytest.raises(InputError, match="取り除けません"):
        empty_office.perform(remove_set, standard.id, standard.version)
    points = now.steps[1].checkpoints
    explained = replace(now.steps[1], checkpoints=(replace(points[0], explanation="年2回が目安"), points[1]))
    perform(
        edit_set, standard.id, standard.version, replace(now, steps=(now.steps[0], explained, *now.steps[2:]))
    )
    assert _set(empty_office, standard.id).checkpoints[5].explanation == "年2回が目安"


def test_a_set_goes_only_while_no_round_asks_it(empty_office: Office, own: int, perform: Perform) -> None:
    spare = empty_office.perform(add_set, replace(OWN, title="使わない組")).result
    _open(empty_office, own)
    listed = {one.row.id: one for one in empty_office.ask(queries.listed_sets)}
    assert (listed[own].rounds, listed[own].is_fixed, listed[spare].rounds) == (1, False, 0)
    with pytest.raises(InputError, match="聞いている回"):
        empty_office.perform(remove_set, own, _set(empty_office, own).version)
    perform(remove_set, spare, _set(empty_office, spare).version)
    assert [one.title for one in empty_office.ask(queries.sets)][1:] == [OWN.title]


def test_a_round_of_an_own_set_goes_from_the_sheet_to_the_papers(
    empty_office: Office, own: int, tmp_path: Path
) -> None:
    office = empty_office
    (standard, _) = office.ask(queries.sets)
    earlier = _open(office, standard.id)
    _answer(office, earlier, {one.id: (CheckAnswer.YES, "") for one in standard.checkpoints})
    asked_in = _open(office, own, 2)
    sheets = office.ask(sheet_set, asked_in)
    (path,) = check_sheet.write_all(sheets, office.ask(settings), tmp_path / "返信")
    given = dict(zip((one.number for one in sheets.set.checkpoints), "○○○△○△×", strict=True))
    book = openpyxl.load_workbook(path)
    sheet = book["チェックシート"]
    for row in sheet.iter_rows():
        if (number := str(row[0].value or "")) in given:
            row[2].value = given[number]
    book.save(path)
    preview = step_sheets.preview(office, tmp_path / "返信", asked_in)
    (one,) = preview.returns
    assert not one.doubts
    assert one.asked is not None
    assert one.values is not None
    office.perform(save_sheets, [(one.asked.id, one.asked.version, one.values)])
    result = office.ask(queries.result, asked_in)
    # Half of a step's answers are enough here: of 一緒に考える three are できている, of 一緒に動く none is.
    (ward,) = result.scopes
    assert (ward.step, len(ward.tallies)) == (2, 7)
    for report in ("step_result", "next_steps", "check_sheet_paper"):
        entry = catalogue.find(report)
        with office.reading() as reader:
            text = to_text(entry.build(reader, 2026, entry.complete({"round": str(asked_in)})))
        assert "担い手同士が互いの取組を知る" not in text
        # ステップ4 of the round before is none of these three steps.
        assert "ステップ4" not in text
        assert (report != "step_result") or "別のチェックポイントの組" in text
        if report != "next_steps":
            assert [step.title for step in OWN.steps if step.title not in text] == []
            assert [point.text for point in sheets.set.checkpoints if point.text not in text] == []
