"""宿題: one line typed during a meeting becomes who, by when and what; which ones are overdue. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.calendar import WEEKDAYS, format_date, parse_date
from app.errors import InputError
from app.text import excerpt, fold, search_key
from db.vocabulary import ActionState

_EXAMPLE = "例：みほんケアプラザ 佐藤｜12/10｜ちらしを配る"
_DAY_EXAMPLE = "例：12/10、12月10日、R8.12.10"

_BAR = re.compile("[|｜]")
_WIDE = re.compile("／")
_NARROW = re.compile("/")
_SLASH = re.compile("[／/]")
_QUOTED = re.compile("[「『（(][^「」『』（）()]*[」』）)]")
_UNTIL = re.compile("(?:まで(?:に)?|迄(?:に)?)$")
_WITHOUT_YEAR = re.compile(
    rf"(?P<month>\d{{1,2}})(?:[./\-・]|月)(?P<day>\d{{1,2}})日?(?:\(?(?P<weekday>[{WEEKDAYS}])(?:曜日?)?\)?)?"
)
_LIKE_DAY = re.compile(r"\D{0,2}\d{1,4}[./\-年月]\d")
_LIKE_TIME = re.compile(
    r"今日|本日|明日|明後日|今週|来週|今月|来月|再来月|[月年]末|年度[末内]|次回|\d日|まで(?:に)?$|頃$|ごろ$"
)


@dataclass(frozen=True, slots=True)
class Typed:
    """What a line of 宿題 says: the organisation where it is known, who, by when, what; ``doubt`` is a sentence, or empty."""

    what: str
    assignee: str = ""
    organisation_id: int | None = None
    due_on: date | None = None
    doubt: str = ""


def parse_line(text: str, organisations: Mapping[str, int], today: date) -> Typed:
    """Read 「だれ／いつまで／なに」 in one line, parted by ／ or |: 「○○ケアプラザ 佐藤／12/10／ちらしを配る」.

    ``organisations`` are names, short names and kana by folded key (``search_key``), see ``queries.assignee_words``. A day
    without a year is the next one, ``today`` included. A part that is left out stays empty; a line without a parting is all
    「なに」. What is no day is not guessed: it stays in the text, and ``doubt`` says so.

    A / parts only where a day or a known organisation shows that it does: it also stands in days and between words
    (「あり/なし」). Nothing between brackets parts.
    """
    line = _parted(text.strip(), organisations, today)
    who, due_on, what, doubt = line.who, line.due_on, line.what, line.doubt
    if not what and not doubt:
        doubt = "何をするかが書かれていません。" if who or due_on else ""
    if due_on is not None and due_on < today:
        doubt = doubt or f"期限（{format_date(due_on)}）がもう過ぎています。"
    return Typed(what, who, _organisation(who, organisations), due_on, doubt)


@dataclass(frozen=True, slots=True)
class _Line:
    """The parts of a line."""

    what: str
    who: str = ""
    due_on: date | None = None
    doubt: str = ""


def _parted(text: str, organisations: Mapping[str, int], today: date) -> _Line:
    # What stands between brackets is one word, whatever is in it.
    mask = _QUOTED.sub(lambda found: "_" * len(found.group()), text)
    if _BAR.search(mask):
        return _by_parts(text, mask, _BAR, today)
    # Where a line holds ／ and /, the / is first taken for what somebody typed within a day or a word.
    for sign in (_WIDE, _SLASH) if "／" in mask else (_SLASH,):
        days = _days_within(text, mask, sign, today)
        if len(days) > 1 or any(sign.search(mask, 0, max(one.start - 1, 0)) for one in days):
            return _Line(
                text, doubt=f"どこが期限か読み分けられません。「｜」で区切ってください（{_EXAMPLE}）。"
            )
        if days and text[: max(days[0].start - 1, 0)].strip().isdigit():
            return _Line(
                text, doubt=f"「{text[: days[0].end]}」は期限の日として読めません（{_DAY_EXAMPLE}）。"
            )
        if days:
            who, what = text[: max(days[0].start - 1, 0)], text[days[0].end + 1 :]
            return _Line(what.strip(), who.strip(), days[0].day)
    if "／" in mask:
        return _by_parts(text, mask, _WIDE, today)
    first, _, rest = mask.partition("/")
    if rest.startswith("/") or _organisation(text[: len(first)], organisations) is not None:
        return _by_parts(text, mask, _NARROW, today)
    if "/" in rest:
        return _Line(text, doubt=f"だれ・いつまでを読み取れません。「｜」で区切ってください（{_EXAMPLE}）。")
    return _Line(text)


def _by_parts(text: str, mask: str, sign: re.Pattern[str], today: date) -> _Line:
    """Two parts are who (or by when) and what; the middle one of three is by when, and stays with what where it is no day."""
    cut = sign.search(mask)
    if cut is None:
        return _Line(text)
    first, rest = text[: cut.start()].strip(), text[cut.end() :].strip()
    second = sign.search(mask, cut.end())
    if second is None:
        due_on, trouble = _day(first, today)
        if due_on is None and (trouble or _LIKE_TIME.search(fold(first))):
            return _Line(text, doubt=trouble or _no_day(first))
        unclear = _LIKE_DAY.match(fold(rest))
        return _Line(
            rest,
            "" if due_on else first,
            due_on,
            f"期限と内容の間も区切ってください（{_EXAMPLE}）。" if unclear else "",
        )
    middle, what = text[cut.end() : second.start()].strip(), text[second.end() :].strip()
    due_on, trouble = _day(middle, today)
    if due_on or not middle:
        return _Line(what, first, due_on)
    return _Line(rest, first, doubt=trouble or _no_day(middle))


def _no_day(text: str) -> str:
    return f"「{excerpt(text)}」は期限の日として読めません（{_DAY_EXAMPLE}）。"


@dataclass(frozen=True, slots=True)
class _Day:
    """A day in a line, and from where to where it stands."""

    start: int
    end: int
    day: date


def _days_within(text: str, mask: str, sign: re.Pattern[str], today: date) -> list[_Day]:
    """The days that fill all between two signs, or between the beginning and one; of one within another the longer."""
    places = [found.start() for found in sign.finditer(mask)]
    found = []
    for first, start in enumerate([-1, *places]):
        # A day holds two slashes at most.
        for end in places[first : first + 3]:
            day, _ = _day(text[start + 1 : end], today)
            if day is not None:
                found.append(_Day(start + 1, end, day))
    return [
        one
        for one in found
        if not any(other is not one and other.start <= one.start and one.end <= other.end for other in found)
    ]


def _day(text: str, today: date) -> tuple[date | None, str]:
    """The day that a part names, or None and, where it is nearly one, what is the matter with it."""
    plain = _UNTIL.sub("", re.sub(r"\s", "", fold(text)))
    found = _WITHOUT_YEAR.fullmatch(plain)
    if found is None:
        try:
            return parse_date(plain), ""
        except InputError as error:
            return None, error.message if _LIKE_DAY.search(plain) else ""
    month, day = int(found["month"]), int(found["day"])
    for year in (today.year, today.year + 1):
        try:
            wanted = date(year, month, day)
        except ValueError:
            continue
        if wanted < today:
            continue
        if found["weekday"] and found["weekday"] != WEEKDAYS[wanted.weekday()]:
            return None, f"「{text.strip()}」の曜日が違います。{format_date(wanted, weekday=True)}です。"
        return wanted, ""
    return None, f"「{text.strip()}」という日はありません。"


def _organisation(who: str, organisations: Mapping[str, int]) -> int | None:
    """The organisation that ``who`` names alone or by its first words: 「○○ケアプラザ 佐藤」."""
    words = search_key(who).split()
    known = {" ".join(word.split()): organisation_id for word, organisation_id in organisations.items()}
    for count in range(len(words), 0, -1):
        organisation_id = known.get(" ".join(words[:count]))
        if organisation_id is not None:
            return organisation_id
    return None


def is_overdue(state: ActionState, due_on: date | None, today: date) -> bool:
    """Whether it is open after its day."""
    return state is ActionState.OPEN and due_on is not None and due_on < today


def order(due: Sequence[tuple[int, date | None]], today: date) -> tuple[int, ...]:
    """Ids of open 宿題 as they are listed: overdue ones first, the oldest first; then by day; those without a day last."""
    return tuple(
        one[0]
        for one in sorted(
            due, key=lambda one: (one[1] is None, one[1] is None or one[1] >= today, one[1] or today, one[0])
        )
    )
