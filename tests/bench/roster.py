"""The roster of a very large network as PDF, against LibreOffice printing the same sheet."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from pypdf import PdfReader

import app.ledgers
from app.office import Unit, operation
from app.organisations import queries
from db.schema.organisations import ContactPerson, ContactTerm, District, Organisation
from db.vocabulary import ContactRole
from tests.bench.harness import Figure, Run, Skipped, in_turns, output, program, run

ORGANISATIONS, PERSONS = 5_000, 12_000
_DAY = "2026-11-21"
_OPENINGS = 9
_NAMES = (
    ("地域ケアプラザ", "ちいきけあぷらざ"),
    ("子育てサロン", "こそだてさろん"),
    ("保育園", "ほいくえん"),
    ("つどいの広場", "つどいのひろば"),
)
_PLACES = ("若葉台", "桜木", "泉が丘", "朝日台", "銀杏通", "柳橋", "松風", "柏原", "汐見", "白浜")
_SURNAMES, _GIVEN = (
    ("佐藤", "鈴木", "高橋", "田中", "髙﨑", "渡邉"),
    ("花子", "太郎", "美咲", "健太", "由美子"),
)
_TITLES = ("会長", "所長", "主任児童委員", "地域活動交流コーディネーター", "園長")


def figures(folder: Path, times: int) -> Iterator[Figure | Skipped]:
    """The list in the window, and the paper from the start of a process to the finished file."""
    yield from _list(folder, times)
    office_suite = shutil.which("soffice")
    if not office_suite:
        yield Skipped("roster as PDF", "LibreOffice is not installed")
        return
    ledger = make(folder / "roster.tsunagari", ORGANISATIONS, PERSONS)
    sheet, pdf = folder / "roster.xlsx", folder / "roster.pdf"
    options = ("report", ledger, "roster", "--fiscal-year", "2026", "--option", f"as_of={_DAY}")
    run(program(*options, "--format", "xlsx", "--out", sheet))

    def ours() -> Run:
        return run(program(*options, "--format", "pdf", "--out", pdf))

    def peer() -> Run:
        profile = (folder / "libreoffice").as_uri()
        command = [office_suite, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
        return run([*command, "--outdir", folder / "peer", sheet])

    mine, theirs = in_turns(ours, peer, times)
    name = f"roster of {ORGANISATIONS:,} organisations, {len(PdfReader(pdf).pages)} pages as PDF"
    yield Figure(f"{name}, time", mine.seconds, theirs.seconds, "LibreOffice", "s", 0.35)


def _list(folder: Path, times: int) -> Iterator[Figure]:
    """How long one waits for the list after opening the page, and what of it the window's thread has to do."""
    ledgers = (
        make(folder / "few.tsunagari", 50, 120),
        make(folder / "many.tsunagari", ORGANISATIONS, PERSONS),
    )
    opened: dict[Path, list[float]] = {ledger: [] for ledger in ledgers}
    for _ in range(max(times, _OPENINGS)):
        for ledger in ledgers:
            command: list[str | Path] = [sys.executable, "-m", "tests.bench.organisations_page", ledger]
            opened[ledger].append(float(output([*command, "2026"])))
    few, many = (
        [float(one) for one in output([sys.executable, "-m", "tests.bench.roster_pane", ledger]).split()]
        for ledger in ledgers
    )
    verbs = ("opened to its first rows", "shown on the window's thread", "narrowed on the window's thread")
    small, large = ((min(opened[ledger]), *rest) for ledger, rest in zip(ledgers, (few, many), strict=True))
    for verb, ours, peer in zip(verbs, large, small, strict=True):
        name = f"会員団体 {verb}, {ORGANISATIONS:,} organisations"
        yield Figure(name, ours, peer, "50 organisations", "ms", 50, difference=True)


def make(path: Path, organisations: int, persons: int) -> Path:
    """A new ledger at ``path`` with so many organisations, whose people are all in office."""
    office = app.ledgers.create(path, actor="計測")
    try:
        categories = [one.id for one in office.ask(queries.lists).categories]
        office.perform(_enter, organisations, persons, categories)
    finally:
        office.close()
    return path


@operation("計測用の名簿をまとめて保存")
def _enter(unit: Unit, organisations: int, persons: int, categories: list[int]) -> None:
    districts = [District(position=number, name=place) for number, place in enumerate(_PLACES)]
    unit.add_all(districts)
    entries = [
        _organisation(number, districts[number % len(districts)].id, categories[number % len(categories)])
        for number in range(organisations)
    ]
    unit.add_all(entries)
    people = [_person(number) for number in range(persons)]
    unit.add_all(people)
    unit.add_all(
        [
            ContactTerm(
                organisation_id=entries[number % organisations].id,
                contact_person_id=person.id,
                role=tuple(ContactRole)[number // organisations % 3],
                position_title=_TITLES[number % len(_TITLES)],
                term_from=date(2026, 4, 1),
            )
            for number, person in enumerate(people)
        ]
    )


def _organisation(number: int, district_id: int, category_id: int) -> Organisation:
    place = _PLACES[number % len(_PLACES)]
    name, kana = _NAMES[number % len(_NAMES)]
    return Organisation(
        name=f"{place}{name} {number + 1}号",
        kana=f"{kana}{number + 1}",
        organisation_category_id=category_id,
        district_id=district_id,
        postal_code=f"000-{number % 10_000:04}",
        address=f"見本区{place}{number % 7 + 1}丁目{number % 31 + 1}番{number % 17 + 1}号",
        building="みほんハイツ 102号室" if number % 3 == 0 else "",
        telephone=f"045-000-{number % 10_000:04}",
        fax=f"045-001-{number % 10_000:04}" if number % 2 else "",
        mail=f"member{number + 1}@example.jp",
    )


def _person(number: int) -> ContactPerson:
    surname, given = _SURNAMES[number % len(_SURNAMES)], _GIVEN[number % len(_GIVEN)]
    return ContactPerson(name=f"{surname} {given}", kana="", telephone=f"090-0000-{number % 10_000:04}")
