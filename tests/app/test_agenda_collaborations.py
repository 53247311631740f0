"""議題 that are about 連携した取組: linked, read from both ends, kept in minutes, let go when a collaboration is removed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from app.collaborations import operations as collaborations
from app.collaborations.operations import CollaborationValues
from app.errors import ConflictError, InputError
from app.meetings import preparation, queries
from app.meetings.agenda import save_agenda
from app.meetings.minutes import ItemMinutes, LineValues, finalise, save_minutes
from app.meetings.operations import add_meeting, set_state
from app.meetings.record import decode, encode, record
from app.meetings.values import AgendaValues, MeetingValues
from app.office import Office
from db.vocabulary import AgendaKind, MeetingState, StatementKind

Contents = Callable[[Office], Any]


@pytest.fixture
def salon(office: Office) -> int:
    """A collaboration."""
    return office.perform(collaborations.add_collaboration, CollaborationValues("出張サロン")).result


@pytest.fixture
def walk(office: Office) -> int:
    """Another."""
    return office.perform(collaborations.add_collaboration, CollaborationValues("外遊びの会")).result


def _meet(office: Office, number: int, day: date, *linked: tuple[int, ...]) -> int:
    """A meeting with an item for each group of collaborations."""
    kind = office.ask(queries.kinds)[0]
    found = office.perform(add_meeting, MeetingValues(kind.id, 2026, number, held_on=day, headcount=5)).result
    items = [
        AgendaValues(AgendaKind.TOPIC, f"議題{place}", collaborations=ids)
        for place, ids in enumerate(linked, 1)
    ]
    office.perform(save_agenda, found, items, 1)
    return found


def _linked(office: Office, meeting_id: int) -> list[tuple[int, ...]]:
    return [one.collaborations for one in office.ask(queries.agenda, meeting_id)]


def _version(office: Office, meeting_id: int) -> int:
    return office.ask(queries.meeting, meeting_id).version


def test_links_are_kept_in_their_order_beside_the_outcomes_and_taken_back(
    office: Office, salon: int, walk: int, content: Contents
) -> None:
    june = _meet(office, 1, date(2026, 6, 10), (walk, salon, walk), ())
    first, second = office.ask(queries.agenda, june)
    assert (first.collaborations, second.collaborations) == ((walk, salon), ())
    before = content(office)
    items = [
        AgendaValues(AgendaKind.TOPIC, "議題1", topics=(3, 4), collaborations=(salon,), id=first.id),
        AgendaValues(AgendaKind.TOPIC, "議題2", collaborations=(walk,), id=second.id),
    ]
    office.perform(save_agenda, june, items, _version(office, june))
    first, second = office.ask(queries.agenda, june)
    assert (first.topics, first.collaborations) == ((3, 4), (salon,))
    assert (second.topics, second.collaborations) == ((), (walk,))
    office.undo()
    assert content(office) == before


def test_a_collaboration_knows_the_items_about_it_of_the_latest_meeting_first(
    office: Office, salon: int, walk: int
) -> None:
    june = _meet(office, 1, date(2026, 6, 10), (salon,), (walk,), (salon,))
    november = _meet(office, 3, date(2026, 11, 11), (walk, salon))
    september = _meet(office, 2, date(2026, 9, 9), (salon,))
    at_june = office.ask(queries.agenda, june)
    (at_september,), (at_november,) = (office.ask(queries.agenda, one) for one in (september, november))
    assert office.ask(queries.discussing, salon) == (
        at_november.id,
        at_september.id,
        at_june[0].id,
        at_june[2].id,
    )
    office.perform(save_agenda, june, [], _version(office, june))
    assert office.ask(queries.discussing, salon) == (at_november.id, at_september.id)


def test_removing_a_collaboration_takes_it_off_every_agenda_until_undone(
    office: Office, salon: int, walk: int, content: Contents
) -> None:
    june = _meet(office, 1, date(2026, 6, 10), (salon, walk), (salon,))
    september = _meet(office, 2, date(2026, 9, 9), (walk,))
    before, versions = content(office), [_version(office, one) for one in (june, september)]
    office.perform(collaborations.remove_collaboration, salon, 1)
    assert (_linked(office, june), _linked(office, september)) == ([(walk,), ()], [(walk,)])
    # A form that still shows it is told that the agenda has changed.
    assert [_version(office, one) for one in (june, september)] == [versions[0] + 1, versions[1]]
    office.undo()
    assert content(office) == before


def test_a_removal_is_not_undone_onto_an_item_that_has_gone(
    office: Office, salon: int, ledger_path: Path, clock: Callable[[], datetime]
) -> None:
    june = _meet(office, 1, date(2026, 6, 10), (salon,))
    office.perform(collaborations.remove_collaboration, salon, 1)
    other = Office.open(ledger_path, "六浦 花子", clock)
    other.perform(save_agenda, june, [], _version(other, june))
    other.close()
    with pytest.raises(ConflictError, match="つながっていた記録は、ほかの操作で削除"):
        office.undo()
    assert office.ask(queries.discussing, salon) == ()


def test_a_collaboration_that_has_gone_is_refused_in_words(office: Office, salon: int) -> None:
    june = _meet(office, 1, date(2026, 6, 10), ())
    (item,) = office.ask(queries.agenda, june)
    office.perform(collaborations.remove_collaboration, salon, 1)
    stale = AgendaValues(AgendaKind.TOPIC, "議題1", collaborations=(salon,), id=item.id)
    with pytest.raises(InputError, match="選んだ連携した取組のうち、すでに削除された") as refused:
        office.perform(save_agenda, june, [stale], _version(office, june))
    assert "選び直して" in refused.value.advice
    assert _linked(office, june) == [()]


def test_minutes_name_them_as_they_were_when_made_final(office: Office, salon: int) -> None:
    june = _meet(office, 1, date(2026, 6, 10), (salon,))
    (item,) = office.ask(queries.agenda, june)
    minutes = [ItemMinutes(item.id, (LineValues(StatementKind.POINT, "広がった"),))]
    office.perform(save_minutes, june, minutes, _version(office, june))
    office.perform(finalise, june, _version(office, june), "座長")
    office.perform(collaborations.edit_collaboration, salon, 1, CollaborationValues("名を変えた取組"))
    final = office.ask(record, june)
    assert final.agenda[0].collaborations == ("連携した取組「出張サロン」",)
    assert decode(encode(final)) == final
    office.perform(collaborations.remove_collaboration, salon, 2)
    assert office.ask(record, june) == final


def test_an_item_of_a_cancelled_meeting_is_proposed_again_with_them(office: Office, salon: int) -> None:
    june = _meet(office, 1, date(2026, 6, 10), (salon,))
    office.perform(set_state, june, _version(office, june), MeetingState.CANCELLED, "台風")
    september = _meet(office, 2, date(2026, 9, 9))
    (again,) = office.ask(preparation.proposals, september)
    assert again.item.collaborations == (salon,)
