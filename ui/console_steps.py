"""Commands of 連携ステップ: ``sheets LEDGER --round ID --out DIR`` writes check sheets, ``import LEDGER sheets DIR`` reads them back."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.importing.step_sheet_preview import Return, ReturnsPreview
    from app.office import Office

_NOT_FOR_SHEETS = (("sheet", "--sheet"), ("as_of", "--as-of"), ("new_entries", "--new-entries"))


def sheets_command(given: argparse.Namespace) -> int:
    """Write the check sheets of a round into a folder."""
    from app import ledgers
    from app.settings.queries import settings
    from app.steps.sheet import sheet_set
    from reports import check_sheet

    office = ledgers.open_ledger(Path(given.ledger))
    try:
        sheets = office.ask(sheet_set, _round_id(office, given.round))
        written = check_sheet.write_all(
            sheets, office.ask(settings), Path(given.out), only_missing=given.missing
        )
    finally:
        office.close()
    print(*written, sep="\n")
    return 0


def import_command(given: argparse.Namespace) -> int:
    """Show what a folder of returned sheets would do, and take it in where ``--apply`` asks for it."""
    from app import ledgers
    from app.importing import step_sheets
    from app.steps.operations import save_sheets

    for name, option in _NOT_FOR_SHEETS:
        if getattr(given, name):
            raise InputError(f"{option} は、シートの取り込みでは使えません。", f"{option} を外してください。")
    office = ledgers.open_ledger(Path(given.ledger))
    try:
        held = _round_id(office, given.round)
        preview = step_sheets.preview(office, Path(given.file), held)
        chosen = _chosen(preview, given.doubtful)
        if given.apply and chosen:
            office.perform(save_sheets, preview.taken(chosen))
    finally:
        office.close()
    applied = frozenset(chosen if given.apply else ())
    if given.json:
        json.dump(as_json(preview, applied), sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        _tell(preview)
        print("\n".join(_left(preview, applied, given)))
    return 0


def _chosen(preview: ReturnsPreview, takes_doubtful: bool) -> frozenset[str]:
    """The sheets that are sure; on demand also doubtful ones, but never one of two that answer for the same."""
    if not takes_doubtful:
        return preview.sure
    return frozenset(one.key for one in preview.returns if one.can_take and not preview.twins(one.key))


def _round_id(office: Office, text: str | None) -> int:
    """The round that was named, else the one that sheets come back for. InputError that names the rounds there are."""
    from app.importing.step_sheets import round_of_returns
    from app.steps.queries import rounds

    if text is None:
        return office.ask(round_of_returns)
    known = office.ask(rounds)
    found = next((one.id for one in known if str(one.id) == text.strip()), None)
    if found is None:
        names = "、".join(f"{one.id}（{one.name}・{one.state.label}）" for one in known)
        raise InputError(
            f"番号「{text}」のステップ確認の回はありません。",
            f"--round に使えるのは：{names}"
            if known
            else "先に「連携ステップ」のページで回を作ってください。",
        )
    return found


def as_json(preview: ReturnsPreview, applied: frozenset[str] = frozenset()) -> dict[str, Any]:
    """A folder of returns as machines read it: each file with whose sheet it is, its answers, and its doubts by cell."""
    held = preview.round
    return {
        "folder": preview.folder,
        "round": {"id": held.id, "name": held.name, "state": held.state.value},
        "applied": len(applied),
        "files": [_return(one, one.key in applied) for one in preview.returns],
        "missing": [_asked(one) for one in preview.missing],
    }


def _return(one: Return, is_applied: bool) -> dict[str, Any]:
    return {
        "file": one.file,
        "sheet": one.sheet,
        "state": one.kind.value,
        "recognised": one.asked is not None,
        "reason": one.reason,
        "round": one.round_name,
        "asked": _asked(one.asked) if one.asked else None,
        "answers_read": one.answered,
        "checkpoints": one.points,
        "applied": is_applied,
        "differences": [
            {"cell": change.cell, "label": change.label, "before": change.before, "after": change.after}
            for change in one.differences
        ],
        "doubts": [
            {"cell": doubt.place.cell, "text": doubt.text, "reason": doubt.reason} for doubt in one.doubts
        ],
    }


def _asked(one: Any) -> dict[str, Any]:
    return {
        "id": one.id,
        "code": one.code,
        "scope_kind": one.scope.kind.value,
        "scope": one.scope_name,
        "perspective": one.perspective.value,
        "organisation": one.organisation,
    }


def _tell(preview: ReturnsPreview) -> None:
    """For people: each file with what has become of it, then who is missing."""
    from app.steps.sheet import whose

    print(f"{preview.round.name}（{preview.round.state.label}）：{preview.files} ファイル")
    for one in preview.returns:
        sheet = f"「{one.sheet}」" if one.sheet else ""
        whom = f" {one.name}　{one.answered}/{one.points}" if one.asked else ""
        print(f"{one.kind.label} {one.file}{sheet}{whom}")
        if one.reason:
            print(f"    {one.reason}")
        for doubt in one.doubts:
            print(f"    {doubt.place.cell or 'シート'}「{' '.join(doubt.text.split())}」{doubt.reason}")
        if one.values and any(change.before for change in one.differences):
            for change in one.differences:
                before, after = (" ".join(text.split()) or "（空）" for text in (change.before, change.after))
                print(f"    {change.label}　{before} → {after}")
    if preview.missing:
        print(f"まだ返っていない：{len(preview.missing)} 件")
        for asked in preview.missing:
            print(f"    {whose(asked)}")


def _left(preview: ReturnsPreview, applied: frozenset[str], given: argparse.Namespace) -> Iterator[str]:
    """What was taken in, what was not, and how the rest is."""
    if applied:
        yield f"取り込みました：{len(applied)} 枚"
    elif given.apply:
        yield "取り込むシートはありませんでした。"
    else:
        yield "まだ何も取り込んでいません。取り込むときは --apply を付けてください。"
    doubtful = [one for one in preview.returns if one.can_take and not one.is_sure and one.key not in applied]
    twins = [one for one in doubtful if preview.twins(one.key)]
    others = len(doubtful) - len(twins)
    if others and not given.doubtful:
        yield f"確認が必要な {others} 枚は取り込みません。読み取れたところだけを取り込むときは --doubtful も付けてください。"
    if twins:
        yield f"同じ相手から届いた {len(twins)} 枚は取り込みません。どれを使うかを決め、使わないものをフォルダーから除いてください。"
