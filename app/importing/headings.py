"""How headings of columns are compared, and what a column can hold.

A heading is compared by its search key, without blanks, marks and what stands in brackets.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.text import search_key


@dataclass(frozen=True, slots=True)
class Field:
    """A column that can be read: ``key`` as in the data dictionary, ``label`` as people read it, ``length`` in letters (0: any)."""

    key: str
    label: str
    length: int = 0


IGNORED = "ignored"
"""The meaning of a column that is known and holds nothing to keep: running numbers, marks of the person who sorts."""


def heading_key(heading: str) -> str:
    """What two spellings of a heading have in common: width, case, kana, blanks, stars and end marks do not count."""
    return re.sub(r"[\s*＊※:：★●■◆]+", "", search_key(heading))


def spellings(heading: str) -> tuple[str, ...]:
    """The keys of a heading as it stands, without its brackets, and without a middle の: 担当者の氏名."""
    whole = heading_key(heading)
    inside = re.sub(r"[()\[\]【】「」〔〕<>]", "", whole)
    bare = re.sub(r"[(\[【「〔<].*?[)\]】」〕>]", "", whole)
    numbered = re.sub(r"^(?:\d+[.．)]|[①-⑳])", "", bare)
    return tuple(
        dict.fromkeys(
            (whole, inside, bare, numbered, numbered.replace("の", ""), re.sub("[・/／]", "", numbered))
        )
    )
