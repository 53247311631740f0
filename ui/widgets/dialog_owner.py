"""What opens dialogs of its own, one at a time."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog


class DialogOwner:
    """To be named before the Qt class; ``dialog`` is the one that is open, and goes when it has been closed."""

    dialog: QDialog | None = None

    def open_dialog(self, dialog: QDialog) -> None:
        """Open a dialog over the window, without waiting for its end."""
        self.dialog = dialog
        dialog.finished.connect(self._drop_dialog)
        dialog.open()

    def _drop_dialog(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None
