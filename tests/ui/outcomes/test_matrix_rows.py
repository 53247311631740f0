"""The matrix as values: what each filter lets through, what is folded away, and what a cell says."""

from __future__ import annotations

import pytest

from app.office import Office
from app.outcomes import queries
from app.plans import queries as plan_queries
from app.plans.operations import end_item
from ui.outcomes.matrix_rows import Group, Line, MatrixRows, Show, cell_words


def read(office: Office) -> MatrixRows:
    plan = office.ask(plan_queries.plans)[0]
    return MatrixRows(office.ask(queries.matrix, plan.id))


@pytest.fixture
def rows(sample_office: Office) -> MatrixRows:
    return read(sample_office)


def lines(
    rows: MatrixRows, text: str = "", show: Show = Show.ALL, folded: tuple[int, ...] = ()
) -> list[Line]:
    return [row for row in rows.visible(text, show, 2027, folded) if isinstance(row, Line)]


def test_the_guideline_stands_in_its_order_under_its_pillars_and_initiatives(rows: MatrixRows) -> None:
    groups = [row for row in rows.rows if isinstance(row, Group)]
    assert [group.size for group in groups if group.depth == 0] == [6, 8, 5, 6]
    assert [group.size for group in groups if group.depth == 1] == [2, 4, 4, 2, 2, 3, 2, 3, 3]
    assert len(lines(rows)) == 25


def test_the_numbers_on_the_filters_are_those_of_the_rows_they_show(rows: MatrixRows) -> None:
    counts = rows.counts(2027)
    for show in Show:
        assert counts.by_filter[show] == len(lines(rows, show=show))
    assert (counts.total, counts.reviewed) == (25, 23)
    assert counts.by_filter[Show.COPIED] == 1


def test_words_are_found_in_any_width_and_kana_also_in_what_stands_above(rows: MatrixRows) -> None:
    assert lines(rows, "ｓｎｓ") == lines(rows, "SNS") != []
    assert lines(rows, "サロン") == lines(rows, "ｻﾛﾝ") == lines(rows, "さろん") != []
    assert len(lines(rows, "居場所づくり")) == 8
    assert lines(rows, "居場所 担い手") == [
        one for one in lines(rows, "担い手") if one in lines(rows, "居場所")
    ]
    assert lines(rows, "どこにもない言葉") == []


def test_a_folded_group_keeps_its_own_row_and_hides_what_is_under_it(rows: MatrixRows) -> None:
    pillar = next(row for row in rows.rows if isinstance(row, Group))
    visible = rows.visible("", Show.ALL, 2027, {pillar.item.id})
    assert pillar in visible
    assert sum(isinstance(row, Line) for row in visible) == 19
    assert sum(isinstance(row, Group) for row in visible) == 13 - 2


def test_a_group_without_anything_to_show_is_left_out(rows: MatrixRows) -> None:
    visible = rows.visible("", Show.UNREVIEWED, 2027, ())
    groups = {row.item.id for row in visible if isinstance(row, Group)}
    assert groups == {one for row in visible if isinstance(row, Line) for one in row.above}


def test_an_ended_outcome_is_counted_only_in_the_years_it_stood(sample_office: Office) -> None:
    item = next(row.item for row in read(sample_office).rows if isinstance(row, Line))
    sample_office.perform(end_item, item.id, item.version, 2026)
    rows = read(sample_office)
    assert rows.counts(2026).total == 25
    assert rows.counts(2027).total == 24
    line = next(row for row in rows.rows if isinstance(row, Line))
    pillar = next(row for row in rows.rows if isinstance(row, Group))
    assert (pillar.years[2026].total, pillar.years[2027].total) == (6, 5)
    assert "令和8年度で終了" in cell_words(rows, line, 2027)


def test_a_cell_says_in_words_what_its_marks_mean(rows: MatrixRows) -> None:
    copied = lines(rows, show=Show.COPIED)[0]
    assert "写したまま" in cell_words(rows, copied, 2027)
    bare = next(
        row
        for row in rows.rows
        if isinstance(row, Line) and (cell := rows.cell(row.item.id, 2026)) and not cell.has_evidence
    )
    assert "根拠がまだ" in cell_words(rows, bare, 2026)
    assert "未確認" in cell_words(rows, bare, 2030)
