"""The errors that every floor above the record speaks in; see ``db.errors`` for their meaning."""

from db.errors import ConflictError, InputError, LedgerError, MachineError

__all__ = ["ConflictError", "InputError", "LedgerError", "MachineError"]
