"""Where Python looks for garbage: on the window's thread alone.

Python looks wherever the next object happens to be made, on a worker as well. Widgets that refer to one another in a circle would
then be taken down there, which Qt does not allow.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

_EVERY_MS = 1_000


def stay_with(owner: QObject) -> None:
    """From now on look once a second, on the thread of ``owner`` and as long as it lives, and nowhere else."""
    from PySide6.QtCore import QTimer

    gc.disable()
    timer = QTimer(owner)
    timer.timeout.connect(collect_if_due)
    timer.start(_EVERY_MS)


def collect_if_due() -> None:
    """Look where so much has been made since the last time that Python would look by itself."""
    counts, thresholds = gc.get_count(), gc.get_threshold()
    for generation in (2, 1, 0):
        if counts[generation] > thresholds[generation]:
            gc.collect(generation)
            return
