"""Remarks of an import that say the same about the same text stand as one, and lose no place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.importing.file_values import Place, Remark, gathered

REMARKS = st.builds(
    Remark,
    st.builds(Place, st.sampled_from(["名簿", "控え"]), st.sampled_from([f"E{row}" for row in range(2, 30)])),
    st.sampled_from(["文庫", "その他"]),
    st.sampled_from(["一覧にない区分です。", "読めません。"]),
)


def remarks(*cells: str, text: str = "文庫") -> list[Remark]:
    """The same remark at several cells."""
    return [Remark(Place("名簿", cell), text, "一覧にない区分です。") for cell in cells]


def test_one_unknown_word_is_said_once_with_its_cells() -> None:
    (found,) = gathered(remarks("E4", "E7", "E9", "E12", "E15"))
    assert found.where() == "「名簿」E4、E7、E9 ほか2か所"
    assert found.where(1) == "「名簿」E4 ほか4か所"


def test_another_word_is_another_remark() -> None:
    found = gathered([*remarks("E4"), *remarks("E5", text="その他"), *remarks("E6")])
    assert [one.where() for one in found] == ["「名簿」E4、E6", "「名簿」E5"]


@given(st.lists(REMARKS, max_size=30))
def test_no_place_is_lost(found: list[Remark]) -> None:
    parts = gathered(found)
    told = [(one.remark.text, one.remark.reason, place) for one in parts for place in one.places]
    assert sorted(map(str, told)) == sorted(str((one.text, one.reason, one.place)) for one in found)
    assert len({(one.remark.text, one.remark.reason) for one in parts}) == len(parts)
