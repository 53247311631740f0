"""What can be done on the page in view, for the search: whatever it offers by a button or a menu, under the words that stand there."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from ui.navigation import KEYED
from ui.search_box import Command
from ui.widgets.button import Button

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.page import Page

_PLACES = (
    ("meetings", "preparation", "準備（次第・招待と返信）"),
    ("meetings", "reception", "当日の受付"),
    ("meetings", "minutes", "会議録を書く"),
    ("meetings", "afterwards", "事後（確定・欠席団体への共有）"),
    ("meetings", "attendance", "出席の集計"),
    ("steps", "result", "結果（一覧の図）"),
    ("steps", "gap", "認識差"),
    ("steps", "collect", "回収と入力"),
    ("steps", "cycle", "次の一手"),
    ("referrals", "year", "1年のまとめ"),
)
"""Parts of pages that people know by a name: the page, the topic, and what it is called."""

_ELSEWHERE = (
    ("organisations", "名簿をExcel・CSVから取り込む・書き出す", "「取り込み・書き出し」にあります"),
    ("organisations", "重複の確認・統合", "「整理」にあります"),
    ("organisations", "区分・地区・事業の種類の一覧", "「整理」にあります"),
    ("year_turn", "変更がないかを文書やExcelで尋ねる", "右上にあります"),
    ("meetings", "月ごとの予定表", "「月ごと」にあります"),
    ("meetings", "昨年度の会議を写す", "「整理」にあります"),
    ("meetings", "会議の種類と準備の項目", "「整理」にあります"),
    ("steps", "チェックシートを書き出す", "「シートを書き出す」にあります"),
    ("steps", "届いたシートを取り込む", "上にあります"),
    ("steps", "チェックポイントの組", "「整理」にあります"),
    ("plans", "指針をExcelから取り込む・書き出す", "「取り込み・書き出し」にあります"),
    ("settings", "文字の大きさと明るさ", "「画面の見え方」にあります"),
    ("settings", "バックアップと復元", "「バックアップ」にあります"),
)
"""What pages offer that people look for from elsewhere: the page, what it is called, and where on the page it is."""

_NO_VERBS = ("row", "link")
"""Looks of buttons that lead to a record or stand in a sentence."""


def page_keys() -> Iterator[str]:
    """The keys to the pages in their order; those behind the ninth have none."""
    number = 0
    while True:
        number += 1
        yield f"Alt+{number}" if number <= KEYED else ""


def places(window: MainWindow) -> Iterator[Command]:
    """The parts of pages that have a name of their own, and what pages other than the one in view offer."""
    entries = {entry.key: entry for entry in window.entries}
    page = window.current_page()
    for key, name, whereabouts in _ELSEWHERE:
        if key in entries and (page is None or page.key != key or key == "settings"):
            entry = entries[key]
            yield Command(f"{entry.title}：{name}", partial(window.show_page, key), whereabouts, entry.icon)
    for key, topic, name in _PLACES:
        if key in entries:
            entry = entries[key]
            yield Command(f"{entry.title}：{name}", partial(window.show_page, key, topic), "", entry.icon)


def on_page(page: Page) -> Iterator[Command]:
    """The buttons of a page that can be pressed now, and what stands in their menus."""
    for button in page.findChildren(Button):
        if not (button.isVisible() and button.isEnabled()) or button.property("look") in _NO_VERBS:
            continue
        text, menu = _plain(button.text()), button.menu()
        if menu is None:
            if text:
                yield Command(text, button.click, page.title)
            continue
        for action in menu.actions():
            if action.isEnabled() and action.text() and not action.menu():
                yield Command(f"{text}：{_plain(action.text())}", action.trigger, page.title)


def _plain(text: str) -> str:
    return text.replace("&&", "&").strip()
