"""Pages of a PDF as images: their number, size and pixels, and what is said of a file that is no PDF."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from app.errors import MachineError
from reports.pages import Bitmap, PdfPages

A4 = (595.2755905511812, 841.8897637795277)


@pytest.fixture
def pdf(tmp_path: Path) -> Callable[[int], Path]:
    """Makes a PDF of A4 pages; each has a red square of 100 points at its lower left, the last one lies on its side."""

    def make(pages: int) -> Path:
        path = tmp_path / f"{pages}.pdf"
        canvas = Canvas(str(path), pagesize=A4)
        for number in range(pages):
            if number == pages - 1 and pages > 1:
                canvas.setPageSize((A4[1], A4[0]))
            canvas.setFillColorRGB(1, 0, 0)
            canvas.rect(0, 0, 100, 100, stroke=0, fill=1)
            canvas.showPage()
        canvas.save()
        return path

    return make


def pixel(bitmap: Bitmap, x: int, y: int) -> tuple[int, int, int]:
    """Red, green and blue of one pixel."""
    at = y * bitmap.stride + 4 * x
    blue, green, red = bitmap.pixels[at : at + 3]
    return red, green, blue


def test_pages_have_the_size_of_the_paper(pdf: Callable[[int], Path]) -> None:
    pages = PdfPages(pdf(3))
    assert pages.page_count == 3
    assert pages.sizes[0] == pytest.approx(A4, abs=0.1)
    assert pages.sizes[2] == pytest.approx((A4[1], A4[0]), abs=0.1)


@pytest.mark.parametrize("scale", [0.5, 1.0, 2.25])
def test_a_page_is_drawn_at_the_scale_asked_for(pdf: Callable[[int], Path], scale: float) -> None:
    pages = PdfPages(pdf(1))
    drawn = pages.render(0, scale)
    assert drawn.width == pytest.approx(A4[0] * scale, abs=1)
    assert drawn.height == pytest.approx(A4[1] * scale, abs=1)
    assert len(drawn.pixels) == drawn.stride * drawn.height
    assert pixel(drawn, 10, drawn.height - 10) == (255, 0, 0)
    assert pixel(drawn, drawn.width - 10, 10) == (255, 255, 255)


def test_the_file_may_go_while_its_pages_are_shown(pdf: Callable[[int], Path]) -> None:
    path = pdf(2)
    pages = PdfPages(path)
    path.unlink()
    assert pages.render(1, 1.0).width == pytest.approx(A4[1], abs=1)


def test_two_documents_are_drawn_at_once_from_two_threads(pdf: Callable[[int], Path]) -> None:
    first, second = PdfPages(pdf(1)), PdfPages(pdf(3))
    drawn: list[Bitmap] = []

    def draw(pages: PdfPages) -> None:
        drawn.extend(pages.render(0, 0.5) for _ in range(10))

    threads = [threading.Thread(target=draw, args=(pages,)) for pages in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(drawn) == 20
    assert len({bitmap.pixels for bitmap in drawn}) == 1


def test_a_file_that_is_no_pdf_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "報告書.pdf"
    path.write_bytes(b"not a PDF")
    with pytest.raises(MachineError, match=r"報告書\.pdf"):
        PdfPages(path)
    with pytest.raises(MachineError, match=r"ない書\.pdf"):
        PdfPages(tmp_path / "ない書.pdf")
