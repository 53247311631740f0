"""Commands that exchange rosters and lists of meetings with Excel and CSV: ``import LEDGER SUBJECT FILE``, ``export LEDGER SUBJECT``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.errors import InputError
from ui import console_calendar, console_steps

if TYPE_CHECKING:
    from app.importing.file_values import Place, Remark
    from app.importing.preview import Preview, RowChange
    from app.meetings.meeting_import import Imported as ImportedMeetings
    from app.office import Office
    from app.organisations.roster_import import Imported as ImportedRoster
    from reports.renderers.data_csv import Encoding

NOUNS = {"organisations": "団体", "meetings": "件"}
"""The subjects that can be taken in, with the word they are counted by."""
FORMATS = ("xlsx", "csv")
_SHOWN = 30


def import_command(given: argparse.Namespace) -> int:
    """Show what a file would do, and take it in where ``--apply`` asks for it."""
    from app import ledgers

    if given.subject == "sheets":
        return console_steps.import_command(given)
    if given.subject not in NOUNS:
        raise InputError(f"「{given.subject}」は扱えません。", f"使えるのは：{'、'.join((*NOUNS, 'sheets'))}")
    for name in ("round", "doubtful"):
        if getattr(given, name):
            raise InputError(f"--{name} を使えるのは sheets だけです。", f"--{name} を外してください。")
    office = ledgers.open_ledger(Path(given.ledger))
    try:
        preview, done = _meetings(office, given) if given.subject == "meetings" else _roster(office, given)
    finally:
        office.close()
    if given.json:
        json.dump(as_json(preview, done), sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        _tell(preview, done, given)
    return 0


def _roster(office: Office, given: argparse.Namespace) -> tuple[Preview, ImportedRoster | None]:
    """The preview of a roster, and what was taken in of it."""
    from app.importing import roster
    from app.organisations import roster_import

    if given.new_entries:
        raise InputError("--new-entries を使えるのは会議だけです。", "--new-entries を外してください。")
    preview = roster.preview(office, Path(given.file), sheet=given.sheet, as_of=_day(given.as_of))
    if not given.apply or preview.is_empty:
        return preview, None
    return preview, office.perform(roster_import.import_roster, preview).result


def _meetings(office: Office, given: argparse.Namespace) -> tuple[Preview, ImportedMeetings | None]:
    """The preview of a list of meetings, and what was taken in of it."""
    from app.importing import meetings
    from app.meetings import meeting_import

    if given.as_of:
        raise InputError("--as-of を使えるのは会員団体だけです。", "--as-of を外してください。")
    preview = meetings.preview(office, Path(given.file), sheet=given.sheet)
    chosen = {row.key for row in preview.rows}
    if given.new_entries:
        chosen |= {one.row.key for one in preview.conflicting if one.only_new and one.row is not None}
    if not given.apply or not chosen:
        return preview, None
    return preview, office.perform(meeting_import.import_meetings, preview, chosen).result


def export_command(given: argparse.Namespace) -> int:
    """Write the whole roster as a data sheet that can be edited and read back; meetings as a calendar file."""
    from app import ledgers
    from reports import export
    from reports.contents import organisation_data
    from reports.export import Format
    from reports.renderers import data_csv

    if given.subject == "meetings":
        return console_calendar.export_command(given)
    if given.subject != "organisations":
        raise InputError(f"「{given.subject}」は扱えません。", "使えるのは：organisations、meetings")
    if given.year:
        raise InputError("年度を選べるのは会議だけです。", "--year を外してください。")
    fmt = given.format or "xlsx"
    encoding = _encoding(given.encoding, fmt)
    office = ledgers.open_ledger(Path(given.ledger))
    try:
        with office.reading() as reader:
            report = organisation_data.build(reader)
    finally:
        office.close()
    name = Path(export.suggested_name(report, Format.DATA_XLSX)).with_suffix(f".{fmt}")
    target = Path(given.out) if given.out else name
    if fmt == "csv":
        export.place(target, lambda draft: data_csv.render(report.data[0], draft, encoding))
    else:
        export.write(report, Format.DATA_XLSX, target)
    print(target)
    return 0


def _encoding(name: str | None, fmt: str) -> Encoding:
    from reports.renderers.data_csv import Encoding

    if fmt not in FORMATS:
        raise InputError(f"「{fmt}」の形式では書き出せません。", f"使える形式：{'、'.join(FORMATS)}")
    if name and fmt != "csv":
        raise InputError("文字コードを選べるのは CSV だけです。", "--format csv を付けてください。")
    word = (name or "utf-8").lower().replace("_", "-")
    known = {"utf-8-sig": "utf-8", "utf8": "utf-8", "shift-jis": "cp932", "sjis": "cp932", "ms932": "cp932"}
    try:
        return Encoding(known.get(word, word))
    except ValueError:
        raise InputError(f"文字コード「{name}」は使えません。", "使えるのは：utf-8、cp932") from None


def as_json(preview: Preview, done: ImportedRoster | ImportedMeetings | None = None) -> dict[str, Any]:
    """A preview as machines read it; every row and remark with its sheet and cell, and how much of it was taken in.

    ``conflicting``, ``not_understood`` and ``skipped`` are what is left out, also where the rest was taken in.
    """
    return {
        "file": preview.file_name,
        "sheet": preview.sheet,
        "applied": done is not None,
        "imported": asdict(done) if done is not None else None,
        "as_of": preview.as_of.isoformat() if preview.as_of else None,
        "counts": {
            "added": len(preview.added),
            "changed": len(preview.changed),
            "conflicting": len(preview.conflicting),
            "unchanged": len(preview.unchanged),
            "not_understood": len(preview.not_understood),
            "notices": len(preview.notices),
            "skipped": len(preview.skipped),
        },
        "columns": [
            {
                "cell": _cell_of(column.row, column.number),
                "heading": column.heading,
                "field": column.key,
                "candidates": list(column.candidates),
                "reason": column.reason,
            }
            for column in preview.columns
        ],
        "added": [_row(row) for row in preview.added],
        "changed": [_row(row) for row in preview.changed],
        "conflicting": [
            {
                **_place(one.place),
                "name": one.name,
                "reason": one.reason,
                "only_new": one.only_new,
                "row": _row(one.row) if one.row else None,
            }
            for one in preview.conflicting
        ],
        "unchanged": [
            {**_place(one.place), "name": one.name, "id": one.record_id} for one in preview.unchanged
        ],
        "not_understood": [_remark(one) for one in preview.not_understood],
        "notices": [_remark(one) for one in preview.notices],
        "skipped": [_remark(one) for one in preview.skipped],
        "new_entries": [{"list": word.kind.value, "name": word.name} for word in preview.new_entries],
    }


def _row(row: RowChange) -> dict[str, Any]:
    return {
        **_place(row.place),
        "key": row.key,
        "name": row.name,
        "id": row.record_id,
        "cells": [
            {
                **_place(cell.place),
                "key": cell.key,
                "field": cell.field,
                "label": cell.label,
                "before": cell.before,
                "after": cell.after,
                "notice": cell.notice,
            }
            for cell in row.cells
        ],
    }


def _remark(remark: Remark) -> dict[str, Any]:
    return {
        **_place(remark.place),
        "kind": remark.kind.value,
        "field": remark.field,
        "text": remark.text,
        "reason": remark.reason,
    }


def _place(place: Place) -> dict[str, str]:
    return {"sheet": place.sheet, "cell": place.cell}


def _cell_of(row: int, column: int) -> str:
    from app.importing.safe_workbook import cell_name

    return cell_name(row, column)


def _tell(
    preview: Preview, done: ImportedRoster | ImportedMeetings | None, given: argparse.Namespace
) -> None:
    """For people, on stdout: counts and changes, what was done, and what is left out, each with its place and the reason."""
    noun = NOUNS[given.subject]
    print(
        f"「{preview.file_name}」のシート「{preview.sheet}」：追加 {len(preview.added)}、変更 {len(preview.changed)}、"
        f"確認が必要 {len(preview.conflicting)}、変わらない {len(preview.unchanged)}（{noun}）"
    )
    _list(preview.added, lambda row: f"追加 {row.place}「{row.name}」", noun)
    for row in preview.changed[:_SHOWN]:
        for cell in row.cells:
            print(
                f"変更 {cell.place}「{row.name}」{cell.label}：{cell.before or '（空）'} → {cell.after or '（空）'}"
            )
    _more(len(preview.changed), noun)
    for word in preview.new_entries:
        print(f"新しい{word.kind.label}「{word.name}」")
    from app.importing.file_values import gathered

    notices = gathered(preview.notices)
    for one in notices[:_SHOWN]:
        print(f"注意 {one.where()} {one.remark.reason}")
    if len(notices) > _SHOWN:
        print(f"注意 ほか {len(notices) - _SHOWN} 件")
    if done is not None:
        print(f"取り込みました：追加 {done.added}、変更 {done.changed} {_besides(done, noun)}")
    elif given.apply:
        print("取り込むものはありませんでした。")
    left_out = _left_out(preview, given.new_entries and given.apply)
    if left_out:
        print(f"{'取り込まなかった' if given.apply else '取り込めない'}もの：{len(left_out)} 件")
        print(*left_out, sep="\n")
    if not given.apply:
        print("まだ何も取り込んでいません。取り込むときは --apply を付けてください。")
        if any(one.only_new for one in preview.conflicting):
            print("台帳にない種類や地区の会議も取り込むときは、--new-entries も付けてください。")


def _besides(done: ImportedRoster | ImportedMeetings, noun: str) -> str:
    """The word of what was counted, and what came in beside it."""
    from app.organisations.roster_import import Imported

    if isinstance(done, Imported):
        return f"{noun}、担当者・代表者 {done.people} 人"
    return f"{noun}、一覧に加えた種類・地区 {done.entries} 件"


def _left_out(preview: Preview, takes_new: bool) -> list[str]:
    """A line for everything of the file that is not taken in; with ``takes_new``, what only named new entries was."""
    from app.importing.file_values import gathered

    conflicting = [
        f"確認が必要 {one.place}「{one.name}」{one.reason}"
        for one in preview.conflicting
        if not (takes_new and one.only_new)
    ]
    unread = [
        f"読めない{one.remark.kind.label} {one.where()}「{' '.join(one.remark.text.split())}」{one.remark.reason}"
        for one in gathered(preview.not_understood)
    ]
    skipped = [f"読み飛ばした{one.kind.label} {one.place} {one.reason}" for one in preview.skipped]
    return [*conflicting, *unread, *skipped]


def _list(rows: Iterable[RowChange], line: Callable[[RowChange], str], noun: str) -> None:
    rows = tuple(rows)
    for row in rows[:_SHOWN]:
        print(line(row))
    _more(len(rows), noun)


def _more(count: int, noun: str) -> None:
    if count > _SHOWN:
        print(f"ほか {count - _SHOWN} {noun}")


def _day(text: str | None) -> Any:
    from app.calendar import parse_date

    return parse_date(text) if text else None
