"""A line of the minutes as it is typed, and as the ledger keeps it: who speaks, what is a 宿題, what is in bold. Knows no Qt."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum

from app.action_items.rules import Typed, parse_line
from app.calendar import DateStyle, format_date
from app.meetings import emphasis
from app.meetings.minutes import LineValues
from app.meetings.queries import StatementRow
from app.text import clean, search_key
from db.vocabulary import StatementKind

KINDS = (StatementKind.POINT, StatementKind.DECISION, StatementKind.ACTION)
DEEPEST = 4
"""How far a line can stand in."""

COLON = "："
_LONGEST_SPEAKER = 24
_HONORIFICS = ("さん", "さま", "様", "氏", "委員", "会長", "先生")
_OFFICES = ("司会", "議長", "会長", "副会長", "座長", "事務局", "全員", "一同", "参加者", "委員")

Bold = tuple[tuple[int, int], ...]
"""Places in bold: the first character and the one behind the last."""


class Speaker(IntEnum):
    """Whether the words before the first ： are who speaks. AUTO: they are where they name somebody who is known."""

    AUTO = 0
    YES = 1
    NO = 2


@dataclass(frozen=True, slots=True)
class TypedLine:
    """A line as it stands in the editor. ``text`` holds the speaker and the parts of a 宿題 as they were typed."""

    text: str
    kind: StatementKind = StatementKind.POINT
    indent: int = 0
    bold: Bold = ()
    speaker: Speaker = Speaker.AUTO
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What lines are read by: the words for organisations, who may speak, and the day from which days without a year count."""

    today: date
    organisations: Mapping[str, int] = field(default_factory=dict)
    speakers: frozenset[str] = frozenset()

    def action(self, text: str) -> Typed:
        """What a line of 宿題 says."""
        return parse_line(text, self.organisations, self.today)

    def speaker_of(self, line: TypedLine) -> tuple[str, str]:
        """Who speaks (empty: nobody is named), and what remains of the text."""
        length = self._speaker_length(line)
        if not length:
            return "", line.text
        return line.text[: length - 1].strip(), line.text[length:].lstrip()

    def _speaker_length(self, line: TypedLine) -> int:
        """How many characters the speaker with the ： takes; 0 where nobody is named."""
        place = line.text.replace(":", COLON, 1).find(COLON, 0, _LONGEST_SPEAKER + 1)
        name = line.text[: max(place, 0)].strip()
        if not name or line.speaker is Speaker.NO:
            return 0
        is_meant = line.speaker is Speaker.YES or (
            line.kind is not StatementKind.ACTION and speaker_key(name) in self.speakers
        )
        return place + 1 if is_meant else 0


def known_speakers(names: Sequence[str]) -> frozenset[str]:
    """The keys of those who may speak: whole names and surnames as written, and the usual offices."""
    words = {part for name in names for part in (name, *name.split()[:1])}
    return frozenset(speaker_key(word) for word in (*words, *_OFFICES) if word.strip())


def speaker_key(name: str) -> str:
    """How a speaker is compared: without blanks and さん, 様 …"""
    key = "".join(search_key(name).split())
    for word in _HONORIFICS:
        if key.endswith(word) and len(key) > len(word):
            return key.removesuffix(word)
    return key


def to_values(line: TypedLine, reading: Reading) -> LineValues:
    """What the ledger keeps of a line."""
    speaker, text = reading.speaker_of(line)
    assignee, organisation_id, due_on = "", None, None
    if line.kind is StatementKind.ACTION:
        said = reading.action(text)
        if said.what:
            text, assignee = said.what, said.assignee
            organisation_id, due_on = said.organisation_id, said.due_on
    text = text.strip()
    # Speaker and parts of a 宿題 stand before the words that are kept.
    before = line.text.rfind(text) if text else 0
    return LineValues(
        line.kind,
        text,
        speaker,
        line.indent,
        _emphasis(line.bold, max(before, 0), len(text)),
        assignee,
        organisation_id,
        due_on,
        line.id,
    )


def from_row(row: StatementRow, reading: Reading) -> TypedLine:
    """A line of the ledger as it is shown in the editor; ``to_values`` makes the same of it again."""
    words = row.text
    if row.kind is StatementKind.ACTION:
        words = _action_words(row, reading)
    text = f"{row.speaker}{COLON}{words}" if row.speaker else words
    before = len(text) - len(row.text)
    bold = tuple((first + before, last + before) for first, last in emphasis.spans(row.emphasis))
    line = TypedLine(text, row.kind, row.indent, bold, Speaker.AUTO, row.id)
    if reading.speaker_of(line)[0] == row.speaker:
        return line
    meant = Speaker.YES if row.speaker else Speaker.NO
    return TypedLine(text, row.kind, row.indent, bold, meant, row.id)


def to_draft(line: TypedLine) -> str:
    """A line as it is kept against a crash."""
    return json.dumps(
        [line.text, line.kind.value, line.indent, line.bold, int(line.speaker), line.id], ensure_ascii=False
    )


def from_draft(kept: str) -> TypedLine:
    """The line that was kept. Raises ValueError where it is none."""
    text, kind, indent, bold, speaker, line_id = json.loads(kept)
    return TypedLine(
        str(text),
        StatementKind(kind),
        int(indent),
        tuple((int(first), int(last)) for first, last in bold),
        Speaker(speaker),
        line_id,
    )


def pasted(text: str) -> list[tuple[int, str]]:
    """Text from elsewhere as lines with their depth: empty ones fall away, tabs before a line set it in."""
    found = []
    for line in clean(text.replace("\v", "\n")).splitlines():
        words = line.strip()
        if words:
            depth = len(line) - len(line.lstrip("\t"))
            found.append((min(depth, DEEPEST), words.replace("\t", "　")))
    return found


def understood(said: Typed) -> str:
    """How a 宿題 was understood, in one line; what is missing is named."""
    due = format_date(said.due_on, weekday=True) if said.due_on else "なし"
    return f"担当：{said.assignee or 'なし'}　期限：{due}　内容：{said.what or 'なし'}"


def _emphasis(bold: Bold, before: int, length: int) -> str:
    return emphasis.spelled((max(first - before, 0), min(last - before, length)) for first, last in bold)


def _action_words(row: StatementRow, reading: Reading) -> str:
    """who｜by when｜what, as short as it can be read again."""
    due = format_date(row.due_on, DateStyle.WAREKI_SHORT) if row.due_on else ""
    parts = [row.assignee, due, row.text]
    shortest = "｜".join(part for part in parts if part)
    wanted = (row.text, row.assignee, row.due_on)
    for words in (shortest, "｜".join(parts)):
        said = reading.action(words)
        if (said.what, said.assignee, said.due_on) == wanted:
            return words
    return "｜".join(parts)
