"""How pieces of a paper fall onto pages: what fits stays, what does not moves on or is split where it allows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from reports.renderers.pdf_pen import Pen

_TOLERANCE = 0.01


class Piece(Protocol):
    """Something with a height that stands on a page.

    ``before`` and ``after`` are the distances it keeps; of two that meet the larger counts, and none at a page's top.
    ``starts_page`` begins a new page; ``stays`` keeps it on the page of what follows.
    """

    before: float
    after: float
    height: float
    starts_page: bool
    stays: bool

    def least(self) -> float:
        """The height of the smallest part of it that may stand at the foot of a page."""

    def split(self, room: float, *, force: bool) -> tuple[Piece, Piece] | None:
        """Two pieces, the first no higher than ``room``, or None; with ``force`` it must split if it can at all."""

    def paint(self, pen: Pen, x: float, top: float) -> None:
        """Draws it with its upper left corner at (x, top)."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece and how far below the top of the page's body it stands."""

    piece: Piece
    top: float


Page = list[Placed]


def stacked(pieces: Sequence[Piece]) -> Page:
    """All ``pieces`` one below the other on one page of any height."""
    page: Page = []
    foot = 0.0
    after = 0.0
    for piece in pieces:
        top = foot + max(after, piece.before) if page else 0.0
        page.append(Placed(piece, top))
        foot, after = top + piece.height, piece.after
    return page


def stacked_height(page: Page) -> float:
    """How far down ``page`` is filled."""
    return page[-1].top + page[-1].piece.height if page else 0.0


def paginate(pieces: Sequence[Piece], height: float) -> list[Page]:
    """``pieces`` on as many pages as they need, each ``height`` points high."""
    pages: list[Page] = [[]]
    foot = after = 0.0
    waiting = list(reversed(pieces))
    while waiting:
        piece = waiting.pop()
        page = pages[-1]
        if page and piece.starts_page:
            pages.append([])
            foot = after = 0.0
            page = pages[-1]
        top = foot + max(after, piece.before) if page else 0.0
        room = height - top + _TOLERANCE
        if piece.height + _following(piece, waiting) <= room:
            page.append(Placed(piece, top))
            foot, after = top + piece.height, piece.after
            continue
        parts = None if piece.stays and page else piece.split(room, force=not page)
        if parts is not None:
            page.append(Placed(parts[0], top))
            waiting.append(parts[1])
        elif not page:
            page.append(Placed(piece, top))
            foot, after = top + piece.height, piece.after
            continue
        else:
            waiting.append(piece)
        pages.append([])
        foot = after = 0.0
    return pages if pages[-1] or len(pages) == 1 else pages[:-1]


def _following(piece: Piece, waiting: Sequence[Piece]) -> float:
    """The room that must be left below ``piece`` for the beginning of what it stays with."""
    needed = 0.0
    for following in reversed(waiting):
        if not piece.stays or following.starts_page:
            break
        needed += max(piece.after, following.before)
        if not following.stays:
            return needed + following.least()
        needed += following.height
        piece = following
    return needed
