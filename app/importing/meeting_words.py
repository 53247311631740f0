"""Which kind of meeting, which number and which district a row names: in columns of their own, in the meeting's name, or above. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from app.calendar import fiscal_year_label, fiscal_year_of
from app.importing.file_values import FileValue, Remark, RemarkKind, Remarks
from app.importing.meeting_cells import counted_number, year_in
from app.importing.meeting_fields import DISTRICT, HELD_ON, KIND, NUMBER, TITLE
from app.importing.meeting_rows import FileMeeting
from app.importing.preview import ListKind, ListWord
from app.importing.roster_lists import entry_key, short_key
from app.meetings.queries import KindRow
from app.organisations.queries import DistrictRow
from app.text import search_key

_YEAR = re.compile(
    r"(?:(?:明治|大正|昭和|平成|令和|[MTSHRＭＴＳＨＲ])\s*(?:[0-9０-９]{1,2}|元)|[0-9０-９]{4})\s*年度\s*の?",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"第\s*([0-9０-９]{1,3}|[一二三四五六七八九十]{1,3})\s*回\s*(?:目|の)?|([①-⑳])\s*$")
_BRACKETS = re.compile(r"[（(〔【\[]([^（）()〔〕【】\[\]]*)[）)〕】\]]\s*$")
_EMPTY = re.compile(r"[（(〔【\[]\s*[）)〕】\]]")
_KIND_ENDS = re.compile(r"(?:会議|会)$")
_EVERYWHERE = {
    search_key(word) for word in ("区全体", "全区", "全地区", "全体", "区内全域", "区全域", "全域")
}
_BETWEEN = " ・:：-－―/／「」『』"
"""What stands between the kind of a meeting and its district or theme, where no brackets do."""
_PARTS = re.compile(r"[、，,/／\n;；・&＆と]")


@dataclass(slots=True)
class Named:
    """What a row is called. ``trouble`` is why it cannot be taken, ``doubts`` why by choice alone, ``lacking`` what the lists lack."""

    kind: KindRow | None = None
    new_kind: str = ""
    number: int | None = None
    district: ListWord | None = None
    title: str = ""
    trouble: str = ""
    doubts: list[str] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Parts:
    """A meeting's name taken apart: the year and number in it, what stands in brackets at its end, and the rest."""

    rest: str
    year: int | None
    number: int | None
    bracket: str


class Names:
    """Finds kinds and districts of the ledger by what a file calls them."""

    def __init__(self, kinds: Iterable[KindRow], districts: Iterable[DistrictRow], remarks: Remarks) -> None:
        self._kinds = tuple(kinds)
        self._remarks = remarks
        self._districts: dict[str, list[DistrictRow]] = defaultdict(list)
        for row in districts:
            for key in {entry_key(row.name), short_key(row.name)}:
                self._districts[key].append(row)

    def of(self, row: FileMeeting) -> Named:
        """What ``row`` is called; assumptions are noted."""
        named = Named()
        number = row.values.get(NUMBER)
        named.number = int(str(number.value)) if number is not None else None
        kind, title = row.values.get(KIND), row.values.get(TITLE)
        self._district(row, named)
        if kind is not None:
            self._from_kind(kind, named)
            if title is not None:
                self._title_beside(title, named)
        elif title is not None:
            self._from_title(title, row, named)
        else:
            self._from_above(row, named)
        if named.kind is None and not named.new_kind and not named.trouble:
            named.trouble = "会議の種類が分かりません。「種類」か「会議名」の列に書いてください。"
        if named.new_kind:
            named.lacking.append(
                f"会議の種類「{named.new_kind}」が台帳にありません。選ぶと、新しい種類として加えます。"
            )
        if named.kind is not None and named.kind.is_by_district and named.district is None:
            named.doubts.append(f"「{named.kind.name}」は地区ごとの会議ですが、地区が分かりません。")
        return named

    # ── kinds ─────────────────────────────────────────────────────────────

    def _from_kind(self, cell: FileValue, named: Named) -> None:
        text = str(cell.value)
        parts = _taken_apart(text)
        found = self._kind(text) or self._kind(parts.rest)
        if found is None and parts.bracket:
            found = self._kind(_BRACKETS.sub("", parts.rest).strip())
            self._district_in(parts.bracket, cell, named, found)
        self._number_in(parts, cell, named)
        if found is None:
            named.new_kind = parts.rest or text
            return
        named.kind = found
        if entry_key(found.name) != entry_key(_BRACKETS.sub("", parts.rest)):
            self._note(cell, KIND, f"会議の種類「{found.name}」として読みました。")

    def _from_title(self, cell: FileValue, row: FileMeeting, named: Named) -> None:
        text = str(cell.value)
        parts = _taken_apart(text)
        self._check_year(parts, row, named)
        self._number_in(parts, cell, named)
        rest = parts.rest
        bare = _BRACKETS.sub("", rest).strip()
        if (
            self._kind(rest) is None
            and parts.bracket
            and self._district_in(parts.bracket, cell, named, self._kind(bare))
        ):
            rest = bare
        found = self._kind(rest)
        if found is not None:
            named.kind = found
            if entry_key(found.name) != entry_key(rest):
                self._note(cell, TITLE, f"会議の種類「{found.name}」として読みました。")
            return
        if self._with_district(bare, cell, named):
            return
        ending = self._ending(bare) or self._beginning(bare)
        if ending is not None:
            named.kind, named.title = ending, text
            self._note(cell, TITLE, f"会議の種類「{ending.name}」として読み、会議名をそのまま残します。")
            return
        self._from_above(row, named)
        if named.kind is not None:
            named.title, named.trouble = (text if rest else ""), ""
        else:
            named.new_kind = rest
            named.trouble = "" if rest else named.trouble

    def _title_beside(self, cell: FileValue, named: Named) -> None:
        """A name beside a column of kinds: nothing of its own where it only repeats kind and number, else a title."""
        text = str(cell.value)
        parts = _taken_apart(text)
        self._number_in(parts, cell, named)
        rest = parts.rest
        if (
            parts.bracket
            and named.district is not None
            and short_key(parts.bracket) == short_key(named.district.name)
        ):
            rest = _BRACKETS.sub("", rest).strip()
        called = named.kind.name if named.kind is not None else named.new_kind
        if rest and entry_key(rest) != entry_key(called):
            named.title = text

    def _from_above(self, row: FileMeeting, named: Named) -> None:
        """The kind that a title or a heading above names, the nearest first; nothing where one names two."""
        for head in row.heads:
            key = entry_key(str(head.value))
            found = [one for one in self._kinds if entry_key(one.name) in key]
            longest = [
                one for one in found if not any(one is not two and one.name in two.name for two in found)
            ]
            if len(longest) == 1:
                named.kind = longest[0]
                place = f"「{' '.join(str(head.value).split())}」（{head.place.cell}）"
                self._remarks.notices.append(
                    Remark(
                        row.place,
                        row.text,
                        f"{place}から、会議の種類「{longest[0].name}」として読みました。",
                        field=KIND,
                    )
                )
                return
            if found:
                return

    def _kind(self, text: str) -> KindRow | None:
        """The kind of this name; those that are spelled alike win over 全体 for 全体会."""
        key, short = entry_key(text), _short_kind(text)
        exact = [one for one in self._kinds if entry_key(one.name) == key]
        alike = [one for one in self._kinds if _short_kind(one.name) == short]
        found = exact or alike
        return found[0] if key and len(found) == 1 else None

    def _with_district(self, text: str, cell: FileValue, named: Named) -> bool:
        """Take kind and district from a name that holds just the two: 松風地区 地区別交流会, 地区別交流会・松風."""
        for cut in range(1, len(text)):
            parts = text[:cut].strip(_BETWEEN), text[cut:].strip(_BETWEEN)
            for called, place in (parts, parts[::-1]):
                kind = next((one for one in self._kinds if entry_key(one.name) == entry_key(called)), None)
                if kind is not None and kind.is_by_district and len(self._find(place)) == 1:
                    named.kind = kind
                    self._district_in(place, cell, named, kind)
                    self._note(cell, TITLE, f"会議の種類「{kind.name}」、地区「{place}」として読みました。")
                    return True
        return False

    def _beginning(self, text: str) -> KindRow | None:
        """The kind before a theme that a mark parts from it: 研修会「赤ちゃんの泣き」 is a 研修."""
        cut = next((place for place, one in enumerate(text) if one in _BETWEEN), 0)
        return self._kind(text[:cut]) if cut else None

    def _ending(self, text: str) -> KindRow | None:
        """The kind with whose name ``text`` ends: 母子部会 is a 部会."""
        key = entry_key(text)
        found = [
            one
            for one in self._kinds
            if any(key.endswith(entry_key(name)) for name in (one.name, f"{one.name}会", f"{one.name}会議"))
        ]
        longest = max((len(one.name) for one in found), default=0)
        best = [one for one in found if len(one.name) == longest]
        return best[0] if len(best) == 1 else None

    # ── numbers, years, districts ─────────────────────────────────────────

    def _number_in(self, parts: _Parts, cell: FileValue, named: Named) -> None:
        if parts.number is None:
            return
        if named.number is None:
            named.number = parts.number
        elif named.number != parts.number:
            named.doubts.append(f"回の欄は{named.number}、「{cell.value}」では第{parts.number}回です。")

    def _check_year(self, parts: _Parts, row: FileMeeting, named: Named) -> None:
        day = row.values.get(HELD_ON)
        if parts.year is None or day is None or not isinstance(day.value, date):
            return
        actual = fiscal_year_of(day.value)
        if actual != parts.year:
            named.doubts.append(
                f"会議名は{fiscal_year_label(parts.year)}ですが、開催日は{fiscal_year_label(actual)}です。"
            )

    def _district(self, row: FileMeeting, named: Named) -> None:
        cell = row.values.get(DISTRICT)
        if cell is None or search_key(str(cell.value)) in _EVERYWHERE:
            return
        text = str(cell.value)
        found = self._find(text)
        if len(found) == 1:
            named.district = ListWord(ListKind.DISTRICT, found[0].name, found[0].id)
            if entry_key(found[0].name) != entry_key(text):
                self._note(cell, DISTRICT, f"地区「{found[0].name}」として読みました。")
            return
        parts = [part for part in _PARTS.split(text) if part.strip()]
        if found or (len(parts) > 1 and any(self._find(part) for part in parts)):
            reason = "どの地区か一つに決まりません。"
            self._remarks.not_understood.append(Remark(cell.place, text, reason, RemarkKind.CELL, DISTRICT))
            named.doubts.append(f"地区の「{text}」は取り込みません。")
            return
        named.district = ListWord(ListKind.DISTRICT, text)
        named.lacking.append(f"地区「{text}」が台帳にありません。選ぶと、新しい地区として加えます。")

    def _district_in(self, text: str, cell: FileValue, named: Named, kind: KindRow | None) -> bool:
        """Take the district that brackets at the end of a name hold: one of the ledger, or what a meeting by district names there."""
        found = self._find(text)
        if len(found) == 1:
            word = ListWord(ListKind.DISTRICT, found[0].name, found[0].id)
        elif found or kind is None or not kind.is_by_district or self._is_no_district(text):
            return False
        else:
            word = ListWord(ListKind.DISTRICT, text)
            if named.district is None:
                named.lacking.append(f"地区「{text}」が台帳にありません。選ぶと、新しい地区として加えます。")
        if named.district is not None and named.district.name != word.name:
            named.doubts.append(
                f"地区の欄は「{named.district.name}」、「{cell.value}」では「{word.name}」です。"
            )
        else:
            named.district = word
        return True

    def _is_no_district(self, text: str) -> bool:
        """Whether ``text`` names the whole ward, or several districts at once (松風・柳橋)."""
        parts = [part for part in re.split(r"[・、，,/／]", text) if part.strip()]
        return search_key(text) in _EVERYWHERE or (len(parts) > 1 and any(self._find(part) for part in parts))

    def _find(self, text: str) -> list[DistrictRow]:
        found = (*self._districts.get(entry_key(text), ()), *self._districts.get(short_key(text), ()))
        unique = list(dict.fromkeys(found))
        return [one for one in unique if entry_key(one.name) == entry_key(text)] or unique

    def _note(self, cell: FileValue, key: str, reason: str) -> None:
        self._remarks.notices.append(Remark(cell.place, str(cell.value), reason, RemarkKind.CELL, key))


def _taken_apart(text: str) -> _Parts:
    line = " ".join(text.split())
    counted = _COUNTED.search(line)
    rest = _YEAR.sub(" ", line)
    rest = " ".join(_EMPTY.sub(" ", _COUNTED.sub(" ", rest)).split())
    bracket = _BRACKETS.search(rest)
    number = counted_number(counted[1] or counted[2]) if counted else None
    return _Parts(rest, year_in(line), number, bracket[1].strip() if bracket else "")


def _short_kind(name: str) -> str:
    key = entry_key(name)
    return _KIND_ENDS.sub("", key) or key
