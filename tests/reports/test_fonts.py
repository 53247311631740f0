"""reports.fonts: every character goes to a font that has it, widths are those of the PDF, and what is missing is named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics

import resources
from reports import fonts


def test_names_and_signs_of_the_field_are_all_there() -> None:
    text = "髙﨑德濵邉邊彅𣘺㐂𠮟𠮷 ①㈱〜～―… ☐☑☒✔✓ \u2002\u2003\u2009\u200b\u2060"
    assert fonts.missing(text) == set()


def test_only_what_biz_lacks_goes_to_the_fallback() -> None:
    assert fonts.runs("髙い𠮷野☑家") == [
        (fonts.REGULAR, "髙い"),
        (fonts.FALLBACK, "𠮷"),
        (fonts.REGULAR, "野"),
        (fonts.FALLBACK, "☑"),
        (fonts.REGULAR, "家"),
    ]
    assert fonts.runs("太字", bold=True) == [(fonts.BOLD, "太字")]
    assert fonts.runs("") == []


def test_missing_names_what_neither_font_has() -> None:
    assert fonts.missing("会議😀の\nあと") == {"😀"}


def test_a_selector_that_the_font_knows_is_kept_and_others_are_named() -> None:
    assert fonts.missing("葛\U000e0100城市 ✔\ufe0f") == set()
    assert fonts.missing("辻\U000e0101") == {"辻\U000e0101"}


@pytest.mark.parametrize("text", ["葛\U000e0100", "か\u3099", "✔\ufe0f"])
def test_selectors_and_voicing_marks_take_no_room(text: str) -> None:
    first, second = fonts.widths(text)
    assert first == pytest.approx(1.0, abs=0.25)
    assert second == 0.0


def test_widths_are_those_that_the_pdf_is_painted_with() -> None:
    fonts.register()
    text = "令和8年度 A & B 、。「」ヵ"
    assert fonts.text_width(text, 10) == pytest.approx(pdfmetrics.stringWidth(text, fonts.REGULAR, 10))
    assert fonts.text_width(text, 10, bold=True) == pytest.approx(
        pdfmetrics.stringWidth(text, fonts.BOLD, 10)
    )


def test_control_characters_are_dropped_in_one_place() -> None:
    assert fonts.clean("一\x00行\x0b目\r\n二\t行\x7f目") == "一行目\n二 行目"
    untouched = "触れない\n文字　と space"
    assert fonts.clean(untouched) is untouched


@given(st.text(st.characters(codec="utf-8"), max_size=30), st.booleans())
def test_runs_lose_nothing_and_widths_have_one_number_for_each_character(text: str, bold: bool) -> None:
    assert "".join(stretch for _, stretch in fonts.runs(text, bold)) == text
    assert len(fonts.widths(text, bold)) == len(text)
    assert all(width >= 0 for width in fonts.widths(text, bold))


def test_each_font_lies_beside_its_licence() -> None:
    for name in fonts.FILES.values():
        assert resources.path(name).is_file()
    for name in ("OFL-BIZUDPGothic.txt", "OFL-NotoSansJP.txt"):
        assert "SIL OPEN FONT LICENSE Version 1.1" in resources.path(f"fonts/{name}").read_text(
            encoding="utf-8"
        )
