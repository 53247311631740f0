"""The command line: the same ledger and the same papers without a window. It loads no Qt.

Exit codes: 0 done, 1 what the person gave is wrong, 2 the machine stands in the way. Messages are Japanese, on stderr.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from app.errors import InputError, LedgerError, MachineError
from ui import console_exchange, console_steps

if TYPE_CHECKING:
    from app.office import Office
    from app.plans.draft import PlanDraft
    from reports.catalogue import Entry, Finding
    from reports.export import Format

_POINTED_OUT = 10
_CHOICES_SHOWN = 20
_SAMPLE_DAY = "令和10年3月10日"

Command = Callable[[argparse.Namespace], int]


class _Formatter(argparse.HelpFormatter):
    """Help in Japanese: the word before the usage line is the only one that argparse keeps to itself."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "使い方：" if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """argparse that speaks Japanese and ends with 1 where the person's input is wrong."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings, add_help=False, formatter_class=_Formatter, allow_abbrev=False)
        self._positionals.title, self._optionals.title = "指定するもの", "選べるもの"
        self.add_argument("-h", "--help", action="help", help="使い方を表示する")

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        print(f"{_in_japanese(message)}\n使い方は --help で見られます。", file=sys.stderr)
        raise SystemExit(InputError.exit_code)


_COMPLAINTS = (
    (r"the following arguments are required: (.+)", "指定が足りません：{}"),
    (r"unrecognized arguments: (.+)", "余分な指定があります：{}"),
    (r"argument .*?: invalid choice: (.+?) \(.*", "{} という命令はありません。"),
    (r"argument (.+?): expected one argument", "{} の後に値を指定してください。"),
)


def _in_japanese(complaint: str) -> str:
    """What argparse complains of, in Japanese."""
    for pattern, sentence in _COMPLAINTS:
        found = re.fullmatch(pattern, complaint)
        if found:
            return sentence.format(found[1])
    return f"指定を読み取れません：{complaint}"


def main(arguments: Sequence[str]) -> int:
    """Run one command; the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        parsed = _parser().parse_args(arguments)
        command: Command = parsed.command
        return command(parsed)
    except LedgerError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:
        # Whoever read our output has seen enough; what is still in the buffer goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        print(
            f"ファイルを扱えません：{error}\n場所と権限、ディスクの空きを確かめてください。", file=sys.stderr
        )
        return MachineError.exit_code


def _parser() -> _Parser:
    parser = _Parser(prog="tsunagari", description="つながり帳 — 健やか子育て連絡会の台帳")
    parser.add_argument(
        "--self-test", action="store_const", const=_self_test, dest="command", help="動作を確かめる"
    )
    commands = parser.add_subparsers(title="命令", metavar="命令", parser_class=_Parser)
    _add(commands, "demo", _demo, "見本の台帳と、すべての帳票を作る", ("folder", "書き出すフォルダー"))
    _add(commands, "reports", _reports, "作れる帳票の一覧", ("ledger", "台帳"))
    report = _add(commands, "report", _report, "帳票を書き出す", ("ledger", "台帳"), ("id", "帳票の名前"))
    report.add_argument("--fiscal-year", metavar="年度", help="年度（例：2026、令和8年度）。省くと今年度")
    report.add_argument("--format", default="pdf", metavar="形式", help="pdf, xlsx, docx, txt, data-xlsx")
    report.add_argument("--out", metavar="ファイル", help="書き出す先。省くと今のフォルダー")
    report.add_argument("--option", action="append", default=[], metavar="名前=値", help="選択（何回でも）")
    _add(commands, "dump", _dump, "台帳のすべてを JSON で出す", ("ledger", "台帳"))
    new = _add(commands, "new", _new, "新しい台帳を作る", ("ledger", "作る台帳"))
    new.add_argument("--plan", metavar="ファイル", help="取り込む指針・計画（TOML または Excel）")
    _add(commands, "check", _check, "台帳が正しいか調べる", ("ledger", "台帳"))
    _add(commands, "backup", _backup, "バックアップを作る", ("ledger", "台帳"), ("folder", "置くフォルダー"))
    _add(
        commands,
        "restore",
        _restore,
        "バックアップから戻す",
        ("backup", "バックアップ"),
        ("ledger", "戻す先の台帳"),
    )
    _add(commands, "migrate", _migrate, "古い版の台帳を、この版に改める", ("ledger", "台帳"))
    _add_exchange(commands)
    sheets = _add(
        commands,
        "sheets",
        console_steps.sheets_command,
        "ステップ確認のチェックシートを書き出す",
        ("ledger", "台帳"),
    )
    sheets.add_argument("--round", required=True, metavar="番号", help="ステップ確認の回の番号")
    sheets.add_argument("--out", required=True, metavar="フォルダー", help="書き出す先。なければ作る")
    sheets.add_argument("--missing", action="store_true", help="まだ返っていない相手の分だけを書き出す")
    parser.set_defaults(command=lambda _: _usage(parser))
    return parser


def _add_exchange(commands: argparse._SubParsersAction[_Parser]) -> None:
    """The commands of ``console_exchange``."""
    ledger, subject = ("ledger", "台帳"), ("subject", "organisations、meetings または sheets")
    taking = _add(
        commands,
        "import",
        console_exchange.import_command,
        "名簿や会議の一覧（Excel・CSV）、返ってきたチェックシートを確かめ、取り込む",
        ledger,
        subject,
        ("file", "ファイル（sheets ではフォルダー）"),
    )
    taking.add_argument("--apply", action="store_true", help="取り込む。省くと、どうなるかを示すだけ")
    taking.add_argument("--json", action="store_true", help="結果を JSON で出す")
    taking.add_argument("--sheet", metavar="シート", help="読むシート。省くと見出しが最も合うもの")
    taking.add_argument("--as-of", metavar="日付", help="担当者・代表者の交代の日。省くと今日")
    taking.add_argument(
        "--new-entries", action="store_true", help="会議：一覧にない種類や地区を、一覧に加えて取り込む"
    )
    taking.add_argument("--round", metavar="番号", help="sheets：ステップ確認の回の番号。省くと受付中の回")
    taking.add_argument(
        "--doubtful", action="store_true", help="sheets：確認が必要なシートも、読み取れたところだけ取り込む"
    )
    giving = _add(
        commands,
        "export",
        console_exchange.export_command,
        "名簿をデータとして、会議を予定表のファイルとして書き出す",
        ledger,
        subject,
    )
    giving.add_argument("--format", metavar="形式", help="名簿は xlsx, csv（省くと xlsx）。会議は ics")
    giving.add_argument("--year", metavar="年度", help="会議の年度（例：2026、R8）。省くとすべて")
    giving.add_argument(
        "--encoding", metavar="文字コード", help="CSV の文字コード：utf-8, cp932。省くと utf-8"
    )
    giving.add_argument("--out", metavar="ファイル", help="書き出す先。省くと今のフォルダー")


def _add(
    commands: argparse._SubParsersAction[_Parser],
    name: str,
    command: Command,
    purpose: str,
    *arguments: tuple[str, str],
) -> _Parser:
    parser = commands.add_parser(name, help=purpose, description=purpose)
    for argument, meaning in arguments:
        parser.add_argument(argument, metavar=meaning)
    parser.set_defaults(command=command)
    return parser


def _usage(parser: _Parser) -> int:
    parser.print_help(sys.stderr)
    return InputError.exit_code


def _demo(given: argparse.Namespace) -> int:
    from app import sample
    from reports import catalogue, export
    from reports.document import Report

    folder = Path(given.folder)
    folder.mkdir(parents=True, exist_ok=True)
    ledger = _free_name(folder / "見本.tsunagari")
    office = sample.create(ledger)
    print(f"見本の台帳：{ledger}")
    fiscal_year = sample.FISCAL_YEARS[-1]
    for entry in catalogue.entries():
        days = {one.key: _SAMPLE_DAY for one in entry.options if one.key in ("issued_on", "as_of")}
        options = entry.complete(days)
        with office.reading() as reader:
            report: Report = entry.build(reader, fiscal_year, options)
        for fmt in entry.formats:
            target = folder / export.suggested_name(report, fmt)
            print(f"帳票：{export.write(report, fmt, target)}")
    office.close()
    return 0


def _free_name(path: Path) -> Path:
    """``path``, or the first numbered name beside it that is free: a sample never replaces a ledger."""
    taken = 1
    free = path
    while free.exists():
        taken += 1
        free = path.with_name(f"{path.stem}（{taken}）{path.suffix}")
    return free


def _reports(given: argparse.Namespace) -> int:
    from reports import catalogue

    office = _open(given.ledger)
    try:
        described = [(entry, office.ask(entry.options_in)) for entry in catalogue.entries()]
    finally:
        office.close()
    for entry, options in described:
        formats = "・".join(fmt.value for fmt in entry.formats)
        print(f"{entry.id}\t{entry.title}\t{formats}")
        print(f"\t{entry.description}")
        for option in options:
            choices = "、".join(
                value if value == label else f"{value}＝{label}"
                for value, label in option.choices[:_CHOICES_SHOWN]
            )
            if len(option.choices) > _CHOICES_SHOWN:
                choices += f"、ほか {len(option.choices) - _CHOICES_SHOWN} 件"
            print(f"\t--option {option.key}=…\t{option.label}" + (f"（{choices}）" if choices else ""))
    return 0


def _report(given: argparse.Namespace) -> int:
    """A long report is a great many small values that refer to no one in a circle: none is looked for meanwhile."""
    gc.disable()
    try:
        return _write_report(given)
    finally:
        gc.enable()


def _write_report(given: argparse.Namespace) -> int:
    from datetime import date

    from app.calendar import fiscal_year_of, parse_fiscal_year
    from reports import catalogue, export
    from reports.checks import report_findings

    entry = catalogue.find(given.id)
    fmt = _format(given.format, entry)
    options = entry.complete(_options(given.option))
    today = date.today()
    fiscal_year = parse_fiscal_year(given.fiscal_year) if given.fiscal_year else fiscal_year_of(today)
    office = _open(given.ledger)
    try:
        with office.reading() as reader:
            report = entry.build(reader, fiscal_year, options)
            findings = entry.check(reader, fiscal_year, options)
        target = Path(given.out) if given.out else Path(export.suggested_name(report, fmt))
        print(export.write(report, fmt, target))
        _point_out((*findings, *report_findings(report)))
    finally:
        office.close()
    return 0


def _point_out(findings: Sequence[Finding]) -> None:
    """Say on stderr what to look at before the paper is handed out; the paper itself has been written."""
    for finding in findings[:_POINTED_OUT]:
        print(f"確認：{finding.message}", file=sys.stderr)
    if len(findings) > _POINTED_OUT:
        print(f"確認：ほか {len(findings) - _POINTED_OUT} 件", file=sys.stderr)


def _format(name: str, entry: Entry) -> Format:
    for fmt in entry.formats:
        if fmt.value == name:
            return fmt
    names = "、".join(fmt.value for fmt in entry.formats)
    raise InputError(f"「{entry.title}」は「{name}」の形式では書き出せません。", f"使える形式：{names}")


def _options(given: Sequence[str]) -> dict[str, str]:
    options = {}
    for one in given:
        key, sign, value = one.partition("=")
        if not sign:
            raise InputError(f"選択「{one}」を読み取れません。", "--option 名前=値 の形で指定してください。")
        options[key] = value
    return options


def _dump(given: argparse.Namespace) -> int:
    from app import ledgers

    office = _open(given.ledger)
    try:
        json.dump(ledgers.dump(office), sys.stdout, ensure_ascii=False, indent=1)
        print()
    finally:
        office.close()
    return 0


def _new(given: argparse.Namespace) -> int:
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


def _check(given: argparse.Namespace) -> int:
    from app import ledgers

    findings = ledgers.check(Path(given.ledger))
    for finding in findings:
        print(finding, file=sys.stderr)
    if findings:
        return MachineError.exit_code
    print("台帳に問題はありません。")
    return 0


def _backup(given: argparse.Namespace) -> int:
    from app import ledgers

    print(f"バックアップ：{ledgers.backup(Path(given.ledger), Path(given.folder))}")
    return 0


def _restore(given: argparse.Namespace) -> int:
    from app import ledgers

    kept = ledgers.restore(Path(given.backup), Path(given.ledger))
    print(f"戻しました：{given.ledger}")
    if kept:
        print(f"前の台帳は残してあります：{kept}")
    return 0


def _migrate(given: argparse.Namespace) -> int:
    from app import ledgers

    done = ledgers.upgrade(Path(given.ledger))
    print("この版に改めました。" if done else "すでにこの版の台帳です。")
    return 0


def _self_test(_given: argparse.Namespace) -> int:
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


def _open(ledger: str) -> Office:
    from app import ledgers

    return ledgers.open_ledger(Path(ledger))
