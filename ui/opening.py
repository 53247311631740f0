"""Opening files and folders with the programs of the computer; everything of that kind passes through here, so a test can watch."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from app.errors import MachineError


def open_path(path: Path) -> None:
    """Open a file with the program that belongs to it, or a folder in the file manager. MachineError where it is gone or none does."""
    if not path.exists():
        raise MachineError(
            f"「{path.name}」が見つかりません。", "移動したか、削除されています。もう一度書き出してください。"
        )
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        if path.is_dir():
            raise MachineError("フォルダーを開くプログラムが見つかりません。", f"場所は「{path}」です。")
        raise MachineError(
            f"「{path.name}」を開けるプログラムが見つかりません。",
            f"「{path.parent}」のフォルダーから開いてください。",
        )
