"""What the cells say that tell how to reach an organisation or a person: telephone, fax, postal code, address, mail, web. Pure.

Digits, dashes and Latin letters are made plain; what is not certain is not taken.
"""

from __future__ import annotations

import re

from app.importing.roster_cells import DITTO, NONE_WORDS, Reading, ditto, text, word_of
from app.importing.safe_workbook import Value
from app.text import fold

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
_POSTAL_FIRST = re.compile(r"^\s*\(?〒?\s*(\d{3}-?\d{4})\)?(?:\s+|(?=[^\s\d()\-]))")
_MAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~\-]+@[\w\-]+(?:\.[\w\-]+)+", re.ASCII)
_WEB = re.compile(r"(?:https?://)?[\w\-]+(?:\.[\w\-]+)+(?::\d+)?(?:[/?#]\S*)?", re.ASCII | re.IGNORECASE)


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
    if word_of(kept) in NONE_WORDS:
        return Reading("", notice=f"「{found.value}」は空として読みました。")
    if str(found.value) in DITTO:
        return ditto(str(found.value))
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
        notices.insert(0, f"番号が{len(readings)}つあります。並べて取り込みます。")
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
    if word_of(found.value) in NONE_WORDS:
        return Reading("", notice=f"「{found.value}」は空として読みました。")
    return Reading(trouble=f"「{found.value}」は郵便番号として読めません。")


def address(value: Value) -> tuple[Reading, Reading, Reading]:
    """Address, postal code written before it, and what stands on further lines (the building)."""
    found = text(value)
    if found.trouble or not found.value:
        return found, Reading(), Reading()
    kept = str(found.value)
    if kept in DITTO:
        return ditto(kept), Reading(), Reading()
    code, building = Reading(), Reading()
    match = _POSTAL_FIRST.match(_DASHES.sub("-", fold(kept)) if len(fold(kept)) == len(kept) else kept)
    if match:
        code = Reading(postal_code(match[1]).value, notice="住所の前に書かれた郵便番号を分けて読みました。")
        kept = kept[match.end() :].strip()
    if "〒" in kept:
        return (
            Reading(trouble="住所の中に〒があります。郵便番号は、住所の前か別の列に書いてください。"),
            Reading(),
            Reading(),
        )
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
    if word_of(kept) in NONE_WORDS:
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
    if word_of(kept) in NONE_WORDS:
        return Reading("", notice=f"「{found.value}」は空として読みました。")
    if _WEB.fullmatch(kept):
        return Reading(kept)
    return Reading(trouble=f"「{found.value}」はホームページのアドレスとして読めません。")
