"""The pages of a finished PDF as images, for the preview on screen: what is shown is what will be printed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.errors import MachineError
from reports.pdfium import GATE


@dataclass(frozen=True, slots=True)
class Bitmap:
    """One page as pixels, rows from the top, ``stride`` bytes a row, four bytes a pixel: blue, green, red, unused."""

    width: int
    height: int
    stride: int
    pixels: bytes


class PdfPages:
    """A PDF whose pages are drawn one by one when they are looked at, from any thread.

    The file is read whole at the beginning and may be replaced or deleted afterwards. Nothing stays open inside PDFium between
    two pages: reading the document again costs some milliseconds, and there is nothing to close.
    """

    def __init__(self, path: Path) -> None:
        """Read the file at ``path``. MachineError where it cannot be read or is no PDF."""
        import pypdfium2

        try:
            self._content = path.read_bytes()
            with GATE, pypdfium2.PdfDocument(self._content) as document:
                self._sizes = tuple(document.get_page_size(index) for index in range(len(document)))
        except (OSError, pypdfium2.PdfiumError) as error:
            raise MachineError(
                f"「{path.name}」のページを表示できません（{error}）。", "もう一度作り直してください。"
            ) from error

    @property
    def sizes(self) -> tuple[tuple[float, float], ...]:
        """Width and height of each page in points (1/72 inch), as it is turned."""
        return self._sizes

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return len(self._sizes)

    def render(self, index: int, scale: float) -> Bitmap:
        """The page at ``index``, counted from 0, with ``scale`` pixels for each point, on white."""
        import pypdfium2

        with GATE, pypdfium2.PdfDocument(self._content) as document:
            page = document[index]
            drawn = page.render(scale=scale, prefer_bgrx=True, fill_color=(255, 255, 255, 255))
            try:
                return Bitmap(drawn.width, drawn.height, drawn.stride, bytes(drawn.buffer))
            finally:
                drawn.close()
                page.close()
