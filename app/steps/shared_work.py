"""Facts of steps 3 and 4: what つなぎ and 連携した取組 say of a scope in a year. Pure.

Those of 連携した取組 are None where there is none of them, so that the meetings alone decide.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.collaborations.queries import CollaborationRow
from app.records import RecordKey
from app.steps.found import Found, Keys, as_a_rule, told
from app.steps.year_view import View


def referred(view: View) -> Found:
    """3-1: families are referred on. A year in which nobody counted says nothing, nor does who has no record.

    Of each who referred somebody the last record stands for all.
    """
    if not view.year.referrals:
        return Found("この年度のつなぎの記録がないため、わかりません。", None)
    if not view.members:
        return Found("この範囲の会員団体の記録はありません。", None)
    last = {one.from_id: one for one in view.referrals if one.from_id in view.members}
    families = sum(one.count for one in view.referrals)
    sentence = (
        f"この年度につないだ記録は、合わせて{families}件です。"
        if len(view.members) == 1
        else f"会員{len(view.members)}団体のうち、この年度につないだ記録があるのは{len(last)}団体、"
        f"合わせて{families}件です。"
    )
    holds = as_a_rule(len(last), len(view.members)) or None
    newest = sorted(last.values(), key=lambda one: (one.month, one.id), reverse=True)
    return Found(sentence, holds, tuple(RecordKey("referral", one.id) for one in newest))


def aims(view: View) -> Found | None:
    """4-1: issue, aim and image of a collaboration are written down."""
    whole = [
        one for one in view.collaborations if all(text.strip() for text in (one.issue, one.aim, one.image))
    ]
    return _of(view.collaborations, whole, "課題・目的・取組のイメージがそろっているのは")


def roles(view: View) -> Found | None:
    """4-2: two or more take part in a collaboration, each with a role."""
    decided = [
        one
        for one in view.collaborations
        if len(one.partners) > 1 and all(partner.role.strip() for partner in one.partners)
    ]
    return _of(view.collaborations, decided, "全員の役割が決まっているのは")


def looked_back(view: View) -> Found | None:
    """4-3: a collaboration was looked back on in this year."""
    done = [
        one
        for one in view.collaborations
        if one.reviewed_on is not None and view.year.first_day <= one.reviewed_on <= view.year.until
    ]
    return _of(view.collaborations, done, "この年度に振り返ったのは")


def _of(among: Iterable[CollaborationRow], done: list[CollaborationRow], which: str) -> Found | None:
    everything = _keys(among)
    if not everything:
        return None
    sentence = f"連携した取組{len(everything)}件のうち、{which}{len(done)}件です。"
    return told(sentence, as_a_rule(len(done), len(everything)), _keys(done), everything)


def _keys(rows: Iterable[CollaborationRow]) -> Keys:
    return tuple(RecordKey("collaboration", one.id) for one in rows)
