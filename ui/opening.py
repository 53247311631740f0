"""Opening files and folders with the programs of the computer; everything of that kind passes through here, so a test can watch."""

from __future__ import annotations

import sys
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
    is_folder = path.is_dir()
    is_opened = (not is_folder or _has_file_manager()) and QDesktopServices.openUrl(
        QUrl.fromLocalFile(str(path))
    )
    if not is_opened and is_folder:
        raise MachineError("フォルダーを開くプログラムが見つかりません。", f"場所は「{path}」です。")
    if not is_opened:
        raise MachineError(
            f"「{path.name}」を開けるプログラムが見つかりません。",
            f"「{path.parent}」のフォルダーから開いてください。",
        )


def _has_file_manager() -> bool:
    """Whether folders belong to a program. Linux desktops start a helper that fails unheard where none does."""
    import shutil
    import subprocess

    helper = shutil.which("xdg-mime") if sys.platform == "linux" else None
    if helper is None:
        return True
    try:
        said = subprocess.run(
            [helper, "query", "default", "inode/directory"], capture_output=True, timeout=2, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return True
    return bool(said.stdout.strip())
