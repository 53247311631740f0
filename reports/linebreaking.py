"""Where a line of Japanese may end: 禁則 as pure functions on a text, the width of each character, and the room there is.

The rules follow the Japanese layout requirements (JLREQ) as offices know them from Word: 行頭禁則, 行末禁則, 分離禁止 (…… ―― and
numbers with their units), ぶら下げ of 、。, and 追い込み, the slight tightening of a line that would just not fit.
Nothing is ever dropped: the stretches of all lines, put together, are the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate
from typing import Any

NO_START = frozenset(
    "、。，．・：；？！‼⁇⁈⁉゛゜ヽヾゝゞ々〻ー〜～’”）〕］｝〉》」』】〙〗｠»!),.:;?]}｡､･｣ﾞﾟ"
    "‐゠–ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿｧｨｩｪｫｯｬｭｮｰ％‰℃%°′″"
)
"""Characters that do not begin a line (行頭禁則)."""

NO_END = frozenset("‘“（〔［｛〈《「『【〘〖｟«([{｢￥＄£＃№$#¥")
"""Characters that do not end a line (行末禁則)."""

HANGING = frozenset("、。，．､｡")
"""Characters that may hang into the margin (ぶら下げ)."""

SQUEEZE = 0.04
"""How much narrower than its font size each character of a line may be set to take in one more (追い込み)."""

_UNITS = (
    "(?:パーセント|ポイント|キロ|メートル|時間|分間|日間|週間|[かカヶヵ箇](?:月|所|国|年)|年度|年間|世帯|団体|地区|丁目|番地|つ|"
    "[年月日時分秒期回名人件校園組冊枚台票号条項章節点歳才円万億千百%％‰℃町番割倍位区])"
)
_MARKS = r"[\uFE00-\uFE0F\U000E0100-\U000E01EF\u0300-\u036F\u3099\u309A\u200D]*"
_SPACES = " \u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u200b\u3000"


def _members(characters: frozenset[str]) -> str:
    return "[" + "".join(re.escape(one) for one in sorted(characters)) + "]"


_START, _END = _members(NO_START), _members(NO_END)
# Most characters begin no number and may begin a line; between two of them nothing else need be tried.
_PLAIN = f"(?![第約令平昭]|{_START})[ぁ-ゖァ-ヺ一-鿿]"
_NUMBER = r"[0-9０-９]+(?:[.,．，:：/／][0-9０-９]+)*"
_CLUSTER = re.compile(
    rf"{_PLAIN}(?={_PLAIN})"
    rf"|(?:{_END}{_MARKS})*"
    rf"(?:(?:第|約|令和|平成|昭和)?{_NUMBER}(?: ?[〜～\-–－] ?{_NUMBER})*(?:{_UNITS}|[A-Za-z]+)*"
    rf"|[A-Za-z0-9\u00C0-\u024F\u0370-\u03FF\u0400-\u04FF@&'’_+\-./=~?%#]+(?:(?<=[0-9]){_UNITS}+)?"
    r"|…+|‥+|―+|—+|─+|[■□]+|[●○]+|[★☆]+"
    rf"|[^\n]{_MARKS})"
    rf"(?:{_START}{_MARKS}|[\u2060\u00A0\uFEFF]+[^\n]{_MARKS})*"
    rf"[{_SPACES}]*",
)
"""What is never parted: opening marks, a word or a number with its unit or one character, closing marks, spaces."""

_CHARACTER = re.compile(rf"[^\n]{_MARKS}")
_SPACED = re.compile(rf"[^{_SPACES}]*[{_SPACES}]+|[^{_SPACES}]+")
_SEAM = re.compile(r"[・＝／](?=.)|[一-鿿](?=[ァ-ヺA-Za-z0-9])|[ァ-ヺーA-Za-z](?=[一-鿿])")
_ADDRESS = re.compile(r"https?://|www\.|[A-Za-z0-9]/[A-Za-z0-9]|@")
_ADDRESS_PIECE = re.compile(r"(?:https?://)?[^/?=&._\-]*[/?=&._\-]*")


@dataclass(frozen=True, slots=True)
class Line:
    """A line as a stretch of the text: ``text[start:end]`` belongs to it, ``text[start:stop]`` is seen.

    ``width`` is the natural width of what is seen without what hangs; ``hang`` the width that hangs into the margin.
    ``final`` says that a paragraph ends here (a newline, or the end of the text), so the line is not justified.
    """

    start: int
    stop: int
    end: int
    width: float
    hang: float = 0.0
    final: bool = False


def break_lines(
    text: str,
    widths: Sequence[float],
    room: float,
    *,
    first_indent: float = 0.0,
    em: float = 1.0,
    hanging: bool = True,
) -> list[Line]:
    """``text`` broken into lines no wider than ``room``; newlines part paragraphs.

    ``widths`` holds the width of each character, ``em`` the font size, both in the unit of ``room``; the first line of every
    paragraph is shorter by ``first_indent``. A line may exceed ``room`` by what hangs (where ``hanging`` allows it), and by
    ``SQUEEZE`` × ``em`` for each of its characters, which the painter takes back. Where even one character does not fit, it stands alone.
    """
    return _fill(text, _Measure(widths, room, first_indent, em, hanging), _clusters)


def break_phrases(text: str, widths: Sequence[float], room: float, *, em: float = 1.0) -> list[Line]:
    """Like ``break_lines``, for headings: lines end between phrases (文節) and are about equally long.

    Spaces that a person set between the parts of a title are better places still, where they cost no further line.
    """
    cuts = _phrases
    lines = _fill(text, _Measure(widths, room, 0.0, em, True), cuts)
    if len(lines) < 2:
        return lines
    if _well_ended(text, lines, cuts) < len(lines):
        # A phrase is longer than a line: it is parted between its words, and the line before it not kept short.
        by_words = _fill(text, _Measure(widths, room, 0.0, em, True), _words)
        if len(by_words) <= len(lines):
            cuts, lines = _words, by_words
    by_spaces = _fill(text, _Measure(widths, room, 0.0, em, True), _spaced)
    if len(by_spaces) <= len(lines) and all(text[line.stop : line.end] or line.final for line in by_spaces):
        return by_spaces
    if "\n" in text:
        return lines
    low, high, count = max(line.width for line in lines) / 2, room, len(lines)
    for _ in range(8):
        middle = (low + high) / 2
        trial = _fill(text, _Measure(widths, middle, 0.0, em, True), cuts)
        if len(trial) <= count and _well_ended(text, trial, cuts) >= _well_ended(text, lines, cuts):
            high, lines = middle, trial
        else:
            low = middle
    return lines


def pieces(text: str) -> list[str]:
    """``text`` in the parts that are not broken where it can be avoided; newlines part and are left out."""
    found = []
    for paragraph in text.split("\n"):
        start = 0
        for end in _clusters(paragraph):
            found.append(paragraph[start:end])
            start = end
    return found


@dataclass(frozen=True, slots=True)
class _Measure:
    """The room for a text: the widths of its characters, the line's width, the first line's indent, the font size, ぶら下げ or not."""

    widths: Sequence[float]
    room: float
    indent: float
    em: float
    hanging: bool


_Cuts = Callable[[str], list[int]]


def _clusters(text: str) -> list[int]:
    """The ends, in order, of the parts that are not broken; the last one is the end of the text."""
    ends: list[int] = []
    for match in _CLUSTER.finditer(text):
        start, stop = match.span()
        if stop - start > 8 and _ADDRESS.search(part := match.group()):
            ends.extend(start + end for end in _address_ends(part))
        ends.append(stop)
    return ends


def _address_ends(part: str) -> list[int]:
    """Where a web or mail address inside ``part`` may be broken: after / ? = & . _ - but not inside ://."""
    ends = [match.end() for match in _ADDRESS_PIECE.finditer(part) if match.end() > match.start()]
    return [end for end in ends[:-1] if part[end] not in NO_START and part[end] not in _SPACES]


@cache
def _parser() -> Any:
    import budoux  # only headings need it

    return budoux.load_default_japanese_parser()


def _phrases(text: str) -> list[int]:
    """The ends of the phrases of ``text``, kept to where a line may end."""
    allowed = set(_clusters(text))
    ends = [end for end in accumulate(len(phrase) for phrase in _parser().parse(text)) if end in allowed]
    return ends if ends and ends[-1] == len(text) else [*ends, len(text)]


def _words(text: str) -> list[int]:
    """The ends of the phrases of ``text`` and of the words in them: behind ・, and where カタカナ or letters begin."""
    seams = {match.end() for match in _SEAM.finditer(text)} & set(_clusters(text))
    return sorted(seams | set(_phrases(text)))


def _spaced(text: str) -> list[int]:
    """The ends of the parts of ``text`` between spaces."""
    return [match.end() for match in _SPACED.finditer(text)] or [len(text)]


def _well_ended(text: str, lines: list[Line], cuts: _Cuts) -> int:
    """How many of ``lines`` end at one of the ``cuts``."""
    return len({line.end for line in lines} & set(cuts(text)))


def _fill(text: str, measure: _Measure, cuts: _Cuts) -> list[Line]:
    reach = [0.0, *accumulate(measure.widths)]
    lines: list[Line] = []
    start = 0
    while True:
        newline = text.find("\n", start)
        stop = len(text) if newline < 0 else newline
        lines.extend(_paragraph(text, start, stop, reach, measure, cuts))
        if newline < 0:
            return lines
        last = lines[-1]
        lines[-1] = Line(last.start, last.stop, newline + 1, last.width, last.hang, last.final)
        start = newline + 1


def _paragraph(
    text: str, start: int, stop: int, reach: list[float], measure: _Measure, cuts: _Cuts
) -> Iterator[Line]:
    """The lines of ``text[start:stop]``, filled one part after the other as far as each reaches."""
    limit = measure.room - measure.indent
    if start == stop or reach[stop] - reach[start] <= limit:
        yield Line(start, _seen(text, start, stop), stop, reach[stop] - reach[start], 0.0, True)
        return
    ends = [start + end for end in cuts(text[start:stop])]
    index = 0
    while index < len(ends):
        surely = bisect_right(ends, reach[start] + limit, index, key=reach.__getitem__) - 1
        index, first = max(surely, index), index
        line = None
        while index < len(ends) and (longer := _line(text, start, ends[index], reach, limit, measure)):
            line, index = longer, index + 1
        if line is None:
            ends[first:first] = _finer(text, start, ends[first], reach, limit)
            continue
        yield line if index < len(ends) else replace(line, final=True)
        start, limit = line.end, measure.room


def _seen(text: str, start: int, end: int) -> int:
    """The end of what is seen of ``text[start:end]``: spaces at the end of a line take no room."""
    return start + len(text[start:end].rstrip(_SPACES))


def _line(
    text: str, start: int, end: int, reach: list[float], limit: float, measure: _Measure
) -> Line | None:
    """``text[start:end]`` as one line, or None where it is too long; a single character is never too long."""
    stop = _seen(text, start, end)
    width, hang = reach[stop] - reach[start], 0.0
    if width > limit:
        if measure.hanging and stop - start > 1 and text[stop - 1] in HANGING:
            hang = reach[stop] - reach[stop - 1]
        if (
            width - hang > limit + SQUEEZE * measure.em * (stop - start - 1)
            and _characters(text, start, stop) > 1
        ):
            return None
    return Line(start, stop, end, width - hang, hang)


def _characters(text: str, start: int, stop: int) -> int:
    return len(_CHARACTER.findall(text, start, stop))


def _finer(text: str, start: int, end: int, reach: list[float], limit: float) -> list[int]:
    """Cuts inside a part that is longer than a line: where a line may end, else one between characters."""
    inner = [start + cut for cut in _clusters(text[start:end])][:-1]
    if inner:
        return inner
    ends = [match.end() for match in _CHARACTER.finditer(text, start, end)][:-1]
    fitting = [cut for cut in ends if reach[cut] - reach[start] <= limit] or ends[:1]
    good = [cut for cut in fitting if text[cut] not in NO_START and text[cut - 1] not in NO_END]
    return [(good or fitting)[-1]]
