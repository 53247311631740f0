"""What a person is told when something cannot be done: what happened, and what to do next, in Japanese."""

from __future__ import annotations


class LedgerError(Exception):
    """The root of everything the program says to a person.

    ``message`` says what happened; ``advice`` says what to do next; both are Japanese sentences.
    """

    exit_code = 1

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.message}\n{self.advice}" if self.advice else self.message


class InputError(LedgerError):
    """What the person gave cannot be taken as it is. ``field`` names what it is about, where a form can lead there."""

    def __init__(self, message: str, advice: str = "", field: str = "") -> None:
        super().__init__(message, advice)
        self.field = field


class ConflictError(InputError):
    """The row has moved on since the person looked at it; nothing was written."""


class MachineError(LedgerError):
    """The machine stands in the way: disk full, file held open, ledger damaged, newer than the program …"""

    exit_code = 2


class DamagedHeaderError(InputError):
    """The file does not begin as a ledger does: it is something else, or it is damaged."""
