"""Facts of steps 1, 2 and 4: what the meetings of a year say of a scope. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.meetings.queries import MeetingRow
from app.records import RecordKey
from app.steps.found import Found, Keys, as_a_rule, told
from app.steps.queries.year import AgendaFact
from app.steps.year_view import View
from db.vocabulary import AgendaKind, OrganisationGroup, ShareBackKind

_TALKED = ("質疑", "意見交換", "話し合", "話合", "グループワーク", "ワークショップ", "対話")
_SITUATION = ("様子", "状況", "課題", "困りごと", "養育者の声", "届いた声", "ニーズ")
_DATA = ("データ", "統計", "調査", "アンケート", "実態", "集計", "人口", "推移", "数字", "到達状況")


def regular(view: View) -> Found:
    """1-1: held regularly, be it for the ward, an area or a kind of service."""
    held, ahead, others = len(view.own), len(view.ahead), len(view.reached) - len(view.own)
    more = [f"このあとの予定が{ahead}回"] if ahead else []
    more += [f"ほかの会議で案内したものが{others}回"] if others else []
    added = f"（{'、'.join(more)}）" if more else ""
    if not held:
        holds = None if ahead or others else False
        sentence = f"この年度、{view.called}を開催した記録はありません{added}。"
        return Found(sentence, holds, _keys(view.reached))
    is_regular = held > 1 or bool(ahead or others or view.before)
    sentence = f"この年度、{view.called}は{held}回開催しています{added}。"
    return Found(sentence, is_regular or None, _keys(view.reached))


def talked(view: View) -> Found:
    """1-2: questions, exchange and continuity."""
    if not view.own:
        return no_meeting(view)
    with_talk = [one for one in view.own if one.for_discussion or _titled(view, one, _TALKED)]
    going_on = [
        one
        for one in view.own
        if any(item.kind in (AgendaKind.ACTIONS, AgendaKind.APPROVAL) for item in view.agenda([one]))
    ]
    sentence = (
        f"開催した{len(view.own)}回のうち、質疑・意見交換や話し合いの時間があったのは{len(with_talk)}回、"
        f"前回の会議録や宿題の確認から始めたのは{len(going_on)}回です。"
    )
    holds = None if with_talk else False
    if 2 * len(with_talk) >= len(view.own) and (going_on or len(view.own) == 1):
        holds = True
    return told(sentence, holds, _keys(with_talk), _keys(view.own))


def shared_back(view: View) -> Found:
    """1-3: those who came told their own staff."""
    present = [(meeting_id, one) for meeting_id, one, is_present in view.asked() if is_present]
    if not present:
        return Found("出席の記録がないため、持ち帰り共有はわかりません。", None)
    known = view.told(ShareBackKind.OWN_STAFF)
    done = [key for key in present if key in known]
    sentence = (
        f"出席した延べ{len(present)}団体のうち、スタッフへの持ち帰り共有の記録があるのは{len(done)}団体です。"
    )
    return told(
        sentence, as_a_rule(len(done), len(present)), (known[key] for key in done), _meetings_of(present)
    )


def informed(view: View) -> Found:
    """1-4: those who could not come were told."""
    absent = [(meeting_id, one) for meeting_id, one, is_present in view.asked() if not is_present]
    if not absent:
        return Found("欠席した団体の記録がないため、欠席団体への共有はわかりません。", None)
    known = view.told(ShareBackKind.ABSENT)
    done = [key for key in absent if key in known]
    sentence = f"欠席した延べ{len(absent)}団体のうち、会の内容を伝えた記録があるのは{len(done)}団体です。"
    return told(
        sentence, as_a_rule(len(done), len(absent)), (known[key] for key in done), _meetings_of(absent)
    )


def community(view: View) -> Found:
    """1-5: people who are active in the community are reached."""
    received = [
        one
        for one in view.own
        if any(row.is_present is not None for row in view.year.attendance.get(one.id, ()))
    ]
    if not received:
        return no_meeting(view)
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
    holds = as_a_rule(len(with_them), len(received))
    return told(sentence, holds, _keys(with_them), _keys(received))


def situations(view: View) -> Found:
    """2-1: what families are like is shared regularly."""
    if not view.own:
        return no_meeting(view)
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
    is_regular = len(items) > 1 or len(sharing) > 1
    holds = (is_regular or None) if items or sharing else False
    return told(sentence, holds, (*_keys(sharing), *_items(items)), _keys(view.own))


def with_data(view: View) -> Found:
    """2-2: the ward shares what its data say."""
    if not view.reached:
        return no_meeting(view)
    items = [
        item
        for item in view.agenda(view.reached)
        if any(word in title for title in item.titles for word in _DATA)
    ]
    if not items:
        sentence = (
            f"出席を案内した{len(view.reached)}回の会議に、データや調査を扱った議題・資料の記録はありません。"
        )
        return told(sentence, False, (), _keys(view.reached))
    return Found(f"データや調査を扱った議題・資料のある議題が{len(items)}件あります。", True, _items(items))


def aims(view: View) -> Found:
    """4-1 at meetings: what is aimed at was spoken of, be it 到達イメージ or 連携した取組."""
    about_plan = [item for item in view.agenda(view.own) if item.is_about_plan]
    items = tuple(dict.fromkeys((*_items(about_plan), *_items(view.about_work))))
    if not items:
        sentence = "到達イメージや連携した取組に結び付けた議題の記録はありません。"
        return told(sentence, None, (), _keys(view.own))
    return Found(f"到達イメージや連携した取組に結び付けて話した議題が{len(items)}件あります。", True, items)


def roles(view: View) -> Found:
    """4-2 at meetings: somebody took on what was decided, at a place for deciding or of 連携した取組."""
    deciding = [one for one in view.own if one.for_decision]
    of_work = [task for item in view.about_work for task in view.year.tasks_of_item.get(item.id, ())]
    tasks = dict.fromkeys((*(task for one in view.own for task in view.year.tasks.get(one.id, ())), *of_work))
    which = f"（うち連携した取組の議題から{len(of_work)}件）" if of_work else ""
    sentence = (
        f"取組・役割分担を決める場と位置づけた会議は{len(deciding)}回、"
        f"担当の決まった宿題は{len(tasks)}件{which}です。"
        if view.own
        else f"連携した取組の議題で、担当の決まった宿題は{len(tasks)}件です。"
    )
    is_decided = bool(of_work or (deciding and tasks))
    holds = True if is_decided else None if deciding or tasks else False
    records = (*_keys(deciding), *(RecordKey("action_item", one) for one in tasks))
    return told(sentence, holds, records, _keys(view.own))


def looked_back(view: View) -> Found:
    """4-3 at meetings: a place to look back. That 連携した取組 was spoken of may have been one; it is not taken for one."""
    found = [one for one in view.own if one.for_review or _titled(view, one, ("振り返り", "振返り"))]
    spoken = _items(view.about_work)
    sentence = (
        f"開催した{len(view.own)}回のうち、振返りの場があったのは{len(found)}回です。" if view.own else ""
    )
    if spoken:
        sentence += f"連携した取組を取り上げた議題が{len(spoken)}件あります。"
    holds = True if found else None if view.ahead or spoken else False
    return told(sentence, holds, (*_keys(found), *spoken), _keys(view.own))


def no_meeting(view: View) -> Found:
    """There was no meeting that could tell anything."""
    return Found(f"この年度、{view.called}を開催した記録がないため、わかりません。", None)


def _titled(view: View, meeting: MeetingRow, words: Sequence[str]) -> bool:
    titles = (meeting.theme, *(title for item in view.agenda([meeting]) for title in item.titles))
    return any(word in title for title in titles for word in words)


def _keys(meetings: Iterable[MeetingRow]) -> Keys:
    return tuple(RecordKey("meeting", one.id) for one in meetings)


def _meetings_of(asked: Iterable[tuple[int, int]]) -> Keys:
    return tuple(RecordKey("meeting", meeting_id) for meeting_id, _ in asked)


def _items(items: Iterable[AgendaFact]) -> Keys:
    return tuple(RecordKey("agenda_item", one.id) for one in items)
