"""PDFium, which looks at finished PDFs: one thread at a time, loaded when it is first needed."""

from __future__ import annotations

import threading
from pathlib import Path

GATE = threading.Lock()
"""Held by whoever is inside PDFium; the library may not be entered by two threads at once."""


def page_count(path: Path) -> int:
    """How many pages the PDF at ``path`` has; ValueError where it is no whole PDF."""
    import pypdfium2

    with GATE:
        try:
            document = pypdfium2.PdfDocument(path)
        except pypdfium2.PdfiumError as error:
            raise ValueError(f"not a whole PDF: {path}") from error
        try:
            return len(document)
        finally:
            document.close()
