"""A network in a report, as a value: who stands where and what connects them, without any drawing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Mark(Enum):
    """The shapes that stand for things in a diagram."""

    CIRCLE = "circle"
    SQUARE = "square"
    DIAMOND = "diamond"
    TRIANGLE = "triangle"


class Strand(Enum):
    """The lines that connect things in a diagram, those that lie below first. DASHED leads somewhere."""

    THIN = "thin"
    DASHED = "dashed"
    THICK = "thick"


@dataclass(frozen=True, slots=True)
class Knot:
    """A thing in a diagram: where it stands (in any unit, y downwards), what it is called, and its mark."""

    x: float
    y: float
    text: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Tie:
    """What connects two knots, given by their places in ``Diagram.knots``; a greater ``count`` is drawn thicker."""

    first: int
    second: int
    strand: Strand
    count: int = 1


@dataclass(frozen=True, slots=True)
class Area:
    """The name over the knots that belong together."""

    text: str
    members: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Diagram:
    """A network as a value: who stands where and what connects them, drawn by ``reports.diagrams``.

    ``marks`` and ``strands`` say what the shapes and the lines mean. The names of knots that come first get the better places.
    ``summary`` says the same in words and is the text alternative.
    """

    title: str
    knots: tuple[Knot, ...]
    ties: tuple[Tie, ...]
    areas: tuple[Area, ...] = ()
    marks: tuple[tuple[Mark, str], ...] = ()
    strands: tuple[tuple[Strand, str], ...] = ()
    summary: str = ""
