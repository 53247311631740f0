"""Widths, search keys and kana order. Names are never normalised: folding is for comparing only.

NFC and NFKC are not used on them: they turn U+FA19 into 神 and rewrite ㈱, ① and ㍻.
"""

from __future__ import annotations

import re
import unicodedata

from db.text_key import SELECTORS, fold, search_key

__all__ = ["ELLIPSIS", "clean", "excerpt", "fold", "kana_key", "search_key"]

ELLIPSIS = "…"

_ONE_FOLDED = re.compile("[\uff66-\uff9d][\uff9e\uff9f]|.", re.DOTALL)

_SHORTENING = re.compile("[\uff9e\uff9f\ufe00-\ufe0f\U000e0100-\U000e01ef]")

_PLAIN = str.maketrans("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ", "\u3099\u309a\u309b\u309c")
_UNCOUNTED = re.compile(r"[\s・]+")
_REPEATS = re.compile("[ーゝゞ]")
_ROWS = {
    "あ": "あかさたなはまやらわ",
    "い": "いきしちにひみりゐ",
    "う": "うくすつぬふむゆる",
    "え": "えけせてねへめれゑ",
    "お": "おこそとのほもよろを",
}
_VOWELS = {kana: vowel for vowel, row in _ROWS.items() for kana in row}


def kana_key(reading: str, original: str) -> tuple[str, str, str]:
    """The key that sorts by 五十音, the ``original`` standing for a missing ``reading``.

    First hiragana without dakuten and small kana, ー as the vowel before it; then the reading itself; then
    the ``original``. Blanks and middle dots do not count.
    """
    plain = _UNCOUNTED.sub("", search_key(reading if reading.strip() else original))
    base = unicodedata.normalize("NFD", plain).translate(_PLAIN)
    return _spelled_out(base) if _REPEATS.search(base) else base, plain, original


def _spelled_out(base: str) -> str:
    """``base`` with the vowel in place of ー, and the letter before in place of ゝ."""
    spelled: list[str] = []
    for character in base:
        before = spelled[-1] if spelled else ""
        if character == "ー":
            character = _VOWELS.get(before, character)
        elif character in "ゝゞ":
            character = before or character
        spelled.append(character)
    return "".join(spelled)


def clean(text: str) -> str:
    """``text`` as it may be stored: line ends are ``\\n``, and what no file format can hold is dropped.

    Dropped: control characters except newline and tab, lone surrogates, byte order marks, non-characters.
    """
    if text.isprintable():
        return text
    lines = re.sub("\r\n?|[\u2028\u2029]", "\n", text)
    return "".join(character for character in lines if character in "\n\t" or _is_storable(character))


def excerpt(text: str, around: str = "", length: int = 30) -> str:
    """One line of at most ``length`` characters around the first place of ``around``, by its search key where it is written otherwise.

    The beginning of ``text`` where nothing matches; an … stands where something was left out.
    """
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    start, end = _find(line, around)
    first = start - max(0, length - (end - start)) // 2
    if first <= 0:
        return _cut(line, 0, length - 1) + ELLIPSIS
    if first + length - 1 >= len(line):
        return ELLIPSIS + _cut(line, len(line) - length + 1, len(line))
    return ELLIPSIS + _cut(line, first, first + length - 2) + ELLIPSIS


def _is_storable(character: str) -> bool:
    code = ord(character)
    if code == 0xFEFF or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
        return False
    return unicodedata.category(character) not in ("Cc", "Cs")


def _find(line: str, around: str) -> tuple[int, int]:
    """Where in ``line`` stands ``around`` as it is written, else its key; (0, 0) where neither does."""
    as_written = line.find(around)
    if as_written >= 0:
        return as_written, as_written + len(around)
    wanted, key = search_key(around), search_key(line)
    place = key.find(wanted) if wanted else -1
    if place < 0:
        return 0, 0
    end = place + len(wanted)
    if len(key) == len(line) and not _SHORTENING.search(line):
        return place, end
    # A key may be shorter or longer than what it was made of, so the place of each of its characters is looked up.
    places: list[tuple[int, int]] = []
    for found in _ONE_FOLDED.finditer(line):
        places += [found.span()] * len(search_key(found.group()))
    return places[place][0], places[end - 1][1]


def _cut(line: str, first: int, last: int) -> str:
    """``line[first:last]``, begun and ended where no combining mark or selector is torn from its base."""
    while first < last and _is_attached(line[first]):
        first += 1
    while first < last < len(line) and _is_attached(line[last]):
        last -= 1
    return line[first:last].strip()


def _is_attached(character: str) -> bool:
    return unicodedata.combining(character) != 0 or ord(character) in SELECTORS


_PAST = {"する": "しました", "す": "しました", "く": "きました", "切る": "切りました", "る": "ました"}
"""How the ends of the verbs that name a change become past; 切る is the only 五段 verb in る among them."""


def done_words(label: str) -> str:
    """The label of a change as a sentence that says it was done: 「会議を追加」 会議を追加しました。 「団体を招く」 団体を招きました。"""
    end = next((end for end in _PAST if label.endswith(end)), "")
    return f"{label.removesuffix(end)}{_PAST.get(end, 'しました')}。"
