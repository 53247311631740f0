"""The member organisations of the sample ledger and their people, entered day by day as two years went on."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from functools import partial
from typing import Any

import resources
from app.calendar import fiscal_year_of
from app.office import Office
from app.organisations import queries
from app.organisations.lists import EntryValues, save_districts
from app.organisations.operations import (
    OrganisationValues,
    add_organisation,
    confirm,
    leave,
    rejoin,
)
from app.organisations.people import PersonValues, TermValues, add_person, hand_over
from app.organisations.queries import ChannelRow
from app.sample.clock import Event
from db.vocabulary import ChannelKind, ConfirmationState, ContactRole, Opening

_PLAIN = frozenset(one.name for one in fields(OrganisationValues)) - {"channels", "opening"}


def events(office: Office, begin: date) -> Iterator[Event]:
    """The roster as it was on ``begin``, then each change on its day. Districts are entered at once."""
    content = tomllib.loads(resources.path("sample/organisations.toml").read_text("utf-8"))
    _enter_districts(office, content["area"])
    roster = _Roster(office)
    for told in content["organisation"]:
        yield from roster.events(told, begin)


def _enter_districts(office: Office, areas: list[dict[str, Any]]) -> None:
    office.perform(
        save_districts,
        [EntryValues(area["name"]) for area in areas],
        [
            EntryValues(district["name"], kana=district["kana"], area=area["name"])
            for area in areas
            for district in area["districts"]
        ],
    )


class _Roster:
    """Turns what the file tells of an organisation into events, and knows the ids of what has been entered."""

    def __init__(self, office: Office) -> None:
        self._office = office
        lists = office.ask(queries.lists)
        self._categories = {row.name: row.id for row in lists.categories}
        self._districts = {row.name: row.id for row in lists.districts}
        self._service_types = {row.name: row.id for row in lists.service_types}
        self._organisations: dict[str, int] = {}
        self._people: dict[tuple[str, str], int] = {}

    def events(self, told: dict[str, Any], begin: date) -> Iterator[Event]:
        """What is entered of an organisation, in the order in which it has to come where it comes on the same day."""
        name = told["name"]
        joined = max(begin, told["member_from"])
        yield Event(joined, partial(self._join, told))
        if "left" in told:
            yield Event(told["left"], partial(self._leave, name, told["left"]))
        if "back" in told:
            yield Event(told["back"], partial(self._return, name, told["back"]))
        for person in told["person"]:
            yield Event(max(joined, person["term_from"]), partial(self._speak, name, person))
        if "confirmed" in told:
            yield Event(told["confirmed"]["on"], partial(self._confirm, name, told["confirmed"]))

    def _join(self, told: dict[str, Any]) -> None:
        values = OrganisationValues(
            **{key: value for key, value in told.items() if key in _PLAIN},
            organisation_category_id=self._categories[told["category"]],
            district_id=self._districts[told["district"]],
            service_type_id=self._service_types[told["service_type"]] if "service_type" in told else None,
            opening=Opening(told["opening"]) if "opening" in told else None,
            channels=tuple(
                ChannelRow(ChannelKind(one["kind"]), one["address"]) for one in told.get("channels", ())
            ),
        )
        self._organisations[told["name"]] = self._office.perform(add_organisation, values).result

    def _leave(self, name: str, last_day: date) -> None:
        organisation_id = self._organisations[name]
        self._office.perform(leave, organisation_id, self._version(organisation_id), last_day)

    def _return(self, name: str, first_day: date) -> None:
        organisation_id = self._organisations[name]
        self._office.perform(rejoin, organisation_id, self._version(organisation_id), first_day)

    def _version(self, organisation_id: int) -> int:
        return self._office.ask(queries.organisation, organisation_id).version

    def _speak(self, name: str, told: dict[str, Any]) -> None:
        organisation_id = self._organisations[name]
        key = (told["name"], told["kana"])
        verb = hand_over if told.get("takes_over") else add_person
        for role in told["roles"]:
            person = self._people.get(key) or PersonValues(
                *key, telephone=told.get("telephone", ""), mail=told.get("mail", "")
            )
            term = TermValues(
                ContactRole(role), told.get("position_title", ""), told["term_from"], told.get("term_to")
            )
            term_id = self._office.perform(verb, organisation_id, person, term).result
            if key not in self._people:
                terms = self._office.ask(queries.terms, (organisation_id,))[organisation_id]
                self._people[key] = next(one.contact_person_id for one in terms if one.id == term_id)

    def _confirm(self, name: str, told: dict[str, Any]) -> None:
        state, day = ConfirmationState(told["state"]), told["on"]
        self._office.perform(confirm, self._organisations[name], fiscal_year_of(day), state, day)
