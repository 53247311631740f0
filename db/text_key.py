"""How texts are compared: the folding behind every search, shared by the index of the record and the floors above."""

from __future__ import annotations

import re

import jaconv

SELECTORS = {
    code: None for first, last in ((0xFE00, 0xFE0F), (0xE0100, 0xE01EF)) for code in range(first, last + 1)
}
"""What chooses a glyph's shape and is no letter of its own; a table for ``str.translate`` that drops them."""

_HALF_KANA = re.compile("[\uff61-\uff9f]")
_NARROW = {**{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}, 0x3000: 0x20}
# jaconv joins ﾞ and ﾟ to the kana before them where a joined kana exists, and leaves the others half-width.
_LONE_MARKS = {0xFF9E: 0x309B, 0xFF9F: 0x309C}
_FOLDED = {**_NARROW, **_LONE_MARKS}
# Most texts hold nothing to fold, and looking is quicker than translating.
_TO_FOLD = re.compile("[\u3000\uff01-\uff5e\uff9e\uff9f]")
_SELECTOR = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def fold(text: str) -> str:
    """``text`` with U+FF01–FF5E, U+3000 half-width and U+FF61–FF9F full-width (ｶﾞ is ガ); the rest is kept."""
    if _HALF_KANA.search(text):
        text = jaconv.h2z(text, kana=True, ascii=False, digit=False)
    return text.translate(_FOLDED) if _TO_FOLD.search(text) else text


def search_key(text: str) -> str:
    """What ``text`` is searched by: folded, lower case, hiragana, without selectors of a glyph's shape."""
    bare = text.translate(SELECTORS) if _SELECTOR.search(text) else text
    return jaconv.kata2hira(fold(bare).lower())
