"""How a file that cannot be taken is refused: every place that is wrong, at once."""

from __future__ import annotations

from collections.abc import Sequence

from app.errors import InputError

ADVICE = "直してから、もう一度読み込んでください。まだ何も取り込んでいません。"
SHOWN = 20
"""So many places are listed; how many more there are is said."""


def refusal(complaints: Sequence[str]) -> InputError:
    """The error that lists ``complaints``, each a Japanese sentence that begins with its place."""
    listed = list(complaints[:SHOWN])
    if len(complaints) > SHOWN:
        listed.append(f"このほかに{len(complaints) - SHOWN}か所あります。")
    return InputError("\n".join(listed), ADVICE)
