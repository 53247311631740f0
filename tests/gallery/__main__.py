"""``make gallery``: the window's pages and the papers as pictures, so that whoever changes one looks at it before and after."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from tests.gallery import papers, window

ROOT = Path(__file__).parents[2]


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0] if arguments else "out/gallery").resolve()
    shutil.rmtree(folder, ignore_errors=True)
    sample = folder / "sample"
    subprocess.run([sys.executable, "main.py", "demo", sample], cwd=ROOT, check=True)
    for picture in papers.photograph(sample, folder / "papers"):
        print(picture)
    for picture in window.photograph(next(sample.glob("*.tsunagari")), folder / "window"):
        print(picture)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
