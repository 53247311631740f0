"""The pieces that stand on pages: text, headings, rules, large numbers, charts."""

from __future__ import annotations

from reports import fonts, palette, scene
from reports.document import Align, Figure, Ink
from reports.renderers.pdf_flow import Piece
from reports.renderers.pdf_pen import Pen
from reports.renderers.pdf_text import Manner, SetText

_ACCENT, _MUTED = palette.colour(Ink.ACCENT), palette.colour(Ink.MUTED)

_HEADINGS = {
    1: Manner(15, 22, bold=True, phrases=True),
    2: Manner(12, 18, bold=True, colour=_ACCENT, phrases=True),
    3: Manner(10.5, 16, bold=True, phrases=True),
}
_HEADING_SPACE = {1: (26.0, 10.0), 2: (20.0, 6.0), 3: (14.0, 4.0)}
_FIGURE_LABEL = Manner(9, 12, colour=_MUTED, align=Align.CENTRE, phrases=True)
_FIGURE_VALUE = Manner(20, 26, bold=True, colour=_ACCENT, align=Align.CENTRE)
_FIGURE_NOTE = Manner(9, 12, colour=_MUTED, align=Align.CENTRE, phrases=True)


class PlainPiece:
    """What pieces have in common: nothing is split, nothing holds to what follows."""

    before = 0.0
    after = 8.0
    height = 0.0
    starts_page = False
    stays = False

    def least(self) -> float:
        return self.height

    def split(self, room: float, *, force: bool) -> tuple[Piece, Piece] | None:  # noqa: ARG002
        return None


class TextPiece(PlainPiece):
    """Lines of text, optionally with a mark or label beside the first of them."""

    def __init__(
        self,
        text: SetText,
        *,
        indent: float = 0.0,
        label: SetText | None = None,
        before: float = 0.0,
        after: float = 6.0,
        stays: bool = False,
        part: tuple[int, int] | None = None,
    ) -> None:
        self.text, self.indent, self.label = text, indent, label
        self.before, self.after, self.stays = before, after, stays
        self.first, self.last = part or (0, len(text.lines))
        lines = max(self.last - self.first, len(label.lines) if label else 0)
        self.height = lines * text.manner.leading

    def least(self) -> float:
        lines = self.last - self.first
        return (
            self.height
            if lines < 4 or (self.label and len(self.label.lines) > 2)
            else 2 * self.text.manner.leading
        )

    def split(self, room: float, *, force: bool) -> tuple[Piece, Piece] | None:
        lines = self.last - self.first
        fitting = int(room / self.text.manner.leading)
        if force:
            fitting = max(1, min(fitting, lines - 1))
        else:
            fitting = min(fitting, lines - 2)
            if fitting < 2:
                return None
        if lines < 2:
            return None
        middle = self.first + fitting
        return (
            TextPiece(self.text, indent=self.indent, label=self.label, part=(self.first, middle)),
            TextPiece(self.text, indent=self.indent, after=self.after, part=(middle, self.last)),
        )

    def paint(self, pen: Pen, x: float, top: float) -> None:
        if self.label:
            self.label.paint(pen, x, top)
        self.text.paint(pen, x + self.indent, top, self.first, self.last)


class RulePiece(PlainPiece):
    """A straight rule over the whole width."""

    def __init__(self, width: float, colour: str, thickness: float, *, before: float, after: float) -> None:
        self.width, self.colour, self.thickness = width, colour, thickness
        self.before, self.after, self.height = before, after, thickness
        self.stays = True

    def paint(self, pen: Pen, x: float, top: float) -> None:
        pen.line(x, top, x + self.width, top, colour=self.colour, thickness=self.thickness)


class HeadingPiece(PlainPiece):
    """A heading, its bar or rule, its bookmark; it stays with what follows."""

    def __init__(self, title: str, level: int, width: float, *, key: str, starts_page: bool) -> None:
        self.title, self.level, self.width, self.key = title, level, width, key
        self.indent = {1: 12.0, 2: 0.0, 3: 0.0}[level]
        self.text = SetText(title, _HEADINGS[level], width - self.indent)
        self.before, self.after = _HEADING_SPACE[level]
        self.height = self.text.height + (5.0 if level == 2 else 0.0)
        self.stays, self.starts_page = True, starts_page

    def paint(self, pen: Pen, x: float, top: float) -> None:
        pen.bookmark(self.key, fonts.clean(self.title).replace("\n", " "), self.level, top)
        if self.level == 1:
            pen.box(x, top + 1.5, 4, self.height - 3, fill=_ACCENT)
        if self.level == 2:
            foot = top + self.height
            pen.line(x, foot, x + self.width, foot, colour=palette.RULE, thickness=0.6)
        self.text.paint(pen, x + self.indent, top)


class BookmarkPiece(PlainPiece):
    """The place in the outline of a section without heading; nothing is seen of it."""

    def __init__(self, name: str, *, key: str, starts_page: bool) -> None:
        self.name, self.key = name, key
        self.after = 0.0
        self.stays, self.starts_page = True, starts_page

    def paint(self, pen: Pen, x: float, top: float) -> None:  # noqa: ARG002
        pen.bookmark(self.key, fonts.clean(self.name).replace("\n", " "), 1, top)


class FiguresPiece(PlainPiece):
    """Large numbers side by side, thin uprights between them."""

    def __init__(self, items: tuple[Figure, ...], width: float) -> None:
        self.width, self.each = width, width / max(1, len(items))
        room = self.each - 12
        self.items = [
            (
                SetText(item.label, _FIGURE_LABEL, room),
                _value(item.value, room),
                SetText(item.note, _FIGURE_NOTE, room),
            )
            for item in items
        ]
        self.labels = max((label.height for label, _, _ in self.items), default=0.0)
        self.values = max((value.height for _, value, _ in self.items), default=0.0)
        notes = max(
            (note.height for item, (_, _, note) in zip(items, self.items, strict=True) if item.note),
            default=0.0,
        )
        self.height = self.labels + self.values + notes + 18
        self.before, self.after = 8.0, 14.0

    def paint(self, pen: Pen, x: float, top: float) -> None:
        pen.box(x, top, self.width, self.height, fill=palette.GROUND)
        for number, (label, value, note) in enumerate(self.items):
            left = x + number * self.each
            if number:
                pen.line(left, top + 9, left, top + self.height - 9, colour=palette.RULE, thickness=0.5)
            label.paint(pen, left + 6, top + 9 + self.labels - label.height)
            value.paint(pen, left + 6, top + 9 + self.labels + self.values - value.height)
            note.paint(pen, left + 6, top + 9 + self.labels + self.values)


class ScenePiece(PlainPiece):
    """A chart."""

    def __init__(self, drawn: scene.Scene, after: float) -> None:
        self.scene, self.height, self.before, self.after = drawn, drawn.height, 8.0, after

    def paint(self, pen: Pen, x: float, top: float) -> None:
        for shape in self.scene.shapes:
            _paint_shape(pen, shape, x, top)


def _value(text: str, room: float) -> SetText:
    """A large number, set smaller where it would not stand on one line."""
    manner = _FIGURE_VALUE
    width = fonts.text_width(text, manner.size, True)
    size = max(9.0, min(manner.size, manner.size * room / width if width else manner.size))
    return SetText(text, Manner(size, size * 1.3, True, manner.colour, manner.align), room)


def _paint_shape(pen: Pen, shape: scene.Shape, x: float, top: float) -> None:
    match shape:
        case scene.Box():
            left, upper = x + shape.x, top + shape.y
            if shape.hatch:
                pen.box(left, upper, shape.width, shape.height, fill=shape.fill)
                pen.hatch(left, upper, shape.width, shape.height, colour=shape.hatch)
                pen.box(
                    left, upper, shape.width, shape.height, stroke=shape.stroke, thickness=shape.thickness
                )
            else:
                pen.box(
                    left,
                    upper,
                    shape.width,
                    shape.height,
                    fill=shape.fill,
                    stroke=shape.stroke,
                    thickness=shape.thickness,
                )
        case scene.Line():
            pen.line(
                x + shape.x1,
                top + shape.y1,
                x + shape.x2,
                top + shape.y2,
                colour=shape.colour,
                thickness=shape.thickness,
                dash=shape.dash,
            )
        case scene.Label():
            width = fonts.text_width(shape.text, shape.size, shape.bold)
            shift = {scene.Anchor.START: 0.0, scene.Anchor.MIDDLE: width / 2, scene.Anchor.END: width}[
                shape.anchor
            ]
            pen.text(
                x + shape.x - shift,
                top + shape.y,
                shape.text,
                shape.size,
                colour=shape.colour,
                bold=shape.bold,
            )
        case scene.Polygon():
            points = [(x + px, top + py) for px, py in shape.points]
            pen.polygon(points, fill=shape.fill, stroke=shape.stroke, thickness=shape.thickness)
