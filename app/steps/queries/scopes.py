"""Of what it is asked: the names of scopes, their order, and which lies within which, as the office's lists have it today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from app.office import Reader
from app.organisations import queries as organisation_queries
from app.steps.queries.rows import Scope
from app.text import kana_key
from db.schema.organisations import Organisation
from db.vocabulary import ScopeKind

WARD = Scope(ScopeKind.WARD)
_KINDS = {kind: place for place, kind in enumerate(ScopeKind)}
_GONE = "（削除された記録）"

Order = tuple[int, int, tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Scopes:
    """All that can be asked about. ``orders`` sorts it: 区全体 first, then by the office's lists, organisations by kana."""

    names: Mapping[Scope, str]
    orders: Mapping[Scope, Order]
    parents: Mapping[Scope, tuple[Scope, ...]]
    """For an organisation its district, area and service type, for a district its area."""
    readings: Mapping[Scope, str]
    """How organisations are read."""

    def name(self, scope: Scope) -> str:
        """区全体, or the name of the row."""
        return self.names.get(scope, _GONE)

    def order(self, scope: Scope) -> Order:
        """What to sort by."""
        return self.orders.get(scope, (len(_KINDS), scope.id, ("", "", "")))

    def counts_for(self, scope: Scope) -> tuple[Scope, ...]:
        """The scope itself and those it lies in, 区全体 left out."""
        return (scope, *self.parents.get(scope, ()))


def read_scopes(reader: Reader) -> Scopes:
    """Read the office's lists and organisations, former and merged ones too."""
    lists = organisation_queries.lists(reader)
    names = {WARD: ScopeKind.WARD.label}
    parents: dict[Scope, tuple[Scope, ...]] = {}
    readings: dict[Scope, str] = {}
    for kind, rows in (
        (ScopeKind.AREA, lists.areas),
        (ScopeKind.DISTRICT, lists.districts),
        (ScopeKind.SERVICE_TYPE, lists.service_types),
    ):
        names |= {Scope(kind, row.id): row.name for row in rows}
    for district in lists.districts:
        if district.area_id is not None:
            parents[Scope(ScopeKind.DISTRICT, district.id)] = (Scope(ScopeKind.AREA, district.area_id),)
    nothing = ("", "", "")
    orders = {scope: (_KINDS[scope.kind], place, nothing) for place, scope in enumerate(names)}
    organisation = Organisation
    for row in reader.rows(
        select(
            organisation.id,
            organisation.name,
            organisation.kana,
            organisation.district_id,
            organisation.service_type_id,
        )
    ):
        scope = Scope(ScopeKind.ORGANISATION, row.id)
        names[scope], readings[scope] = row.name, row.kana
        orders[scope] = (_KINDS[scope.kind], 0, kana_key(row.kana, row.name))
        around: list[Scope] = []
        if row.district_id is not None:
            district_scope = Scope(ScopeKind.DISTRICT, row.district_id)
            around += (district_scope, *parents.get(district_scope, ()))
        if row.service_type_id is not None:
            around.append(Scope(ScopeKind.SERVICE_TYPE, row.service_type_id))
        parents[scope] = tuple(around)
    return Scopes(names, orders, parents, readings)


def scope_name(reader: Reader, scope: Scope) -> str:
    """区全体, or the name of the row."""
    return read_scopes(reader).name(scope)
