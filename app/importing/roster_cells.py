"""What a cell of a roster says: its value as the ledger keeps it, or why it cannot be taken. Pure.

Width, kana and wareki are folded for numbers and dates only; names and texts keep every character. What is not certain is
not taken, and what was taken with an assumption says so in its notice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app.calendar import format_date, parse_date
from app.errors import InputError
from app.importing.safe_workbook import Value
from app.text import clean, fold, search_key
from db.vocabulary import Opening


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell says. ``trouble`` is why it was not understood, ``notice`` what was taken for granted; both Japanese."""

    value: str | date | bool | Opening | None = None
    trouble: str = ""
    notice: str = ""

    @property
    def is_blank(self) -> bool:
        return not self.trouble and self.value in (None, "")


NONE_WORDS = frozenset(
    {
        "なし",
        "無し",
        "無",
        "ナシ",
        "-",
        "―",
        "—",
        "–",
        "ー",
        "−",
        "‐",
        "該当なし",
        "特になし",
        "未設定",
        "ありません",
        "/",
        "／",
        "*",
    }
)
"""Written where there is nothing."""
OPEN_WORDS = frozenset(
    {"未定", "不明", "調整中", "確認中", "欠員", "空席", "選出中", "?", "？", "??", "調査中", "検討中"}
)
"""Written where something is not known yet."""
DITTO = frozenset({"〃", "々", "同上", "″", "”", '"', '""', "同", "同じ", "上に同じ", "↑", "仝"})
"""Written for the cell above."""

_YES = frozenset(
    {
        "○",
        "◯",
        "〇",
        "o",
        "●",
        "◎",
        "✓",
        "✔",
        "☑",
        "レ",
        "れ",
        "1",
        "true",
        "はい",
        "有",
        "あり",
        "使用",
        "使用中",
        "yes",
        "y",
        "利用",
    }
)
_NO = frozenset(
    {
        "×",
        "x",
        "✕",
        "✖",
        "-",
        "―",
        "ー",
        "−",
        "0",
        "false",
        "いいえ",
        "無",
        "なし",
        "無し",
        "未使用",
        "no",
        "n",
        "☐",
    }
)
_MARKS = frozenset({"○", "◯", "〇", "o", "●", "◎", "✓", "✔", "☑"})
_DASHES = re.compile("[‐‑‒–—―−－ーｰ]")
_PHONE = re.compile(r"\+?[\d()\- ]+")
_ELEVEN_DIGITS = re.compile(r"0[2-9]0")
"""携帯電話, IP電話 and 0800 have eleven digits, all others ten."""
_PHONE_LABEL = re.compile(
    r"^(?:tel|電話|℡|☎|fax|ファックス|携帯|直通|代表|自宅|事務所)[.:：\s]*", re.IGNORECASE
)
_PHONE_TAIL = re.compile(
    r"\s*(?:\((?:代|代表|直通|携帯|自宅|内線\s*\d+|呼出|事務所|担当直通)\)|\s内線\s*\d+|\(?内線[:：]?\s*\d+\)?)$"
)
_FAX = re.compile(r"fax|ファックス|ファクス", re.IGNORECASE)
_POSTAL = re.compile(r"(\d{3})-?(\d{4})")
_POSTAL_FIRST = re.compile(r"^\s*〒?\s*(\d{3}-?\d{4})[\s\n]+", re.DOTALL)
_MAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~\-]+@[\w\-]+(?:\.[\w\-]+)+", re.ASCII)
_WEB = re.compile(r"(?:https?://)?[\w\-]+(?:\.[\w\-]+)+(?::\d+)?(?:[/?#]\S*)?", re.ASCII | re.IGNORECASE)
_KANA = re.compile(r"[\u3040-\u30ffー・\s\uff61-\uff9f()（）、,]+")


def text(value: Value, *, one_line: bool = False) -> Reading:
    """Text as it was typed; outer blanks and what no file can hold are dropped."""
    if isinstance(value, bool):
        return Reading(trouble="「真・偽」の値になっています。文字で入力してください。")
    if isinstance(value, date):
        shown = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
        return Reading(trouble=f"日付（{format_date(shown.date())}）になっています。文字で入力してください。")
    if isinstance(value, time | timedelta):
        return Reading(trouble="時刻になっています。文字で入力してください。")
    if isinstance(value, int | float):
        return Reading(str(value), notice=f"数値「{value}」を文字として読みました。")
    kept = clean(value).strip()
    if one_line and "\n" in kept:
        joined = "".join(line.strip() for line in kept.split("\n"))
        return Reading(joined, notice="セルの中の改行をつめて読みました。")
    return Reading(kept)


def plain(value: Value) -> Reading:
    """A line of text."""
    return text(value, one_line=True)


def numeric_text(value: Value) -> Reading:
    """Text for which a number is as good: 100 for a fee."""
    found = text(value)
    return Reading(found.value, found.trouble) if isinstance(value, int) else found


def name(value: Value) -> Reading:
    """A name, every character kept. Marks that stand for a name are no name."""
    found = plain(value)
    word = _word(found.value)
    if found.trouble or not word:
        return found
    if word in DITTO or word in NONE_WORDS or word in OPEN_WORDS:
        return Reading(trouble=f"「{found.value}」は名前として読めません。名前を入力してください。")
    if not re.search(r"\w", word):
        return Reading(trouble=f"「{found.value}」は名前として読めません。")
    return found


def kana(value: Value) -> Reading:
    """A reading, as typed; what is no kana is pointed out."""
    found = plain(value)
    kept = str(found.value or "")
    if _word(kept) in NONE_WORDS | OPEN_WORDS and kept:
        return Reading("", notice=f"「{kept}」は空として読みました。")
    if kept in DITTO:
        return _ditto(kept)
    if kept and not found.trouble and not _KANA.fullmatch(kept):
        return Reading(kept, notice="かなでない文字が入っています。")
    return found


def telephone(value: Value) -> Reading:
    """A telephone or fax number, or several; full-width digits and the many dashes are made plain."""
    if isinstance(value, int) and not isinstance(value, bool):
        return Reading(
            trouble=f"数値「{value}」になっていて、先頭の0が失われています。文字で入力してください。"
        )
    found = text(value)
    if found.trouble or not found.value:
        return found
    kept = fold(str(found.value)).strip()
    if _word(kept) in NONE_WORDS:
        return Reading("", notice=f"「{found.value}」は空として読みました。")
    parts = [part for part in re.split(r"[\n、,，/;]+", kept) if part.strip()]
    if len(parts) > 1 and any(_FAX.search(part) for part in parts):
        return Reading(trouble="電話とFAXが一つのセルに入っています。列を分けてください。")
    readings = [_one_telephone(part.strip()) for part in parts]
    trouble = next((one.trouble for one in readings if one.trouble), "")
    if trouble:
        return Reading(trouble=trouble)
    joined = "、".join(str(one.value) for one in readings)
    notices = [one.notice for one in readings if one.notice]
    if len(readings) > 1:
        notices.insert(0, f"電話番号が{len(readings)}つあります。並べて取り込みます。")
    return Reading(joined, notice="".join(dict.fromkeys(notices)))


def _one_telephone(part: str) -> Reading:
    label = _PHONE_LABEL.match(part)
    bare = part[label.end() :] if label else part
    if label and _FAX.match(label[0]):
        return Reading(trouble="FAX番号のようです。列を確かめてください。")
    tail = _PHONE_TAIL.search(bare)
    number = _DASHES.sub("-", bare[: tail.start()] if tail else bare).strip()
    digits = re.sub(r"\D", "", number)
    if not _PHONE.fullmatch(number) or not digits:
        return Reading(trouble=f"「{part}」は電話番号として読めません。")
    shown = number + (tail[0] if tail else "")
    if number.startswith("+"):
        good = 9 <= len(digits) <= 15
        return Reading(shown) if good else Reading(trouble=f"「{part}」は電話番号として桁数が合いません。")
    if not digits.startswith("0"):
        if len(digits) in (9, 10):
            return Reading(trouble=f"「{part}」は先頭の0が失われているようです。")
        if 6 <= len(digits) <= 8:
            return Reading(shown, notice="市外局番がありません。")
        return Reading(trouble=f"「{part}」は電話番号として桁数が合いません。")
    if len(digits) != (11 if _ELEVEN_DIGITS.match(digits) else 10):
        return Reading(trouble=f"「{part}」は電話番号として桁数が合いません。")
    notice = (
        f"「{label[0].strip()}」を除いて読みました。"
        if label
        else "「" + tail[0].strip() + "」が付いています。"
        if tail
        else ""
    )
    return Reading(shown, notice=notice)


def telephone_and_fax(value: Value) -> tuple[Reading, Reading]:
    """Both numbers of a column 「電話・FAX」: by their labels, or one number that is both."""
    found = text(value)
    if found.trouble or not found.value:
        return telephone(value) if isinstance(value, int) else found, Reading()
    parts = [
        part.strip()
        for part in re.split(
            r"[\n、,，/;]+|\s+(?=(?:fax|ＦＡＸ))", fold(str(found.value)), flags=re.IGNORECASE
        )
    ]
    faxes = [_FAX.sub("", part).strip(" .:：") for part in parts if _FAX.search(part)]
    phones = [part for part in parts if part and not _FAX.search(part)]
    if len(faxes) == 1 and len(phones) <= 1:
        return (telephone(phones[0]) if phones else Reading()), telephone(faxes[0])
    return Reading(
        trouble="どれが電話番号でどれがFAX番号か分かりません。「電話 …／FAX …」のように書いてください。"
    ), Reading()


def postal_code(value: Value) -> Reading:
    """A postal code as 236-0021."""
    if isinstance(value, int) and not isinstance(value, bool):
        if len(str(value)) == 7:
            return Reading(f"{str(value)[:3]}-{str(value)[3:]}")
        return Reading(trouble=f"数値「{value}」は郵便番号として桁が足りません（先頭の0が失われています）。")
    found = text(value)
    if found.trouble or not found.value:
        return found
    plain_code = _DASHES.sub("-", re.sub(r"[\s〒]", "", fold(str(found.value))))
    match = _POSTAL.fullmatch(plain_code)
    if match:
        return Reading(f"{match[1]}-{match[2]}")
    if _word(found.value) in NONE_WORDS:
        return Reading("", notice=f"「{found.value}」は空として読みました。")
    return Reading(trouble=f"「{found.value}」は郵便番号として読めません。")


def address(value: Value) -> tuple[Reading, Reading, Reading]:
    """Address, postal code written before it, and what stands on further lines (the building)."""
    found = text(value)
    if found.trouble or not found.value:
        return found, Reading(), Reading()
    kept = str(found.value)
    if kept in DITTO:
        return _ditto(kept), Reading(), Reading()
    code, building = Reading(), Reading()
    match = _POSTAL_FIRST.match(_DASHES.sub("-", fold(kept)) if len(fold(kept)) == len(kept) else kept)
    if match:
        code = Reading(postal_code(match[1]).value, notice="住所の前に書かれた郵便番号を分けて読みました。")
        kept = kept[match.end() :].strip()
    lines = [line.strip() for line in kept.split("\n") if line.strip()]
    if len(lines) > 1:
        building = Reading(" ".join(lines[1:]), notice="住所の2行目からを建物名として読みました。")
    return Reading(lines[0] if lines else ""), code, building


def mail(value: Value) -> Reading:
    """One mail address."""
    found = text(value)
    if found.trouble or not found.value:
        return found
    kept = fold(str(found.value)).strip()
    if _word(kept) in NONE_WORDS:
        return Reading("", notice=f"「{found.value}」は空として読みました。")
    kept = re.sub(r"^mailto:", "", kept, flags=re.IGNORECASE)
    if _MAIL.fullmatch(kept):
        return Reading(kept)
    if len(_MAIL.findall(kept)) > 1:
        return Reading(trouble="メールアドレスが二つ以上あります。一つにしてください。")
    return Reading(trouble=f"「{found.value}」はメールアドレスとして読めません。")


def web(value: Value) -> Reading:
    """One address of a web page."""
    found = text(value)
    if found.trouble or not found.value:
        return found
    kept = fold(str(found.value)).strip()
    if _word(kept) in NONE_WORDS:
        return Reading("", notice=f"「{found.value}」は空として読みました。")
    if _WEB.fullmatch(kept):
        return Reading(kept)
    return Reading(trouble=f"「{found.value}」はホームページのアドレスとして読めません。")


def day(value: Value) -> Reading:
    """A day, by Western or Japanese year."""
    if isinstance(value, datetime):
        return Reading(value.date(), notice="時刻を除いて読みました。")
    if isinstance(value, date):
        return Reading(value)
    if isinstance(value, bool | float | time | timedelta):
        return Reading(trouble="日付として読めません。「令和8年4月1日」のように入力してください。")
    written = str(value).strip()
    if isinstance(value, str) and _word(written) in NONE_WORDS:
        return Reading(None, notice=f"「{written}」は空として読みました。")
    try:
        return Reading(parse_date(written)) if written else Reading()
    except InputError as error:
        return Reading(trouble=f"{error.message}{error.advice}")


def opening(value: Value, heading: str = "") -> Reading:
    """常設 or 非常設; under a heading 「常設」 a mark is enough."""
    found = plain(value)
    word = search_key(str(found.value or "")).replace(" ", "")
    if found.trouble or not word:
        return found
    for one in Opening:
        if word == search_key(one.label):
            return Reading(one)
    if word in _MARKS and search_key(heading).strip() in ("常設", "非常設"):
        return Reading(Opening.PERMANENT if search_key(heading).strip() == "常設" else Opening.OCCASIONAL)
    return Reading(trouble=f"「{found.value}」が常設か非常設か分かりません。")


def flag(value: Value) -> Reading:
    """A mark for yes or no."""
    if isinstance(value, bool):
        return Reading(value)
    found = plain(value)
    if found.trouble:
        return found
    word = search_key(str(found.value or "")).strip()
    if not word:
        return Reading()
    if word in _YES or word in _NO:
        return Reading(word in _YES)
    return Reading(trouble=f"「{found.value}」が「はい」か「いいえ」か分かりません。○か×で入力してください。")


def channel(value: Value) -> Reading:
    """The address of a channel, several on lines of their own; a mark where it is used without one."""
    found = text(value)
    if found.trouble or not found.value:
        return found
    word = search_key(str(found.value)).strip()
    if word in _NO or word in NONE_WORDS:
        return Reading("")
    return Reading("○") if word in _YES else found


def hours(value: Value) -> Reading:
    """Opening hours as text; a time of Excel's as it is shown."""
    if isinstance(value, time):
        return Reading(f"{value.hour}:{value.minute:02}", notice="時刻を文字として読みました。")
    return text(value)


def list_word(value: Value) -> Reading:
    """The name of a category, district, area or service type."""
    found = text(value)
    word = str(found.value or "")
    if "\n" in word:
        return Reading(trouble="一つのセルに改行があります。一つだけ書いてください。")
    if word in NONE_WORDS:
        return Reading("", notice=f"「{word}」は空として読みました。")
    if word in OPEN_WORDS:
        return Reading(trouble=f"「{word}」は名前として読めません。")
    return found


def _ditto(word: str) -> Reading:
    return Reading(trouble=f"「{word}」は読めません。上と同じ内容を入力してください。")


def _word(value: object) -> str:
    return fold(str(value or "")).strip()


def guarded(reader: Callable[[Value], Reading]) -> Callable[[Value], Reading]:
    """``reader`` for free texts, in which a mark for the cell above is not understood."""

    def read(value: Value) -> Reading:
        found = reader(value)
        return _ditto(str(found.value)) if isinstance(found.value, str) and found.value in DITTO else found

    return read


READERS: Mapping[str, Callable[[Value], Reading]] = {
    "name": name,
    "short_name": guarded(plain),
    "kana": kana,
    "category": list_word,
    "district": list_word,
    "area": list_word,
    "service_type": list_word,
    "postal_code": postal_code,
    "building": guarded(plain),
    "telephone": telephone,
    "fax": telephone,
    "mail": mail,
    "web": web,
    "uses_tag": flag,
    "opening": opening,
    "opening_days": guarded(text),
    "opening_hours": guarded(hours),
    "venue": guarded(plain),
    "audience": guarded(numeric_text),
    "fee": guarded(numeric_text),
    "strengths": guarded(text),
    "offers": guarded(text),
    "member_from": day,
    "member_to": day,
    "note": guarded(numeric_text),
}
"""How the column of each name is read; address, 電話・FAX, channels and people have ways of their own."""
