"""A round with many who are asked, the sheets that went out, and how somebody fills one in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from itertools import cycle
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from app import ledgers
from app.importing import step_sheets
from app.importing.step_sheet_preview import Return, ReturnsPreview
from app.office import Office
from app.organisations.operations import OrganisationValues, add_organisation
from app.settings.queries import settings
from app.steps import queries
from app.steps.operations import Asked, RoundValues, add_round, open_round
from app.steps.queries import Scope
from app.steps.sheet import SheetOrder, sheet_set
from db.vocabulary import CheckAnswer, Perspective, ScopeKind
from reports import check_sheet

WORDS = {
    CheckAnswer.YES: "○ できている",
    CheckAnswer.PARTLY: "△ 一部",
    CheckAnswer.NOT_YET: "× まだ",
    CheckAnswer.UNKNOWN: "？ わからない",
}
FIELDS = {
    "答えた人": "園長 ほか2人",
    "うまくいっていること": "毎月の交流会が続いています。",
    "難しいこと": "日程が合いません。",
    "次の一手": "出張サロンを試す",
    "次の一手の担当": "当園と拠点",
}


class World:
    """A ledger with a round that is open, its sheets one for each case, and what stands on them once they are filled in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.office: Office = ledgers.create(
            folder / "台帳.tsunagari", "試験 花子", lambda: datetime(2027, 10, 1, 9)
        )
        self._organisations = [
            self.office.perform(add_organisation, OrganisationValues(f"見本第{place}保育園")).result
            for place in range(1, 121)
        ]
        self.other_round = self._round(1, self._organisations[:2])
        self.round_id = self._round(2, self._organisations)
        self.sheets = self.office.ask(sheet_set, self.round_id)
        self.points = self.sheets.set.checkpoints
        self.numbers = {one.id: one.number for one in self.points}
        self._free = cycle(self.sheets.orders[:-1])
        self.orders: dict[Path, SheetOrder] = {}

    def _round(self, number: int, organisations: list[int]) -> int:
        kept = self.office.ask(queries.sets)[0]
        asked = [
            Asked(Scope(ScopeKind.ORGANISATION, one), Perspective.FACILITY, one) for one in organisations
        ]
        values = RoundValues(2027, number, kept.id, date(2027, 11, 30))
        found: int = self.office.perform(add_round, values, asked).result
        version = self.office.ask(queries.round_row, found).version
        self.office.perform(open_round, found, version, date(2027, 10, 1))
        return found

    def sent(self, path: Path, order: SheetOrder | None = None) -> Path:
        """The next sheet as it went out; a folder holds fewer than there are, and the last one is nobody's."""
        order = order or next(self._free)
        path.parent.mkdir(parents=True, exist_ok=True)
        check_sheet.write(self.sheets, order, self.office.ask(settings), path)
        self.orders[path] = order
        return path

    def filled(self, path: Path, change: Callable[[Any], None] | None = None) -> Path:
        """The next sheet, filled in as somebody does who follows what it says, and then changed."""
        self.sent(path)

        def treat(sheet: Any) -> None:
            self.fill(sheet)
            if change is not None:
                change(sheet)

        self.edit(path, treat)
        return path

    def fill(self, sheet: Any, code: str = "") -> None:
        """Answer everything; each sheet in its own way."""
        expected = self.expected(code or str(sheet.cell(2, 3).value))
        for number, row in self.rows(sheet).items():
            answer, comment = expected[number]
            sheet.cell(row, 3).value = WORDS[answer]
            sheet.cell(row, 4).value = comment or None
        for label, text in FIELDS.items():
            sheet.cell(self.label(sheet, label), 3).value = text
        sheet.cell(self.label(sheet, "答えた日"), 3).value = "令和9年11月2日"

    def expected(self, code: str) -> dict[str, tuple[CheckAnswer, str]]:
        """What a filled sheet says, by number: as every sheet differs from its neighbours, none can stand for another."""
        serial, kinds = int(code.split("-")[2]), tuple(CheckAnswer)
        return {
            one.number: (
                kinds[(serial + serial // 4 * place + place) % 4],
                f"{one.number}の理由{serial}" if place % 5 == 1 else "",
            )
            for place, one in enumerate(self.points)
        }

    def rows(self, sheet: Any) -> dict[str, int]:
        """The row of each checkpoint, by number."""
        numbers = set(self.numbers.values())
        found = {
            str(cell.value): cell.row
            for (cell,) in sheet.iter_rows(min_col=1, max_col=1)
            if cell.value in numbers
        }
        assert set(found) == numbers
        return found

    def label(self, sheet: Any, label: str) -> int:
        """The row of a label."""
        return next(
            cell.row
            for row in sheet.iter_rows(min_col=1, max_col=2)
            for cell in row
            if str(cell.value or "").split("\n")[0] == label
        )

    def edit(self, path: Path, change: Callable[[Any], None], name: str = "チェックシート") -> None:
        """Open a workbook, do something to its sheet, and save it."""
        book = openpyxl.load_workbook(path)
        change(book[name])
        book.save(path)

    def read(self, folder: Path) -> ReturnsPreview:
        """What the program makes of a folder."""
        return step_sheets.preview(self.office, folder, self.round_id, today=date(2027, 12, 1))

    def answers(self, one: Return) -> dict[str, tuple[CheckAnswer, str]]:
        """What would be written, by number."""
        assert one.values is not None
        return {self.numbers[key]: value for key, value in one.values.answers.items()}


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Made once: reading changes nothing in the ledger."""
    found = World(tmp_path_factory.mktemp("steps"))
    yield found
    found.office.close()
