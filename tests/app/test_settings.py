"""The office's settings: kept in the ledger, changed as one labelled change, refused where papers would be wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.calendar import DateStyle
from app.errors import InputError
from app.office import Office
from app.settings.operations import save_settings
from app.settings.queries import OfficeSettings, settings
from app.settings.rules import document_number

GIVEN = OfficeSettings(
    network_name="見本区健やか子育て連絡会",
    office_name="事務局",
    document_number_pattern="{年}こ家第{番号}号",
    date_style=DateStyle.WAREKI_SHORT,
)


def test_what_was_saved_is_read_again(office: Office) -> None:
    office.perform(save_settings, GIVEN)
    assert office.ask(settings) == GIVEN


def test_only_what_differs_is_a_change(office: Office) -> None:
    office.perform(save_settings, GIVEN)
    done = office.perform(save_settings, replace(GIVEN, contact="045-000-0000"))
    assert len(done.changes.rows) == 1
    assert not office.perform(save_settings, replace(GIVEN, contact="045-000-0000")).changes.rows


def test_undo_brings_the_old_settings_back(office: Office) -> None:
    office.perform(save_settings, GIVEN)
    office.perform(save_settings, replace(GIVEN, network_name="別の連絡会"))
    office.undo()
    assert office.ask(settings) == GIVEN


def test_a_network_without_a_name_is_refused(office: Office) -> None:
    with pytest.raises(InputError, match="連絡会の名前"):
        office.perform(save_settings, OfficeSettings(contact="045-000-0000"))


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        ("{年}こ家第{番号}号", "8こ家第12号"),
        ("{年度} 第{番号}号", "令和8年度 第12号"),
        ("第12号", "第12号"),
        ("", ""),
    ],
)
def test_a_document_number_is_filled_in(pattern: str, number: str) -> None:
    assert document_number(pattern, 2026, 12) == number


def test_the_first_year_of_an_era_is_gannen() -> None:
    assert document_number("{年}第{番号}号", 2019, 1) == "元第1号"


def test_an_unknown_place_in_the_pattern_is_named(office: Office) -> None:
    with pytest.raises(InputError, match="\\{月\\}"):
        office.perform(save_settings, replace(GIVEN, document_number_pattern="{月}-{番号}"))
