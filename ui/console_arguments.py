"""The Japanese of the command line: help, and what argparse complains of."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from typing import Any, NoReturn

from app.errors import InputError


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


class Parser(argparse.ArgumentParser):
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
