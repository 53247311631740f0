"""Facts beside the answers: what the ledger knows of each checkpoint for a scope and up to a day, and where an answer contradicts it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app import records
from app.collaborations.operations import CollaborationValues, PartnerValues, add_collaboration
from app.meetings import queries as meeting_queries
from app.meetings.attendance import close_reception, invite, receive
from app.meetings.minutes import ItemMinutes, LineValues, save_minutes, share
from app.meetings.operations import (
    AgendaValues,
    DocumentValues,
    MeetingValues,
    add_meeting,
    save_agenda,
    set_state,
)
from app.office import Office
from app.organisations import lists
from app.organisations import queries as organisation_queries
from app.organisations.lists import EntryValues
from app.organisations.operations import OrganisationValues, add_organisation
from app.plans import queries as plan_queries
from app.records import RecordKey
from app.referrals.operations import ReferralValues, save_month
from app.steps import queries
from app.steps.facts import Fact, contradiction, fact_book, known_until
from app.steps.queries import Scope
from app.steps.rules import tally
from db.vocabulary import (
    AgendaKind,
    CheckAnswer,
    MeetingState,
    OrganisationGroup,
    RoundState,
    ScopeKind,
    ShareBackKind,
    StatementKind,
)

WARD = Scope(ScopeKind.WARD)
WAKABA, SAKURA = Scope(ScopeKind.DISTRICT, 1), Scope(ScopeKind.DISTRICT, 2)
NORTH = Scope(ScopeKind.AREA, 1)
AOBA, IZUMI, UMIBE = (Scope(ScopeKind.ORGANISATION, one) for one in (1, 2, 3))
UNTIL = date(2027, 3, 31)


@pytest.fixture(autouse=True)
def members(office: Office) -> None:
    """Two districts of one area; 1 (地域, with an offer) and 2 lie in the first, 3 in the second."""
    districts = [EntryValues("若葉台", area="北"), EntryValues("桜木", area="北")]
    office.perform(lists.save_districts, [EntryValues("北")], districts)
    community = next(
        row.id
        for row in office.ask(organisation_queries.lists).categories
        if row.group is OrganisationGroup.COMMUNITY
    )
    for values in (
        OrganisationValues("あおば", district_id=1, organisation_category_id=community, offers="会場"),
        OrganisationValues("いずみ", district_id=1),
        OrganisationValues("うみべ", district_id=2),
    ):
        office.perform(add_organisation, values)


def _meet(
    office: Office,
    day: date,
    items: tuple[AgendaValues, ...] = (),
    present: tuple[int, ...] = (),
    absent: tuple[int, ...] = (),
    state: MeetingState = MeetingState.HELD,
    **values: Any,
) -> int:
    """A meeting of that day, with its agenda, those who were there and those who were asked in vain; its id."""
    kind = office.ask(meeting_queries.kinds)[0].id
    meeting = office.perform(add_meeting, MeetingValues(kind, 2026, held_on=day, **values)).result
    assert isinstance(meeting, int)

    def version() -> int:
        return office.ask(meeting_queries.detail, meeting).meeting.version

    if items:
        office.perform(save_agenda, meeting, items, version())
    office.perform(invite, meeting, [*present, *absent])
    for row in office.ask(meeting_queries.attendance, [meeting]):
        if row.organisation_id in present:
            office.perform(receive, row.id, row.version, True)
    if present:
        office.perform(close_reception, meeting)
    if state is MeetingState.HELD:
        for step in (MeetingState.ANNOUNCED, MeetingState.HELD):
            office.perform(set_state, meeting, version(), step)
    return meeting


def _fact(
    office: Office, number: str, scope: Scope = WARD, until: date = UNTIL, fiscal_year: int = 2026
) -> Fact:
    kept = office.ask(queries.sets)[0]
    wanted = next(one.id for one in kept.checkpoints if one.number == number)
    found = office.ask(fact_book, kept, fiscal_year, until).of(scope)
    assert [one.checkpoint_id for one in found] == [one.id for one in kept.checkpoints]
    return next(one for one in found if one.checkpoint_id == wanted)


def _meetings(*ids: int) -> tuple[RecordKey, ...]:
    return tuple(RecordKey("meeting", one) for one in ids)


def test_an_empty_ledger_knows_nothing_for_certain_but_that_nobody_met(office: Office) -> None:
    kept = office.ask(queries.sets)[0]
    known = {one.number for one in kept.checkpoints if _fact(office, one.number).holds is not None}
    assert known == {"1-1"}
    assert _fact(office, "1-1").holds is False
    assert _fact(office, "1-1").sentence == "この年度、会議を開催した記録はありません。"


def test_a_checkpoint_in_other_words_has_no_facts(office: Office) -> None:
    kept = office.ask(queries.sets)[0]
    step = kept.steps[0]
    own = replace(step, checkpoints=tuple(replace(one, text=f"{one.text}（区）") for one in step.checkpoints))
    worded = replace(kept, steps=(own, *kept.steps[1:]))
    found = office.ask(fact_book, worded, 2026, UNTIL).of(WARD)
    assert len(found) == 7


# -------------------------------------------------------------------------------------------- step 1: 会う


def test_meetings_are_regular_from_the_second_on(office: Office) -> None:
    first = _meet(office, date(2026, 6, 10))
    assert _fact(office, "1-1").holds is None
    second = _meet(office, date(2026, 10, 10))
    fact = _fact(office, "1-1")
    assert (fact.holds, fact.records) == (True, _meetings(first, second))
    assert fact.sentence == "この年度、会議は2回開催しています。"
    _meet(office, date(2027, 2, 10), state=MeetingState.PLANNED)
    assert _fact(office, "1-1").sentence == "この年度、会議は2回開催しています（このあとの予定が1回）。"


def test_only_what_was_held_up_to_the_day_counts(office: Office) -> None:
    first = _meet(office, date(2026, 6, 10))
    _meet(office, date(2026, 10, 10))
    fact = _fact(office, "1-1", until=date(2026, 9, 30))
    assert (fact.holds, fact.records) == (True, _meetings(first))
    assert "このあとの予定が1回" in fact.sentence
    assert _fact(office, "1-1", fiscal_year=2027, until=date(2028, 3, 31)).holds is False


def test_a_district_an_area_and_an_organisation_have_meetings_of_their_own(office: Office) -> None:
    own = _meet(office, date(2026, 6, 10), present=(2,), district_id=1)
    general = _meet(office, date(2026, 7, 10), present=(1,))
    assert _fact(office, "1-1", WAKABA).records == _meetings(own, general)
    assert _fact(office, "1-1", WAKABA).sentence == (
        "この年度、この地区の会議は1回開催しています（ほかの会議で案内したものが1回）。"
    )
    assert "このエリアの会議は1回" in _fact(office, "1-1", NORTH).sentence
    assert _fact(office, "1-1", AOBA).records == _meetings(general)
    assert _fact(office, "1-1", SAKURA).holds is False
    assert _fact(office, "1-1", UMIBE).sentence == "この年度、案内した会議を開催した記録はありません。"


def test_talking_is_a_purpose_or_a_title_and_going_on_from_the_last_time(office: Office) -> None:
    report = AgendaValues(AgendaKind.REPORT, "報告")
    talk = AgendaValues(AgendaKind.TOPIC, "グループワーク")
    before = AgendaValues(AgendaKind.APPROVAL, "前回会議録の確認")
    _meet(office, date(2026, 6, 10), (report,))
    assert _fact(office, "1-2").holds is False
    second = _meet(office, date(2026, 7, 10), (talk,))
    assert _fact(office, "1-2").holds is None
    third = _meet(office, date(2026, 8, 10), (before, report), for_discussion=True)
    fact = _fact(office, "1-2")
    assert (fact.holds, fact.records) == (True, _meetings(second, third))
    assert "3回のうち、質疑・意見交換や話し合いの時間があったのは2回" in fact.sentence


@pytest.mark.parametrize(
    ("number", "kind", "whom"),
    [("1-3", ShareBackKind.OWN_STAFF, (1, 2, 3)), ("1-4", ShareBackKind.ABSENT, (1, 2, 3))],
)
def test_sharing_is_done_as_a_rule_sometimes_or_never(
    office: Office, number: str, kind: ShareBackKind, whom: tuple[int, ...]
) -> None:
    there = kind is ShareBackKind.OWN_STAFF
    meeting = _meet(office, date(2026, 6, 10), present=whom if there else (), absent=() if there else whom)
    if not there:
        # Received, but nobody of them came.
        office.perform(close_reception, meeting)
    assert _fact(office, number).holds is False
    office.perform(share, meeting, [1], kind, date(2026, 6, 20))
    fact = _fact(office, number)
    assert (fact.holds, fact.records) == (None, _meetings(meeting))
    assert "延べ3団体のうち" in fact.sentence
    assert _fact(office, number, AOBA).holds is True
    assert _fact(office, number, IZUMI).holds is False
    office.perform(share, meeting, [2], kind, date(2026, 9, 20))
    assert _fact(office, number).holds is True
    assert _fact(office, number, until=date(2026, 6, 30)).holds is None


def test_people_of_the_community_came(office: Office) -> None:
    _meet(office, date(2026, 6, 10), present=(2,), absent=(1,))
    assert _fact(office, "1-5").holds is False
    second = _meet(office, date(2026, 7, 10), present=(1, 2))
    third = _meet(office, date(2026, 8, 10), present=(1,))
    fact = _fact(office, "1-5")
    assert (fact.holds, fact.records) == (True, _meetings(second, third))


# ---------------------------------------------------------------------------------- step 2: 共有, step 3: つなぐ


def test_situations_are_shared_regularly_from_the_second_time_on(office: Office) -> None:
    _meet(office, date(2026, 6, 10), (AgendaValues(AgendaKind.REPORT, "行事の予定"),))
    assert _fact(office, "2-1").holds is False
    _meet(office, date(2026, 7, 10), (AgendaValues(AgendaKind.VOICE, "届いたこと"),))
    assert _fact(office, "2-1").holds is None
    _meet(office, date(2026, 8, 10), (AgendaValues(AgendaKind.TOPIC, "地区の親子の様子"),))
    fact = _fact(office, "2-1")
    assert fact.holds is True
    assert {key.kind for key in fact.records} == {"agenda_item"}


def test_data_on_an_agenda_or_in_its_documents(office: Office) -> None:
    _meet(office, date(2026, 6, 10), (AgendaValues(AgendaKind.REPORT, "行事の予定"),), present=(1,))
    assert _fact(office, "2-2").holds is False
    papers = (DocumentValues("就学前人口の推移"),)
    _meet(
        office, date(2026, 7, 10), (AgendaValues(AgendaKind.REPORT, "説明", documents=papers),), present=(1,)
    )
    assert _fact(office, "2-2").holds is True
    assert _fact(office, "2-2", AOBA).holds is True


def test_referrals_tell_of_those_who_made_them(office: Office) -> None:
    assert _fact(office, "3-1").sentence == "この年度のつなぎの記録がないため、わかりません。"
    office.perform(save_month, date(2026, 5, 1), [ReferralValues(1, 3, 4), ReferralValues(1, 2, 1)])
    fact = _fact(office, "3-1")
    assert (fact.holds, [key.kind for key in fact.records]) == (None, ["referral"])
    assert fact.sentence == "会員3団体のうち、この年度につないだ記録があるのは1団体、合わせて5件です。"
    office.perform(save_month, date(2026, 6, 1), [ReferralValues(3, 1, 2)])
    assert _fact(office, "3-1").holds is True
    # The newest comes first, one of each who referred somebody.
    last = office.ask(records.titles, _fact(office, "3-1").records).values()
    assert sorted(last) == ["令和8年5月のつなぎ「あおば→いずみ」", "令和8年6月のつなぎ「うみべ→あおば」"]
    newest = office.ask(records.titles, _fact(office, "3-1").records[:1])
    assert list(newest.values()) == ["令和8年6月のつなぎ「うみべ→あおば」"]
    assert _fact(office, "3-1", until=date(2026, 5, 31)).holds is None
    assert _fact(office, "3-1", AOBA).sentence == "この年度につないだ記録は、合わせて5件です。"
    assert _fact(office, "3-1", AOBA).holds is True
    # To have no record is not to have referred nobody.
    assert _fact(office, "3-1", IZUMI).holds is None
    assert _fact(office, "3-1", WAKABA).sentence.startswith(
        "会員2団体のうち、この年度につないだ記録があるのは1団体"
    )
    assert _fact(office, "3-1", fiscal_year=2027).holds is None


def test_what_others_offer_is_known_from_the_roster(office: Office) -> None:
    fact = _fact(office, "3-2")
    assert (fact.holds, fact.records) == (None, (RecordKey("organisation", 1),))
    assert _fact(office, "3-2", AOBA).holds is True
    assert _fact(office, "3-2", UMIBE).holds is False


# ------------------------------------------------------------------------------- step 4: 連携した取組


TOLD: dict[str, Any] = {"issue": "場がない。", "aim": "顔なじみになる。", "image": "月1回出向く。"}
ROLES = (PartnerValues(organisation_id=1, role="運営"), PartnerValues(name="町内会", role="会館"))


def _work(office: Office, started_on: date | None = date(2026, 5, 1), **values: Any) -> RecordKey:
    found = office.perform(add_collaboration, CollaborationValues("取組", started_on=started_on, **values))
    return RecordKey("collaboration", found.result)


@pytest.mark.parametrize(
    ("number", "done", "which"),
    [
        ("4-1", TOLD, "課題・目的・取組のイメージがそろっているのは"),
        ("4-2", {"partners": ROLES}, "全員の役割が決まっているのは"),
        ("4-3", {"reviewed_on": date(2026, 12, 1)}, "この年度に振り返ったのは"),
    ],
)
def test_collaborations_alone_tell_where_nobody_met(
    office: Office, number: str, done: dict[str, Any], which: str
) -> None:
    assert _fact(office, number).holds is None
    _work(office)
    fact = _fact(office, number)
    assert (fact.holds, fact.sentence) == (False, f"連携した取組1件のうち、{which}0件です。")
    good = _work(office, **done)
    assert (_fact(office, number).holds, _fact(office, number).records) == (None, (good,))
    _work(office, **done)
    assert _fact(office, number).holds is True


def test_what_half_tells_is_not_told(office: Office) -> None:
    _work(office, **{**TOLD, "aim": " "})
    assert _fact(office, "4-1").holds is False
    _work(office, partners=(ROLES[0],))
    _work(office, partners=(ROLES[0], PartnerValues(name="町内会")))
    assert _fact(office, "4-2").holds is False


def test_only_work_that_had_begun_by_then_counts(office: Office) -> None:
    _work(office, None, **TOLD)
    _work(office, date(2027, 1, 10), **TOLD)
    assert _fact(office, "4-1", until=date(2026, 12, 31)).records == ()
    assert _fact(office, "4-1").holds is True


def test_a_look_back_of_another_year_or_later_does_not_count(office: Office) -> None:
    _work(office, reviewed_on=date(2026, 12, 1))
    assert _fact(office, "4-3", until=date(2026, 11, 30)).holds is False
    assert _fact(office, "4-3", fiscal_year=2027, until=date(2028, 3, 31)).holds is False


def test_work_concerns_its_district_and_those_who_take_part(office: Office) -> None:
    here = _work(office, district_id=2, **TOLD)
    ours = _work(office, partners=(PartnerValues(organisation_id=1),), **TOLD)
    assert _fact(office, "4-1", SAKURA).records == (here,)
    assert _fact(office, "4-1", WAKABA).records == (ours,)
    assert set(_fact(office, "4-1", NORTH).records) == {here, ours}
    assert _fact(office, "4-1", AOBA).records == (ours,)
    assert _fact(office, "4-1", IZUMI).records == ()


def test_meetings_and_work_speak_together(office: Office) -> None:
    outcome = office.ask(plan_queries.items, 1)[0].id
    about = AgendaValues(AgendaKind.TOPIC, "居場所", topics=(outcome,))
    meeting = _meet(office, date(2026, 6, 10), (about,), for_decision=True, for_review=True)
    assert [_fact(office, number).holds for number in ("4-1", "4-2", "4-3")] == [True, None, True]
    _work(office)
    fact = _fact(office, "4-1")
    assert fact.holds is True
    assert fact.sentence == (
        "連携した取組1件のうち、課題・目的・取組のイメージがそろっているのは0件です。"
        "到達イメージや連携した取組に結び付けて話した議題が1件あります。"
    )
    item = office.ask(meeting_queries.detail, meeting).agenda[0].id
    line = LineValues(StatementKind.ACTION, "ちらしを配る", assignee="渡邉")
    version = office.ask(meeting_queries.detail, meeting).meeting.version
    office.perform(save_minutes, meeting, [ItemMinutes(item, (line,))], version)
    assert _fact(office, "4-2").holds is True
    assert {key.kind for key in _fact(office, "4-2").records} == {"meeting", "action_item"}


def test_an_agenda_about_work_tells_of_its_aims_its_roles_and_perhaps_a_look_back(office: Office) -> None:
    work = _work(office, district_id=1)
    about = AgendaValues(AgendaKind.TOPIC, "出張サロン", collaborations=(work.id,))
    meeting = _meet(office, date(2026, 6, 10), (about, AgendaValues(AgendaKind.REPORT, "報告")))
    item = office.ask(meeting_queries.detail, meeting).agenda[0].id
    spoken = (RecordKey("agenda_item", item),)
    assert (_fact(office, "4-1").holds, _fact(office, "4-1").records) == (True, spoken)
    assert _fact(office, "4-2").holds is False
    looked_back = _fact(office, "4-3")
    assert (looked_back.holds, looked_back.records) == (None, spoken)
    assert "連携した取組を取り上げた議題が1件あります。" in looked_back.sentence
    # The meeting is the ward's, the work is of one district: its fact knows of it, that of the other does not.
    assert _fact(office, "4-1", WAKABA).records == spoken
    assert _fact(office, "4-1", SAKURA).records == ()
    line = LineValues(StatementKind.ACTION, "ちらしを配る", assignee="渡邉")
    version = office.ask(meeting_queries.detail, meeting).meeting.version
    office.perform(save_minutes, meeting, [ItemMinutes(item, (line,))], version)
    roles = _fact(office, "4-2")
    assert roles.holds is True
    assert "担当の決まった宿題は1件（うち連携した取組の議題から1件）です。" in roles.sentence


def test_what_does_not_hold_names_the_records_that_were_gone_through(office: Office) -> None:
    meeting = _meet(office, date(2026, 6, 10), (AgendaValues(AgendaKind.REPORT, "報告"),), (2,), (3,))
    for number in ("1-2", "1-3", "1-4", "1-5", "2-1", "4-3"):
        fact = _fact(office, number)
        assert (fact.holds, fact.records, fact.looked_at) == (False, (), _meetings(meeting)), number
    work = _work(office)
    assert _fact(office, "4-2").looked_at == (work, *_meetings(meeting))
    office.perform(share, meeting, [3], ShareBackKind.ABSENT, date(2026, 6, 12))
    told = _fact(office, "1-4")
    assert (told.records, told.looked_at) == (_meetings(meeting), ())


def test_nothing_done_at_meetings_nor_in_work_does_not_hold(office: Office) -> None:
    _meet(office, date(2026, 6, 10), (AgendaValues(AgendaKind.REPORT, "報告"),))
    _work(office)
    assert _fact(office, "4-2").holds is False
    assert _fact(office, "4-3").holds is False


# ------------------------------------------------------------------------------------------ contradictions


@pytest.mark.parametrize(
    ("answers", "holds", "contradicts"),
    [
        ((CheckAnswer.YES,), False, True),
        ((CheckAnswer.YES,), True, False),
        ((CheckAnswer.YES,), None, False),
        ((CheckAnswer.PARTLY,), False, False),
        ((CheckAnswer.PARTLY,), True, False),
        ((CheckAnswer.NOT_YET,), True, True),
        ((CheckAnswer.NOT_YET,), False, False),
        ((CheckAnswer.UNKNOWN,), False, False),
        ((CheckAnswer.YES, CheckAnswer.NOT_YET), True, False),
        ((), False, False),
    ],
)
def test_only_a_clear_answer_against_a_clear_fact_is_pointed_out(
    answers: tuple[CheckAnswer, ...], holds: bool | None, contradicts: bool
) -> None:
    said = contradiction(Fact(1, "会議は2回です。", holds), tally(answers))
    assert bool(said) is contradicts
    if contradicts:
        assert said.startswith("答えは「")
        assert said.endswith("会議は2回です。")


def test_records_count_until_a_round_was_closed_but_never_less_than_until_it_was_opened(
    sample_office: Office,
) -> None:
    """A ledger whose rounds lie ahead of the clock shows what stood in it when they were opened."""
    held = {one.state: one for one in sample_office.ask(queries.rounds)}
    opened, closed = held[RoundState.OPEN], held[RoundState.CLOSED]
    assert opened.opened_on is not None
    before, after = opened.opened_on - timedelta(days=400), opened.opened_on + timedelta(days=5)
    assert known_until(opened, before) == opened.opened_on
    assert known_until(opened, after) == after
    assert known_until(closed, before) == known_until(closed, after) == closed.closed_on
