"""Facts beside the answers: what the ledger itself knows of each checkpoint, with the records behind it.

They are written for the checkpoints of the standard set and found again by the words of a checkpoint; one that a ward words
otherwise has none. A fact holds, does not hold, or cannot be told from the ledger; only the first two can contradict an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.meetings.queries import MeetingRow
from app.office import Reader
from app.records import RecordKey
from app.steps import shared_work
from app.steps.found import Found, as_a_rule, either
from app.steps.queries import RoundRow, Scope, SetRow
from app.steps.queries.year import AgendaFact, YearRecords, year_records
from app.steps.rules import Tally
from app.steps.standard import standard_sets
from app.steps.year_view import View
from db.vocabulary import AgendaKind, CheckAnswer, OrganisationGroup, ShareBackKind

_TALKED = ("質疑", "意見交換", "話し合", "話合", "グループワーク", "ワークショップ", "対話")
_SITUATION = ("様子", "状況", "課題", "困りごと", "養育者の声", "届いた声", "ニーズ")
_DATA = ("データ", "統計", "調査", "アンケート", "実態", "集計", "人口", "推移", "数字", "到達状況")


@dataclass(frozen=True, slots=True)
class Fact:
    """What the ledger knows of one checkpoint. ``holds`` None: it cannot be told from the ledger."""

    checkpoint_id: int
    sentence: str
    holds: bool | None
    records: tuple[RecordKey, ...] = ()


Look = Callable[[View], Found]


@dataclass(frozen=True, slots=True)
class FactBook:
    """The facts of a fiscal year for any scope, from records read once."""

    _year: YearRecords
    _looks: tuple[tuple[int, Look], ...]

    def of(self, scope: Scope) -> tuple[Fact, ...]:
        """The facts of a scope in the order of the checkpoints; a checkpoint that none was written for is left out."""
        view = View(self._year, scope)
        return tuple(Fact(checkpoint_id, *look(view)) for checkpoint_id, look in self._looks)


def known_until(held: RoundRow, today: date) -> date:
    """The day up to which records count beside the answers of a round: when it was closed, or today.

    It is never before the round was opened: a clock that runs behind would hide what everybody has seen.
    """
    return held.closed_on or max(today, held.opened_on or today)


def fact_book(reader: Reader, asked_set: SetRow, fiscal_year: int, until: date) -> FactBook:
    """Read what the ledger knows of ``fiscal_year`` up to ``until``; see ``known_until``."""
    texts = (text for step in standard_sets()[0].steps for text in step.checkpoints)
    looks = dict(zip(texts, _LOOKS, strict=True))
    known = tuple((one.id, looks[one.text]) for one in asked_set.checkpoints if one.text in looks)
    return FactBook(year_records(reader, fiscal_year, until), known)


def contradiction(fact: Fact, tally: Tally) -> str:
    """A sentence where the answer that stands for all and the fact contradict each other; empty where they do not."""
    answer = tally.common
    if (answer is CheckAnswer.YES and fact.holds is False) or (
        answer is CheckAnswer.NOT_YET and fact.holds is True
    ):
        return f"答えは「{answer.label}」ですが、台帳の記録と食い違います。{fact.sentence}"
    return ""


def _regular(view: View) -> Found:
    """1-1: held regularly, be it for the ward, an area or a kind of service."""
    held, ahead, others = len(view.own), len(view.ahead), len(view.reached) - len(view.own)
    more = [f"このあとの予定が{ahead}回"] if ahead else []
    more += [f"ほかの会議で案内したものが{others}回"] if others else []
    added = f"（{'、'.join(more)}）" if more else ""
    if not held:
        holds = None if ahead or others else False
        return f"この年度、{view.called}を開催した記録はありません{added}。", holds, _keys(view.reached)
    is_regular = held > 1 or bool(ahead or others or view.before)
    return (
        f"この年度、{view.called}は{held}回開催しています{added}。",
        is_regular or None,
        _keys(view.reached),
    )


def _talked(view: View) -> Found:
    """1-2: questions, exchange and continuity."""
    if not view.own:
        return _no_meeting(view)
    talked = [one for one in view.own if one.for_discussion or _titled(view, one, _TALKED)]
    going_on = [
        one
        for one in view.own
        if any(item.kind in (AgendaKind.ACTIONS, AgendaKind.APPROVAL) for item in view.agenda([one]))
    ]
    sentence = (
        f"開催した{len(view.own)}回のうち、質疑・意見交換や話し合いの時間があったのは{len(talked)}回、"
        f"前回の会議録や宿題の確認から始めたのは{len(going_on)}回です。"
    )
    holds = None if talked else False
    if 2 * len(talked) >= len(view.own) and (going_on or len(view.own) == 1):
        holds = True
    return sentence, holds, _keys(talked)


def _shared_back(view: View) -> Found:
    """1-3: those who came told their own staff."""
    present = [(meeting_id, one) for meeting_id, one, is_present in view.asked() if is_present]
    if not present:
        return "出席の記録がないため、持ち帰り共有はわかりません。", None, ()
    told = view.told(ShareBackKind.OWN_STAFF)
    done = [key for key in present if key in told]
    sentence = (
        f"出席した延べ{len(present)}団体のうち、スタッフへの持ち帰り共有の記録があるのは{len(done)}団体です。"
    )
    return sentence, as_a_rule(len(done), len(present)), _unique(told[key] for key in done)


def _informed(view: View) -> Found:
    """1-4: those who could not come were told."""
    absent = [(meeting_id, one) for meeting_id, one, is_present in view.asked() if not is_present]
    if not absent:
        return "欠席した団体の記録がないため、欠席団体への共有はわかりません。", None, ()
    told = view.told(ShareBackKind.ABSENT)
    done = [key for key in absent if key in told]
    sentence = f"欠席した延べ{len(absent)}団体のうち、会の内容を伝えた記録があるのは{len(done)}団体です。"
    return sentence, as_a_rule(len(done), len(absent)), _unique(told[key] for key in done)


def _community(view: View) -> Found:
    """1-5: people who are active in the community are reached."""
    received = [
        one
        for one in view.own
        if any(row.is_present is not None for row in view.year.attendance.get(one.id, ()))
    ]
    if not received:
        return _no_meeting(view)
    with_them = [
        one
        for one in received
        if any(
            row.group is OrganisationGroup.COMMUNITY and row.is_present
            for row in view.year.attendance[one.id]
        )
    ]
    sentence = (
        f"出席者を記録した{len(received)}回の会議のうち、地域の団体が出席したのは{len(with_them)}回です。"
    )
    return sentence, as_a_rule(len(with_them), len(received)), _keys(with_them)


def _situations(view: View) -> Found:
    """2-1: what families are like is shared regularly."""
    if not view.own:
        return _no_meeting(view)
    items = [
        item
        for item in view.agenda(view.own)
        if item.kind is AgendaKind.VOICE or any(word in title for title in item.titles for word in _SITUATION)
    ]
    sharing = [one for one in view.own if one.for_sharing]
    sentence = (
        f"開催した{len(view.own)}回のうち、共有の場と位置づけたのは{len(sharing)}回、"
        f"親子の様子や課題、養育者の声を扱った議題は{len(items)}件です。"
    )
    if not items and not sharing:
        return sentence, False, ()
    is_regular = len(items) > 1 or len(sharing) > 1
    return sentence, is_regular or None, (*_keys(sharing), *_items(items))


def _with_data(view: View) -> Found:
    """2-2: the ward shares what its data say."""
    if not view.reached:
        return _no_meeting(view)
    items = [
        item
        for item in view.agenda(view.reached)
        if any(word in title for title in item.titles for word in _DATA)
    ]
    if not items:
        sentence = (
            f"出席を案内した{len(view.reached)}回の会議に、データや調査を扱った議題・資料の記録はありません。"
        )
        return sentence, False, ()
    return f"データや調査を扱った議題・資料のある議題が{len(items)}件あります。", True, _items(items)


def _known_to_others(view: View) -> Found:
    """3-2: what others do is known."""
    if not view.members:
        return "この範囲の会員団体の記録はありません。", None, ()
    told = sorted(one for one in view.members if view.year.offering[one])
    sentence = (
        f"会員{len(view.members)}団体のうち、得意なことや提供できることが名簿にあるのは{len(told)}団体です。"
    )
    holds = as_a_rule(len(told), len(view.members))
    return sentence, holds, tuple(RecordKey("organisation", one) for one in told)


def _aims(view: View) -> Found:
    """4-1: issue, aim and image are shared."""
    return _with_shared_work(view, shared_work.aims, _aims_at_meetings)


def _aims_at_meetings(view: View) -> Found:
    items = [item for item in view.agenda(view.own) if item.is_about_plan]
    if not items:
        return "到達イメージに結び付けた議題の記録はありません。", None, ()
    return f"到達イメージに結び付けて話した議題が{len(items)}件あります。", True, _items(items)


def _roles(view: View) -> Found:
    """4-2: who does what is decided."""
    return _with_shared_work(view, shared_work.roles, _roles_at_meetings)


def _roles_at_meetings(view: View) -> Found:
    deciding = [one for one in view.own if one.for_decision]
    tasks = [task for one in view.own for task in view.year.tasks.get(one.id, ())]
    sentence = f"取組・役割分担を決める場と位置づけた会議は{len(deciding)}回、担当の決まった宿題は{len(tasks)}件です。"
    holds = True if deciding and tasks else None if deciding or tasks else False
    return sentence, holds, (*_keys(deciding), *(RecordKey("action_item", one) for one in tasks))


def _looked_back(view: View) -> Found:
    """4-3: there is a place to look back."""
    return _with_shared_work(view, shared_work.looked_back, _looked_back_at_meetings)


def _looked_back_at_meetings(view: View) -> Found:
    found = [one for one in view.own if one.for_review or _titled(view, one, ("振り返り", "振返り"))]
    sentence = f"開催した{len(view.own)}回のうち、振返りの場があったのは{len(found)}回です。"
    return sentence, bool(found) or (None if view.ahead else False), _keys(found)


def _with_shared_work(view: View, of_work: Callable[[View], Found | None], at_meetings: Look) -> Found:
    """What 連携した取組 and meetings say together; one of the two alone where there is nothing of the other."""
    done = of_work(view)
    if not view.own:
        return done or _no_meeting(view)
    return either(done, at_meetings(view)) if done else at_meetings(view)


_LOOKS: tuple[Look, ...] = (
    _regular,
    _talked,
    _shared_back,
    _informed,
    _community,
    _situations,
    _with_data,
    shared_work.referred,
    _known_to_others,
    _aims,
    _roles,
    _looked_back,
)
"""One for each checkpoint of the standard set, in its order."""


def _no_meeting(view: View) -> Found:
    return f"この年度、{view.called}を開催した記録がないため、わかりません。", None, ()


def _titled(view: View, meeting: MeetingRow, words: Sequence[str]) -> bool:
    titles = (meeting.theme, *(title for item in view.agenda([meeting]) for title in item.titles))
    return any(word in title for title in titles for word in words)


def _keys(meetings: Iterable[MeetingRow]) -> tuple[RecordKey, ...]:
    return tuple(RecordKey("meeting", one.id) for one in meetings)


def _items(items: Iterable[AgendaFact]) -> tuple[RecordKey, ...]:
    return tuple(RecordKey("agenda_item", one.id) for one in items)


def _unique(keys: Iterable[RecordKey]) -> tuple[RecordKey, ...]:
    return tuple(dict.fromkeys(keys))
