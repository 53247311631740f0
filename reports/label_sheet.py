"""Labels and cards in a report, as values: what stands on each, and where it lies on a bought A4 sheet."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Label:
    """宛名 of one letter: ``address`` in small type above ``name`` in large. A long line is set smaller, then broken, never cut."""

    address: tuple[str, ...]
    name: tuple[str, ...]


A4_WIDTH, A4_HEIGHT = 210.0, 297.0
"""Millimetres."""


@dataclass(frozen=True, slots=True)
class LabelGrid:
    """Where the labels of a bought A4 sheet lie, in millimetres from its upper left corner: the only lengths a report knows.

    ``left`` and ``top`` are the margins before the first label, ``gap_x`` and ``gap_y`` the strips between labels.
    Raises ValueError where the labels do not lie on the sheet.
    """

    rows: int
    columns: int
    width: float
    height: float
    left: float
    top: float
    gap_x: float = 0.0
    gap_y: float = 0.0

    def __post_init__(self) -> None:
        lengths = (self.width, self.height, self.left, self.top, self.gap_x, self.gap_y)
        if min(self.rows, self.columns) < 1 or min(lengths) < 0 or min(self.width, self.height) <= 0:
            raise ValueError("a sheet has labels of some size")
        right = self.left + self.columns * self.width + (self.columns - 1) * self.gap_x
        bottom = self.top + self.rows * self.height + (self.rows - 1) * self.gap_y
        if right > A4_WIDTH + 0.01 or bottom > A4_HEIGHT + 0.01:
            raise ValueError(f"the labels take {right:g} × {bottom:g} mm")

    @property
    def count(self) -> int:
        """How many labels a sheet has."""
        return self.rows * self.columns

    def corner(self, place: int) -> tuple[float, float]:
        """The upper left corner of the label at ``place``, counted from 0 along the rows."""
        row, column = divmod(place, self.columns)
        return self.left + column * (self.width + self.gap_x), self.top + row * (self.height + self.gap_y)


@dataclass(frozen=True, slots=True)
class LabelSheet:
    """Sheets of labels: the first one begins at the place ``start`` (from 1), so that a sheet begun before is used up.

    A report with labels holds nothing else; its sheets bear neither title nor page number. ``cards`` stand on a table or hang
    on a person (席札, 名札): their text is in the middle and as large as it fits.
    """

    grid: LabelGrid
    labels: tuple[Label, ...]
    start: int = 1
    cards: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.start <= self.grid.count:
            raise ValueError(f"a sheet of {self.grid.count} labels has no place {self.start}")

    def sheets(self) -> list[list[tuple[int, Label]]]:
        """The labels of each sheet with their places, counted from 0."""
        made: list[list[tuple[int, Label]]] = []
        for number, label in enumerate(self.labels, start=self.start - 1):
            sheet, place = divmod(number, self.grid.count)
            if sheet == len(made):
                made.append([])
            made[sheet].append((place, label))
        return made
