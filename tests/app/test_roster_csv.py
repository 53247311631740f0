"""Rosters as CSV: encodings of offices, what parts the columns, and broken files that are refused with the reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import InputError
from app.importing import roster
from app.importing.preview import RowChange
from app.office import Office


def _values(row: RowChange) -> dict[str, str]:
    return {cell.field: cell.after for cell in row.cells}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_csv_is_read_in_the_encodings_of_offices(empty_office: Office, tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "名簿.csv"
    path.write_bytes(
        '団体名,電話,備考\r\n"髙﨑①㈱",045-111-2222,"一行目\r\n二行目"\r\n\'=園,+81-45-111-2222,\'-1\r\n'.encode(
            encoding
        )
    )
    preview = roster.preview(empty_office, path)
    assert [_values(row) for row in preview.added] == [
        {
            "organisation.name": "髙﨑①㈱",
            "organisation.telephone": "045-111-2222",
            "organisation.note": "一行目\n二行目",
        },
        {"organisation.name": "=園", "organisation.telephone": "+81-45-111-2222", "organisation.note": "-1"},
    ]
    assert [row.place.cell for row in preview.added] == ["A2", "A3"]


@pytest.mark.parametrize(
    "content",
    [
        "団体名;電話;住所\n甲;045-111-2222;谷津町1,2番地\n",
        "団体名\t電話\t住所\n甲\t045-111-2222\t谷津町1,2番地\n",
        '団体名,電話,住所\n甲,045-111-2222,"谷津町1,2番地"\n',
        "令和8年度 会員名簿, 案;;\n;;\n団体名;電話;住所\n甲;045-111-2222;谷津町1,2番地\n",
        '団体名,電話,"住所;建物;部屋"\n甲,045-111-2222,"谷津町1,2番地"\n',
    ],
)
def test_csv_is_parted_at_what_its_heading_shows(empty_office: Office, tmp_path: Path, content: str) -> None:
    path = tmp_path / "名簿.csv"
    path.write_text(content, "utf-8")
    (row,) = roster.preview(empty_office, path).added
    values = _values(row)
    assert values["organisation.name"] == "甲"
    assert values["organisation.telephone"] == "045-111-2222"
    if "住所;建物" not in content:
        assert values["organisation.address"] == "谷津町1,2番地"


def test_csv_of_one_column_needs_no_mark(empty_office: Office, tmp_path: Path) -> None:
    path = tmp_path / "名簿.csv"
    path.write_text("団体名\n甲\n乙\n", "utf-8")
    assert [row.name for row in roster.preview(empty_office, path).added] == ["甲", "乙"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("項目A,項目B;項目C\n甲,乙;丙\n".encode(), "区切りが、コンマ・セミコロンのどれなのか決められません"),
        (b"\x92\x63\x91\xcc\x96\xbc,x\n\xff\xfe\x80", "2行目に、読めない文字"),
        ('団体名,電話\n"甲,045'.encode(), "引用符"),
        (b"a\0b", "文字のファイル"),
        (b"", "空のファイルです"),
        ("電話,住所\n045,x".encode(), "見出しがある表が見つかりません"),
    ],
)
def test_broken_csv_is_refused_with_the_reason(
    empty_office: Office, tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "名簿.csv"
    path.write_bytes(content)
    with pytest.raises(InputError, match=said):
        roster.preview(empty_office, path)
