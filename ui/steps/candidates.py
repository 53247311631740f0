"""Whom one may ask about which scope: the secretariat about the ward and its parts, the members about all of it and about themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from app.office import Reader
from app.organisations import queries as organisation_queries
from app.organisations.queries import Lists, OrganisationRow
from app.steps import queries
from app.steps.operations import Asked
from app.steps.queries import AssessmentRow, RoundRow, Scope
from app.text import search_key
from db.vocabulary import OrganisationGroup, Perspective, ScopeKind

_AS_WHOM = {
    OrganisationGroup.COMMUNITY: Perspective.COMMUNITY,
    OrganisationGroup.SECRETARIAT: Perspective.SECRETARIAT,
}
_PARTS = (ScopeKind.AREA, ScopeKind.DISTRICT, ScopeKind.SERVICE_TYPE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who can be asked, in words, with what a filter finds them by."""

    asked: Asked
    words: str
    category_id: int | None
    district_id: int | None
    key: str


@dataclass(frozen=True, slots=True)
class Candidates:
    """All who can be asked; ``last`` are those who were asked in the last round and are still there, ``gone`` how many are not."""

    rows: tuple[Candidate, ...]
    lists: Lists
    last: frozenset[Asked]
    last_name: str
    gone: int


def read(reader: Reader, last: RoundRow | None, today: date) -> Candidates:
    """Read whom one may ask today; ``last`` is the round whose choice is proposed again."""
    lists = organisation_queries.lists(reader)
    members = organisation_queries.organisations(reader, today)
    before = queries.assessments(reader, last.id) if last is not None else ()
    known = {one.id for one in members}
    there = [one for one in before if one.organisation_id is None or one.organisation_id in known]
    rows = list(_secretariat(lists))
    for one in members:
        rows += _member(one, lists)
    shown = {one.asked for one in rows}
    by_id = {one.id: one for one in members}
    rows += [_again(one, by_id) for one in there if asked_of(one) not in shown]
    return Candidates(
        tuple(rows),
        lists,
        frozenset(map(asked_of, there)),
        last.name if last is not None else "",
        len(before) - len(there),
    )


def asked_of(one: AssessmentRow) -> Asked:
    """Who was asked about what."""
    return Asked(one.scope, one.perspective, one.organisation_id)


def proposed(found: Candidates) -> frozenset[Asked]:
    """Those of the last round; the first time the secretariat about the ward and each district."""
    if found.last:
        return found.last
    kinds = (ScopeKind.WARD, ScopeKind.DISTRICT)
    return frozenset(
        one.asked for one in found.rows if one.asked.organisation_id is None and one.asked.scope.kind in kinds
    )


def _secretariat(lists: Lists) -> Iterator[Candidate]:
    yield _office(Scope(ScopeKind.WARD), ScopeKind.WARD.label, None)
    rows: tuple[tuple[ScopeKind, Iterable[tuple[int, str]]], ...] = (
        (ScopeKind.DISTRICT, ((one.id, one.name) for one in lists.districts)),
        (ScopeKind.AREA, ((one.id, one.name) for one in lists.areas)),
        (ScopeKind.SERVICE_TYPE, ((one.id, one.name) for one in lists.service_types)),
    )
    for kind, many in rows:
        for row_id, name in many:
            yield _office(Scope(kind, row_id), name, row_id if kind is ScopeKind.DISTRICT else None)


def _office(scope: Scope, name: str, district_id: int | None) -> Candidate:
    words = f"{name}について　{Perspective.SECRETARIAT.label}"
    return Candidate(Asked(scope, Perspective.SECRETARIAT), words, None, district_id, search_key(words))


def _member(one: OrganisationRow, lists: Lists) -> Iterator[Candidate]:
    """A member about itself, about its district, and about the ward."""
    perspective = perspective_of(one)
    districts = {row.id: row.name for row in lists.districts}
    about = [(Scope(ScopeKind.ORGANISATION, one.id), "自分の団体")]
    if one.district_id is not None:
        about.append((Scope(ScopeKind.DISTRICT, one.district_id), districts.get(one.district_id, "")))
    about.append((Scope(ScopeKind.WARD), ScopeKind.WARD.label))
    for scope, name in about:
        yield _candidate(one, Asked(scope, perspective, one.id), name)


def _again(one: AssessmentRow, members: Mapping[int, OrganisationRow]) -> Candidate:
    """Somebody of the last round who is not proposed otherwise: another perspective, another district."""
    asked, member = asked_of(one), members.get(one.organisation_id or 0)
    if member is None:
        words = f"{one.scope_name}について　{one.perspective.label}"
        return Candidate(asked, words, None, None, search_key(words))
    return _candidate(member, asked, one.scope_name)


def _candidate(one: OrganisationRow, asked: Asked, about: str) -> Candidate:
    words = f"{one.name}　{about}について　{asked.perspective.label}"
    key = search_key("\n".join((words, one.short_name, one.kana)))
    return Candidate(asked, words, one.category_id, one.district_id, key)


def perspective_of(one: OrganisationRow) -> Perspective:
    """As whom a member answers: by the side of the network on which its category stands."""
    return _AS_WHOM.get(one.group, Perspective.FACILITY) if one.group is not None else Perspective.FACILITY


def is_about(one: Candidate, kind: ScopeKind | None) -> bool:
    """Whether it is about the ward, a part of it (DISTRICT stands for all parts), or an organisation; None: whatever it is about."""
    if kind is None:
        return True
    return one.asked.scope.kind in (_PARTS if kind is ScopeKind.DISTRICT else (kind,))
