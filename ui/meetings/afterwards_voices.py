"""養育者の声 that were on the agenda: after the meeting, what came of them is still to be written and answered."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.text import excerpt
from app.voices.queries import VoiceRow
from db.vocabulary import VoiceState
from ui.voices.states import state_words
from ui.widgets.containers import Card
from ui.widgets.link_buttons import LinkButtons
from ui.widgets.text import WrapLabel

_LONGEST = 60


class VoicesCard(Card):
    """A click leads to a voice; the card is there only where the meeting spoke of one."""

    wanted = Signal(int)
    """The id of a voice that the person wants to see."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("この会議で扱った養育者の声", parent)
        self._summary = WrapLabel("", "muted")
        self.links = LinkButtons("voices", "養育者の声")
        self.links.wanted.connect(self.wanted)
        self.body.addWidget(self._summary)
        self.body.addWidget(self.links)

    def show_voices(self, rows: tuple[VoiceRow, ...]) -> None:
        """Show these."""
        self.setVisible(bool(rows))
        waiting = sum(row.state is not VoiceState.ANSWERED for row in rows)
        self._summary.setText(
            f"{len(rows)}件のうち{waiting}件は、返答がまだです。何に反映したかと返答を書くと、"
            "「いただいた声と対応」に載ります。"
            if waiting
            else f"{len(rows)}件とも返答しました。"
        )
        names: Mapping[int, str] = {row.id: _words(row) for row in rows}
        self.links.show_links([row.id for row in rows], names)


def _words(row: VoiceRow) -> str:
    return f"{state_words(row.state)}　{excerpt(row.content, length=_LONGEST)}"
