"""Words of a roster that stand for entries of the office's lists: 区分, 地区, エリア, 事業の種類."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from app.importing.file_values import FileValue, Remark, RemarkKind, Remarks
from app.importing.preview import ListKind, ListWord
from app.organisations.queries import Lists
from app.text import search_key

_KINDS = {
    "organisation.category": ListKind.CATEGORY,
    "organisation.district": ListKind.DISTRICT,
    "organisation.area": ListKind.AREA,
    "organisation.service_type": ListKind.SERVICE_TYPE,
}
_ENDS = re.compile(r"(?:地区|連合町内会|連合自治会|連合|エリア|ブロック)$")
_PARTS = re.compile(r"[、，,/／\n;；]|・")


class ListReader:
    """Finds entries by their names, and keeps what would be new."""

    def __init__(self, lists: Lists, remarks: Remarks) -> None:
        self._remarks = remarks
        self._districts = {row.name: row for row in lists.districts}
        self._entries: dict[ListKind, dict[str, list[ListWord]]] = {
            kind: defaultdict(list) for kind in ListKind
        }
        for kind, rows in (
            (ListKind.CATEGORY, lists.categories),
            (ListKind.DISTRICT, lists.districts),
            (ListKind.AREA, lists.areas),
            (ListKind.SERVICE_TYPE, lists.service_types),
        ):
            for row in rows:
                for key in {entry_key(row.name), short_key(row.name)}:
                    self._entries[kind][key].append(ListWord(kind, row.name, row.id))
        self._new: dict[tuple[ListKind, str], ListWord] = {}

    def word(self, key: str, value: FileValue, area: str = "") -> ListWord | None:
        """The entry that a cell names, a new one where there is none of the name; None where that is not certain (noted)."""
        kind, text = _KINDS[key], str(value.value or "").strip()
        if not text:
            return None
        found = self._find(kind, text)
        if len(found) == 1:
            if entry_key(found[0].name) != entry_key(text):
                self._notice(value, text, f"{kind.label}「{found[0].name}」として読みました。", key)
            return found[0]
        parts = [part for part in _PARTS.split(text) if part.strip()]
        if (
            len(found) > 1
            or (len(parts) > 1 and any(self._find(kind, part) for part in parts))
            or "\n" in text
        ):
            reason = f"どの{kind.label}か一つに決まりません。一つだけ書いてください。"
            self._remarks.not_understood.append(Remark(value.place, text, reason, RemarkKind.CELL, key))
            return None
        known = self._new.setdefault(
            (kind, short_key(text)), ListWord(kind, text, None, area if kind is ListKind.DISTRICT else "")
        )
        self._notice(value, text, f"一覧にない{kind.label}です。新しい{kind.label}として加えます。", key)
        return known

    def check_area(self, area: FileValue, district: ListWord | None, present: str) -> None:
        """An area belongs to its district; a roster that says otherwise is pointed out, the list is not changed by it.

        ``district`` is the one that the row gives anew, ``present`` the name of the one that the organisation has.
        """
        text = str(area.value or "").strip()
        known = self._districts.get(district.name if district is not None else present)
        said = known.area if known is not None else district.area if district is not None else ""
        if short_key(said) == short_key(text):
            return
        reason = "エリアは地区ごとに決まるため、取り込みません。地区の一覧で確かめてください。"
        self._remarks.not_understood.append(
            Remark(area.place, text, reason, RemarkKind.CELL, "organisation.area")
        )

    def _find(self, kind: ListKind, text: str) -> list[ListWord]:
        """Entries of this name; those that are spelled alike win."""
        entries = self._entries[kind]
        found = _unique((*entries.get(entry_key(text), ()), *entries.get(short_key(text), ())))
        exact = [one for one in found if one.name == text]
        alike = [one for one in found if entry_key(one.name) == entry_key(text)]
        return exact or alike or found

    def _notice(self, value: FileValue, text: str, reason: str, key: str) -> None:
        self._remarks.notices.append(Remark(value.place, text, reason, RemarkKind.CELL, key))


def _unique(words: Iterable[ListWord]) -> list[ListWord]:
    return list(dict.fromkeys(words))


def entry_key(name: str) -> str:
    """What two spellings of an entry have in common."""
    return re.sub(r"[\s・]+", "", search_key(name))


def short_key(name: str) -> str:
    """Without the word that says what it is: 釜利谷地区 and 釜利谷 are one district."""
    return _ENDS.sub("", entry_key(name)) or entry_key(name)
