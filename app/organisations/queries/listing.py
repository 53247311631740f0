"""The organisations as a list of thousands shows them at once: few columns, cheap to read."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from app.office import Reader
from db.schema.organisations import Organisation
from db.vocabulary import Opening


class ListedOrganisation(NamedTuple):
    """A line of the list. Of 区分, 地区 and 事業の種類 it has the ids; ``lists`` has their names.

    A tuple, not a dataclass: five thousand are made in a few milliseconds.
    """

    id: int
    name: str
    short_name: str
    kana: str
    category_id: int | None
    district_id: int | None
    service_type_id: int | None
    telephone: str
    address: str
    opening: Opening | None
    member_from: date | None
    member_to: date | None


def listed_organisations(reader: Reader) -> list[ListedOrganisation]:
    """Every organisation, former ones too, in the order they were entered; those merged into another are left out."""
    one = Organisation
    statement = (
        select(
            one.id,
            one.name,
            one.short_name,
            one.kana,
            one.organisation_category_id,
            one.district_id,
            one.service_type_id,
            one.telephone,
            one.address,
            one.opening,
            one.member_from,
            one.member_to,
        )
        .where(one.merged_into_id.is_(None))
        .order_by(one.id)
    )
    return [ListedOrganisation._make(row) for row in reader.rows(statement)]
