"""A catalogue of three reports that tests can hold up, and what they do and look at on the page 帳票."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.errors import InputError
from app.office import Reader
from app.plans import queries
from reports.catalogue import Choices, Entry, Finding, Option, OptionKind, Options
from reports.document import PageBreak, Paragraph, Report, Section
from reports.export import Format
from ui.reports.page import ReportsPage

OPTIONS = (
    Option(
        "audience", "用途", OptionKind.CHOICE, "out", (("out", "配布用"), ("in", "内部用")), "だれに渡すか。"
    ),
    Option("long", "詳しく", OptionKind.FLAG, "no"),
    Option("remark", "添え書き", OptionKind.TEXT),
    Option("day", "発行日", OptionKind.DATE),
)


def _plans(reader: Reader) -> Choices:
    return tuple((plan.title, plan.title) for plan in queries.plans(reader))


PLAN = Option("plan", "指針", OptionKind.CHOICE, "", (("", "すべての指針"),), source=_plans)


@dataclass
class Press:
    """A catalogue of three reports, with a hand on how they are made."""

    built: list[tuple[str, int, dict[str, str]]] = field(default_factory=list)
    findings: tuple[Finding, ...] = ()
    gate: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.gate.set()

    def entries(self) -> tuple[Entry, ...]:
        """What the page offers."""
        formats = (Format.PDF, Format.XLSX, Format.TXT)
        return (
            Entry("note", "お知らせ", "会員に配る短い文書です。", formats, OPTIONS, self._note, self._check),
            Entry(
                "list", "会員名簿", "会員団体の一覧です。", (Format.PDF,), (PLAN,), self._list, self._check
            ),
            Entry("none", "調査結果", "調査のまとめです。", (Format.PDF,), (), self._refuse, self._check),
        )

    def _note(self, reader: Reader, fiscal_year: int, options: Options) -> Report:
        self.gate.wait(10)
        self.built.append(("note", fiscal_year, dict(options)))
        plan = queries.plans(reader)[0]
        pages = tuple(
            block
            for number in range(4 if options["long"] == "yes" else 3)
            for block in (Paragraph(f"{plan.title} {options['remark']} {number}"), PageBreak())
        )
        return Report(
            "note", "お知らせ", (Section("本文", pages[:-1]),), internal=options["audience"] == "in"
        )

    def _list(self, _reader: Reader, fiscal_year: int, options: Options) -> Report:
        self.built.append(("list", fiscal_year, dict(options)))
        return Report("list", "会員名簿", (Section("名簿", (Paragraph("印刷できない字 \U0001fae0"),)),))

    def _refuse(self, _reader: Reader, _fiscal_year: int, _options: Options) -> Report:
        raise InputError("調査がまだありません。", "「調査」のページで調査を登録してください。")

    def _check(self, _reader: Reader, _fiscal_year: int, _options: Options) -> tuple[Finding, ...]:
        return self.findings


def wait_for(qtbot: QtBot, page: ReportsPage) -> None:
    """Until the preview shows what is ordered."""
    qtbot.waitUntil(
        lambda: (
            page.preview.is_settled
            and page.desk.tasks.is_idle
            and (page.preview.view.page_count == 0 or page.preview.view.drawn(_page(page)))
        ),
        timeout=10_000,
    )


def _page(page: ReportsPage) -> int:
    return max(0, int(page.preview.page_label.text().split(" / ")[0] or 1) - 1)


def pixels(page: ReportsPage, index: int = 0) -> bytes:
    """The picture of a page that is shown."""
    image = page.preview.view.picture(index)
    assert image is not None
    return bytes(image.constBits())


def type_in(widget: QLineEdit, text: str) -> None:
    """Type Japanese as an input method hands it over."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QCoreApplication.sendEvent(widget, event)


def option(page: ReportsPage, key: str, kind: type) -> object:
    """The field of an option."""
    assert page.options is not None
    found = page.options.fields[key]
    assert isinstance(found, kind)
    return found
