"""Photographs of the papers: every page of every PDF that the sample makes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from reports.pages import PdfPages

DOTS_PER_INCH = 110
POINTS_PER_INCH = 72


def photograph(sample: Path, target: Path) -> Iterator[Path]:
    """Draw the pages of the PDF files under ``sample`` into ``target``; the written pictures, one by one."""
    target.mkdir(parents=True, exist_ok=True)
    for paper in sorted(sample.rglob("*.pdf")):
        pages = PdfPages(paper)
        for index in range(pages.page_count):
            bitmap = pages.render(index, DOTS_PER_INCH / POINTS_PER_INCH)
            size = (bitmap.width, bitmap.height)
            picture = Image.frombytes("RGB", size, bitmap.pixels, "raw", "BGRX", bitmap.stride)
            written = target / f"{paper.stem}-{index + 1:02}.png"
            picture.save(written)
            yield written
