"""Writing how many families organisations referred to each other, one month at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.calendar import format_month
from app.errors import ConflictError, InputError
from app.office import Unit, operation
from app.text import excerpt
from db.schema.organisations import Organisation
from db.schema.referrals import Referral

Pair = tuple[int, int]
"""From which organisation to which: their ids."""


@dataclass(frozen=True, slots=True)
class ReferralValues:
    """A line of a month's table: so many families from one organisation to another."""

    from_id: int
    to_id: int
    count: int
    note: str = ""


@operation("つなぎの月の記録を保存")
def save_month(
    unit: Unit, month: date, rows: Sequence[ReferralValues], known: Mapping[Pair, int] | None = None
) -> None:
    """Make the table of a month exactly ``rows``; any day stands for its month.

    ``known`` has the versions of the lines as the form read them (``ReferralRow.version``), None or nothing where it read none.
    ConflictError where somebody has written that month since; InputError where a pair stands there twice, an organisation refers to
    itself, or a count is below 1.
    """
    first = month.replace(day=1)
    _require_sound(unit, rows)
    present = unit.rows(
        select(
            Referral.id, Referral.version, Referral.from_organisation_id, Referral.to_organisation_id
        ).where(Referral.month == first)
    )
    ids = {(row.from_organisation_id, row.to_organisation_id): row.id for row in present}
    versions = {(row.from_organisation_id, row.to_organisation_id): row.version for row in present}
    if versions != dict(known or {}):
        raise ConflictError(
            f"{format_month(first)}のつなぎは、開いた後にほかの人が変更しています。何も保存していません。",
            "入力した内容は画面に残っています。いまの内容を読み込んで、見比べてから保存してください。",
        )
    unit.describe(f"{format_month(first)}のつなぎを保存")
    wanted = {(one.from_id, one.to_id): one for one in rows}
    for pair in sorted(ids.keys() - wanted.keys()):
        unit.delete(unit.get(Referral, ids[pair]))
    for pair, values in wanted.items():
        if pair in ids:
            one = unit.get(Referral, ids[pair])
            one.count, one.note = values.count, values.note
        else:
            one = Referral(month=first, from_organisation_id=pair[0], to_organisation_id=pair[1])
            one.count, one.note = values.count, values.note
            unit.add(one)


def _require_sound(unit: Unit, rows: Sequence[ReferralValues]) -> None:
    seen: set[Pair] = set()
    for one in rows:
        pair = (one.from_id, one.to_id)
        names = [excerpt(unit.get(Organisation, organisation_id).name) for organisation_id in pair]
        what = f"「{names[0]}」から「{names[1]}」へのつなぎ"
        if one.from_id == one.to_id:
            raise InputError(
                f"「{names[0]}」から同じ団体へのつなぎは記録できません。", "紹介先を選び直してください。"
            )
        if one.count < 1:
            raise InputError(
                f"{what}の件数が{one.count}です。", "1以上の数を入力するか、その行を取り除いてください。"
            )
        if pair in seen:
            raise InputError(f"{what}が二度あります。", "件数を一つの行にまとめてください。")
        seen.add(pair)
