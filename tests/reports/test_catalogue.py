"""The catalogue: reports are found by name, options are completed and wrong ones are explained."""

from __future__ import annotations

import pytest

from app.errors import InputError
from app.office import Office
from reports import catalogue


def test_an_unknown_report_is_answered_with_the_known_ones() -> None:
    with pytest.raises(InputError, match="progress"):
        catalogue.find("nothing")


def test_options_left_out_have_their_defaults() -> None:
    options = catalogue.find("progress").complete({"background": "yes"})
    assert options["background"] == "yes"
    assert options["audience"] == "handout"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"colour": "red"}, "colour"),
        ({"audience": "everybody"}, "everybody"),
        ({"background": "はい"}, "はい"),
    ],
)
def test_wrong_options_are_explained(given: dict[str, str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        catalogue.find("progress").complete(given)


def test_every_report_has_a_name_of_its_own_and_a_pdf() -> None:
    entries = catalogue.entries()
    assert len({entry.id for entry in entries}) == len(entries)
    assert all("pdf" in [fmt.value for fmt in entry.formats] for entry in entries)


def test_each_paper_is_found_by_its_id_alone() -> None:
    for entry in catalogue.entries():
        assert catalogue.find(entry.id) is entry


@pytest.mark.parametrize("unknown", ["", "progress_parts", "nothing", "../progress", "進捗"])
def test_what_is_no_paper_is_not_found(unknown: str) -> None:
    with pytest.raises(InputError, match="という帳票はありません"):
        catalogue.find(unknown)


@pytest.mark.parametrize("wrong", ["9" * 30, "99999999", "なし"])
def test_what_the_ledger_does_not_have_cannot_be_chosen(sample_office: Office, wrong: str) -> None:
    choices = [(entry, one.key) for entry in catalogue.entries() for one in entry.options if one.source]
    assert len(choices) > 10
    for entry, key in choices:
        with sample_office.reading() as reader, pytest.raises(InputError):
            entry.build(reader, 2027, entry.complete({key: wrong}))
