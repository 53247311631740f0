"""Every report there is: what it is called, what can be chosen, in which formats it leaves, and how it is built."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from importlib import import_module
from importlib.util import find_spec

from app.errors import InputError
from app.office import Reader
from reports.document import Report
from reports.export import Format


class OptionKind(Enum):
    """How an option is chosen in the window: a list, a tick, or a line of text."""

    CHOICE = "choice"
    FLAG = "flag"
    TEXT = "text"
    DATE = "date"


Choices = tuple[tuple[str, str], ...]
"""What can be chosen: (value, label) pairs."""


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose before a report is made. Values are strings, on the command line as in the window; a flag is yes/no.

    ``source`` reads from the ledger what else can be chosen after ``choices``; the report itself refuses other values.
    """

    key: str
    label: str
    kind: OptionKind
    default: str = ""
    choices: Choices = ()
    help: str = ""
    source: Callable[[Reader], Choices] | None = None


class Severity(Enum):
    """How grave a finding is: something to know, or something that should not be handed out as it is."""

    HINT = "hint"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at before a paper is handed out; ``record_kind``/``record_id`` lead to it where it is a record."""

    severity: Severity
    message: str
    record_kind: str = ""
    record_id: int = 0


Options = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """A report of the catalogue."""

    id: str
    title: str
    description: str
    formats: tuple[Format, ...]
    options: tuple[Option, ...]
    build: Callable[[Reader, int, Options], Report]
    check: Callable[[Reader, int, Options], tuple[Finding, ...]]

    def options_in(self, reader: Reader) -> tuple[Option, ...]:
        """The options with the choices that this ledger offers."""
        return tuple(
            replace(option, choices=(*option.choices, *option.source(reader))) if option.source else option
            for option in self.options
        )

    def complete(self, given: Options) -> dict[str, str]:
        """All options of the report: those given, and the defaults of the rest. InputError for an unknown one or a wrong value."""
        known = {option.key: option for option in self.options}
        for key, value in given.items():
            if key not in known:
                names = "、".join(known) or "なし"
                raise InputError(
                    f"「{self.title}」に「{key}」という選択はありません。", f"使える選択：{names}"
                )
            _require_choice(known[key], value)
        return {key: given.get(key, option.default) for key, option in known.items()}


def _require_choice(option: Option, value: str) -> None:
    allowed = ("yes", "no") if option.kind is OptionKind.FLAG else tuple(value for value, _ in option.choices)
    is_closed = option.kind in (OptionKind.FLAG, OptionKind.CHOICE) and option.source is None
    if is_closed and value not in allowed:
        raise InputError(f"「{option.label}」に「{value}」は選べません。", f"選べる値：{'、'.join(allowed)}")


def entries() -> tuple[Entry, ...]:
    """The reports, in the order in which the window lists them."""
    from reports.contents import (
        action_list,
        agenda,
        attendees,
        change_request,
        channels,
        check_sheet_paper,
        digest,
        labels,
        mail,
        minutes,
        network_map,
        next_steps,
        notice,
        packet,
        participation,
        place_cards,
        places,
        practices,
        progress,
        progress_summary,
        roster,
        step_result,
        voices,
    )

    return (
        progress.ENTRY,
        progress_summary.ENTRY,
        notice.ENTRY,
        agenda.ENTRY,
        attendees.ENTRY,
        minutes.ENTRY,
        action_list.ENTRY,
        digest.ENTRY,
        mail.ENTRY,
        voices.ENTRY,
        packet.ENTRY,
        participation.ENTRY,
        network_map.ENTRY,
        place_cards.ENTRY,
        step_result.ENTRY,
        next_steps.ENTRY,
        check_sheet_paper.ENTRY,
        practices.ENTRY,
        roster.ENTRY,
        labels.ENTRY,
        change_request.ENTRY,
        places.ENTRY,
        channels.ENTRY,
    )


def find(report_id: str) -> Entry:
    """The report called ``report_id``; InputError that lists the reports where there is none."""
    # A paper's id is the name of its module, so that the one that is asked for can be had without the others.
    module = f"reports.contents.{report_id}"
    if report_id.isidentifier() and find_spec(module):
        entry = getattr(import_module(module), "ENTRY", None)
        if isinstance(entry, Entry):
            return entry
    names = "、".join(entry.id for entry in entries())
    raise InputError(f"「{report_id}」という帳票はありません。", f"使える帳票：{names}")
