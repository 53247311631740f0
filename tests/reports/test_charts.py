"""reports.charts and palette: shapes lie inside their scene, counts stand where they fit, nothing is told by colour alone."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import charts, palette
from reports.document import Chart, ChartKind, Ink, Series
from reports.scene import Anchor, Box, Label, Line, Polygon, Scene

_LEVELS = (Ink.LEVEL_0, Ink.LEVEL_1, Ink.LEVEL_2, Ink.LEVEL_3, Ink.LEVEL_4)
_WIDTH = 470.0


def _measure(text: str, size: float, bold: bool) -> float:
    return size * sum(0.55 if one.isascii() else 1.0 for one in text) * (1.05 if bold else 1.0)


def _chart(kind: ChartKind, values: Sequence[tuple[float | None, ...]], **more: str) -> Chart:
    names = ("1 つながる", "2 支える", "3 育ちあう", "4 つくる")
    series = tuple(Series(f"系列{number}", row, _LEVELS[number % 5]) for number, row in enumerate(values))
    return Chart(kind, "到達状況", names[: len(values[0])], series, **more)


def _labels(scene: Scene) -> list[str]:
    return [shape.text for shape in scene.shapes if isinstance(shape, Label)]


def test_segments_hold_their_counts_and_the_bar_its_total() -> None:
    scene = charts.draw(_chart(ChartKind.STACKED_BAR, [(3, 0), (12, 5)], unit="件"), _WIDTH, None, _measure)
    assert _labels(scene)[-4:] == ["15件", "2 支える", "5", "5件"]
    assert {"3", "12"} <= set(_labels(scene))
    assert "0" not in _labels(scene)


def test_a_count_is_left_out_where_its_segment_is_too_narrow() -> None:
    scene = charts.draw(_chart(ChartKind.STACKED_BAR, [(1,), (999,)]), _WIDTH, None, _measure)
    assert "1" not in _labels(scene)
    assert "999" in _labels(scene)


def test_every_segment_and_swatch_has_a_border_for_black_and_white_copies() -> None:
    chart = Chart(
        ChartKind.STACKED_BAR,
        "",
        ("あ",),
        (Series("到達", (2,), Ink.LEVEL_4), Series("評価困難", (1,), Ink.NOT_ASSESSED)),
    )
    bars = [
        shape
        for shape in charts.draw(chart, _WIDTH, None, _measure).shapes
        if isinstance(shape, Box)
        and shape.fill in (palette.colour(Ink.LEVEL_4), palette.colour(Ink.NOT_ASSESSED))
    ]
    framed = [bar for bar in bars if bar.stroke]
    assert len(framed) == 4
    assert [bar.hatch is not None for bar in framed] == [False, True, False, True]


def test_what_is_blank_has_a_dashed_edge() -> None:
    series = (Series("未着手", (1,), Ink.LEVEL_0), Series("未確認", (1,), Ink.BLANK))
    shapes = charts.draw(Chart(ChartKind.STACKED_BAR, "", ("あ",), series), _WIDTH, None, _measure).shapes
    assert len([shape for shape in shapes if isinstance(shape, Line) and shape.dash]) == 8
    blank = [one for one in shapes if isinstance(one, Box) and one.fill == palette.colour(Ink.BLANK)]
    assert not any(one.stroke for one in blank)


def test_long_names_take_two_lines_at_most() -> None:
    name = "子育てを支える持続可能なネットワークづくりと地域の担い手の育成と情報の発信についての取組"
    chart = Chart(ChartKind.BAR, "", (name,), (Series("件数", (3,), Ink.ACCENT),))
    lines = [
        text for text in _labels(charts.draw(chart, _WIDTH, None, _measure)) if text[0] not in "0123456789"
    ]
    assert len(lines) == 2
    assert lines[1].endswith("…")


@pytest.mark.parametrize("width", range(300, 620, 20))
def test_a_number_never_stands_on_a_line_alone(width: int) -> None:
    chart = Chart(
        ChartKind.BAR,
        "",
        ("4 子育てを支える持続可能なネットワークづくり",),
        (Series("件数", (3,), Ink.ACCENT),),
    )
    lines = [text for text in _labels(charts.draw(chart, width, None, _measure)) if "4" in text]
    assert lines
    assert all(len(line) > 2 for line in lines)


def test_a_chart_of_very_many_bars_is_drawn_in_parts_to_one_scale() -> None:
    names = tuple(f"団体{number}" for number in range(100))
    chart = Chart(ChartKind.BAR, "件数", names, (Series("件数", tuple(range(1, 101)), Ink.ACCENT),))
    parts = charts.draw_parts(chart, _WIDTH, 600, _measure)
    assert len(parts) > 2
    assert all(part.height <= 600 for part in parts)
    found = [text for part in parts for text in _labels(part) if text.startswith("団体")]
    assert found == list(names)
    bars = [shape for part in parts for shape in part.shapes if isinstance(shape, Box)]
    assert bars[49].width == pytest.approx(bars[99].width / 2)


def test_many_categories_of_a_line_leave_names_out_rather_than_crowd() -> None:
    months = tuple(f"令和{year}年{month}月" for year in (7, 8, 9) for month in range(1, 13))
    chart = Chart(ChartKind.LINE, "", months, (Series("件", tuple(range(36)), Ink.ACCENT),))
    scene = charts.draw(chart, _WIDTH, None, _measure)
    names = [shape for shape in scene.shapes if isinstance(shape, Label) and "年" in shape.text]
    assert 3 <= len(names) < 36
    assert not any("…" in label.text for label in names)
    assert all(0 <= x <= _WIDTH for label in names for x, _ in _corners(label))


def test_charts_without_values_say_so() -> None:
    for kind in ChartKind:
        scene = charts.draw(
            Chart(kind, "題", ("あ",), (Series("件", (None,), Ink.ACCENT),)), _WIDTH, None, _measure
        )
        assert charts.EMPTY in _labels(scene)
        scene = charts.draw(Chart(kind, "題", (), ()), _WIDTH, None, _measure)
        assert charts.EMPTY in _labels(scene)


def test_lines_differ_by_dash_and_sign_and_skip_what_is_not_there() -> None:
    scene = charts.draw(_chart(ChartKind.LINE, [(1, None, 3, 4), (4, 4, 2, 0)]), _WIDTH, None, _measure)
    signs = {len(shape.points) for shape in scene.shapes if isinstance(shape, Polygon)}
    assert len(signs) == 2
    thick = [shape for shape in scene.shapes if isinstance(shape, Line) and shape.thickness > 1]
    assert len({shape.dash for shape in thick}) == 2
    # A swatch each in the legend; the first line has one of its three steps, the second all of them.
    assert len(thick) == 2 + 1 + 3


_VALUES = st.lists(
    st.tuples(*[st.none() | st.integers(0, 5000) | st.floats(0, 1, width=16)] * 4), min_size=1, max_size=6
)


@given(st.sampled_from(ChartKind), _VALUES, st.none() | st.floats(50, 500))
def test_every_shape_lies_inside_the_scene(
    kind: ChartKind, values: list[tuple[float | None, ...]], height: float | None
) -> None:
    scene = charts.draw(_chart(kind, values, unit="人"), _WIDTH, height, _measure)
    assert scene.width == _WIDTH
    assert scene.height >= (height or 0)
    for shape in scene.shapes:
        for x, y in _corners(shape):
            assert -1 <= x <= scene.width + 1, shape
            assert -1 <= y <= scene.height + 1, shape


def _corners(shape: object) -> list[tuple[float, float]]:
    match shape:
        case Box():
            return [(shape.x, shape.y), (shape.x + shape.width, shape.y + shape.height)]
        case Line():
            return [(shape.x1, shape.y1), (shape.x2, shape.y2)]
        case Polygon():
            return list(shape.points)
        case Label():
            width = _measure(shape.text, shape.size, shape.bold)
            left = shape.x - {Anchor.START: 0, Anchor.MIDDLE: width / 2, Anchor.END: width}[shape.anchor]
            return [(left, shape.y - shape.size * 0.8), (left + width, shape.y)]
    raise AssertionError(shape)


@pytest.mark.parametrize("ink", Ink)
def test_text_on_every_ink_can_be_read(ink: Ink) -> None:
    assert palette.contrast(palette.on(ink), palette.colour(ink)) >= 4.5


def test_levels_darken_step_by_step_so_that_a_copy_keeps_their_order() -> None:
    light = [palette.luminance(palette.colour(level)) for level in _LEVELS]
    assert light == sorted(light, reverse=True)
    assert all(palette.contrast(palette.colour(a), palette.colour(b)) >= 1.3 for a, b in pairwise(_LEVELS))


def test_inks_for_text_can_be_read_on_paper() -> None:
    for ink in (Ink.TEXT, Ink.MUTED, Ink.ACCENT, Ink.WARNING):
        assert palette.contrast(palette.colour(ink), "#FFFFFF") >= 4.5
