"""How the map comes to where one wants to look: at once, or in a short glide that the eye can follow."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QObject, QVariantAnimation, Signal

from ui.network_map.look import Look

_GLIDE_MS = 160


class Gliding(QObject):
    """``look`` is where one looks now, ``target`` where one looks once the map has come to rest."""

    moved = Signal()

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._glide = QVariantAnimation(self)
        self._glide.setDuration(_GLIDE_MS)
        self._glide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._glide.setStartValue(0.0)
        self._glide.setEndValue(1.0)
        self._glide.valueChanged.connect(self._glided)
        self._from = self._to = look

    @property
    def is_under_way(self) -> bool:
        """Whether it is on its way to where one wants to look."""
        return self._glide.state() is QVariantAnimation.State.Running

    @property
    def target(self) -> Look:
        """Where one looks once the map has come to rest."""
        return self._to if self.is_under_way else self.look

    def go(self, look: Look, glides: bool = True) -> None:
        """Look there, in a glide or at once."""
        self._glide.stop()
        if glides:
            self._from, self._to = self.look, look
            self._glide.start()
        else:
            self.look = look
            self.moved.emit()

    def _glided(self, part: float) -> None:
        self.look = self._from.towards(self._to, part)
        self.moved.emit()
