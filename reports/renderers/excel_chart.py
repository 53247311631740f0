"""Charts that people can go on editing in Excel: native ones, their numbers on a worksheet of their own."""

from __future__ import annotations

from typing import Any

from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.data_source import NumFmt, StrRef
from openpyxl.chart.label import DataLabel, DataLabelList
from openpyxl.chart.legend import Legend
from openpyxl.chart.series import SeriesLabel
from openpyxl.chart.series_factory import SeriesFactory
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties
from openpyxl.drawing.text import Font as DrawingFont
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reports import palette
from reports.document import Chart, ChartKind, Ink, Series
from reports.renderers.excel_style import FONT_NAME

_INK_OF_RULES = palette.RULE_STRONG.removeprefix("#")
_ROW_OF_BAR, _ROOM_FOR_AXES = 24.0, 78.0
_LEAST_HEIGHT, _MOST_HEIGHT = 150.0, 420.0


def chart_height(chart: Chart) -> float:
    """The room in points that ``chart`` needs to stand in without crowding."""
    if chart.kind is ChartKind.LINE:
        return 220.0
    bars = len(chart.categories) * (len(chart.series) * 0.6 if chart.kind is ChartKind.BAR else 1.0)
    return min(max(bars * _ROW_OF_BAR + _ROOM_FOR_AXES, _LEAST_HEIGHT), _MOST_HEIGHT)


def native_chart(chart: Chart, numbers: Worksheet, head_row: int) -> Any:
    """The openpyxl chart of ``chart``: its heads stand in ``head_row`` of ``numbers``, its values below."""
    made: Any = LineChart() if chart.kind is ChartKind.LINE else _bars(chart.kind)
    first, last = head_row + 1, head_row + len(chart.categories)
    for number, one in enumerate(chart.series, start=2):
        values = Reference(numbers, min_col=number, min_row=first, max_row=last)
        title = f"'{numbers.title}'!${get_column_letter(number)}${head_row}"
        made.series.append(_series(chart.kind, one, values, title))
    made.set_categories(Reference(numbers, min_col=1, min_row=first, max_row=last))
    made.legend = Legend() if len(chart.series) > 1 else None
    if made.legend:
        made.legend.position, made.legend.overlay, made.legend.txPr = "b", False, _type()
    _dress_axes(made, chart)
    return made


def place(chart: Any, sheet: Worksheet, first_row: int, last_row: int, columns: int) -> None:
    """Put ``chart`` on ``sheet`` from ``first_row`` to ``last_row``, over all ``columns``."""
    chart.anchor = TwoCellAnchor(
        editAs="oneCell",
        _from=AnchorMarker(col=0, row=first_row - 1),
        to=AnchorMarker(col=columns, row=last_row),
    )
    sheet.add_chart(chart)


def _bars(kind: ChartKind) -> BarChart:
    made = BarChart()
    made.type = "bar"
    made.grouping = "stacked" if kind is ChartKind.STACKED_BAR else "clustered"
    made.overlap = 100 if kind is ChartKind.STACKED_BAR else -10
    made.gapWidth = 45
    return made


def _series(kind: ChartKind, series: Series, values: Reference, title: str) -> Any:
    made: Any = SeriesFactory(values)
    made.tx = SeriesLabel(strRef=StrRef(title))
    colour = palette.colour(series.ink).removeprefix("#")
    if kind is ChartKind.LINE:
        line = LineProperties(solidFill=colour if series.ink is not Ink.BLANK else _INK_OF_RULES, w=28_000)
        made.graphicalProperties = GraphicalProperties(ln=line)
        made.marker.symbol = "circle"
        made.marker.size = 7
        made.marker.graphicalProperties = GraphicalProperties(solidFill=colour, ln=line)
        made.smooth = False
    else:
        border = LineProperties(solidFill=_INK_OF_RULES, w=6_350)
        made.graphicalProperties = GraphicalProperties(solidFill=colour, ln=border)
        made.invertIfNegative = False
    made.dLbls = _labels(kind, series)
    return made


def _labels(kind: ChartKind, series: Series) -> Any:
    labels = DataLabelList()
    labels.showVal = True
    labels.showSerName = labels.showCatName = labels.showLegendKey = labels.showPercent = False
    inside = kind is ChartKind.STACKED_BAR
    if inside:
        # A bar of no length bears no number.
        labels.dLbl = [_no_label(index) for index, value in enumerate(series.values) if not value]
    labels.position = "ctr" if inside else ("t" if kind is ChartKind.LINE else "outEnd")
    labels.txPr = _type(palette.on(series.ink) if inside else palette.colour(Ink.TEXT))
    return labels


def _no_label(index: int) -> DataLabel:
    return DataLabel(
        idx=index, showVal=False, showSerName=False, showCatName=False, showLegendKey=False, showPercent=False
    )


def _dress_axes(made: Any, chart: Chart) -> None:
    categories, values = made.x_axis, made.y_axis
    for axis in (categories, values):
        axis.delete = False
        axis.txPr = _type()
    values.scaling.min = min([0.0, *(number for one in chart.series for number in one.values if number)])
    values.numFmt = NumFmt(_with_unit(chart.unit), False)
    values.majorGridlines.spPr = GraphicalProperties(
        ln=LineProperties(solidFill=palette.RULE.removeprefix("#"), w=6_350)
    )
    if chart.kind is not ChartKind.LINE:
        # The first category stands on top, as in the table; the numbers stay below.
        categories.scaling.orientation = "maxMin"
        values.crosses = "max"


def _with_unit(unit: str) -> str:
    return f'#,##0"{unit}"' if unit and '"' not in unit else "#,##0"


def _type(colour: str = "", size: float = 9.5) -> RichText:
    face = DrawingFont(typeface=FONT_NAME)
    ink = (colour or palette.colour(Ink.TEXT)).removeprefix("#")
    manner = CharacterProperties(sz=int(size * 100), latin=face, ea=face, solidFill=ink)
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=manner), endParaRPr=manner)])
