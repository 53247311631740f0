"""What the tests of the page 指針 do and look at."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QWidget

from app.office import Office
from app.plans import queries
from app.plans.queries import ItemRow
from app.records import RecordKey
from db.vocabulary import ItemKind
from ui.desk import Desk
from ui.plans.page import PlansPage
from ui.widgets.text import WrapLabel
from ui.widgets.two_texts import TwoTexts

Settled = Callable[[Desk], None]


def type_in(field: QWidget, text: str) -> None:
    """Type Japanese as an input method hands it over."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QCoreApplication.sendEvent(field, event)


def items(office: Office) -> tuple[ItemRow, ...]:
    """The items of the first plan as the ledger holds them."""
    return office.ask(queries.items, office.ask(queries.plans)[-1].id)


def one(office: Office, kind: ItemKind, number: int = 0) -> ItemRow:
    """The item of a kind at a place among its kind."""
    return [item for item in items(office) if item.kind is kind][number]


def choose(page: PlansPage, settled: Settled, item: ItemRow) -> None:
    """Put the cursor on an item."""
    page.show_record(RecordKey("plan_item", item.id))
    settled(page.desk)


def shown_texts(texts: TwoTexts) -> list[str]:
    """What stands beside the choices, in the order of the screen."""
    return [label.text() for label in texts.findChildren(WrapLabel)]


def titles(office: Office, parent_id: int | None) -> list[str]:
    """The wordings under an item, in order."""
    return [item.title for item in items(office) if item.parent_id == parent_id]
