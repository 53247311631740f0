"""ステップ確認: rounds opened, asked, answered, reminded, decided on and closed; each step undone and redone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app import history, search
from app.errors import ConflictError, InputError
from app.office import Office
from app.organisations import lists
from app.organisations.lists import EntryValues
from app.organisations.operations import OrganisationValues, add_organisation
from app.records import RecordKey, titles
from app.steps import queries
from app.steps.operations import (
    Asked,
    AssessmentValues,
    RoundValues,
    add_round,
    ask_less,
    ask_more,
    close_round,
    edit_round,
    open_round,
    remind,
    rule_on,
    save_answers,
    save_sheets,
    tell_next,
)
from app.steps.queries import AssessmentRow, RoundRow, Scope
from db.vocabulary import AnswerForm, CheckAnswer, Perspective, RoundState, ScopeKind

Perform = Callable[..., Any]
WARD = Scope(ScopeKind.WARD)
WAKABA = Scope(ScopeKind.DISTRICT, 1)
SECRETARIAT = Asked(WARD, Perspective.SECRETARIAT)
FACILITY = Asked(WAKABA, Perspective.FACILITY, 1)
COMMUNITY = Asked(WAKABA, Perspective.COMMUNITY, 2)
TODAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def members(empty_office: Office) -> None:
    """A district with two organisations, 1 and 2."""
    empty_office.perform(lists.save_districts, [], [EntryValues("若葉台"), EntryValues("桜木")])
    for name in ("若葉台会場", "若葉台民児協"):
        empty_office.perform(add_organisation, OrganisationValues(name, district_id=1))


def _values(office: Office, number: int = 1) -> RoundValues:
    return RoundValues(2026, number, office.ask(queries.sets)[0].id)


@pytest.fixture
def planned(empty_office: Office) -> int:
    """A round in state 準備中 with three who are asked."""
    asked = [SECRETARIAT, FACILITY, COMMUNITY]
    return empty_office.perform(add_round, _values(empty_office), asked).result


@pytest.fixture
def begun(empty_office: Office, planned: int) -> int:
    """The same, open."""
    empty_office.perform(open_round, planned, _round(empty_office, planned).version)
    return planned


def _round(office: Office, round_id: int) -> RoundRow:
    return office.ask(queries.round_row, round_id)


def _asked(office: Office, round_id: int, who: Asked) -> AssessmentRow:
    return next(
        one
        for one in office.ask(queries.assessments, round_id)
        if Asked(one.scope, one.perspective, one.organisation_id) == who
    )


def _answers(office: Office, answer: CheckAnswer = CheckAnswer.YES, comment: str = "") -> AssessmentValues:
    checkpoints = office.ask(queries.sets)[0].checkpoints
    return AssessmentValues("主任", answers={one.id: (answer, comment) for one in checkpoints})


# ------------------------------------------------------------------------------------------------- rounds


def test_a_round_is_planned_with_a_code_for_each_who_is_asked(empty_office: Office, perform: Perform) -> None:
    found = perform(add_round, _values(empty_office), [SECRETARIAT, FACILITY, FACILITY, COMMUNITY])
    held = _round(empty_office, found)
    assert (held.name, held.state, held.asked, held.answered) == (
        "令和8年度 第1回",
        RoundState.PLANNED,
        3,
        0,
    )
    rows = empty_office.ask(queries.assessments, found)
    assert [(one.scope_name, one.organisation, one.perspective) for one in rows] == [
        ("区全体", "", Perspective.SECRETARIAT),
        ("若葉台", "若葉台会場", Perspective.FACILITY),
        ("若葉台", "若葉台民児協", Perspective.COMMUNITY),
    ]
    codes = [one.code for one in rows]
    assert all(re.fullmatch(r"2026-1-00\d-[2-9A-Y]{4}", code) for code in codes)
    assert len(set(codes)) == 3
    assert all(one.sent_on is None for one in rows)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"number": 0}, "回の番号が正しくありません"),
        ({"number": 1}, "令和8年度 第1回のステップ確認は、すでに"),
    ],
)
def test_a_round_that_cannot_be_is_refused(
    empty_office: Office, planned: int, change: dict[str, Any], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        empty_office.perform(add_round, replace(_values(empty_office, 2), **change), [SECRETARIAT])
    second = empty_office.perform(add_round, _values(empty_office, 2), [SECRETARIAT]).result
    with pytest.raises(InputError, match=message):
        empty_office.perform(edit_round, second, 1, replace(_values(empty_office, 2), **change))
    assert _round(empty_office, planned).number == 1


def test_a_scope_that_is_gone_cannot_be_asked_about(empty_office: Office) -> None:
    gone = Asked(Scope(ScopeKind.DISTRICT, 9), Perspective.FACILITY)
    with pytest.raises(InputError, match="選んだ地区は、すでに削除されています"):
        empty_office.perform(add_round, _values(empty_office), [gone])


def test_a_round_goes_from_planned_to_open_to_closed_and_back(
    empty_office: Office, perform: Perform, planned: int
) -> None:
    def go(verb: Any, *arguments: Any) -> RoundRow:
        perform(verb, planned, _round(empty_office, planned).version, *arguments)
        return _round(empty_office, planned)

    with pytest.raises(InputError, match="「準備中」なので、締め切れません"):
        empty_office.perform(close_round, planned, 1)
    held = go(open_round, date(2026, 9, 28))
    assert (held.state, held.opened_on, held.closed_on) == (RoundState.OPEN, date(2026, 9, 28), None)
    sent = {one.sent_on for one in empty_office.ask(queries.assessments, planned)}
    assert sent == {date(2026, 9, 28)}
    with pytest.raises(InputError, match="すでに「受付中」"):
        empty_office.perform(open_round, planned, held.version)
    held = go(close_round)
    assert (held.state, held.closed_on) == (RoundState.CLOSED, TODAY)
    held = go(open_round)
    assert (held.state, held.opened_on, held.closed_on) == (RoundState.OPEN, date(2026, 9, 28), None)
    assert empty_office.ask(history.recent, 1)[0].sentence.endswith("受付中に戻す")


def test_a_round_that_asks_nobody_is_not_begun(empty_office: Office) -> None:
    found = empty_office.perform(add_round, _values(empty_office), []).result
    with pytest.raises(InputError, match="頼む相手がいません"):
        empty_office.perform(open_round, found, 1)


def test_the_set_of_a_round_stays_once_a_step_was_decided_on(empty_office: Office, begun: int) -> None:
    empty_office.perform(rule_on, begun, Scope(ScopeKind.WARD), 4, "話し合って決めた")
    other = RoundValues(2026, 1, 2, note="別の組")
    with pytest.raises(InputError, match="ステップを判断した回では"):
        empty_office.perform(edit_round, begun, _round(empty_office, begun).version, other)
    empty_office.perform(rule_on, begun, Scope(ScopeKind.WARD), None, "")
    with pytest.raises(InputError) as told:
        empty_office.perform(edit_round, begun, _round(empty_office, begun).version, other)
    assert "判断" not in str(told.value)


def test_the_set_of_a_round_stays_once_somebody_has_answered(empty_office: Office, begun: int) -> None:
    one = _asked(empty_office, begun, FACILITY)
    empty_office.perform(save_answers, one.id, one.version, _answers(empty_office))
    version = _round(empty_office, begun).version
    other = RoundValues(2026, 1, 2, note="別の組")
    with pytest.raises(InputError, match="チェックポイントの組を変えられません"):
        empty_office.perform(edit_round, begun, version, other)
    empty_office.perform(edit_round, begun, version, replace(other, checkpoint_set_id=1, number=3))
    assert _round(empty_office, begun).name == "令和8年度 第3回"


def test_more_are_asked_and_less(empty_office: Office, perform: Perform, begun: int) -> None:
    more = Asked(Scope(ScopeKind.ORGANISATION, 1), Perspective.FACILITY, 1)
    before = _round(empty_office, begun).version
    assert perform(ask_more, begun, before, [FACILITY, more]) == 1
    late = _asked(empty_office, begun, more)
    assert (late.sent_on, late.scope_name) == (TODAY, "若葉台会場")
    assert _round(empty_office, begun).asked == 4
    with pytest.raises(ConflictError):
        empty_office.perform(ask_more, begun, before, [more])
    perform(ask_less, [late.id])
    assert _round(empty_office, begun).asked == 3
    one = _asked(empty_office, begun, FACILITY)
    empty_office.perform(save_answers, one.id, one.version, _answers(empty_office))
    with pytest.raises(InputError, match="「若葉台会場」は答えが入っているため、外せません"):
        empty_office.perform(ask_less, [_asked(empty_office, begun, COMMUNITY).id, one.id])
    assert _round(empty_office, begun).asked == 3
    empty_office.perform(close_round, begun, _round(empty_office, begun).version)
    with pytest.raises(InputError, match="頼む相手を加えられません"):
        empty_office.perform(ask_more, begun, _round(empty_office, begun).version, [more])


def test_those_who_have_not_answered_are_reminded(empty_office: Office, perform: Perform, begun: int) -> None:
    done = _asked(empty_office, begun, FACILITY)
    empty_office.perform(save_answers, done.id, done.version, _answers(empty_office))
    perform(remind, [one.id for one in empty_office.ask(queries.assessments, begun)], date(2026, 10, 12))
    reminded = {one.organisation: one.reminded_on for one in empty_office.ask(queries.assessments, begun)}
    assert reminded == {"": date(2026, 10, 12), "若葉台会場": None, "若葉台民児協": date(2026, 10, 12)}


# ------------------------------------------------------------------------------------------------ answers


def test_what_came_back_is_kept_as_it_was_said(empty_office: Office, perform: Perform, begun: int) -> None:
    checkpoints = empty_office.ask(queries.sets)[0].checkpoints
    one = _asked(empty_office, begun, FACILITY)
    values = AssessmentValues(
        "主任保育士",
        date(2026, 10, 2),
        AnswerForm.PAPER,
        "互いに見学した。",
        "平日だけ。",
        "土曜に見学する",
        "松風保育園",
        date(2027, 1, 20),
        {
            checkpoints[0].id: (CheckAnswer.YES, ""),
            checkpoints[7].id: (CheckAnswer.UNKNOWN, "聞いていない。"),
        },
    )
    perform(save_answers, one.id, one.version, values)
    row = _asked(empty_office, begun, FACILITY)
    assert (row.respondent, row.answered_on, row.form) == ("主任保育士", date(2026, 10, 2), AnswerForm.PAPER)
    assert (row.went_well, row.difficulty) == ("互いに見学した。", "平日だけ。")
    assert (row.next_step, row.next_assignee, row.next_due_on) == (
        "土曜に見学する",
        "松風保育園",
        date(2027, 1, 20),
    )
    assert [(given.checkpoint_id, given.answer, given.comment) for given in row.answers] == [
        (checkpoints[0].id, CheckAnswer.YES, ""),
        (checkpoints[7].id, CheckAnswer.UNKNOWN, "聞いていない。"),
    ]
    assert _round(empty_office, begun).answered == 1
    assert empty_office.ask(queries.round_of, row.id).id == begun


def test_an_answer_that_is_corrected_replaces_the_first(
    empty_office: Office, perform: Perform, begun: int
) -> None:
    checkpoints = empty_office.ask(queries.sets)[0].checkpoints
    one = _asked(empty_office, begun, FACILITY)
    perform(save_answers, one.id, one.version, _answers(empty_office, CheckAnswer.YES, "はじめ"))
    first = _asked(empty_office, begun, FACILITY)
    corrected = AssessmentValues("主任", answers={checkpoints[1].id: (CheckAnswer.NOT_YET, "あとで")})
    perform(save_answers, one.id, first.version, corrected)
    now = _asked(empty_office, begun, FACILITY)
    assert [(given.checkpoint_id, given.answer, given.comment) for given in now.answers] == [
        (checkpoints[1].id, CheckAnswer.NOT_YET, "あとで")
    ]
    assert (now.answered_on, now.version > first.version) == (TODAY, True)
    with pytest.raises(ConflictError):
        empty_office.perform(save_answers, one.id, first.version, _answers(empty_office))


def test_a_changed_answer_alone_makes_an_open_form_stale(empty_office: Office, begun: int) -> None:
    one = _asked(empty_office, begun, FACILITY)
    empty_office.perform(save_answers, one.id, one.version, _answers(empty_office))
    read = _asked(empty_office, begun, FACILITY)
    empty_office.perform(save_answers, one.id, read.version, _answers(empty_office, CheckAnswer.PARTLY))
    with pytest.raises(ConflictError, match="変更しています"):
        empty_office.perform(save_answers, one.id, read.version, _answers(empty_office))


def test_answers_only_come_into_a_round_that_is_open(
    empty_office: Office, content: Callable[[Office], Any], planned: int
) -> None:
    one = _asked(empty_office, planned, FACILITY)
    before = content(empty_office)
    with pytest.raises(InputError, match="「準備中」なので、答えを書き込めません"):
        empty_office.perform(save_answers, one.id, one.version, _answers(empty_office))
    with pytest.raises(InputError, match="「準備中」"):
        empty_office.perform(remind, [one.id])
    assert content(empty_office) == before
    empty_office.perform(open_round, planned, 1)
    empty_office.perform(close_round, planned, 2)
    one = _asked(empty_office, planned, FACILITY)
    with pytest.raises(InputError, match="「締切」なので、答えを書き込めません"):
        empty_office.perform(save_answers, one.id, one.version, _answers(empty_office))


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (AssessmentValues("主任"), "答えが一つもありません"),
        (AssessmentValues(went_well=" "), "答えが一つもありません"),
        (AssessmentValues(answers={99: (CheckAnswer.YES, "")}), "この回のものではないチェックポイント"),
    ],
)
def test_what_is_no_answer_is_refused(
    empty_office: Office, begun: int, values: AssessmentValues, message: str
) -> None:
    one = _asked(empty_office, begun, FACILITY)
    with pytest.raises(InputError, match=message):
        empty_office.perform(save_answers, one.id, one.version, values)
    assert _asked(empty_office, begun, FACILITY).answered_on is None


def test_many_sheets_come_in_together_or_not_at_all(
    empty_office: Office, perform: Perform, content: Callable[[Office], Any], begun: int
) -> None:
    rows = empty_office.ask(queries.assessments, begun)
    sheets = [(one.id, one.version, _answers(empty_office)) for one in rows]
    before = content(empty_office)
    with pytest.raises(ConflictError):
        empty_office.perform(save_sheets, [*sheets[:2], (sheets[2][0], 99, sheets[2][2])])
    with pytest.raises(InputError, match="答えが一つもありません"):
        empty_office.perform(save_sheets, [*sheets[:2], (*sheets[2][:2], AssessmentValues())])
    assert content(empty_office) == before
    perform(save_sheets, sheets)
    assert _round(empty_office, begun).answered == 3
    assert empty_office.ask(history.recent, 1)[0].label == "ステップ確認のシート3枚を取り込み"
    empty_office.undo()
    assert content(empty_office) == before


# ------------------------------------------------------------------------------- decisions and what followed


def test_a_step_is_decided_on_with_a_reason_changed_and_taken_back(
    empty_office: Office, perform: Perform, begun: int
) -> None:
    def step() -> tuple[int, str | None]:
        found = next(one for one in empty_office.ask(queries.result, begun).scopes if one.scope == WAKABA)
        return found.step, found.ruling.reason if found.ruling else None

    assert step() == (0, None)
    perform(rule_on, begun, WAKABA, 2, "交流会で話し合った。")
    assert step() == (2, "交流会で話し合った。")
    perform(rule_on, begun, WAKABA, 0, "思い直した。")
    assert step() == (0, "思い直した。")
    assert empty_office.ask(history.recent, 1)[0].label.endswith("若葉台をステップ未到達と判断")
    perform(rule_on, begun, WAKABA, None, "")
    assert step() == (0, None)
    assert not empty_office.perform(rule_on, begun, WAKABA, None, "").changes.rows


@pytest.mark.parametrize(
    ("step", "reason", "message"),
    [
        (5, "理由", "ステップ5は、この回のチェックポイントにありません"),
        (-1, "理由", "ステップ-1は"),
        (2, " ", "判断の理由が空"),
    ],
)
def test_a_decision_that_cannot_be_is_refused(
    empty_office: Office, begun: int, step: int, reason: str, message: str
) -> None:
    with pytest.raises(InputError, match=message):
        empty_office.perform(rule_on, begun, WARD, step, reason)


def test_nothing_is_decided_before_a_round_has_begun(empty_office: Office, planned: int) -> None:
    with pytest.raises(InputError, match="まだ判断できません"):
        empty_office.perform(rule_on, planned, WARD, 1, "理由")


def test_what_became_of_the_next_step_is_told_even_after_the_end(
    empty_office: Office, perform: Perform, begun: int
) -> None:
    one = _asked(empty_office, begun, FACILITY)
    with pytest.raises(InputError, match="「次の一手」が書かれていません"):
        empty_office.perform(tell_next, one.id, one.version, "開いた。")
    values = replace(_answers(empty_office), next_step="交流会を開く")
    empty_office.perform(save_answers, one.id, one.version, values)
    empty_office.perform(close_round, begun, _round(empty_office, begun).version)
    perform(tell_next, one.id, _asked(empty_office, begun, FACILITY).version, "10月に開いた。")
    assert _asked(empty_office, begun, FACILITY).next_result == "10月に開いた。"


# -------------------------------------------------------------------------------------- names and search


def test_rounds_and_assessments_are_known_by_name(empty_office: Office, begun: int) -> None:
    one, ward = (_asked(empty_office, begun, who) for who in (FACILITY, SECRETARIAT))
    keys = [
        RecordKey("assessment_round", begun),
        *(RecordKey("step_assessment", row.id) for row in (one, ward)),
    ]
    found = empty_office.ask(titles, keys)
    assert [found[key] for key in keys] == [
        "令和8年度 第1回のステップ確認",
        "令和8年度 第1回のステップ確認「若葉台 若葉台会場（施設）」",
        "令和8年度 第1回のステップ確認「区全体（事務局）」",
    ]


def test_answers_are_found_by_their_words_and_by_the_name_of_the_round(
    empty_office: Office, begun: int
) -> None:
    one = _asked(empty_office, begun, FACILITY)
    values = replace(
        _answers(empty_office, comment="朝礼で読んでいます。"), difficulty="同じ人ばかり出席する。"
    )
    empty_office.perform(save_answers, one.id, one.version, values)
    for words in ("朝礼で読ん", "同じ人ばかり", "ステップ確認 若葉台", "ｽﾃｯﾌﾟ 施設", "第1回のステップ確認"):
        assert RecordKey("step_assessment", one.id) in [
            hit.key for hit in empty_office.ask(search.find, words)
        ], words
    # Whoever has not answered is no evidence of anything.
    assert len(empty_office.ask(search.find, "ステップ確認")) == 1
    assert empty_office.ask(search.find, "ステップ確認 桜木") == ()


def test_a_district_that_was_asked_about_stays_on_the_list(empty_office: Office, begun: int) -> None:
    assert begun
    with pytest.raises(InputError, match="「若葉台」は"):
        empty_office.perform(lists.save_districts, [], [EntryValues("桜木", 2)])
    empty_office.perform(lists.save_districts, [], [EntryValues("若葉台", 1)])


def test_the_history_of_an_assessment_tells_each_answer(empty_office: Office, begun: int) -> None:
    one = _asked(empty_office, begun, FACILITY)
    checkpoint = empty_office.ask(queries.sets)[0].checkpoints[0]
    values = AssessmentValues("主任", answers={checkpoint.id: (CheckAnswer.PARTLY, "半分")})
    empty_office.perform(save_answers, one.id, one.version, values)
    change = empty_office.ask(history.of_record, RecordKey("step_assessment", one.id))[0]
    assert change.change.label == "ステップ確認「令和8年度 第1回」に若葉台会場の答えを保存"
    told = {field.label: (field.before, field.after) for field in change.fields}
    assert told["チェックポイントの答えの答え"] == ("", "一部")
    assert told["答えた人"] == ("", "主任")
