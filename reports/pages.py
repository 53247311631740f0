"""The pages of a finished PDF as images, for the preview on screen: what is shown is what will be printed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.errors import MachineError
from reports import pdfium

POINTS_PER_INCH = 72.0


@dataclass(frozen=True, slots=True)
class Bitmap:
    """One page as pixels, rows from the top, ``stride`` bytes a row, four bytes a pixel: blue, green, red, unused."""

    width: int
    height: int
    stride: int
    pixels: bytes


class PdfPages:
    """A PDF whose pages are drawn one by one when they are looked at.

    The file is read whole at the beginning and may be replaced or deleted afterwards. ``close`` frees the memory; drawing
    after it raises ValueError.
    """

    def __init__(self, path: Path) -> None:
        """Read the file at ``path``. MachineError where it cannot be read or is no PDF."""
        import pypdfium2

        try:
            content = path.read_bytes()
            with pdfium.GATE:
                self._document: Any = pypdfium2.PdfDocument(content)
                self._sizes = tuple(
                    self._document.get_page_size(index) for index in range(len(self._document))
                )
        except (OSError, pypdfium2.PdfiumError) as error:
            raise MachineError(
                f"「{path.name}」のページを表示できません（{error}）。", "もう一度作り直してください。"
            ) from error

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return len(self._sizes)

    @property
    def sizes(self) -> tuple[tuple[float, float], ...]:
        """Width and height of each page in points (1/72 inch), as it is turned."""
        return self._sizes

    def render(self, index: int, scale: float) -> Bitmap:
        """The page at ``index``, counted from 0, with ``scale`` pixels for each point, on white."""
        with pdfium.GATE:
            if self._document is None:
                raise ValueError("the document is closed")
            page = self._document[index]
            try:
                drawn = page.render(scale=scale, prefer_bgrx=True, fill_color=(255, 255, 255, 255))
                try:
                    return Bitmap(drawn.width, drawn.height, drawn.stride, bytes(drawn.buffer))
                finally:
                    drawn.close()
            finally:
                page.close()

    def close(self) -> None:
        """Free what the document holds; to be called once nobody looks at it any more."""
        with pdfium.GATE:
            if self._document is not None:
                self._document.close()
                self._document = None
