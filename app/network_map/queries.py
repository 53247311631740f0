"""What the ledger says about who is connected with whom in a fiscal year."""

from __future__ import annotations

from app.calendar import first_day, last_day
from app.collaborations.queries import collaborations
from app.meetings.statistics import sittings, strangers
from app.network_map.rules import Link, LinkKind, Network, Node, referred, shared, was_member
from app.office import Reader
from app.organisations import queries as organisation_queries
from app.organisations.queries import OrganisationRow
from app.referrals.queries import referrals
from app.text import kana_key


def network(reader: Reader, fiscal_year: int) -> Network:
    """The organisations that were members at any time of the year, and what connected them in it."""
    first, last = first_day(fiscal_year), last_day(fiscal_year)
    rows = [
        row for row in organisation_queries.organisations(reader) if was_member(row.membership, first, last)
    ]
    rows.sort(key=lambda row: (kana_key(row.kana, row.name), row.id))
    known = {row.id for row in rows}
    return Network(
        fiscal_year,
        tuple(_node(row) for row in rows),
        tuple(link for link in _links(reader, fiscal_year) if known.issuperset(link.ends)),
        tuple((one.id, one.name) for one in organisation_queries.lists(reader).districts),
        strangers(reader, (fiscal_year,)),
    )


def _node(row: OrganisationRow) -> Node:
    return Node(
        row.id,
        row.name,
        row.short_name,
        row.kana,
        row.group,
        row.category_id,
        row.category,
        row.district_id,
        row.district,
        row.service_type_id,
        row.service_type,
    )


def _links(reader: Reader, fiscal_year: int) -> tuple[Link, ...]:
    partners = (
        [one.organisation_id for one in row.partners if one.organisation_id is not None]
        for row in collaborations(reader, fiscal_year)
    )
    counts = ((row.from_id, row.to_id, row.count) for row in referrals(reader, fiscal_year))
    return (
        *shared(LinkKind.MEETING, sittings(reader, (fiscal_year,))),
        *shared(LinkKind.COLLABORATION, partners),
        *referred(counts),
    )
