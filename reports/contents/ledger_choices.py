"""Options whose choices the ledger holds (its organisations, kinds, districts …), and what was chosen of them."""

from __future__ import annotations

from app.errors import InputError
from app.office import Reader
from app.organisations.queries import organisations
from app.text import kana_key
from reports.catalogue import Choices, Option, Options


def organisation_choices(reader: Reader) -> Choices:
    """Every organisation in 五十音 order, those that left too: their papers are still asked for."""
    rows = sorted(organisations(reader), key=lambda one: kana_key(one.kana, one.name))
    return tuple((str(one.id), one.name) for one in rows)


MOST_DIGITS = 18
"""No ledger counts further, and no record can be asked for by a longer number."""


def record_number(text: str, noun: str) -> int:
    """The id that ``text`` gives of a record called ``noun``. InputError where it is none."""
    if not text.isdecimal() or len(text) > MOST_DIGITS:
        raise InputError(f"「{text}」は{noun}の番号ではありません。", f"{noun}を一覧から選び直してください。")
    return int(text)


def chosen_number(reader: Reader, option: Option, options: Options) -> int | None:
    """The id that was chosen; None for the choice that stands for all.

    InputError for what the ledger does not have: a paper about nothing would look as if there were nothing to tell.
    """
    value = options[option.key].strip()
    if value == option.default:
        return None
    if value not in dict(_listed(reader, option)):
        raise InputError(
            f"「{option.label}」の「{value}」は、一覧にある番号ではありません。",
            "一覧から選び直してください。",
        )
    return int(value)


def chosen_name(reader: Reader, option: Option, options: Options) -> str:
    """What was chosen as the list calls it; empty for the choice that stands for all. InputError as above."""
    number = chosen_number(reader, option, options)
    return dict(_listed(reader, option))[str(number)] if number is not None else ""


def _listed(reader: Reader, option: Option) -> Choices:
    return option.source(reader) if option.source else ()
