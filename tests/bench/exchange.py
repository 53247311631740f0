"""A roster of a very large network taken in from Excel: the time and the memory from the start of the process to its end."""

from __future__ import annotations

import shutil
import statistics
from collections.abc import Iterator
from pathlib import Path

import openpyxl

import app.ledgers
from app.organisations import queries
from tests.bench.harness import Figure, Skipped, program, run

ORGANISATIONS, PERSONS = 5_000, 12_000
_SECONDS, _MEGABYTES = 20, 512
_HEADS = [
    "No",
    "区分",
    "団体名",
    "ふりがな",
    "地区",
    "〒",
    "住所",
    "電話番号",
    "FAX",
    "メール",
    "代表者",
    "代表者かな",
    "担当者",
    "担当者かな",
    "担当者電話",
    "出席者",
    "入会日",
    "備考",
]
_CATEGORIES = ("地域ケアプラザ", "保育園・認定こども園・幼稚園", "地区社会福祉協議会")
_SURNAMES, _GIVEN = ("佐藤", "鈴木", "髙橋", "﨑山", "田中", "渡邉"), ("一郎", "花子", "健太", "美咲")


def figures(folder: Path, times: int) -> Iterator[Figure | Skipped]:
    """Seconds and MiB of ``import --apply``, each held to what was promised."""
    sheet, empty = _sheet(folder / "exchange.xlsx"), folder / "exchange-empty.tsunagari"
    app.ledgers.create(empty, "計測").close()
    runs = []
    for _ in range(times):
        ledger = Path(shutil.copyfile(empty, folder / "exchange.tsunagari"))
        runs.append(run(program("import", ledger, "organisations", sheet, "--apply")))
    _require_all(folder / "exchange.tsunagari")
    name = f"a roster of {ORGANISATIONS} organisations and {PERSONS} people taken in"
    seconds = statistics.median(one.seconds for one in runs)
    yield Figure(f"{name}, time", seconds, 0, "nothing", "s", _SECONDS, difference=True)
    yield Figure(
        f"{name}, memory", max(one.peak for one in runs), 0, "nothing", "MiB", _MEGABYTES, difference=True
    )


def _require_all(ledger: Path) -> None:
    office = app.ledgers.open_ledger(ledger)
    try:
        found = (len(office.ask(queries.organisations)), len(office.ask(queries.people)))
    finally:
        office.close()
    if found != (ORGANISATIONS, PERSONS):
        raise RuntimeError(f"{found} were taken in")


def _sheet(path: Path) -> Path:
    """A roster as an office keeps it: a title, a heading, a representative and a 担当者 each, 出席者 for some."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("名簿")
    sheet.append(["令和8年度 会員名簿"])
    sheet.append(_HEADS)
    for number in range(ORGANISATIONS):
        names = [
            f"{_SURNAMES[(number + shift) % 6]} {_GIVEN[(number // 6 + shift) % 4]}" for shift in range(3)
        ]
        sheet.append(
            [
                number + 1,
                _CATEGORIES[number % 3],
                f"第{number + 1}子育てサロンさくら",
                f"だい{number + 1}こそだてさろんさくら",
                f"{number % 14 + 1}地区",
                f"236-{number:04}",
                f"横浜市金沢区{number % 14}丁目{number}-1",
                f"045-700-{number:04}",
                f"045-799-{number:04}",
                f"salon{number}@example.jp",
                names[0],
                "さとう いちろう",
                names[1],
                "すずき はなこ",
                f"090-1234-{number:04}",
                names[2] if number < PERSONS - 2 * ORGANISATIONS else None,
                "令和6年4月1日",
                "第2・4火曜日に、子育て支援拠点と一緒に開いています。",
            ]
        )
    book.save(path)
    return path
