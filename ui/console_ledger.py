"""Commands about a ledger as a whole: ``new``, ``check``, ``backup``, ``restore``, ``migrate``, ``dump``; and ``--self-test``."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import MachineError

if TYPE_CHECKING:
    from app.plans.draft import PlanDraft


def dump_command(given: argparse.Namespace) -> int:
    from app import ledgers

    office = ledgers.open_ledger(Path(given.ledger))
    try:
        json.dump(ledgers.dump(office), sys.stdout, ensure_ascii=False, indent=1)
        print()
    finally:
        office.close()
    return 0


def new_command(given: argparse.Namespace) -> int:
    from app import ledgers

    plan = _plan(Path(given.plan)) if given.plan else None
    ledgers.create(Path(given.ledger), plan=plan).close()
    print(f"新しい台帳：{given.ledger}")
    return 0


def _plan(path: Path) -> PlanDraft:
    if path.suffix.lower() == ".xlsx":
        from app.importing import plan_workbook

        return plan_workbook.load(path)
    from app.plans import loader

    return loader.load(path)


def check_command(given: argparse.Namespace) -> int:
    from app import ledgers

    findings = ledgers.check(Path(given.ledger))
    for finding in findings:
        print(finding, file=sys.stderr)
    if findings:
        return MachineError.exit_code
    print("台帳に問題はありません。")
    return 0


def backup_command(given: argparse.Namespace) -> int:
    from app import ledgers

    print(f"バックアップ：{ledgers.backup(Path(given.ledger), Path(given.folder))}")
    return 0


def restore_command(given: argparse.Namespace) -> int:
    from app import ledgers

    kept = ledgers.restore(Path(given.backup), Path(given.ledger))
    print(f"戻しました：{given.ledger}")
    if kept:
        print(f"前の台帳は残してあります：{kept}")
    return 0


def migrate_command(given: argparse.Namespace) -> int:
    from app import ledgers

    done = ledgers.upgrade(Path(given.ledger))
    print("この版に改めました。" if done else "すでにこの版の台帳です。")
    return 0


def self_test_command(_given: argparse.Namespace) -> int:
    """Make a ledger, write a PDF, an Excel and a Word file from it, and read a workbook; the frozen program proves itself whole by it."""
    from app import sample
    from app.importing import plan_workbook
    from app.plans import queries
    from reports import catalogue, export, plan_template
    from reports.export import Format

    with tempfile.TemporaryDirectory() as folder:
        office = sample.create(Path(folder) / "見本.tsunagari")
        entry = catalogue.find("progress")
        with office.reading() as reader:
            report = entry.build(reader, sample.FISCAL_YEARS[-1], entry.complete({}))
            plan = queries.draft(reader, queries.plans(reader)[0].id)
        office.close()
        for fmt in (Format.PDF, Format.XLSX, Format.DOCX):
            written = export.write(report, fmt, Path(folder) / export.suggested_name(report, fmt))
            print(f"{written.name}\t{written.stat().st_size} バイト")
        form = Path(folder) / "計画.xlsx"
        plan_template.write_template(form, plan)
        if plan_workbook.load(form).items != plan.items:
            raise MachineError(
                "Excel から読んだ計画が、書いた計画と違います。", "プログラムを入れ直してください。"
            )
    print("動作に問題はありません。")
    return 0
