"""The three rounds of ステップ確認 of the sample ledger, from the first letter to what became of the next steps."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import resources
from app.office import Office
from app.organisations import queries as organisation_queries
from app.sample.clock import Event
from app.steps import queries
from app.steps.operations import (
    Asked,
    AssessmentValues,
    RoundValues,
    add_round,
    close_round,
    open_round,
    remind,
    rule_on,
    save_answers,
    tell_next,
)
from app.steps.queries import AssessmentRow, Scope, Scopes
from app.steps.queries.scopes import read_scopes
from db.vocabulary import AnswerForm, CheckAnswer, Perspective, ScopeKind

_MARKS = {
    "○": CheckAnswer.YES,
    "△": CheckAnswer.PARTLY,
    "×": CheckAnswer.NOT_YET,
    "？": CheckAnswer.UNKNOWN,
}
_TEXTS = ("respondent", "went_well", "difficulty", "next_step", "next_assignee", "next_due_on")


def events(office: Office) -> Iterator[Event]:
    """Each round as it is planned, sent out, answered and closed."""
    content = tomllib.loads(resources.path("sample/steps.toml").read_text("utf-8"))
    for told in content["round"]:
        yield from _Story(office, told).events()


class _Story:
    """One round."""

    def __init__(self, office: Office, told: dict[str, Any]) -> None:
        self._office, self._told = office, told
        self._id = 0
        self._asked: tuple[Asked, ...] = ()
        self._scopes: dict[str, Scope] = {}
        self._known: Scopes | None = None

    def events(self) -> Iterator[Event]:
        told = self._told
        yield Event(told["added_on"], self._add)
        yield Event(told["opened_on"], self._open)
        late = [place for place, one in enumerate(told["asked"]) if "reminded_on" in one]
        if late:
            yield Event(told["asked"][late[0]]["reminded_on"], partial(self._remind, late))
        for place, one in enumerate(told["asked"]):
            if "marks" in one:
                entered_on = one["answered_on"] + timedelta(days=_entered_after(one))
                yield Event(entered_on, partial(self._answer, place, one))
            if "became" in one:
                yield Event(one["became"]["on"], partial(self._tell, place, one["became"]["text"]))
        if "closed_on" in told:
            yield Event(told["closed_on"], self._close)
        for one in told.get("ruling", ()):
            yield Event(one["on"], partial(self._rule, one))

    def _add(self) -> None:
        told = self._told
        kept = self._office.ask(queries.sets)[0]
        values = RoundValues(told["fiscal_year"], told["number"], kept.id, told["answer_by"], told["note"])
        self._scopes = _scopes(self._office)
        self._asked = tuple(self._somebody(one) for one in told["asked"])
        self._id = self._office.perform(add_round, values, self._asked).result
        self._known = self._office.ask(read_scopes)

    def _somebody(self, told: dict[str, Any]) -> Asked:
        who = self._scopes[told["who"]].id
        return Asked(self._scopes[told["scope"]], Perspective(told["as"]), who)

    def _open(self) -> None:
        self._office.perform(open_round, self._id, self._version(), self._told["opened_on"])

    def _remind(self, places: list[int]) -> None:
        self._office.perform(remind, [self._row(place).id for place in places])

    def _answer(self, place: int, told: dict[str, Any]) -> None:
        row = self._row(place)
        asked = self._office.ask(queries.sets)[0]
        comments = told.get("comments", {})
        marks = told["marks"].replace(" ", "")
        answers = {
            one.id: (_MARKS[mark], comments.get(one.number, ""))
            for one, mark in zip(asked.checkpoints, marks, strict=True)
        }
        values = AssessmentValues(
            **{name: told[name] for name in _TEXTS if name in told},
            answered_on=told["answered_on"],
            form=AnswerForm(told["form"]),
            answers=answers,
        )
        self._office.perform(save_answers, row.id, row.version, values)

    def _tell(self, place: int, text: str) -> None:
        row = self._row(place)
        self._office.perform(tell_next, row.id, row.version, text)

    def _close(self) -> None:
        self._office.perform(close_round, self._id, self._version(), self._told["closed_on"])

    def _rule(self, told: dict[str, Any]) -> None:
        self._office.perform(rule_on, self._id, self._scopes[told["scope"]], told["step"], told["reason"])

    def _version(self) -> int:
        return self._office.ask(queries.round_row, self._id).version

    def _row(self, place: int) -> AssessmentRow:
        asked = self._asked[place]
        return next(
            row
            for row in self._office.ask(queries.assessments, self._id, self._known)
            if Asked(row.scope, row.perspective, row.organisation_id) == asked
        )


def _entered_after(told: dict[str, Any]) -> int:
    """Paper has to be typed in the next day."""
    return 1 if told["form"] == AnswerForm.PAPER.value else 0


def _scopes(office: Office) -> dict[str, Scope]:
    """The scopes by the names that the file has for them: districts by name, organisations by short name."""
    districts = office.ask(organisation_queries.lists).districts
    organisations = office.ask(organisation_queries.organisations)
    return {
        ScopeKind.WARD.label: Scope(ScopeKind.WARD),
        **{row.name: Scope(ScopeKind.DISTRICT, row.id) for row in districts},
        **{row.short_name: Scope(ScopeKind.ORGANISATION, row.id) for row in organisations},
    }
