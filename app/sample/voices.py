"""The voices of the sample ledger, received and followed up day by day."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import resources
from app.office import Office
from app.sample.clock import Event
from app.sample.meetings import Meetings
from app.voices import queries
from app.voices.operations import VoiceValues, add_voice, edit_voice, put_on_agenda
from db.vocabulary import VoiceState


def events(office: Office, meetings: Meetings) -> Iterator[Event]:
    """Each voice as it comes in, comes on an agenda, is reflected and answered."""
    content = tomllib.loads(resources.path("sample/voices.toml").read_text("utf-8"))
    for told in content["voice"]:
        yield from _Story(office, meetings, told).events()


class _Story:
    """One voice from its reception on."""

    def __init__(self, office: Office, meetings: Meetings, told: dict[str, Any]) -> None:
        self._office, self._meetings, self._told = office, meetings, told
        self._id = 0

    def events(self) -> Iterator[Event]:
        told = self._told
        yield Event(told["received_on"], self._receive)
        if "agenda" in told:
            place = told["agenda"]
            day = max(told["received_on"], self._meetings.agenda_day(place["meeting"]))
            yield Event(day, partial(self._put_on_agenda, place["meeting"], place["item"]))
        if "reflected" in told:
            text = told["reflected"]["text"]
            change = {"state": VoiceState.REFLECTED, "reflected": text}
            yield Event(told["reflected"]["on"], partial(self._edit, change))
        if "response" in told:
            day, text = told["response"]["on"], told["response"]["text"]
            change = {"state": VoiceState.ANSWERED, "response": text, "answered_on": day}
            yield Event(day, partial(self._edit, change))

    def _receive(self) -> None:
        told = self._told
        values = VoiceValues(
            told["received_on"],
            told["content"],
            told["heard_from"],
            self._meetings.organisation(told["organisation"]),
            topics=self._meetings.topics(told["topics"]),
        )
        self._id = self._office.perform(add_voice, values).result

    def _put_on_agenda(self, meeting: str, number: int) -> None:
        self._office.perform(put_on_agenda, (self._id,), self._meetings.agenda_item(meeting, number))

    def _edit(self, change: dict[str, Any]) -> None:
        row = self._office.ask(queries.voice, self._id)
        values = VoiceValues(
            row.received_on,
            row.content,
            row.heard_from,
            row.organisation_id,
            row.state,
            row.agenda_item_id,
            row.reflected,
            row.response,
            row.answered_on,
            row.topics,
        )
        self._office.perform(edit_voice, row.id, row.version, replace(values, **change))
