"""発信の手段と「#金沢っこ」: what is counted is what stands in the ledger."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from app.office import Office
from app.organisations import queries
from app.organisations.operations import OrganisationValues, add_organisation
from app.organisations.queries import ChannelRow
from db.vocabulary import ChannelKind
from reports import catalogue, export
from reports.checks import report_findings
from reports.document import Chart, Figures, Report, RowKind, Table
from reports.renderers.text import to_text


def _build(office: Office, **options: str) -> Report:
    entry = catalogue.find("channels")
    with office.reading() as reader:
        return entry.build(reader, 2027, entry.complete({"as_of": "R9.12.1"} | options))


def _figures(report: Report) -> list[tuple[str, str]]:
    (figures,) = (block for block in report.sections[0].blocks if isinstance(block, Figures))
    return [(one.value, one.note) for one in figures.items]


def _sums(report: Report) -> Table:
    (table,) = (block for block in report.sections[0].blocks if isinstance(block, Table))
    return table


def test_golden_text(sample_office: Office, matches_golden: Callable[[str, str], None]) -> None:
    matches_golden("channels", to_text(_build(sample_office)))


def test_figures_are_those_of_the_ledger(sample_office: Office) -> None:
    members = sample_office.ask(queries.members, date(2027, 12, 1))
    tagged = sum(one.organisation.uses_tag for one in members)
    sending = sum(bool(one.channels or one.organisation.web) for one in members)
    values = [value for value, _ in _figures(_build(sample_office))]
    assert values[:3] == [f"{len(members)}団体", f"{sending}団体", f"{tagged}団体"]


def test_categories_add_up_to_the_total(sample_office: Office) -> None:
    *rows, total = _sums(_build(sample_office)).rows
    assert total.kind is RowKind.TOTAL
    numbers = [column for column, cell in enumerate(total.cells) if isinstance(cell.value, int)]
    assert len(numbers) == 3 + len(ChannelKind)
    for column in numbers:
        assert sum(int(str(row.cells[column].value)) for row in rows) == total.cells[column].value


def test_an_organisation_counts_once_for_a_kind_and_its_web_address_as_a_website(
    empty_office: Office,
) -> None:
    perform = empty_office.perform
    two_boards = (ChannelRow(ChannelKind.NOTICE_BOARD, "駅前"), ChannelRow(ChannelKind.NOTICE_BOARD, "会館"))
    perform(add_organisation, OrganisationValues("さくら会", channels=two_boards, uses_tag=True))
    perform(add_organisation, OrganisationValues("もみじ会", web="https://www.example.jp/"))
    perform(add_organisation, OrganisationValues("つばめ会"))
    report = _build(empty_office)
    assert _figures(report) == [("3団体", ""), ("2団体", "67％"), ("1団体", "33％"), ("0団体", "")]
    (chart,) = (block for block in report.sections[0].blocks if isinstance(block, Chart))
    assert chart.categories == ("ホームページ", "掲示板")
    assert chart.series[0].values == (1, 1)


def test_addresses_of_organisations_are_no_reason_to_warn(sample_office: Office) -> None:
    assert report_findings(_build(sample_office)) == ()


def test_every_format_is_written_with_nobody_and_with_nothing(empty_office: Office, tmp_path: Path) -> None:
    for name in (None, "つばめ会"):
        if name:
            empty_office.perform(add_organisation, OrganisationValues(name))
        for fmt in catalogue.find("channels").formats:
            export.write(_build(empty_office), fmt, tmp_path / f"channels{fmt.suffix}")
