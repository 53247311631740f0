"""How our Word documents look: the styles that Word navigates by, Japanese type on every one of them, header and footer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from app.text import clean
from reports import palette
from reports.document import Ink, Report
from reports.renderers.values import labels_of, mark_line, marks_of

FONT_NAME = "BIZ UDPゴシック"
"""The face by the name that Windows knows it under; every office PC since Windows 10 1809 has it."""

_THEME = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")
_FACES = ("ascii", "hAnsi", "eastAsia", "cs")
_MARGIN, _MARGIN_ABOVE, _MARGIN_SMALL = Mm(20), Mm(22), Mm(16)
_MAIN, _ACCENT, _MUTED = (palette.colour(ink) for ink in (Ink.TEXT, Ink.ACCENT, Ink.MUTED))
_HEADINGS = {
    "Title": (26, _ACCENT, 0, 12),
    "Subtitle": (13, _MAIN, 0, 12),
    "Heading 1": (15, _ACCENT, 18, 6),
    "Heading 2": (12.5, _MAIN, 14, 4),
    "Heading 3": (11, _MUTED, 10, 3),
}


def prepare(document: Document, report: Report, moment: datetime) -> None:
    """Give ``document`` the paper, the type, the header and footer and the properties of ``report``."""
    _paper(document, landscape=report.landscape)
    _type(document)
    if labels_of(report) is None:
        _header_and_footer(document, report)
    properties = document.core_properties
    properties.title, properties.subject = _property(report.title), _property(report.subtitle)
    properties.author = properties.last_modified_by = _property(report.issuer or "つながり帳")
    properties.keywords, properties.comments = "・".join(marks_of(report)), ""
    properties.language = "ja-JP"
    properties.created = properties.modified = moment
    properties.revision = 1


def printable_width(document: Document) -> Emu:
    """The width between the margins."""
    section = document.sections[0]
    return Emu(int(section.page_width or 0) - int(section.left_margin or 0) - int(section.right_margin or 0))


def rgb(colour: str) -> RGBColor:
    """#RRGGBB as Word takes it."""
    return RGBColor.from_string(colour.removeprefix("#"))


def element(name: str, **attributes: str) -> Any:
    """An element ``w:name`` with attributes of the same namespace."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def shrink(document: Document, factor: float) -> None:
    """Make type, spacing and pictures smaller by ``factor``, for a report that should stand on one page.

    Word alone knows where its pages end: what does not fit goes on to a second one.
    """
    for root in (document.styles.element, document.element.body):
        for tag, names in (("sz", ("val",)), ("szCs", ("val",)), ("spacing", ("before", "after"))):
            for found in root.iter(qn(f"w:{tag}")):
                for name in names:
                    if value := found.get(qn(f"w:{name}")):
                        found.set(qn(f"w:{name}"), str(round(int(value) * factor)))
    for picture in document.inline_shapes:
        picture.width, picture.height = (
            Emu(round(picture.width * factor)),
            Emu(round(picture.height * factor)),
        )
    for margins in document.element.body.iter(qn("w:tblCellMar")):
        for side in ("top", "bottom"):
            margins.find(qn(f"w:{side}")).set(qn("w:w"), "15")
    normal: Any = document.styles["Normal"]
    normal.paragraph_format.line_spacing = 1.0
    section = document.sections[0]
    section.top_margin = section.bottom_margin = _MARGIN_SMALL


def _paper(document: Document, *, landscape: bool) -> None:
    section = document.sections[0]
    short, long = Mm(210), Mm(297)
    section.page_width, section.page_height = (long, short) if landscape else (short, long)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin = section.bottom_margin = _MARGIN_ABOVE
    section.header_distance = section.footer_distance = Mm(10)


def _type(document: Document) -> None:
    styles: Any = document.styles
    for properties in _run_properties(styles.element):
        if properties.find(qn("w:rFonts")) is None:
            properties.insert(0, element("rFonts"))
    for faces in styles.element.iter(qn("w:rFonts")):
        _set_faces(faces)
    normal = styles["Normal"]
    normal.font.size, normal.font.color.rgb = Pt(10.5), rgb(_MAIN)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(4), 1.2
    for name, (size, colour, before, after) in _HEADINGS.items():
        style = styles[name]
        style.font.size, style.font.bold, style.font.italic = Pt(size), name != "Subtitle", False
        style.font.color.rgb = rgb(colour)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.keep_with_next = name.startswith("Heading")
        for decoration in style.element.findall(".//w:pBdr", style.element.nsmap):
            decoration.getparent().remove(decoration)
    # The spaces that Word puts between 第 and 5 of its own accord are in no text that a person typed.
    spacing = normal.element.pPr.find(qn("w:spacing"))
    for name in ("autoSpaceDE", "autoSpaceDN"):
        spacing.addprevious(element(name, val="0"))
    language: Any = document.settings.element.find(qn("w:themeFontLang"))
    if language is not None:
        language.set(qn("w:val"), "ja-JP")
        language.set(qn("w:eastAsia"), "ja-JP")


def _run_properties(styles: Any) -> Iterator[Any]:
    """The run properties of the document's default and of every style, made where a style has none."""
    defaults = styles.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    language = defaults.find(qn("w:lang"))
    language.set(qn("w:val"), "ja-JP")
    language.set(qn("w:eastAsia"), "ja-JP")
    yield defaults
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:type")) in ("paragraph", "character", "table"):
            yield style.get_or_add_rPr()


def _set_faces(faces: Any) -> None:
    for name in _THEME:
        faces.attrib.pop(qn(f"w:{name}"), None)
    for name in _FACES:
        faces.set(qn(f"w:{name}"), FONT_NAME)


def _header_and_footer(document: Document, report: Report) -> None:
    section = document.sections[0]
    width = printable_width(document)
    above = section.header.paragraphs[0]
    _line(above, width, with_centre=False)
    _small(above, "" if report.letters else " ".join(clean(report.title).split()))
    if mark := mark_line(report):
        run = above.add_run(f"\t{mark}")
        run.bold, run.font.size = True, Pt(10)
        run.font.color.rgb = rgb(palette.colour(Ink.WARNING))
    if report.letters:
        return
    below = section.footer.paragraphs[0]
    _line(below, width, with_centre=True)
    _small(below, f"{clean(report.document_number)}\t")
    _field(below, "PAGE")
    _small(below, " / ")
    _field(below, "NUMPAGES")


def _line(paragraph: Paragraph, width: Emu, *, with_centre: bool) -> None:
    """One line with tab stops at its middle (where asked for) and its right end."""
    stops = paragraph.paragraph_format.tab_stops
    style: Any = paragraph.style
    style.paragraph_format.tab_stops.clear_all()
    if with_centre:
        stops.add_tab_stop(Emu(width // 2), WD_TAB_ALIGNMENT.CENTER)
    stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)


def _small(paragraph: Paragraph, text: str) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb = Pt(9), rgb(_MUTED)


def _field(paragraph: Paragraph, instruction: str) -> None:
    """A field that Word fills in; it shows 1 until then."""
    field = element("fldSimple", instr=instruction)
    run = paragraph.add_run("1")
    run.font.size, run.font.color.rgb = Pt(9), rgb(_MUTED)
    field.append(run._r)
    paragraph._p.append(field)


def _property(text: str) -> str:
    """``text`` short enough for a property of the document, which may hold 255 characters."""
    return " ".join(clean(text).split())[:255]
