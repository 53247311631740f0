"""The bundled fonts as the PDF uses them: which font has which character, how wide it is, and that a copy gives back what was typed.

BIZ UDPGothic sets everything it has; Noto Sans JP steps in for the rest; what neither has is printed as 〓 and named by ``missing``.
A character followed by a variation selector or a combining voicing mark is one glyph, and is copied from the PDF as it was typed.
"""

from __future__ import annotations

import re
import struct
import threading
import unicodedata
from functools import cache
from typing import Any
from weakref import WeakKeyDictionary

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTEncoding, TTFont

import app.text
import resources
from reports.font_face import FontFace

REGULAR = "BIZUDPGothic"
BOLD = "BIZUDPGothic-Bold"
FALLBACK = "NotoSansJP"

FILES = {
    REGULAR: "fonts/BIZUDPGothic-Regular.ttf",
    BOLD: "fonts/BIZUDPGothic-Bold.ttf",
    FALLBACK: "fonts/NotoSansJP-Fallback.ttf",
}
"""The file of each font inside the resources."""

PAINTING = threading.Lock()
"""Held while a document is painted: reportlab's fonts read one file position, so only one is painted at a time."""

_GETA = "〓"
_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_CLUSTER = re.compile(f"[^\n][{_SELECTORS}\u3099\u309a]+")
_COMBINING = re.compile(f"[{_SELECTORS}\u3099\u309a]")
_SELECTOR = re.compile(f"[{_SELECTORS}]")
_SUSPECT = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufeff"
    + "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(17))
    + "]"
)
_PRIVATE = 0xF0000


def clean(text: str) -> str:
    """``text`` as it can be printed: as it may be stored (``app.text.clean``), a tab made a space."""
    return app.text.clean(text).replace("\t", " ") if _SUSPECT.search(text) else text


def register() -> None:
    """Makes the font that every page begins with known to reportlab; the others are read when a text first needs them."""
    font(REGULAR)


@cache
def font(name: str) -> BundledFont:
    """The font called ``name`` (one of ``FILES``), read and registered when it is first asked for."""
    loaded = BundledFont(name, str(resources.path(FILES[name])))
    pdfmetrics.registerFont(loaded)
    return loaded


def runs(text: str, bold: bool = False) -> list[tuple[str, str]]:
    """``text`` as stretches of (font name, text); what no font has stays with the first one, which prints 〓."""
    main = BOLD if bold else REGULAR
    if font(main).known.issuperset(text):
        return [(main, text)] if text else []
    stretches: list[tuple[str, str]] = []
    for cluster in _clusters(text):
        name = main if cluster[0] in font(main).known or cluster[0] not in font(FALLBACK).known else FALLBACK
        if stretches and stretches[-1][0] == name:
            stretches[-1] = (name, stretches[-1][1] + cluster)
        else:
            stretches.append((name, cluster))
    return stretches


def missing(text: str) -> set[str]:
    """The characters of ``text`` that cannot be printed as typed, for the check before handing out.

    A character with a variation selector that the fonts do not know is given together with its selector:
    its common form is printed instead. Everything else in the set is printed as 〓.
    """
    text = clean(text).replace("\n", "")
    if font(REGULAR).known.issuperset(text):
        return set()
    return {cluster for cluster in _clusters(text) if not _printable(cluster)}


def widths(text: str, bold: bool = False) -> list[float]:
    """The width of each character of ``text`` in units of the font size; selectors and voicing marks take none."""
    table = _width_table(bold)
    found = [table[one] for one in text]
    if _COMBINING.search(text):
        for match in _CLUSTER.finditer(text):
            if _composed(match.group()):
                found[match.start() + 1 : match.end()] = [0.0] * (match.end() - match.start() - 1)
    return found


def text_width(text: str, size: float, bold: bool = False) -> float:
    """The width of ``text`` on one line at ``size``, in the unit of ``size``."""
    return sum(widths(text, bold)) * size


class BundledFont(TTFont):
    """A TrueType font of reportlab whose text, copied from the PDF, is exactly what was typed.

    Stretches that reportlab cannot map back (a selector after its character, characters beyond the BMP, the no-break space,
    characters without a glyph) get a private code inside the font; ``addObjects`` maps it back to what was typed.
    """

    def __init__(self, name: str, file: str) -> None:
        # What reportlab's own initialiser does, which leaves no choice of who reads the file.
        self.fontName = name
        self.face = FontFace(file)
        self.encoding = TTEncoding()
        self.state = WeakKeyDictionary()
        self._asciiReadable = self.shapable = False
        self.known = frozenset(map(chr, self.face.charToGlyph)) | {"\n"}
        self._codes: dict[str, int] = {}
        self._typed: dict[int, str] = {}

    def splitString(self, text: str, doc: Any, encoding: str = "utf-8") -> Any:  # noqa: N802
        """As in reportlab: the stretches of ``text`` as (number of the subset, bytes)."""
        if "\u00a0" in text or not self.known.issuperset(text) or _COMBINING.search(text):
            text = "".join(self._coded(cluster) for cluster in _clusters(text))
        return super().splitString(text, doc, encoding)

    def addObjects(self, doc: Any) -> None:  # noqa: N802
        """As in reportlab, with a ToUnicode map that holds UTF-16BE of everything that was typed."""
        subsets = self.state[doc].subsets
        names = [self.getSubsetInternalName(number, doc)[1:] for number in range(len(subsets))]
        super().addObjects(doc)
        fonts = doc.idToObject["BasicFonts"].dict
        for name, subset in zip(names, subsets, strict=True):
            typed = [self._typed.get(code) or chr(code) if code else "" for code in subset]
            doc.idToObject["toUnicodeCMap:" + fonts[name].BaseFont].content = _to_unicode(typed)

    def glyph(self, cluster: str) -> int | None:
        """The glyph of ``cluster``, a character with selectors or marks, or None where the font has none for it."""
        composed = _composed(cluster)
        if composed is None:
            return None
        base, selector = composed
        if selector:
            return self._variations().get((ord(base), ord(selector)))
        found: int | None = self.face.charToGlyph.get(ord(base))
        return found

    def _coded(self, cluster: str) -> str:
        """``cluster`` as one character that this font has a glyph for."""
        if len(cluster) == 1 and cluster in self.known and cluster != "\u00a0":
            return cluster
        if cluster not in self._codes:
            composed = _composed(cluster)
            if composed is None:
                return "".join(self._coded(one) for one in cluster)
            shown = composed[0] if composed[0] in self.known else _GETA
            glyph = self.glyph(cluster) or self.face.charToGlyph[ord(shown)]
            code = _PRIVATE + len(self._codes)
            self.face.charToGlyph[code] = glyph
            self.face.charWidths[code] = self.face.charWidths[ord(shown)]
            self._typed[code] = cluster
            self._codes[cluster] = code
        return chr(self._codes[cluster])

    def _variations(self) -> dict[tuple[int, int], int]:
        if not hasattr(self, "_variation_glyphs"):
            self._variation_glyphs = _read_variations(self.face)
        return self._variation_glyphs


@cache
def _width_table(bold: bool) -> _Widths:
    return _Widths(BOLD if bold else REGULAR)


class _Widths(dict[str, float]):
    """Character → width in units of the font size, filled as characters are asked for."""

    def __init__(self, main: str) -> None:
        super().__init__()
        self._main = main

    def __missing__(self, character: str) -> float:
        if character == "\n" or (_SELECTOR.match(character) and character not in font(FALLBACK).known):
            width = 0.0
        else:
            names = (self._main, FALLBACK)
            holder = next((name for name in names if character in font(name).known), None)
            face = font(holder or self._main).face
            width = face.charWidths[ord(character if holder else _GETA)] / 1000
        self[character] = width
        return width


def _clusters(text: str) -> list[str]:
    """``text`` in characters, each with the selectors and voicing marks that follow it."""
    return re.findall(f"[^\n][{_SELECTORS}\u3099\u309a]*|\n", text) if _COMBINING.search(text) else list(text)


def _composed(cluster: str) -> tuple[str, str] | None:
    """``cluster`` as (character, selector or ""), voicing marks composed; None where that cannot be one glyph."""
    selectors = _SELECTOR.findall(cluster)
    base = _SELECTOR.sub("", cluster) or cluster[0]
    if len(base) > 1:
        base = unicodedata.normalize("NFC", base)
    return (base, selectors[0] if selectors and base != selectors[0] else "") if len(base) == 1 else None


def _printable(cluster: str) -> bool:
    holders = [name for name in (REGULAR, FALLBACK) if cluster[0] in font(name).known]
    if not holders:
        return False
    composed = _composed(cluster)
    if composed is None:
        return all(_printable(one) for one in cluster)
    selector = composed[1]
    if selector in ("\ufe0e", "\ufe0f"):
        return True
    return font(holders[0]).glyph(cluster) is not None


def _to_unicode(typed: list[str]) -> str:
    """A ToUnicode map from the codes 0, 1, 2 … to ``typed``; an empty string leaves its code unmapped."""
    pairs = [
        f"<{code:02X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in enumerate(typed) if text
    ]
    blocks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<00> <FF>",
            "endcodespacerange",
            *(line for block in blocks for line in (f"{len(block)} beginbfchar", *block, "endbfchar")),
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )


def _read_variations(face: Any) -> dict[tuple[int, int], int]:
    """(character, selector) → glyph, from the format 14 subtable of the font's cmap (OpenType specification, cmap)."""
    cmap: bytes = face.get_table("cmap")
    found: dict[tuple[int, int], int] = {}
    for number in range(struct.unpack_from(">H", cmap, 2)[0]):
        start = struct.unpack_from(">HHL", cmap, 4 + 8 * number)[2]
        if struct.unpack_from(">H", cmap, start)[0] != 14:
            continue
        for record in range(struct.unpack_from(">L", cmap, start + 6)[0]):
            high, low, default, other = struct.unpack_from(">BHLL", cmap, start + 10 + 11 * record)
            selector = high << 16 | low
            if default:
                for at in range(struct.unpack_from(">L", cmap, start + default)[0]):
                    high, low, more = struct.unpack_from(">BHB", cmap, start + default + 4 + 4 * at)
                    first = high << 16 | low
                    for code in range(first, first + more + 1):
                        if code in face.charToGlyph:
                            found[code, selector] = face.charToGlyph[code]
            if other:
                for at in range(struct.unpack_from(">L", cmap, start + other)[0]):
                    high, low, glyph = struct.unpack_from(">BHH", cmap, start + other + 4 + 5 * at)
                    found[high << 16 | low, selector] = glyph
    return found
