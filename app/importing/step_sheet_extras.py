"""What people add to a returned sheet where no cell holds it: notes that hang on cells, drawn shapes with words, pictures."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from app.importing.file_values import Place, Remark

_NOTES = re.compile(r"xl/(?:comments|threadedcomments/).*\.xml", re.IGNORECASE)
_DRAWING = re.compile(r"xl/drawings/drawing\d*\.xml", re.IGNORECASE)
_PICTURE = re.compile(r"xl/media/", re.IGNORECASE)
_NOTE_REASON = (
    "セルに付けたメモに書かれているので、読んでいません。要ることは「コメント」の欄に写してください。"
)
_SHAPE_REASON = "図形に書かれているので、読んでいません。要ることは欄に写してください。"
_PICTURE_REASON = "画像が貼られています。答えが書かれていないか、確かめてください。"
_DRAWN_REASON = "図形が描かれています。丸で囲むなどして答えていないか、確かめてください。"
_THREADED = "[Threaded comment]"


def extras_of(content: bytes) -> tuple[Remark, ...]:
    """Everything of the kind in a workbook, which ``safe_workbook`` has looked over: no part declares a document type."""
    from defusedxml.ElementTree import fromstring

    found: list[Remark] = []
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = package.namelist()
        for name in names:
            if _NOTES.fullmatch(name):
                found += _notes(fromstring(package.read(name)))
            elif _DRAWING.fullmatch(name):
                found += _shapes(fromstring(package.read(name)))
        if any(_PICTURE.match(name) for name in names):
            found.append(Remark(Place("", ""), "", _PICTURE_REASON))
    return tuple(dict.fromkeys(found))


def _notes(root: Element) -> Iterator[Remark]:
    for note in root.iter():
        if _tag(note) in ("comment", "threadedComment"):
            text = _text(note)
            # What older programs show in place of a thread repeats its words under a long notice.
            if text and not text.startswith(_THREADED):
                yield Remark(Place("", note.get("ref", "")), text, _NOTE_REASON)


def _shapes(root: Element) -> Iterator[Remark]:
    shapes = [one for one in root.iter() if _tag(one) in ("sp", "cxnSp")]
    for shape in shapes:
        text = _text(shape)
        yield Remark(Place("", ""), text, _SHAPE_REASON if text else _DRAWN_REASON)


def _text(element: Element) -> str:
    return "".join(one.text or "" for one in element.iter() if _tag(one) in ("t", "text")).strip()


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
