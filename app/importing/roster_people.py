"""Who stands in a cell of a roster: one person, or several where it is certain where one ends. Pure.

Names keep every character. 「会長 山田太郎／担当 鈴木花子」 is two people with their titles; 「山田・鈴木」 may be anything, and is
left to the person.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.importing.roster_cells import DITTO, NONE_WORDS, OPEN_WORDS
from app.text import clean, fold
from db.vocabulary import ContactRole

TITLES = frozenset(
    word
    for line in (
        "理事長 副理事長 代表理事 理事 会長 副会長 園長 副園長 主任 副主任 施設長 副施設長 所長 副所長 館長 副館長",
        "センター長 副センター長 支部長 部長 課長 係長 主査 主事 委員長 副委員長 事務局長 事務局 専務 校長 副校長 教頭",
        "顧問 相談役 幹事 書記 会計 委員 リーダー サブリーダー コーディネーター 地域活動交流コーディネーター 保健師 保育士",
        "主任保育士 主幹 主幹保育教諭 民生委員 主任児童委員 副代表 共同代表 室長 次長 班長 店長",
    )
    for word in line.split()
)
"""What a person may be called before or after the name."""
_ROLE_WORDS = {
    "代表": ContactRole.REPRESENTATIVE,
    "代表者": ContactRole.REPRESENTATIVE,
    "担当": ContactRole.LIAISON,
    "担当者": ContactRole.LIAISON,
    "窓口": ContactRole.LIAISON,
    "連絡担当": ContactRole.LIAISON,
    "連絡担当者": ContactRole.LIAISON,
    "出席": ContactRole.ATTENDEE,
    "出席者": ContactRole.ATTENDEE,
}
_LABEL = re.compile(
    r"^(?P<label>"
    + "|".join(sorted((*TITLES, *_ROLE_WORDS), key=len, reverse=True))
    + r")(?P<sign>\s*[:：／/]\s*|\s+|・)(?P<rest>.+)$",
    re.DOTALL,
)
_BRACKETS = re.compile(r"^(?P<name>[^（()）]+?)\s*[（(](?P<inner>[^（()）]+)[）)]$")
_HONORIFIC = re.compile(r"^(?P<name>.{2,}?)[\s　]*(?P<honorific>様|さん|先生|殿|氏)$")
_KANA_ONLY = re.compile(r"[\u3040-\u30ffー\s\u3000\uff66-\uff9f]+")
_OTHERS = re.compile(r"(?:他|ほか|外)[\s\d０-９一二三四五六七八九十数]*名?$|^(?:他|ほか)|など$|等$")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Person:
    """A person in a cell. ``role`` is None where the cell does not say it, so that the column does."""

    name: str
    role: ContactRole | None = None
    position_title: str = ""
    kana: str = ""
    honorific: str = ""


@dataclass(frozen=True, slots=True)
class People:
    """The people in a cell; ``trouble`` is why it was not understood, ``notice`` what was taken for granted."""

    people: tuple[Person, ...] = ()
    trouble: str = ""
    notice: str = ""


def people(value: object) -> People:
    """Who stands in a cell."""
    if not isinstance(value, str):
        return People() if value is None else People(trouble=f"「{value}」は氏名として読めません。")
    kept = clean(value).strip()
    if not kept:
        return People()
    if kept.strip("（()）") in (*NONE_WORDS, *OPEN_WORDS):
        return People(notice=f"「{kept}」は空として読みました。")
    if kept in DITTO:
        return People(trouble=f"「{kept}」は読めません。氏名を入力してください。")
    whole = _one(kept)
    parts = [part.strip() for part in re.split(r"[\n、，,／/;；]+", kept) if part.strip()]
    if whole is not None and (len(parts) == 1 or whole.position_title or whole.role):
        return People((whole,), notice=_told(whole, kept))
    if len(parts) > 1:
        return _several(parts, kept)
    parts = [part.strip() for part in kept.split("・")]
    if len(parts) > 1 and all(_LABEL.match(part) for part in parts):
        return _several(parts, kept)
    return People(trouble=f"「{_line(kept)}」を氏名として読めません。一人ずつ、氏名だけを入力してください。")


def _several(parts: Sequence[str], kept: str) -> People:
    """One person in each part, all of them certain, or none."""
    joined = _label_alone(parts)
    found = [_one(part) for part in joined]
    whole = [one for one in found if one is not None and _is_full(one)]
    if len(whole) < len(joined):
        return People(trouble=f"「{_line(kept)}」に何人いるか分かりません。一人ずつ分けて入力してください。")
    if len(whole) == 1:
        return People(tuple(whole), notice=_told(whole[0], kept))
    names = "」「".join(one.name for one in whole)
    return People(tuple(whole), notice=f"{len(whole)}人として読みました（「{names}」）。")


def _label_alone(parts: Sequence[str]) -> list[str]:
    """A title on a line of its own goes with the name on the next."""
    joined: list[str] = []
    waiting = ""
    for part in parts:
        if not waiting and part.rstrip(":：") in (*TITLES, *_ROLE_WORDS):
            waiting = part.rstrip(":：")
            continue
        joined.append(f"{waiting} {part}" if waiting else part)
        waiting = ""
    return [*joined, waiting] if waiting else joined


def _one(text: str) -> Person | None:
    """The one person that ``text`` names, or None where it may be anything else."""
    label = _LABEL.match(text)
    if label and not ("/" in label["sign"] or "／" in label["sign"]):
        rest = _one(label["rest"].strip())
        if rest is None or rest.role or rest.position_title:
            return None
        role = _ROLE_WORDS.get(label["label"])
        return replace(rest, role=role, position_title="" if role else label["label"])
    brackets = _BRACKETS.match(text)
    if brackets:
        return _with_brackets(_one(brackets["name"].strip()), brackets["inner"].strip())
    honorific = _HONORIFIC.match(text)
    if honorific and _is_name(honorific["name"]):
        title = honorific["honorific"]
        return Person(honorific["name"].strip(), honorific=title if title in ("先生", "殿") else "様")
    return Person(text) if _is_name(text) else None


def _with_brackets(person: Person | None, inner: str) -> Person | None:
    """A title, a role or the reading may stand in brackets after a name."""
    if person is None or person.position_title or person.role:
        return None
    if inner in _ROLE_WORDS:
        return replace(person, role=_ROLE_WORDS[inner])
    if inner in TITLES:
        return replace(person, position_title=inner)
    return replace(person, kana=inner) if _KANA_ONLY.fullmatch(inner) else None


def _is_name(text: str) -> bool:
    """Whether a text can be one name: letters in at most three words, no digits, nothing that parts people or adds others."""
    bare = re.sub(r"[\s　]", "", text)
    folded = fold(text)
    if not bare or re.search(r"[\d@\n、，,／/;；（()）:：「」※?？!！]", folded) or _OTHERS.search(text):
        return False
    if bare in TITLES or bare in _ROLE_WORDS or any(bare.startswith(title) for title in _GLUED):
        return False
    foreign = not re.search("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]", text)
    if "・" in text and not foreign:
        return False
    if "・" in text and not re.fullmatch("[\u30a0-\u30ff・\\s]+", text):
        return False
    return (
        bool(_LETTER.match(bare))
        and len(text.split()) <= (4 if foreign else 2)
        and len(bare) <= (40 if foreign else 10)
    )


# 「会長山田太郎」: where the title ends is not certain enough.
_GLUED = tuple(title for title in (*TITLES, *_ROLE_WORDS) if len(title) > 1 and title not in ("会計", "委員"))


def _is_full(person: Person) -> bool:
    """Whether a name among several is surely a whole one, not a surname with the given name on the next line."""
    bare = re.sub(r"[\s　]", "", person.name)
    return (
        bool(person.role or person.position_title)
        or len(bare) >= 3
        or bool(re.search(r"\S[\s　]\S", person.name))
    )


def _told(person: Person, kept: str) -> str:
    """What was taken out of the cell beside the name."""
    if person.name == kept:
        return ""
    parts = [
        part
        for part in (person.position_title, person.role.label if person.role else "", person.kana)
        if part
    ]
    more = f"（{'、'.join(parts)}）" if parts else ""
    return f"「{_line(kept)}」を「{person.name}」{more}と読みました。"


def _line(text: str) -> str:
    return " ".join(text.split())
