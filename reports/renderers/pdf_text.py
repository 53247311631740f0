"""Text set in lines: the manners of the PDF, and a text broken once for its width and painted wherever it lands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports import fonts, palette
from reports.document import Align, Ink, Inline, Run
from reports.linebreaking import SQUEEZE, Line, break_lines, break_phrases
from reports.renderers.pdf_pen import Pen

_ASCENT = 0.88
_MOST_STRETCH = 0.12


@dataclass(frozen=True, slots=True)
class Manner:
    """How text is set: sizes in points, ``indent`` in characters.

    ``phrases`` ends lines between 文節; ``hanging`` lets 、。 into the margin.
    """

    size: float
    leading: float
    bold: bool = False
    colour: str = palette.colour(Ink.TEXT)
    align: Align = Align.LEFT
    justify: bool = False
    indent: int = 0
    phrases: bool = False
    hanging: bool = True


@dataclass(frozen=True, slots=True)
class _Span:
    """A stretch of a line in one manner. ``x`` and ``width`` are without the spacing of the line."""

    text: str
    run: Run
    before: int
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class _SetLine:
    """A line as it is painted: where it begins, what is added after each character, what stands on it."""

    x: float
    spacing: float
    spans: tuple[_Span, ...]


class SetText:
    """``text`` set in ``manner`` for ``width`` points. ``height`` is that of all its lines."""

    __slots__ = ("height", "lines", "longest", "manner", "width")

    def __init__(self, text: Inline, manner: Manner, width: float) -> None:
        self.manner = manner
        self.width = width
        runs = [Run(fonts.clean(text))] if isinstance(text, str) else [_cleaned(run) for run in text]
        whole = "".join(run.text for run in runs)
        ems: list[float] = []
        for run in runs:
            ems.extend(fonts.widths(run.text, run.bold or manner.bold))
        widths = [em * manner.size for em in ems]
        lines = self._broken(whole, widths)
        self.longest = max((line.width + line.hang for line in lines), default=0.0)
        self.lines = [self._set(line, whole, runs, widths) for line in lines]
        self.height = len(lines) * manner.leading

    def paint(
        self,
        pen: Pen,
        x: float,
        top: float,
        first: int = 0,
        last: int | None = None,
        colour: str | None = None,
    ) -> None:
        """The lines ``first`` to ``last`` (not included), the first of them at ``top``; ``colour`` goes before the manner's."""
        manner = self.manner
        baseline = top + (manner.leading - manner.size) / 2 + _ASCENT * manner.size
        for line in self.lines[first:last]:
            for span in line.spans:
                start = x + line.x + span.x + line.spacing * span.before
                run = span.run
                ink = colour or (manner.colour if run.ink is Ink.TEXT else palette.colour(run.ink))
                pen.text(
                    start,
                    baseline,
                    span.text,
                    manner.size,
                    colour=ink,
                    bold=run.bold or manner.bold,
                    spacing=line.spacing,
                )
                stop = start + span.width + line.spacing * len(span.text)
                if run.underline:
                    pen.line(
                        start, baseline + 0.16 * manner.size, stop, baseline + 0.16 * manner.size, colour=ink
                    )
                if run.struck:
                    pen.line(
                        start, baseline - 0.34 * manner.size, stop, baseline - 0.34 * manner.size, colour=ink
                    )
            baseline += manner.leading

    def _broken(self, text: str, widths: Sequence[float]) -> list[Line]:
        manner = self.manner
        if manner.phrases:
            return break_phrases(text, widths, self.width, em=manner.size)
        indent = manner.indent * manner.size
        return break_lines(
            text, widths, self.width, first_indent=indent, em=manner.size, hanging=manner.hanging
        )

    def _set(self, line: Line, text: str, runs: Sequence[Run], widths: Sequence[float]) -> _SetLine:
        manner = self.manner
        begins = line.start == 0 or text[line.start - 1] == "\n"
        indent = manner.indent * manner.size if begins else 0.0
        slack = self.width - indent - line.width
        seen = line.stop - line.start
        spacing = _spacing(slack, seen, manner, justified=manner.justify and not line.final)
        shift = {Align.LEFT: 0.0, Align.CENTRE: slack / 2, Align.RIGHT: slack}[manner.align]
        x = indent + max(0.0, shift if spacing == 0.0 else 0.0)
        end = line.end - 1 if line.end > line.start and text[line.end - 1] == "\n" else line.end
        if len(runs) == 1:
            part = text[line.start : end]
            span = _Span(part, runs[0], 0, 0.0, line.width + line.hang)
            return _SetLine(x, spacing, (span,) if part else ())
        return _SetLine(x, spacing, tuple(_spans(line.start, end, line.stop, runs, widths)))


def _spans(start: int, end: int, stop: int, runs: Sequence[Run], widths: Sequence[float]) -> list[_Span]:
    """The stretches of runs between ``start`` and ``end``; their widths end at ``stop``, where what is seen ends."""
    spans = []
    begin, x = 0, 0.0
    for run in runs:
        first, last = max(start, begin), min(end, begin + len(run.text))
        begin += len(run.text)
        if first >= last:
            continue
        width = sum(widths[first : min(last, max(first, stop))])
        part = run.text[first - begin : last - begin or None]
        spans.append(_Span(part, run, first - start, x, width))
        x += width
    return spans


def _spacing(slack: float, characters: int, manner: Manner, *, justified: bool) -> float:
    """What is added after each character: the line is drawn tight (追い込み), or out to the margin where it is justified."""
    gaps = characters - 1
    if gaps < 1:
        return 0.0
    if slack < 0:
        return max(slack / gaps, -SQUEEZE * manner.size)
    stretch = slack / gaps
    return stretch if justified and stretch <= _MOST_STRETCH * manner.size else 0.0


def _cleaned(run: Run) -> Run:
    text = fonts.clean(run.text)
    return run if text is run.text else Run(text, run.bold, run.underline, run.struck, run.ink)
