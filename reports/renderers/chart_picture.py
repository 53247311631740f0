"""A chart as a PNG picture, for files that cannot hold its shapes: painted by the same pen as the PDF."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

import pypdfium2
from reportlab.pdfgen.canvas import Canvas

from reports import charts, fonts, pdfium
from reports.document import Chart
from reports.renderers.pdf_pen import Pen
from reports.renderers.pdf_pieces import ScenePiece

_DOTS_PER_POINT = 3.0


def picture_of(chart: Chart, width: float) -> bytes:
    """``chart`` as a PNG ``width`` points wide at 216 dpi, without its title, which stands above it as text."""
    page = _page_of(replace(chart, title=""), width)
    with pdfium.GATE:
        document = pypdfium2.PdfDocument(page)
        try:
            image = document[0].render(scale=_DOTS_PER_POINT).to_pil()
        finally:
            document.close()
    picture = BytesIO()
    image.save(picture, "PNG", dpi=(72 * _DOTS_PER_POINT, 72 * _DOTS_PER_POINT))
    return picture.getvalue()


def _page_of(chart: Chart, width: float) -> bytes:
    """A PDF whose one page is just the chart."""
    page = BytesIO()
    new_canvas: Any = Canvas
    with fonts.PAINTING:
        fonts.register()
        scene = charts.draw(chart, width, None, fonts.text_width)
        size = (scene.width, scene.height)
        canvas = new_canvas(page, pagesize=size, invariant=1, initialFontName=fonts.REGULAR)
        ScenePiece(scene, 0.0).paint(Pen(canvas, scene.height), 0.0, 0.0)
        canvas.showPage()
        canvas.save()
    return page.getvalue()
