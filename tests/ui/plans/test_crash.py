"""What was typed on the page 指針 before the program ended is offered again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.plans import operations
from app.plans.operations import ItemValues
from db.vocabulary import ItemKind
from tests.ui.plans.acts import choose, one, shown_texts
from ui.desk import Desk
from ui.plans import places
from ui.plans.page import PlansPage

OpenPage = Callable[[Desk, type[PlansPage]], PlansPage]
Settled = Callable[[Desk], None]


def _crash(page: PlansPage) -> None:
    """The program ends where it stands: what was typed is on the disk, nothing has been saved."""
    page._keeping._keeper.keep_now()
    page.hide()


def test_what_was_typed_before_a_crash_is_offered_again(
    open_page: OpenPage, new_desk: Callable[[], Desk], qtbot: QtBot, settled: Settled
) -> None:
    desk = new_desk()
    before = open_page(desk, PlansPage)
    outcome, other = one(desk.office, ItemKind.OUTCOME), one(desk.office, ItemKind.OUTCOME, 1)
    for item, text in ((outcome, "書きかけの本文"), (other, "もう一つの書きかけ")):
        choose(before, settled, item)
        before.item_form.wording.setPlainText(text)
    _crash(before)
    desk.office.perform(operations.edit_item, other.id, other.version, ItemValues("", "ほかの人の本文", ""))

    page = open_page(new_desk(), PlansPage)
    assert page._keeping.offer.isVisible()
    assert not page.has_unsaved()
    qtbot.mouseClick(page._keeping.offer.use, Qt.MouseButton.LeftButton)
    settled(page.desk)
    assert page.item_form.wording.toPlainText() == "書きかけの本文"
    choose(page, settled, other)
    assert page.item_form.wording.toPlainText() == "もう一つの書きかけ"
    assert "ほかの人の本文" in shown_texts(page.meeting.texts)
    qtbot.mouseClick(page.meeting.decide_button, Qt.MouseButton.LeftButton)
    page.save()
    settled(page.desk)
    assert not page.has_unsaved()
    assert one(page.desk.office, ItemKind.OUTCOME).title == "書きかけの本文"
    assert one(page.desk.office, ItemKind.OUTCOME, 1).title == "もう一つの書きかけ"
    assert new_desk().drafts.keys() == ()


def test_a_new_item_and_the_head_of_the_plan_outlive_a_crash_too(
    open_page: OpenPage, new_desk: Callable[[], Desk], qtbot: QtBot, settled: Settled
) -> None:
    before = open_page(new_desk(), PlansPage)
    before.plan_form.period_to.setText("そのうち")
    item = one(before.desk.office, ItemKind.OUTCOME)
    choose(before, settled, item)
    before._add(places.offers(before._view.items, item.id)[0])
    before.item_form.wording.setPlainText("新しい到達イメージ")
    _crash(before)

    page = open_page(new_desk(), PlansPage)
    # Typing on before the offer is answered does not drive out what is on offer.
    choose(page, settled, item)
    page.item_form.wording.setPlainText("いま書いた本文")
    _crash(page)
    page = open_page(new_desk(), PlansPage)
    qtbot.mouseClick(page._keeping.offer.use, Qt.MouseButton.LeftButton)
    settled(page.desk)
    assert page.plan_form.period_to.text() == "そのうち"
    assert page.unfinished.isVisible()
    qtbot.mouseClick(page.unfinished.button, Qt.MouseButton.LeftButton)
    assert page.item_form.wording.toPlainText() == "新しい到達イメージ"
    choose(page, settled, item)
    assert page.item_form.wording.toPlainText() == "いま書いた本文"


def test_a_draft_that_is_not_wanted_is_gone(
    open_page: OpenPage, new_desk: Callable[[], Desk], qtbot: QtBot
) -> None:
    before = open_page(new_desk(), PlansPage)
    before.plan_form.title.setText("書きかけの名称")
    _crash(before)
    page = open_page(new_desk(), PlansPage)
    qtbot.mouseClick(page._keeping.offer.refuse, Qt.MouseButton.LeftButton)
    assert not page.has_unsaved()
    assert new_desk().drafts.keys() == ()
    desk = new_desk()
    desk.drafts.keep("plans", {"texts": ["of another version"], "offer": ""})
    assert not open_page(desk, PlansPage)._keeping.offer.isVisible()
