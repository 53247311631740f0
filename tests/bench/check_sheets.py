"""The check sheets of a very large round written and read back: the time and the memory from the start of the process to its end."""

from __future__ import annotations

import shutil
import statistics
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl

import app.ledgers
from app.office import Office
from app.organisations.operations import OrganisationValues, add_organisation
from app.steps import queries
from app.steps.operations import Asked, RoundValues, add_round, open_round
from app.steps.queries import Scope
from db.vocabulary import Perspective, ScopeKind
from tests.bench.harness import Figure, Skipped, program, run

SHEETS = 500
_SECONDS, _MEGABYTES = 60, 512


def figures(folder: Path, times: int) -> Iterator[Figure | Skipped]:
    """Seconds and MiB of ``sheets`` and of ``import … sheets --apply``, each held to what was promised."""
    ledger = folder / "check-sheets.tsunagari"
    round_id = _prepare(ledger)
    sent, turns = folder / "sent", min(times, 3)
    written = []
    for _ in range(turns):
        shutil.rmtree(sent, ignore_errors=True)
        written.append(run(program("sheets", ledger, "--round", str(round_id), "--out", sent)))
    _answer(sent)
    taken = []
    for _ in range(turns):
        copy = Path(shutil.copyfile(ledger, folder / "check-sheets-copy.tsunagari"))
        taken.append(run(program("import", copy, "sheets", sent, "--apply")))
    _require_all(copy, round_id)
    for name, runs in (("written", written), ("read back and taken in", taken)):
        seconds = statistics.median(one.seconds for one in runs)
        peak = max(one.peak for one in runs)
        what = f"{SHEETS} check sheets {name}"
        yield Figure(f"{what}, time", seconds, 0, "nothing", "s", _SECONDS, difference=True)
        yield Figure(f"{what}, memory", peak, 0, "nothing", "MiB", _MEGABYTES, difference=True)


def _prepare(path: Path) -> int:
    office = app.ledgers.create(path, "計測")
    try:
        asked = [Asked(_scope(one), Perspective.FACILITY, one) for one in _organisations(office)]
        values = RoundValues(2027, 1, office.ask(queries.sets)[0].id, date(2027, 11, 30))
        round_id = office.perform(add_round, values, asked).result
        office.perform(open_round, round_id, office.ask(queries.round_row, round_id).version)
    finally:
        office.close()
    return round_id


def _organisations(office: Office) -> Iterator[int]:
    for number in range(1, SHEETS + 1):
        yield office.perform(add_organisation, OrganisationValues(f"第{number}子育てサロンさくら")).result


def _scope(organisation_id: int) -> Scope:
    return Scope(ScopeKind.ORGANISATION, organisation_id)


def _answer(folder: Path) -> None:
    """Fill every sheet in as a person does in Excel."""
    for path in folder.iterdir():
        book = openpyxl.load_workbook(path)
        for row in book["チェックシート"].iter_rows(max_col=4):
            number = str(row[0].value or "")
            if len(number) == 3 and number[1] == "-":
                row[2].value, row[3].value = "△ 一部", "パートのスタッフまでは、まだ届いていません。"
        book.save(path)


def _require_all(ledger: Path, round_id: int) -> None:
    office = app.ledgers.open_ledger(ledger)
    try:
        answered = office.ask(queries.round_row, round_id).answered
    finally:
        office.close()
    if answered != SHEETS:
        raise RuntimeError(f"{answered} sheets were taken in")
