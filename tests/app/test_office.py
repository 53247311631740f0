"""The open ledger: two windows on one file notice each other; a change is published once, after its commit."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from app.errors import InputError, MachineError
from app.office import Caution, ChangeSet, Office
from app.plans import queries
from app.plans.operations import ItemValues, add_item, edit_item, end_item
from db.vocabulary import ItemKind

ITEM = 10


@pytest.fixture
def second(office: Office, ledger_path: Path, clock: Callable[[], datetime]) -> Iterator[Office]:
    """The same file, open in another window by another person."""
    opened = Office.open(ledger_path, "横浜 二郎", clock)
    yield opened
    opened.close()


def _write(office: Office, title: str) -> None:
    item = next(item for item in office.ask(queries.items, 1) if item.id == ITEM)
    office.perform(edit_item, item.id, item.version, ItemValues(item.number, title, item.body))


def test_a_change_is_published_after_its_commit(office: Office, second: Office) -> None:
    seen: list[tuple[ChangeSet, str]] = []

    def listen(changes: ChangeSet) -> None:
        row = next(item for item in second.ask(queries.items, 1) if item.id == ITEM)
        seen.append((changes, row.title))

    end = office.subscribe(listen)
    _write(office, "新しい文言")
    end()
    _write(office, "聞かれていない文言")
    assert [(changes.rows, title) for changes, title in seen] == [
        (frozenset({("plan_item", ITEM)}), "新しい文言")
    ]


def test_two_windows_on_one_file_notice_each_other(office: Office, second: Office) -> None:
    heard: list[ChangeSet] = []
    second.subscribe(heard.append)
    _write(office, "一つめ")
    _write(second, "二つめ")
    assert [changes.by_others for changes in heard] == [False]
    noticed = second.notice_others()
    assert [(changes.label, changes.rows, changes.by_others) for changes in noticed] == [
        ("取組「一つめ」を変更", frozenset({("plan_item", ITEM)}), True)
    ]
    assert heard[1:] == list(noticed)
    assert second.notice_others() == ()
    assert [changes.label for changes in office.notice_others()] == ["取組「二つめ」を変更"]


def test_a_refused_operation_publishes_nothing(office: Office) -> None:
    heard: list[ChangeSet] = []
    office.subscribe(heard.append)
    with pytest.raises(InputError):
        office.perform(add_item, 1, None, ItemKind.OUTCOME, ItemValues("", "置けないところ", ""))
    assert heard == []
    assert office.next_steps()[0] is not None
    assert office.notice_others() == ()


def test_the_buttons_bear_what_undo_and_redo_would_do(office: Office) -> None:
    _write(office, "新しい文言")
    undo, redo = office.next_steps()
    assert undo is not None
    assert (undo.label, redo) == ("取組「新しい文言」を変更", None)
    office.undo()
    redo = office.next_steps()[1]
    assert redo is not None
    assert redo.label == "取組「新しい文言」を変更"


def test_several_queries_see_the_same_state(office: Office, second: Office) -> None:
    with office.reading() as reader:
        before = queries.items(reader, 1)
        assert queries.items(reader, 1) == before
    _write(second, "あとから")
    with office.reading() as reader:
        assert queries.items(reader, 1) != before


def test_a_ledger_open_for_reading_says_why_it_does_not_write(ledger_path: Path) -> None:
    caution = Caution("この場所では読み取り専用です。", "別の場所に移してください。", forbids_writing=True)
    office = Office.open(ledger_path, cautions=[caution])
    assert office.is_read_only
    item = office.ask(queries.items, 1)[0]
    for write in (lambda: office.perform(end_item, item.id, item.version, 2027), office.undo, office.redo):
        with pytest.raises(MachineError, match="読み取り専用") as refused:
            write()
        assert refused.value.advice == caution.advice
    office.close()


def test_nothing_is_written_to_a_ledger_that_was_replaced_meanwhile(
    office: Office, ledger_path: Path, template_ledger: Path
) -> None:
    beside = ledger_path.with_name("復元")
    beside.write_bytes(template_ledger.read_bytes())
    os.replace(beside, ledger_path)
    with pytest.raises(MachineError, match="置き換えられて"):
        _write(office, "失われる文言")
    ledger_path.unlink()
    with pytest.raises(MachineError, match="移されたか"):
        _write(office, "失われる文言")


def test_the_account_of_the_computer_stands_in_the_history(
    ledger_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "k-taro")
    office = Office.open(ledger_path)
    assert office.actor == "k-taro"
    office.close()
