"""Lists as Word knows them: numbered and marked by Word itself, so that they stay right while somebody edits them."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from reports.document import DEEPEST

LEFT, HANGING = 420, 300
"""Where the text of an item stands and how far its mark stands before it, in twentieths of a point."""


def begin_list(document: Document, *, ordered: bool) -> int:
    """Define a list of its own, numbered from 1 or marked ・; its number, to be given to ``put_in_list``."""
    numbering: Any = document.part.numbering_part.element
    abstract_id = str(
        1 + max((int(one.get(qn("w:abstractNumId"))) for one in _abstracts(numbering)), default=0)
    )
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), abstract_id)
    abstract.append(_with("w:multiLevelType", "hybridMultilevel"))
    for depth in range(DEEPEST + 1):
        abstract.append(_level(depth, ordered))
    known = _abstracts(numbering)
    # The schema wants every abstractNum before the first num.
    known[-1].addnext(abstract) if known else numbering.insert(0, abstract)
    return int(numbering.add_num(int(abstract_id)).numId)


def put_in_list(paragraph: Paragraph, number: int, depth: int = 0) -> None:
    """Make ``paragraph`` the next item of a list, ``depth`` levels below its main items."""
    properties: Any = paragraph._p.get_or_add_pPr()
    numbered = properties.get_or_add_numPr()
    numbered.get_or_add_ilvl().val = depth
    numbered.get_or_add_numId().val = number


def _abstracts(numbering: Any) -> list[Any]:
    return list(numbering.findall(qn("w:abstractNum")))


def _level(depth: int, ordered: bool) -> Any:
    """Main items are numbered or marked ・, those below them －."""
    level = OxmlElement("w:lvl")
    level.set(qn("w:ilvl"), str(depth))
    is_numbered = ordered and depth == 0
    for name, value in (
        ("w:start", "1"),
        ("w:numFmt", "decimal" if is_numbered else "bullet"),
        ("w:lvlText", "%1." if is_numbered else "－" if depth else "・"),
        ("w:lvlJc", "left"),
    ):
        level.append(_with(name, value))
    properties, indent = OxmlElement("w:pPr"), OxmlElement("w:ind")
    indent.set(qn("w:left"), str(LEFT + depth * HANGING))
    indent.set(qn("w:hanging"), str(HANGING))
    properties.append(indent)
    level.append(properties)
    return level


def _with(name: str, value: str) -> Any:
    made = OxmlElement(name)
    made.set(qn("w:val"), value)
    return made
