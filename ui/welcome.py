"""What stands in the window as long as no ledger is open: the three ways to one, and what went wrong with the last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_documents_path
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from ui import dialogs
from ui.dialogs import LEDGERS
from ui.icons import pixmap
from ui.widgets.button import Button
from ui.widgets.containers import Card, PageHeader, ScrollColumn
from ui.widgets.fields import ComboBox, FieldColumn
from ui.widgets.text import PlainLabel, WrapLabel

SUFFIX = ".tsunagari"
_FORBIDDEN = '\\/:*?"<>|'


@dataclass(frozen=True, slots=True)
class NewLedger:
    """What a new ledger begins with; ``plan`` is one of the plans the program carries, or None."""

    path: Path
    network_name: str
    office_name: str
    plan: Path | None


@dataclass(frozen=True, slots=True)
class Offer:
    """A backup that can be opened in place of a ledger that could not: where it lies, and how the button calls it."""

    path: Path
    label: str


class Welcome(QStackedWidget):
    """The first page, and the form of a new ledger behind it."""

    open_wanted = Signal(object)
    """The Path of a ledger."""

    restore_wanted = Signal(object)
    """The Path of a backup to put in the place of the ledger that could not be opened."""

    new_wanted = Signal(object)
    """A NewLedger."""

    sample_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.problem = ProblemCard()
        self.problem.restore_wanted.connect(self.restore_wanted)
        self.form = NewLedgerForm()
        self.form.made.connect(self.new_wanted)
        self.form.given_up.connect(self._show_choices)
        self._choices = ScrollColumn(width=720)
        self._choices.column.addWidget(
            PageHeader(
                "つながり帳",
                "健やか子育て連絡会の一年と五年の仕事を、ひとつの台帳にまとめ、全体会で配る資料にします。",
            )
        )
        self._choices.column.addWidget(self.problem)
        self.new = Way(
            "add",
            "新しい台帳を作る",
            "連絡会の名前を入れるだけで始められます。金沢区の第5期の指針が、はじめから入っています。",
            Button("新しく作る", self._show_form, "primary"),
        )
        self.open = Way(
            "open",
            "台帳を開く",
            "すでにある台帳（.tsunagari のファイル）を選びます。共有フォルダーの台帳も開けます。",
            Button("台帳を選ぶ…", self._choose),
        )
        self.sample = Way(
            "sample",
            "見本の台帳を見る",
            "架空の連絡会の二年分の記録で、画面と帳票をひととおり試せます。消しても困るものはありません。",
            Button("見本を開く", self.sample_wanted.emit),
        )
        for card in (self.new, self.open, self.sample):
            self._choices.column.addWidget(card)
        self._choices.column.addStretch(1)
        self.addWidget(self._choices)
        self.addWidget(self.form)

    def tell_problem(self, message: str, advice: str, offers: Sequence[Offer] = ()) -> None:
        """Say why the ledger is not open, and offer its backups."""
        self._show_choices()
        self.problem.tell(message, advice, offers)

    def _show_choices(self) -> None:
        self.setCurrentWidget(self._choices)

    def _show_form(self) -> None:
        self.setCurrentWidget(self.form)
        self.form.network_name.setFocus()

    def _choose(self) -> None:
        path = dialogs.open_file(self, "台帳を開く", LEDGERS, user_documents_path())
        if path is not None:
            self.open_wanted.emit(path)


class ProblemCard(Card):
    """Why a ledger could not be opened, what to do, and the backups there are of it."""

    restore_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, look="caution")
        self.message = WrapLabel("", "field")
        self.advice = WrapLabel("", selectable=True)
        self.body.addWidget(self.message)
        self.body.addWidget(self.advice)
        self._buttons = QVBoxLayout()
        self.body.addLayout(self._buttons)
        self._offers: list[_OfferButton] = []
        self.hide()

    def tell(self, message: str, advice: str, offers: Sequence[Offer] = ()) -> None:
        """Show it; an empty message takes it away."""
        self.message.setText(message)
        self.advice.setText(advice)
        for button in self._offers:
            button.deleteLater()
        self._offers = [_OfferButton(offer, self) for offer in offers]
        for button in self._offers:
            self._buttons.addWidget(button)
            button.chosen.connect(self.restore_wanted)
        self.setVisible(bool(message))


class _OfferButton(Button):
    chosen = Signal(object)

    def __init__(self, offer: Offer, parent: QWidget) -> None:
        super().__init__(offer.label, None, icon_name="history", parent=parent)
        self._path = offer.path
        self.clicked.connect(self._choose)

    def _choose(self) -> None:
        self.chosen.emit(self._path)


class NewLedgerForm(ScrollColumn):
    """Asks what a new ledger needs: in whose name papers go out, by which guideline, and where the file shall lie."""

    made = Signal(object)
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, width=720)
        self.network_name = QLineEdit()
        self.network_name.setPlaceholderText("例：金沢区健やか子育て連絡会")
        self.office_name = QLineEdit()
        self.office_name.setPlaceholderText("例：金沢区こども家庭支援課")
        self.plans = ComboBox()
        self.plans.addItem("指針なしで始める（あとから取り込めます）", None)
        self.place = QLineEdit(str(user_documents_path()))
        self.place.setReadOnly(True)
        self.problem = WrapLabel("", "problem")
        self.problem.hide()
        self.network_name.textEdited.connect(self._take_back_problem)
        self.column.addWidget(
            PageHeader(
                "新しい台帳を作る", "名前はあとから「設定」で変えられます。指針もあとから取り込めます。"
            )
        )
        card = Card()
        fields = FieldColumn()
        fields.add_field(
            "連絡会の名前",
            self.network_name,
            "帳票の発行者として載ります。台帳のファイルの名前にもなります。",
        )
        fields.add_field("事務局（課や拠点の名前）", self.office_name)
        fields.add_field("はじめに入れる指針", self.plans)
        where = QWidget()
        row = QHBoxLayout(where)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.place, 1)
        row.addWidget(Button("変える…", self._choose_place))
        fields.add_field(
            "台帳を置くフォルダー", where, "ほかの人と一緒に使うときは、共有フォルダーを選びます。"
        )
        self.place.setAccessibleName("台帳を置くフォルダー")
        card.body.addLayout(fields)
        card.body.addSpacing(8)
        card.body.addWidget(self.problem)
        buttons = QHBoxLayout()
        self.make = Button("この内容で作る", self._make, "primary")
        buttons.addWidget(self.make)
        buttons.addWidget(Button("戻る", self.given_up.emit, "quiet"))
        buttons.addStretch(1)
        card.body.addLayout(buttons)
        self.column.addWidget(card)
        self.column.addStretch(1)

    def set_plans(self, plans: Sequence[tuple[Path, str]]) -> None:
        """Offer the plans that the program carries; the first one is chosen."""
        for place, (path, title) in enumerate(plans):
            self.plans.insertItem(place, title, path)
        self.plans.setCurrentIndex(0)

    def tell_problem(self, text: str) -> None:
        """Say above the buttons why it cannot be made like this."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def _take_back_problem(self) -> None:
        """The person is mending it."""
        self.tell_problem("")

    def _choose_place(self) -> None:
        folder = dialogs.choose_folder(self, "台帳を置くフォルダー", Path(self.place.text()))
        if folder is not None:
            self.place.setText(str(folder))

    def _make(self) -> None:
        name = self.network_name.text().strip()
        if not name:
            self.tell_problem("連絡会の名前を入力してください。")
            self.network_name.setFocus()
            return
        self.tell_problem("")
        file_name = "".join("_" if sign in _FORBIDDEN else sign for sign in name)
        path = Path(self.place.text()) / f"{file_name}{SUFFIX}"
        self.made.emit(NewLedger(path, name, self.office_name.text().strip(), self.plans.currentData()))


class Way(Card):
    """One way to a ledger: what it is for, and the button that takes it."""

    def __init__(self, icon_name: str, title: str, explanation: str, button: Button) -> None:
        super().__init__()
        self.button = button
        picture = PlainLabel()
        picture.setPixmap(
            pixmap(icon_name, self.fontMetrics().height() * 2, "accent_text", self.devicePixelRatioF())
        )
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(PlainLabel(title, "section"))
        words.addWidget(WrapLabel(explanation, "muted"))
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(picture)
        row.addLayout(words, 1)
        row.addWidget(button)
        self.body.addLayout(row)
