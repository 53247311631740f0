"""The check sheets of a round as files: what each is called, and all written into a folder, or none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from app.errors import InputError
from app.settings.queries import OfficeSettings
from app.steps.sheet import SheetOrder, SheetSet
from reports import export
from reports.check_sheet_book import CheckSheet
from reports.document import Report
from reports.export import Format, Progress


def file_name(order: SheetOrder, is_sample: bool = False) -> str:
    """2026-1-007_みほんの木（施設）.xlsx: in the order of those who are asked, with their name."""
    serial = order.asked.code.rpartition("-")[0]
    return export.suggested_name(
        Report("check_sheet", f"{serial}_{order.name}", (), sample=is_sample), Format.XLSX
    )


def write_all(
    sheets: SheetSet,
    office: OfficeSettings,
    folder: Path,
    *,
    only_missing: bool = False,
    reached: Progress | None = None,
) -> tuple[Path, ...]:
    """Write a workbook for each who is asked (``only_missing``: who has not answered) into ``folder``, which is made.

    All or none: where one cannot be written, or ``reached`` (told the share, 0 to 1) raises, those before it are taken away again.
    InputError where nobody is asked or the folder holds a file of such a name already: it may be a sheet that came back.
    """
    orders = [one for one in sheets.orders if not (only_missing and one.asked.answered_on)]
    if not orders:
        raise InputError(
            f"{sheets.round.name}には、シートを送る相手がいません。",
            "先に、どの団体や地区に聞くかを選んでください。",
        )
    if folder.exists() and not folder.is_dir():
        raise InputError(
            f"「{folder}」は、フォルダーではなくファイルです。",
            "シートを書き出すフォルダーを選んでください。",
        )
    targets = [folder / file_name(one, office.is_sample) for one in orders]
    _require_free(targets)
    is_new = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    try:
        for place, (order, target) in enumerate(zip(orders, targets, strict=True)):
            if reached is not None:
                reached(place / len(orders))
            written.append(export.place(target, _writer(sheets, order, office)))
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        if is_new:
            folder.rmdir()
        raise
    if reached is not None:
        reached(1.0)
    return tuple(written)


def write(sheets: SheetSet, order: SheetOrder, office: OfficeSettings, path: Path) -> None:
    """Write one sheet to ``path``."""
    CheckSheet(sheets, order, office).write(path)


def _writer(sheets: SheetSet, order: SheetOrder, office: OfficeSettings) -> Callable[[Path], None]:
    return lambda draft: write(sheets, order, office, draft)


def _require_free(targets: Sequence[Path]) -> None:
    taken = [one.name for one in targets if one.exists()]
    if taken:
        more = f" ほか{len(taken) - 1}件" if len(taken) > 1 else ""
        raise InputError(
            f"フォルダーに、同じ名前のファイルがあります（「{taken[0]}」{more}）。",
            "届いたシートかもしれないので、上書きしません。空のフォルダーを選んでください。",
        )
