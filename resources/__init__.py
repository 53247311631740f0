"""Fonts, icons, style, plans and help that the program carries with it; the only code here is the path to them."""

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def path(name: str) -> Path:
    """The file or folder called ``name`` (``"fonts/BIZUDPGothic-Regular.ttf"``) inside the resources."""
    return _HERE / name
