"""年度替わり: which organisations begin a fiscal year as members, who spoke for them before and speaks since, and what they answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from app.calendar import first_day
from app.office import Reader
from app.organisations import queries
from app.organisations.queries import ConfirmationRow, OrganisationRow, PersonRow, TermRow
from app.organisations.rules import is_to_ask, person_key
from app.text import kana_key
from db.vocabulary import ConfirmationState, ContactRole

ROLES = (ContactRole.REPRESENTATIVE, ContactRole.LIAISON)
"""Those who are confirmed in April, in the order in which they are named."""


@dataclass(frozen=True, slots=True)
class Turn:
    """An organisation that is a member on April 1. ``before`` spoke for it on March 31, ``since`` do on April 1."""

    organisation: OrganisationRow
    before: tuple[TermRow, ...]
    since: tuple[TermRow, ...]
    confirmation: ConfirmationRow | None = None

    @property
    def id(self) -> int:
        """The organisation's id."""
        return self.organisation.id

    @property
    def state(self) -> ConfirmationState | None:
        """What it answered; None where nothing is noted yet."""
        return self.confirmation.state if self.confirmation else None

    @property
    def is_to_ask(self) -> bool:
        """Whether it still has to be asked: nothing is noted, or the answer was that nobody knows."""
        return is_to_ask(self.state)

    def changes_hands(self, role: ContactRole) -> bool:
        """Whether others speak for it in ``role`` since April 1 than before."""
        return _who(self.before, role) != _who(self.since, role)

    def next_role(self) -> ContactRole:
        """The role that is most likely to be handed over next: the first that somebody held and nobody took over yet."""
        held = {term.role for term in self.before}
        still = [role for role in ROLES if role in held and not self.changes_hands(role)]
        return still[0] if still else ContactRole.LIAISON if held else ContactRole.REPRESENTATIVE


def turns(reader: Reader, fiscal_year: int) -> tuple[Turn, ...]:
    """Every organisation that is a member on April 1 of ``fiscal_year``, in the order of 五十音."""
    day = first_day(fiscal_year)
    answers = queries.confirmations(reader, fiscal_year)
    found = [
        Turn(
            member.organisation,
            member.speakers(day - timedelta(days=1)),
            member.speakers(day),
            answers.get(member.organisation.id),
        )
        for member in queries.members(reader, day)
    ]
    return tuple(sorted(found, key=lambda one: kana_key(one.organisation.kana, one.organisation.name)))


@dataclass(frozen=True, slots=True)
class YearTurn:
    """What one works with in April: the organisations, and everybody on the roster by ``rules.person_key``."""

    turns: tuple[Turn, ...]
    people: Mapping[str, tuple[PersonRow, ...]]


def year_turn(reader: Reader, fiscal_year: int) -> YearTurn:
    """``turns``, and the people who may take over."""
    people: dict[str, list[PersonRow]] = defaultdict(list)
    for person in queries.people(reader):
        people[person_key(person.name)].append(person)
    return YearTurn(turns(reader, fiscal_year), {key: tuple(rows) for key, rows in people.items()})


def _who(terms: tuple[TermRow, ...], role: ContactRole) -> frozenset[int]:
    return frozenset(term.contact_person_id for term in terms if term.role is role)
