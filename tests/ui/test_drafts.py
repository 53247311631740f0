"""What is typed and not saved outlives a crash, and is offered again."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from pytestqt.qtbot import QtBot

from app.drafts import Draft, Drafts
from ui.drafts import DraftKeeper, DraftOffer


def test_draft_outlives_the_program_and_goes_when_saved(tmp_path: Path) -> None:
    ledger = tmp_path / "台帳.tsunagari"
    first = Drafts(ledger, tmp_path)
    moment = datetime(2026, 11, 21, 14, 32)
    first.keep("outcome_review/12/2026", {"narrative": "書きかけ", "rating_level_id": 3}, moment)

    second = Drafts(ledger, tmp_path)
    draft = second.take("outcome_review/12/2026")
    assert draft == Draft({"narrative": "書きかけ", "rating_level_id": 3}, moment)
    assert second.take("outcome_review/13/2026") is None
    second.drop("outcome_review/12/2026")
    assert Drafts(ledger, tmp_path).keys() == ()
    assert list(tmp_path.glob("*.json")) == []


def test_ledgers_do_not_share_drafts(tmp_path: Path) -> None:
    Drafts(tmp_path / "a.tsunagari", tmp_path).keep("x", {"text": "一"})
    assert Drafts(tmp_path / "b.tsunagari", tmp_path).take("x") is None


def test_spoiled_file_and_unwritable_folder_stop_nobody(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "a.tsunagari", tmp_path)
    drafts.keep("x", {"text": "一"})
    file = next(tmp_path.glob("*.json"))
    for content in ("{", "[]", json.dumps({"drafts": {"x": 1}})):
        file.write_text(content, "utf-8")
        assert Drafts(tmp_path / "a.tsunagari", tmp_path).keys() == ()
    (tmp_path / "file").write_text("")
    blocked = Drafts(tmp_path / "a.tsunagari", tmp_path / "file" / "below")
    blocked.keep("x", {"text": "一"})
    assert blocked.take("x") is not None


def test_keeper_keeps_a_moment_after_the_last_edit(qtbot: QtBot, tmp_path: Path) -> None:
    owner = QObject()
    drafts = Drafts(tmp_path / "a.tsunagari", tmp_path)
    typed = {"text": "一"}
    keeper = DraftKeeper(drafts, lambda: typed, owner)
    keeper._rest.setInterval(10)
    keeper.touched("x")
    assert drafts.take("x") is None
    qtbot.waitUntil(lambda: drafts.take("x") is not None)
    keeper.drop("x")
    assert drafts.keys() == ()
    keeper.keep_now()
    assert drafts.keys() == ()


def test_offer_gives_the_draft_back_or_is_refused(qtbot: QtBot) -> None:
    offer = DraftOffer()
    qtbot.addWidget(offer)
    draft = Draft({"text": "一"}, datetime(2026, 11, 21, 14, 32))
    offer.offer(draft)
    assert offer.label.text() == "保存されていない入力が残っています（令和8年11月21日 14時32分）。"
    with qtbot.waitSignal(offer.wanted) as wanted:
        qtbot.mouseClick(offer.use, Qt.MouseButton.LeftButton)
    assert wanted.args == [draft]
    assert not offer.isVisible()
    offer.offer(draft)
    with qtbot.waitSignal(offer.refused):
        qtbot.mouseClick(offer.refuse, Qt.MouseButton.LeftButton)
    offer.offer(None)
    assert not offer.isVisible()
