"""つながりの地図 on paper: the whole network on one sheet, legible without colour, names that do not cover each other, and its lists."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from app.errors import InputError
from app.meetings.statistics import Stranger
from app.network_map import layout, queries, rules
from app.network_map.rules import LinkKind, Narrowing, Network, Node
from app.office import Office
from app.organisations.queries import lists
from db.vocabulary import OrganisationGroup
from reports import fonts
from reports.contents import network_map
from reports.diagrams import CORNERS, FILLS, STROKES, arrow, draw, fit, settle
from reports.document import Report, Table
from reports.export import Format, write
from reports.network_diagram import Diagram, Knot, Mark, Strand, Tie
from reports.renderers.text import to_text
from reports.scene import Label, Line, Polygon, Scene

Paper = Callable[..., Report]


def _diagram(report: Report) -> Diagram:
    return next(
        block for section in report.sections for block in section.blocks if isinstance(block, Diagram)
    )


def _drawn(diagram: Diagram) -> Scene:
    with fonts.PAINTING:
        fonts.register()
        return draw(diagram, 740, 380, fonts.text_width)


def _rects(scene: Scene) -> list[tuple[float, float, float, float]]:
    labels = [shape for shape in scene.shapes if isinstance(shape, Label)]
    with fonts.PAINTING:
        widths = [fonts.text_width(one.text, one.size, one.bold) for one in labels]
    shift = {"start": 0.0, "middle": 0.5, "end": 1.0}
    return [
        (
            one.x - shift[one.anchor.value] * width,
            one.y - one.size,
            one.x + (1 - shift[one.anchor.value]) * width,
            one.y,
        )
        for one, width in zip(labels, widths, strict=True)
    ]


def _crowd(number: int) -> Network:
    nodes = tuple(
        Node(
            one,
            f"団体{one}",
            "",
            "",
            OrganisationGroup.AGENCY,
            1,
            "区分",
            one % 5 + 1,
            f"地区{one % 5 + 1}",
            None,
            "",
        )
        for one in range(1, number + 1)
    )
    links = rules.shared(LinkKind.MEETING, [range(1, number, 3)])
    return Network(2026, nodes, links, tuple((one, f"地区{one}") for one in range(1, 6)), ())


def test_the_paper_says_what_it_said(
    sample_office: Office, paper: Paper, matches_golden: Callable[[str, str], None]
) -> None:
    matches_golden("network_map", to_text(paper(sample_office, "network_map", 2026, issued_on="2026-11-21")))


def test_every_organisation_and_every_link_is_drawn(sample_office: Office, paper: Paper) -> None:
    diagram = _diagram(paper(sample_office, "network_map", 2026, least="1"))
    network = sample_office.ask(queries.network, 2026)
    assert {knot.text for knot in diagram.knots} == {node.label for node in network.nodes}
    assert len(diagram.ties) == len(network.links)
    scene = _drawn(diagram)
    labels = {shape.text for shape in scene.shapes if isinstance(shape, Label)}
    assert {node.label for node in network.nodes} <= labels
    assert {node.district for node in network.nodes if node.district} <= labels
    lines = [shape for shape in scene.shapes if isinstance(shape, Line)]
    assert len(lines) == len(network.links) + len(diagram.strands)


def test_the_same_ledger_is_drawn_the_same_twice(sample_office: Office, paper: Paper) -> None:
    first, second = (_diagram(paper(sample_office, "network_map", 2027)) for _ in range(2))
    assert _drawn(first) == _drawn(second)


def test_the_names_of_the_sample_hardly_cover_each_other_and_stay_on_the_sheet(
    sample_office: Office, paper: Paper
) -> None:
    scene = _drawn(_diagram(paper(sample_office, "network_map", 2026)))
    rects = _rects(scene)
    covering = [
        (one, other)
        for one, other in combinations(rects, 2)
        if min(one[2], other[2]) - max(one[0], other[0]) > 1
        and min(one[3], other[3]) - max(one[1], other[1]) > 1
    ]
    assert len(covering) <= 2
    assert all(
        left >= 0 and right <= 740 and top >= 0 and bottom <= 380 for left, top, right, bottom in rects
    )


def test_marks_and_lines_are_told_apart_without_colour() -> None:
    assert len({len(corners) for corners in CORNERS.values()}) >= 3
    assert set(CORNERS[Mark.SQUARE]) != set(CORNERS[Mark.DIAMOND])
    looks = {(stroke.dash, stroke.thickness, stroke.has_arrow) for stroke in STROKES.values()}
    assert len(looks) == len(Strand)
    assert STROKES[Strand.THICK].thickness > 3 * STROKES[Strand.THIN].thickness
    assert set(FILLS) == set(Mark)


def test_a_referral_ends_in_an_arrow_before_the_one_it_leads_to() -> None:
    knots = (Knot(0, 0, "あ", Mark.CIRCLE), Knot(10, 0, "い", Mark.SQUARE))
    scene = _drawn(Diagram("", knots, (Tie(0, 1, Strand.DASHED),)))
    heads = [one for one in scene.shapes if isinstance(one, Polygon) and len(one.points) == 3]
    (line,) = (one for one in scene.shapes if isinstance(one, Line))
    assert line.dash
    (head,) = heads
    assert line.x1 < min(x for x, _ in head.points) < max(x for x, _ in head.points) < line.x2
    assert arrow((0, 0), (3, 0), 5, 6) == ()


@pytest.mark.parametrize("count", [1, 70, 71, 400])
def test_many_organisations_bear_numbers_and_a_list_says_who_is_who(count: int) -> None:
    network = _crowd(count)
    shown = rules.narrow(network, Narrowing())
    blocks = list(network_map._picture(network, shown, Narrowing()))
    (diagram,) = (one for one in blocks if isinstance(one, Diagram))
    assert len(diagram.knots) == count
    is_numbered = count > network_map.MOST_NAMES
    assert all(knot.text.isdecimal() == is_numbered for knot in diagram.knots)
    if is_numbered:
        table = network_map._who_is_who(network, shown)
        words = "".join(str(cell.value) for row in table.rows for cell in row.cells)
        assert all(f"団体{one}" in words for one in range(1, count + 1))
    scene = _drawn(diagram)
    assert all(math.isfinite(value) for rect in _rects(scene) for value in rect)


def test_a_name_that_would_cover_another_waits_unless_all_are_kept() -> None:
    points, widths = [(0.0, 0.0)] * 6, [50.0] * 6
    room = (-200.0, -200.0, 200.0, 200.0)
    some = settle(points, widths, 10, 4, (), room, keep_all=False)
    assert 0 < sum(rect is not None for rect in some) < 6
    assert None not in settle(points, widths, 10, 4, (), room, keep_all=True)


def test_one_point_is_put_into_the_middle() -> None:
    assert fit([(7.0, -3.0)], (0, 0, 100, 50)) == [(50.0, 25.0)]
    assert fit([], (0, 0, 100, 50)) == []


def test_it_is_one_landscape_sheet_with_the_picture_first(
    sample_office: Office, paper: Paper, tmp_path: Path
) -> None:
    path = write(paper(sample_office, "network_map", 2026), Format.PDF, tmp_path / "地図.pdf")
    first = PdfReader(path).pages[0]
    assert first.mediabox.width > first.mediabox.height
    words = first.extract_text()
    assert "若葉台地区社協" in words
    assert "つながりのある" not in words
    assert "団体を結ぶつながりは" in words


def test_a_district_alone_can_be_printed(sample_office: Office, paper: Paper) -> None:
    (district, *_) = sample_office.ask(lists).districts
    report = paper(sample_office, "network_map", 2026, district=str(district.id), kinds="referral")
    network = sample_office.ask(queries.network, 2026)
    inside = [node for node in network.nodes if node.district_id == district.id]
    diagram = _diagram(report)
    assert sorted(knot.text for knot in diagram.knots) == sorted(node.label for node in inside)
    assert [strand for strand, _ in diagram.strands] == [Strand.DASHED]
    places = layout.place(network)
    assert {(knot.x, knot.y) for knot in diagram.knots} == {places[node.id] for node in inside}


def test_who_met_nobody_of_the_district_is_named_once() -> None:
    """Thirty who never came would otherwise stand beside each other 435 times, on page after page."""
    crowd = _crowd(60)
    pairs = tuple(
        Stranger(first.district, first.id, first.name, second.id, second.name)
        for first, second in combinations(crowd.nodes, 2)
        if first.district == second.district and {first.id % 3, second.id % 3} != {1}
    )
    network = replace(crowd, strangers=pairs)
    blocks = network_map._strangers(network, rules.narrow(network, Narrowing()))
    tables = [one for one in blocks if isinstance(one, Table)]
    (apart,) = tables
    told = "、".join(str(row.cells[1].value) for row in apart.rows).split("、")
    assert sorted(told) == sorted(node.name for node in crowd.nodes if node.id % 3 != 1)


def test_a_choice_that_is_no_number_is_explained(sample_office: Office, paper: Paper) -> None:
    with pytest.raises(InputError, match="番号ではありません"):
        paper(sample_office, "network_map", 2026, district="若葉台")


def test_the_links_leave_as_data_one_a_row(sample_office: Office, paper: Paper, tmp_path: Path) -> None:
    path = write(paper(sample_office, "network_map", 2026, least="1"), Format.DATA_XLSX, tmp_path / "表.xlsx")
    book = load_workbook(path)
    rows = list(book["つながり"].iter_rows(values_only=True))
    network = sample_office.ask(queries.network, 2026)
    assert len(rows) - 1 == len(network.links)
    names = {node.id: node.name for node in network.nodes}
    told = {(row[0], row[1], row[3], row[5]) for row in rows[1:]}
    assert told == {
        (link.kind.label, names[link.first_id], names[link.second_id], link.count) for link in network.links
    }
    assert len(list(book["団体"].iter_rows())) == len(network.nodes) + 1


def test_a_year_without_members_says_so(empty_office: Office, paper: Paper, tmp_path: Path) -> None:
    report = paper(empty_office, "network_map", 2026)
    assert "この年度の会員団体はありません。" in to_text(report)
    write(report, Format.PDF, tmp_path / "空.pdf")


def test_shapes_follow_the_side_of_the_network(sample_office: Office) -> None:
    network = sample_office.ask(queries.network, 2026)
    node = network.nodes[0]
    odd = replace(node, id=9_999, group=None)
    shown = rules.narrow(replace(network, nodes=(*network.nodes, odd)), Narrowing())
    diagram = network_map.diagram(shown, {**layout.place(network), 9_999: (0.0, 0.0)}, Narrowing())
    assert dict(diagram.marks)[Mark.TRIANGLE] == "区分なし"
