"""つながりの地図 on the screen: chosen and opened with mouse or keys, moved smoothly, the same in lists, narrowed, read again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.network_map.rules import LinkKind
from app.records import RecordKey
from app.referrals.operations import ReferralValues, save_month
from app.referrals.queries import referrals
from ui.desk import Desk
from ui.network_map.page import NetworkMapPage
from ui.widgets.record_list import ListLine, RecordList

Settled = Callable[[Desk], None]


@pytest.fixture
def page(qtbot: QtBot, sample_desk: Desk, settled: Settled) -> Iterator[NetworkMapPage]:
    """The page with the sample's first year, at rest."""
    sample_desk.view_year(2026)
    found = NetworkMapPage(sample_desk)
    qtbot.addWidget(found)
    found.resize(1100, 750)
    with qtbot.waitExposed(found):
        found.show()
    settled(sample_desk)
    QApplication.processEvents()
    yield found
    found.hide()


@pytest.fixture
def at_rest(qtbot: QtBot) -> Callable[[NetworkMapPage], None]:
    """Wait until the map has come to where it glides."""

    def wait(page: NetworkMapPage) -> None:
        qtbot.waitUntil(lambda: not page.map.is_gliding)

    return wait


def _ids(pane: RecordList) -> list[int]:
    return [row.id for row in pane.view.records.rows if isinstance(row, ListLine)]


def _best(page: NetworkMapPage) -> int:
    assert page.map.drawing is not None
    return page.map.drawing.nodes[0].id


def _click(page: NetworkMapPage, node_id: int) -> None:
    place = page.map.place_of(node_id)
    assert place is not None
    QTest.mouseClick(page.map, Qt.MouseButton.LeftButton, pos=place.toPoint())


def test_the_whole_network_is_in_view_at_first(page: NetworkMapPage) -> None:
    drawing = page.map.drawing
    assert drawing is not None
    assert len(drawing.nodes) == 39
    for node in drawing.nodes:
        place = page.map.place_of(node.id)
        assert place is not None
        assert page.map.rect().contains(place.toPoint())


@pytest.mark.parametrize("size", [(1098, 750), (1500, 900)])
def test_no_name_runs_over_the_edge_at_first(page: NetworkMapPage, size: tuple[int, int]) -> None:
    page.resize(*size)
    QApplication.processEvents()
    drawing, look = page.map.drawing, page.map.look
    assert drawing is not None
    zero = look.on_screen((0.0, 0.0), QSizeF(page.map.size()))
    names = drawing.names(look.scale, page.map)
    assert len(names) > 20
    for left, top, right, bottom in names.values():
        rect = QRectF(QPointF(left, top), QPointF(right, bottom)).translated(zero)
        assert QRectF(page.map.rect()).contains(rect)


def test_a_click_chooses_and_another_opens_the_organisation(page: NetworkMapPage, qtbot: QtBot) -> None:
    wanted = _best(page)
    _click(page, wanted)
    assert page.map.selected == wanted
    assert page.map.drawing is not None
    node = page.map.drawing.nodes[0]
    assert page.side.name.text() == node.name
    assert page.side.links.model().rowCount() > 0
    with qtbot.waitSignal(page.desk.asked_for) as asked:
        _click(page, wanted)
    assert asked.args == [RecordKey("organisation", wanted)]


def test_a_click_beside_everybody_chooses_nobody(page: NetworkMapPage) -> None:
    _click(page, _best(page))
    QTest.mouseClick(page.map, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    assert page.map.selected is None
    assert not page.side.open_button.isVisible()


def test_the_pointer_lifts_the_links_of_the_one_below_it(page: NetworkMapPage) -> None:
    wanted = _best(page)
    place = page.map.place_of(wanted)
    assert place is not None
    QTest.mouseMove(page.map, place.toPoint())
    assert page.map.hovered == wanted
    page.map.repaint()
    named = page.map.named
    assert page.map.drawing is not None
    assert wanted in named
    assert named <= page.map.drawing.lifted(wanted)


def test_dragging_moves_the_map_with_the_pointer_and_chooses_nobody(page: NetworkMapPage) -> None:
    wanted = _best(page)
    before = page.map.place_of(wanted)
    start = page.map.rect().center()
    QTest.mousePress(page.map, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 6):
        QTest.mouseMove(page.map, start + QPoint(-12 * step, 6 * step))
    QTest.mouseRelease(page.map, Qt.MouseButton.LeftButton, pos=start + QPoint(-60, 30))
    after = page.map.place_of(wanted)
    assert before is not None
    assert after is not None
    assert (after - before - QPointF(-60, 30)).manhattanLength() < 0.01
    assert page.map.selected is None


def test_the_wheel_comes_nearer_to_what_is_under_the_pointer(
    page: NetworkMapPage, at_rest: Callable[[NetworkMapPage], None]
) -> None:
    wanted = _best(page)
    place = page.map.place_of(wanted)
    assert place is not None
    before = page.map.look.scale
    event = QWheelEvent(
        place,
        QPointF(page.map.mapToGlobal(place.toPoint())),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(page.map, event)
    at_rest(page)
    after = page.map.place_of(wanted)
    assert after is not None
    assert page.map.look.scale > before * 1.3
    assert (after - place).manhattanLength() < 0.01


def test_keys_move_zoom_show_everything_and_open(
    page: NetworkMapPage, qtbot: QtBot, at_rest: Callable[[NetworkMapPage], None]
) -> None:
    whole = page.map.look
    QTest.keyClick(page.map, Qt.Key.Key_Right)
    QTest.keyClick(page.map, Qt.Key.Key_Down)
    QTest.keyClick(page.map, Qt.Key.Key_Plus)
    at_rest(page)
    assert page.map.look.x > whole.x
    assert page.map.look.y > whole.y
    assert page.map.look.scale > whole.scale
    QTest.keyClick(page.map, Qt.Key.Key_0)
    at_rest(page)
    assert page.map.look == whole
    page.side._chosen(_best(page))
    with qtbot.waitSignal(page.desk.asked_for):
        QTest.keyClick(page.map, Qt.Key.Key_Return)
    QTest.keyClick(page.map, Qt.Key.Key_Escape)
    assert page.map.selected is None


def test_nobody_zooms_out_of_the_world(page: NetworkMapPage) -> None:
    for _ in range(60):
        page.map.zoom(1.25, glides=False)
    nearest = page.map.look.scale
    for _ in range(120):
        page.map.zoom(0.8, glides=False)
    assert nearest < 1_000
    assert page.map.look.scale > 1
    page.map.repaint()


def test_the_lists_say_the_same_as_the_map(page: NetworkMapPage) -> None:
    drawing = page.map.drawing
    assert drawing is not None
    assert sorted(_ids(page.side.everybody)) == sorted(node.id for node in drawing.nodes)
    assert page._found is not None
    alone = set(_ids(page.side.alone))
    connected = {end for link in page._found.network.links for end in link.ends}
    assert alone == {node.id for node in drawing.nodes} - connected
    assert alone
    pairs = page._found.network.strangers
    assert set(_ids(page.side.unmet)) == {one for pair in pairs for one in (pair.first_id, pair.second_id)}


def test_one_goes_from_organisation_to_organisation_along_the_links_by_keys(page: NetworkMapPage) -> None:
    first = _best(page)
    page.side.everybody.view.select(first)
    assert page.map.selected == first
    page.side.links.selectRow(1)
    QTest.keyClick(page.side.links, Qt.Key.Key_Return)
    assert page.map.selected != first
    assert page.map.drawing is not None
    assert page.map.selected in page.map.drawing.lifted(first)


def test_an_organisation_chosen_in_the_list_is_brought_into_view(
    page: NetworkMapPage, at_rest: Callable[[NetworkMapPage], None]
) -> None:
    for _ in range(6):
        page.map.zoom(1.25, QPointF(0, 0), glides=False)
    assert page.map.drawing is not None
    away = next(
        node.id
        for node in page.map.drawing.nodes
        if not page.map.rect().contains((page.map.place_of(node.id) or QPointF()).toPoint())
    )
    page.side._chosen(away)
    at_rest(page)
    place = page.map.place_of(away)
    assert place is not None
    assert page.map.rect().contains(place.toPoint())


def test_narrowing_moves_nobody_and_hides_the_others(page: NetworkMapPage) -> None:
    drawing = page.map.drawing
    assert drawing is not None
    places = {node.id: drawing.point_of(node.id) for node in drawing.nodes}
    page.filters.district.setCurrentIndex(1)
    narrowed = page.map.drawing
    assert narrowed is not None
    assert {node.district for node in narrowed.nodes} == {page.filters.district.currentText()}
    assert all(narrowed.point_of(node.id) == places[node.id] for node in narrowed.nodes)
    for kind in (LinkKind.MEETING, LinkKind.COLLABORATION):
        page.filters.kinds[kind].setChecked(False)
    assert page.map.drawing is not None
    assert all(link.kind is LinkKind.REFERRAL for link in page.map.drawing.links)
    assert page.filters.is_narrowed
    page.filters.clear()
    assert page.map.drawing is not None
    assert len(page.map.drawing.nodes) == len(places)


def test_of_a_crowded_map_one_looks_at_the_surroundings_of_an_organisation(page: NetworkMapPage) -> None:
    """Four hundred organisations make a tangle: who works with this one is to be read all the same."""
    wanted, drawing = _best(page), page.map.drawing
    assert drawing is not None
    everybody = len(drawing.nodes)
    place = drawing.point_of(wanted)
    _click(page, wanted)
    links = page.side.links.model().rowCount()
    page.side.around_button.click()
    near = page.map.drawing
    assert near is not None
    assert 1 < len(near.nodes) < everybody
    assert page.map.selected == wanted
    assert page.side.links.model().rowCount() == links
    assert near.point_of(wanted) == place
    assert page.words.text().startswith(f"「{near.nodes[0].label}」と、つながりのある団体だけ")
    assert not page.side.around_button.isVisible()
    page.filters.everybody.click()
    assert page.map.drawing is not None
    assert len(page.map.drawing.nodes) == everybody
    assert not page.filters.everybody.isVisible()


def test_who_is_no_longer_shown_is_not_looked_around_any_more(page: NetworkMapPage, settled: Settled) -> None:
    _click(page, _best(page))
    page.side.around_button.click()
    shown = page.filters.district.count() - 1
    node = page.map.drawing.nodes[0] if page.map.drawing is not None else None
    other = next(
        at for at in range(1, shown) if page.filters.district.itemText(at) != getattr(node, "district", "")
    )
    page.filters.district.setCurrentIndex(other)
    assert not page.filters.everybody.isVisible()
    assert page.map.drawing is not None
    assert {one.district for one in page.map.drawing.nodes} == {page.filters.district.currentText()}


def test_fewer_meetings_make_more_lines(page: NetworkMapPage) -> None:
    assert page.map.drawing is not None
    before = len(page.map.drawing.links)
    assert page.filters.wanted.least > 1
    page.filters.least.setCurrentIndex(0)
    assert page.map.drawing is not None
    assert len(page.map.drawing.links) > before
    assert "回以上" not in page.words.text()


def test_a_new_referral_appears_on_the_map(page: NetworkMapPage, settled: Settled) -> None:
    assert page._found is not None
    alone = _ids(page.side.alone)[0]
    other = _best(page)
    month = date(2027, 3, 1)
    rows = [row for row in page.desk.office.ask(referrals, 2026) if row.month == month]
    kept = [ReferralValues(row.from_id, row.to_id, row.count, row.note) for row in rows]
    known = {(row.from_id, row.to_id): row.version for row in rows}
    page.desk.office.perform(save_month, month, [*kept, ReferralValues(alone, other, 2)], known)
    QApplication.processEvents()
    settled(page.desk)
    assert alone not in _ids(page.side.alone)


def test_another_year_has_a_map_of_its_own(page: NetworkMapPage, settled: Settled) -> None:
    before = page.words.text()
    page.desk.view_year(2027)
    settled(page.desk)
    assert page._found is not None
    assert page._found.network.fiscal_year == 2027
    assert page.words.text() != before


def test_a_reader_of_the_screen_hears_what_the_map_shows(page: NetworkMapPage) -> None:
    assert "39団体" in page.map.accessibleDescription()
    assert "右の一覧" in page.map.accessibleDescription()


def test_a_narrow_page_has_the_lists_below_the_map(page: NetworkMapPage) -> None:
    page.resize(560, 750)
    assert page._halves.orientation() is Qt.Orientation.Vertical
    page.resize(1100, 750)
    assert page._halves.orientation() is Qt.Orientation.Horizontal


def test_the_paper_is_one_click_away(page: NetworkMapPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.desk.page_wanted) as wanted:
        page.paper_button.click()
    assert wanted.args == ["reports", "network_map"]


def test_a_year_without_members_says_what_belongs_here(qtbot: QtBot, desk: Desk, settled: Settled) -> None:
    found = NetworkMapPage(desk)
    qtbot.addWidget(found)
    with qtbot.waitExposed(found):
        found.show()
    settled(desk)
    assert found.empty.isVisible()
    with qtbot.waitSignal(desk.page_wanted) as wanted:
        found.empty.step.click()
    assert wanted.args[0] == "organisations"
