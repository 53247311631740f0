"""Writing the roster: organisations join, change, leave, return and are merged."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from app.calendar import fiscal_year_label, format_date, format_span
from app.errors import InputError
from app.office import Unit, operation
from app.organisations import queries
from app.organisations.belongings import move_belongings
from app.organisations.queries import ChannelRow
from app.organisations.rules import CHECK_THE_DAYS, Gap, Membership, gap_outside, leaves_too_early
from app.text import excerpt
from db.schema.organisations import (
    ContactTerm,
    MembershipGap,
    Organisation,
    OrganisationChannel,
    RosterConfirmation,
    SavedFilter,
)
from db.vocabulary import ConfirmationState, Opening


@dataclass(frozen=True, slots=True)
class OrganisationValues:
    """What the form of an organisation holds; the names are those of the columns."""

    name: str
    short_name: str = ""
    kana: str = ""
    organisation_category_id: int | None = None
    district_id: int | None = None
    service_type_id: int | None = None
    postal_code: str = ""
    address: str = ""
    building: str = ""
    telephone: str = ""
    fax: str = ""
    mail: str = ""
    web: str = ""
    uses_tag: bool = False
    opening: Opening | None = None
    opening_days: str = ""
    opening_hours: str = ""
    venue: str = ""
    audience: str = ""
    fee: str = ""
    strengths: str = ""
    offers: str = ""
    member_from: date | None = None
    member_to: date | None = None
    note: str = ""
    channels: tuple[ChannelRow, ...] = field(default=())


_COLUMNS = tuple(one.name for one in fields(OrganisationValues) if one.name != "channels")


@operation("会員団体を追加")
def add_organisation(unit: Unit, values: OrganisationValues) -> int:
    """A new member organisation; its id."""
    _require_sound(values)
    unit.describe(f"会員団体「{excerpt(values.name)}」を追加")
    organisation = unit.add(Organisation(**{name: getattr(values, name) for name in _COLUMNS}))
    write_channels(unit, organisation, values.channels)
    return organisation.id


@operation("会員団体を変更")
def edit_organisation(unit: Unit, organisation_id: int, version: int, values: OrganisationValues) -> None:
    """Change an organisation, as the form at ``version`` showed it.

    InputError where a time between 退会 and return would no longer lie within the membership.
    """
    organisation = unit.get(Organisation, organisation_id, version)
    _require_sound(values)
    if (values.member_from, values.member_to) != (organisation.member_from, organisation.member_to):
        _require_gaps_within(values, queries.gaps(unit, (organisation_id,))[organisation_id])
    unit.describe(f"会員団体「{excerpt(values.name)}」を変更")
    for name in _COLUMNS:
        setattr(organisation, name, getattr(values, name))
    unit.flush()
    if write_channels(unit, organisation, values.channels):
        unit.touch(organisation)


@operation("会員団体の退会")
def leave(unit: Unit, organisation_id: int, version: int, last_day: date) -> None:
    """退会: ``last_day`` is the last one of membership. Terms of its people end with it; everything stays.

    InputError where it lies before the membership or between an earlier 退会 and return, or somebody's term is to begin only
    after it.
    """
    organisation = unit.get(Organisation, organisation_id, version)
    membership = _membership(unit, organisation)
    require_joined_first(organisation.member_from, last_day)
    gap = membership.gap_on(last_day)
    if gap is not None:
        raise InputError(
            f"退会日が、すでに退会していた期間（{format_span(gap.first, gap.last)}）に入っています。",
            CHECK_THE_DAYS,
        )
    unit.describe(f"「{excerpt(organisation.name)}」が{format_date(last_day)}で退会")
    _write_membership(unit, organisation, membership.until(last_day))
    terms = select(ContactTerm.id).where(
        ContactTerm.organisation_id == organisation_id,
        ContactTerm.term_to.is_(None) | (ContactTerm.term_to > last_day),
    )
    for row in unit.rows(terms):
        term = unit.get(ContactTerm, row.id)
        if term.term_from is not None and term.term_from > last_day:
            raise InputError(
                f"退会日より後の{format_date(term.term_from)}から始まる{term.role.label}が記録されています。",
                "その記録を取り消すか、退会日を確かめてください。",
            )
        term.term_to = last_day


@operation("会員団体の復帰")
def rejoin(unit: Unit, organisation_id: int, version: int, first_day: date | None = None) -> None:
    """復帰: from ``first_day`` on the organisation is a member again, without an end. Terms of people stay ended.

    The days between 退会 and return are kept as a gap; None stands for the day after 退会, which leaves none. InputError where
    the organisation has not left, or the day does not come after the last one of membership.
    """
    organisation = unit.get(Organisation, organisation_id, version)
    last_day = organisation.member_to
    if last_day is None:
        raise InputError(
            f"「{excerpt(organisation.name)}」は退会していません。",
            "画面を開き直して、いまの内容を確かめてください。",
        )
    if first_day is None:
        unit.describe(f"「{excerpt(organisation.name)}」が復帰")
        first_day = last_day + timedelta(days=1)
    else:
        unit.describe(f"「{excerpt(organisation.name)}」が{format_date(first_day)}に復帰")
    if first_day <= last_day:
        raise InputError(
            f"復帰の日が、退会日（{format_date(last_day)}）より後ではありません。",
            "会員に戻る最初の日を確かめてください。",
        )
    _write_membership(unit, organisation, _membership(unit, organisation).again_from(first_day))


@operation("会員団体を統合")
def merge(unit: Unit, kept_id: int, gone_id: int) -> None:
    """Make two entries of one organisation into one: people, channels and answers of the second go to the first, as do its
    attendance, 宿題, 持ち帰り共有, voices, ステップ確認, 連携した取組 and つなぎ, and what only the second knows fills what is empty.

    It was a member on every day on which either entry was, and on no other. The second stays in the ledger, pointing to the
    first, so that its history can be read. InputError where one of them has already been merged.
    """
    if kept_id == gone_id:
        raise InputError("同じ団体どうしは統合できません。", "統合する二つの団体を選んでください。")
    kept, gone = unit.get(Organisation, kept_id), unit.get(Organisation, gone_id)
    for one in (kept, gone):
        if one.merged_into_id is not None:
            raise InputError(
                f"「{excerpt(one.name)}」は、すでにほかの団体に統合されています。",
                "画面を開き直して、統合する団体を選び直してください。",
            )
    unit.describe(f"「{excerpt(gone.name)}」を「{excerpt(kept.name)}」に統合")
    for name in _COLUMNS:
        if not getattr(kept, name) and getattr(gone, name) and name not in ("member_from", "member_to"):
            setattr(kept, name, getattr(gone, name))
    _write_membership(unit, kept, _membership(unit, kept).together_with(_membership(unit, gone)))
    gone.merged_into_id = kept_id
    unit.touch(kept)
    move_belongings(unit, kept_id, gone_id)


@operation("年度替わりの確認")
def confirm(
    unit: Unit,
    organisation_id: int,
    fiscal_year: int,
    state: ConfirmationState | None,
    answered_on: date | None = None,
    note: str = "",
) -> None:
    """Record what an organisation answered in ``fiscal_year``; None takes the answer back."""
    name = unit.get(Organisation, organisation_id).name
    year, said = fiscal_year_label(fiscal_year), state.label if state else "未確認"
    unit.describe(f"{year}の年度替わり「{excerpt(name)}」を{said}に")
    write_answer(unit, organisation_id, fiscal_year, state, answered_on, note)


def write_answer(
    unit: Unit,
    organisation_id: int,
    fiscal_year: int,
    state: ConfirmationState | None,
    answered_on: date | None,
    note: str,
) -> None:
    """Make the answer of an organisation in ``fiscal_year`` what is given, as part of a larger change."""
    row = unit.first(
        select(RosterConfirmation.id).where(
            RosterConfirmation.organisation_id == organisation_id,
            RosterConfirmation.fiscal_year == fiscal_year,
        )
    )
    if state is None:
        if row is not None:
            unit.delete(unit.get(RosterConfirmation, row.id))
        return
    if row is None:
        unit.add(
            RosterConfirmation(
                organisation_id=organisation_id,
                fiscal_year=fiscal_year,
                state=state,
                answered_on=answered_on,
                note=note,
            )
        )
        return
    found = unit.get(RosterConfirmation, row.id)
    found.state, found.answered_on, found.note = state, answered_on, note


@operation("絞り込みを保存")
def save_filter(unit: Unit, page: str, name: str, content: dict[str, Any]) -> int:
    """Keep a filter under a name (replacing the one of that name); its id."""
    if not name.strip():
        raise InputError("絞り込みの名前が空です。", "名前を入力してください。")
    unit.describe(f"絞り込み「{excerpt(name)}」を保存")
    row = unit.first(select(SavedFilter.id).where(SavedFilter.page == page, SavedFilter.name == name))
    text = json.dumps(content, ensure_ascii=False)
    if row is None:
        return unit.add(SavedFilter(page=page, name=name, content=text)).id
    found = unit.get(SavedFilter, row.id)
    found.content = text
    return found.id


@operation("絞り込みを削除")
def remove_filter(unit: Unit, filter_id: int, version: int) -> None:
    """Delete a named filter."""
    unit.delete(unit.get(SavedFilter, filter_id, version))


def _require_sound(values: OrganisationValues) -> None:
    if not values.name.strip():
        raise InputError("団体名が空です。", "団体名を入力してから保存してください。")
    require_joined_first(values.member_from, values.member_to)


def require_joined_first(first: date | None, last: date | None, name: str = "") -> None:
    """InputError where 退会日 ``last`` lies before 入会日 ``first``; it tells the ``name`` where one is given."""
    trouble = leaves_too_early(first, last)
    if trouble:
        raise InputError(f"「{name}」の{trouble}" if name else trouble, CHECK_THE_DAYS)


def _require_gaps_within(values: OrganisationValues, gaps: Sequence[Gap]) -> None:
    outside = gap_outside(values.member_from, values.member_to, gaps)
    if outside is not None:
        raise InputError(
            f"退会していた期間（{format_span(outside.first, outside.last)}）が、入会日から退会日までの間に入りません。",
            CHECK_THE_DAYS,
        )


def _membership(unit: Unit, organisation: Organisation) -> Membership:
    gaps = queries.gaps(unit, (organisation.id,))[organisation.id]
    return Membership(organisation.member_from, organisation.member_to, gaps)


def _write_membership(unit: Unit, organisation: Organisation, wanted: Membership) -> None:
    """Make the membership of an organisation what is wanted, gap by gap."""
    organisation.member_from, organisation.member_to = wanted.first, wanted.last
    missing = set(wanted.gaps)
    gap = MembershipGap
    columns = select(gap.id, gap.gap_from, gap.gap_to).where(gap.organisation_id == organisation.id)
    for row in unit.rows(columns.order_by(gap.gap_from)):
        known = Gap(row.gap_from, row.gap_to)
        if known in missing:
            missing.remove(known)
        else:
            unit.delete(unit.get(gap, row.id))
    for one in sorted(missing):
        unit.add(gap(organisation_id=organisation.id, gap_from=one.first, gap_to=one.last))


def write_channels(unit: Unit, organisation: Organisation, wanted: Sequence[ChannelRow]) -> bool:
    """Make the channels of an organisation what is wanted, as part of an operation; says whether anything changed."""
    channel = OrganisationChannel
    found = unit.rows(
        select(channel.id, channel.kind, channel.address)
        .where(channel.organisation_id == organisation.id)
        .order_by(channel.position, channel.id)
    )
    if [ChannelRow(row.kind, row.address) for row in found] == list(wanted):
        return False
    for row in found:
        unit.delete(unit.get(channel, row.id))
    rows = [
        channel(organisation_id=organisation.id, position=place, kind=one.kind, address=one.address)
        for place, one in enumerate(wanted)
    ]
    unit.add_all(rows)
    return True
