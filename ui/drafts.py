"""Keeping what is typed in a form against a crash, and offering it again."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.calendar import format_date
from app.drafts import Draft, Drafts, Value
from ui.widgets.button import Button
from ui.widgets.containers import Banner

KEEP_EVERY_MS = 3_000


class DraftKeeper(QObject):
    """Keeps a form's values a few seconds after they changed.

    The page says ``touched(key)`` at each edit; ``values`` reads the form. After saving, and where the person gives the text up,
    it says ``drop(key)``.
    """

    def __init__(self, drafts: Drafts, values: Callable[[], Mapping[str, Value]], parent: QObject) -> None:
        super().__init__(parent)
        self._drafts, self._values = drafts, values
        self._key = ""
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(KEEP_EVERY_MS)
        self._rest.timeout.connect(self.keep_now)

    def touched(self, key: str) -> None:
        """The form of ``key`` was edited."""
        if self._key and self._key != key:
            self._rest.stop()
        self._key = key
        if not self._rest.isActive():
            self._rest.start()

    def keep_now(self) -> None:
        """Keep what the form holds at once."""
        self._rest.stop()
        if self._key:
            self._drafts.keep(self._key, self._values())

    def drop(self, key: str) -> None:
        """The form of ``key`` has been saved or given up."""
        if key == self._key:
            self._rest.stop()
            self._key = ""
        self._drafts.drop(key)


class DraftOffer(Banner):
    """The line above a form that offers what was typed before a crash: 元に入れる, or 使わない."""

    wanted = Signal(object)
    """The Draft that is to be put into the form."""

    refused = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._draft: Draft | None = None
        self.use = Button("入力を呼び戻す", self._use)
        self.refuse = Button("使わない", self._refuse, "quiet")
        self.add(self.use)
        self.add(self.refuse)
        self.hide()

    def offer(self, draft: Draft | None) -> None:
        """Offer a draft, or nothing."""
        self._draft = draft
        self.setVisible(draft is not None)
        if draft is not None:
            when = f"{format_date(draft.kept_at.date())} {draft.kept_at:%H時%M分}"
            self.label.setText(f"保存されていない入力が残っています（{when}）。")

    def _use(self) -> None:
        draft = self._draft
        self.hide()
        if draft is not None:
            self.wanted.emit(draft)

    def _refuse(self) -> None:
        self.hide()
        self.refused.emit()
