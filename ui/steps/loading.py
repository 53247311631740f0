"""What the page reads: the rounds of a year, and one of them as a picture."""

from __future__ import annotations

from dataclasses import dataclass

from app.office import Reader
from app.records import RecordKey
from app.steps import queries
from app.steps.queries import RoundRow, SetRow
from app.steps.round_picture import Picture, read_picture


@dataclass(frozen=True, slots=True)
class Found:
    """The rounds of the year in view, the newest first, and all that there are; ``picture`` is the one in view."""

    fiscal_year: int
    rounds: tuple[RoundRow, ...]
    known: tuple[RoundRow, ...]
    sets: tuple[SetRow, ...]
    picture: Picture | None


def read(reader: Reader, fiscal_year: int, wanted: int | None) -> Found:
    """Read the rounds of a year, and the round ``wanted`` as a picture, or the newest where it is not of that year."""
    known = queries.rounds(reader)
    of_year = tuple(one for one in known if one.fiscal_year == fiscal_year)
    shown = next((one for one in of_year if one.id == wanted), of_year[0] if of_year else None)
    picture = read_picture(reader, shown) if shown is not None else None
    return Found(fiscal_year, of_year, known, queries.sets(reader), picture)


def round_of(reader: Reader, key: RecordKey) -> tuple[RoundRow, int | None]:
    """The round to which a record belongs, and which sheet of it is meant."""
    if key.kind == "assessment_round":
        return queries.round_row(reader, key.id), None
    return queries.round_of(reader, key.id), key.id
