"""The command line: the same ledger and the same papers without a window. It loads no Qt.

Exit codes: 0 done, 1 what the person gave is wrong, 2 the machine stands in the way, 130 stopped by Ctrl+C. Messages are
Japanese, on stderr.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from app.errors import InputError, LedgerError, MachineError
from ui import console_exchange, console_ledger, console_papers, console_steps
from ui.console_arguments import Parser

Command = Callable[[argparse.Namespace], int]
_LEDGER = ("ledger", "台帳")
_STOPPED = 130
"""What shells expect of a command that Ctrl+C has ended."""


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
    except KeyboardInterrupt:
        print("途中でやめました。", file=sys.stderr)
        return _STOPPED
    except BrokenPipeError:
        # Whoever read our output has seen enough; what is still in the buffer goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        print(
            f"ファイルを扱えません：{error}\n場所と権限、ディスクの空きを確かめてください。", file=sys.stderr
        )
        return MachineError.exit_code


def _parser() -> Parser:
    parser = Parser(prog="tsunagari", description="つながり帳 — 健やか子育て連絡会の台帳")
    parser.add_argument(
        "--self-test",
        action="store_const",
        const=console_ledger.self_test_command,
        dest="command",
        help="動作を確かめる",
    )
    commands = parser.add_subparsers(title="命令", metavar="命令", parser_class=Parser)
    _add_papers(commands)
    _add_ledger(commands)
    _add_exchange(commands)
    _add_sheets(commands)
    parser.set_defaults(command=lambda _: _usage(parser))
    return parser


def _add_papers(commands: argparse._SubParsersAction[Parser]) -> None:
    """The commands of ``console_papers``."""
    _add(
        commands,
        "demo",
        console_papers.demo_command,
        "見本の台帳と、すべての帳票を作る",
        ("folder", "書き出すフォルダー"),
    )
    _add(commands, "reports", console_papers.reports_command, "作れる帳票の一覧", _LEDGER)
    report = _add(
        commands,
        "report",
        console_papers.report_command,
        "帳票を書き出す",
        _LEDGER,
        ("id", "帳票の名前"),
    )
    report.add_argument("--fiscal-year", metavar="年度", help="年度（例：2026、令和8年度）。省くと今年度")
    report.add_argument("--format", default="pdf", metavar="形式", help="pdf, xlsx, docx, txt, data-xlsx")
    report.add_argument("--out", metavar="ファイル", help="書き出す先。省くと今のフォルダー")
    report.add_argument("--option", action="append", default=[], metavar="名前=値", help="選択（何回でも）")


def _add_ledger(commands: argparse._SubParsersAction[Parser]) -> None:
    """The commands of ``console_ledger``."""
    _add(commands, "dump", console_ledger.dump_command, "台帳のすべてを JSON で出す", _LEDGER)
    new = _add(commands, "new", console_ledger.new_command, "新しい台帳を作る", ("ledger", "作る台帳"))
    new.add_argument("--plan", metavar="ファイル", help="取り込む指針・計画（TOML または Excel）")
    _add(commands, "check", console_ledger.check_command, "台帳が正しいか調べる", _LEDGER)
    _add(
        commands,
        "backup",
        console_ledger.backup_command,
        "バックアップを作る",
        _LEDGER,
        ("folder", "置くフォルダー"),
    )
    _add(
        commands,
        "restore",
        console_ledger.restore_command,
        "バックアップから戻す",
        ("backup", "バックアップ"),
        ("ledger", "戻す先の台帳"),
    )
    _add(
        commands,
        "migrate",
        console_ledger.migrate_command,
        "古い版の台帳を、この版に改める",
        _LEDGER,
    )


def _add_sheets(commands: argparse._SubParsersAction[Parser]) -> None:
    """The command of ``console_steps``."""
    sheets = _add(
        commands,
        "sheets",
        console_steps.sheets_command,
        "ステップ確認のチェックシートを書き出す",
        _LEDGER,
    )
    sheets.add_argument("--round", metavar="番号", help="ステップ確認の回の番号。省くと受付中の回")
    sheets.add_argument("--out", required=True, metavar="フォルダー", help="書き出す先。なければ作る")
    sheets.add_argument("--missing", action="store_true", help="まだ返っていない相手の分だけを書き出す")


def _add_exchange(commands: argparse._SubParsersAction[Parser]) -> None:
    """The commands of ``console_exchange``."""
    taking = _add(
        commands,
        "import",
        console_exchange.import_command,
        "名簿や会議の一覧（Excel・CSV）、返ってきたチェックシートを確かめ、取り込む",
        _LEDGER,
        ("subject", "organisations、meetings または sheets"),
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
        _LEDGER,
        ("subject", "organisations または meetings"),
    )
    giving.add_argument("--format", metavar="形式", help="名簿は xlsx, csv（省くと xlsx）。会議は ics")
    giving.add_argument("--year", metavar="年度", help="会議の年度（例：2026、R8）。省くとすべて")
    giving.add_argument(
        "--encoding", metavar="文字コード", help="CSV の文字コード：utf-8, cp932。省くと utf-8"
    )
    giving.add_argument("--out", metavar="ファイル", help="書き出す先。省くと今のフォルダー")


def _add(
    commands: argparse._SubParsersAction[Parser],
    name: str,
    command: Command,
    purpose: str,
    *arguments: tuple[str, str],
) -> Parser:
    parser = commands.add_parser(name, help=purpose, description=purpose)
    for argument, meaning in arguments:
        parser.add_argument(argument, metavar=meaning)
    parser.set_defaults(command=command)
    return parser


def _usage(parser: Parser) -> int:
    parser.print_help(sys.stderr)
    return InputError.exit_code
