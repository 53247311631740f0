"""What stands in the form of a 宿題: values as they are stored, and the day as it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from app.action_items.operations import ActionValues
from app.action_items.queries import ActionItemRow
from app.calendar import format_date, parse_date
from app.drafts import Value
from app.errors import InputError
from app.text import clean

LABELS = {"what": "内容", "organisation": "担当の団体", "assignee": "担当者", "due_on": "期限"}
"""What each field is called, in the order of the form."""


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields as they stand. ``unread`` is what stands for an organisation and has not become one; the day is text."""

    what: str = ""
    organisation_id: int | None = None
    unread: str = ""
    assignee: str = ""
    due_on: str = ""
    meeting_id: int | None = None
    agenda_item_id: int | None = None

    def ready(self) -> ActionValues:
        """As the operation takes it. InputError where a field cannot be read; it names the field."""
        if self.unread:
            raise InputError(
                f"{LABELS['organisation']}：「{self.unread}」がどの会員団体か決まっていません。",
                "一覧から選んでください。会員団体でない相手は「担当者」の欄に書けます。",
            )
        return ActionValues(
            self.what,
            self.organisation_id,
            self.assignee,
            _day(self.due_on),
            self.meeting_id,
            self.agenda_item_id,
        )

    def means(self) -> Typed:
        """The same in one spelling, so that only what differs in meaning differs."""
        try:
            due_on = _written(_day(self.due_on))
        except InputError:
            due_on = self.due_on.strip()
        # Where it was given is no field of the form: it moves with the minutes.
        return replace(self, due_on=due_on, meeting_id=None, agenda_item_id=None)

    def draft(self) -> dict[str, Value]:
        """As plain values that can be kept against a crash."""
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def of_draft(cls, kept: Mapping[str, Value], stored: Typed) -> Typed:
        """From what was kept; what is missing there stays as it is stored."""
        known = {name: kept[name] for name in cls.__slots__ if name in kept}
        return replace(stored, **known)  # type: ignore[arg-type]


EMPTY = Typed()
"""The form before anything is typed."""


def tidy(text: str) -> str:
    """The text of a field as it may be stored."""
    return clean(text).strip()


def typed_of(row: ActionItemRow) -> Typed:
    """The form as it opens on what the ledger holds."""
    return Typed(
        tidy(row.what),
        row.organisation_id,
        "",
        tidy(row.assignee),
        _written(row.due_on),
        row.meeting_id,
        row.agenda_item_id,
    )


def differing(mine: Typed, theirs: Typed, names: Mapping[int, str]) -> list[tuple[str, str]]:
    """The fields in which another's text differs from what was typed: their labels, and the other's text."""
    mine, theirs = mine.means(), theirs.means()
    pairs = {
        "what": (mine.what, theirs.what),
        "organisation": (
            mine.unread or names.get(mine.organisation_id or 0, ""),
            names.get(theirs.organisation_id or 0, ""),
        ),
        "assignee": (mine.assignee, theirs.assignee),
        "due_on": (mine.due_on, theirs.due_on),
    }
    return [(LABELS[name], his or "（空）") for name, (own, his) in pairs.items() if own != his]


def _written(day: date | None) -> str:
    return format_date(day) if day else ""


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return parse_date(text)
    except InputError as error:
        raise InputError(f"{LABELS['due_on']}：{error.message}", error.advice) from error
