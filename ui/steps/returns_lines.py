"""What a folder of returned sheets looks like as lines: those that wait for a decision first, those who are missing last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.calendar import format_date
from app.importing.step_sheet_preview import Return, ReturnKind, ReturnsPreview
from app.steps.sheet import whose

MISSING = "まだ返っていない"
_ORDER = (
    ReturnKind.DOUBTFUL,
    ReturnKind.UNKNOWN,
    ReturnKind.OTHER_ROUND,
    ReturnKind.BLANK,
    ReturnKind.READ,
    ReturnKind.SAME,
    ReturnKind.UNCHANGED,
)
_SHAPES = {
    ReturnKind.DOUBTFUL: "！",
    ReturnKind.UNKNOWN: "×",
    ReturnKind.OTHER_ROUND: "×",
    ReturnKind.BLANK: "－",
    ReturnKind.READ: "○",
    ReturnKind.SAME: "＝",
    ReturnKind.UNCHANGED: "＝",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the list; ``key`` is that of a return that may be ticked, ``detail`` what is told below when it is chosen."""

    state: str
    name: str
    answers: str
    file: str
    detail: str
    key: str = ""


def lines_of(preview: ReturnsPreview) -> Iterator[Line]:
    """The returns and those who are missing; of each kind in the order of those who were asked, so that two of one stand together."""
    for kind in _ORDER:
        for one in sorted(preview.of_kind(kind), key=_place):
            yield Line(
                f"{_SHAPES[kind]} {kind.label}",
                one.name if one.asked else "（分かりません）",
                f"{one.answered}／{one.points}" if one.asked and kind is not ReturnKind.OTHER_ROUND else "",
                one.file,
                detail_of(one),
                one.key if one.can_take else "",
            )
    for asked in preview.missing:
        told = [f"シートの記号 {asked.code}"]
        if asked.sent_on:
            told.append(f"{format_date(asked.sent_on)}に送りました。")
        if asked.reminded_on:
            told.append(f"{format_date(asked.reminded_on)}に催促しました。")
        yield Line(f"… {MISSING}", whose(asked), "", "", "\n".join(told))


def _place(one: Return) -> tuple[bool, str, str]:
    return one.asked is None, one.asked.code if one.asked else "", one.file


def detail_of(one: Return) -> str:
    """Why it is as it is, the cells that are doubtful, and what would be written."""
    parts = [f"{one.file}{f'　シート「{one.sheet}」' if one.sheet else ''}"]
    if one.reason:
        parts.append(one.reason)
    if one.doubts:
        parts.append("\n確かめるところ")
        for doubt in one.doubts:
            text = " ".join(doubt.text.split())
            cell = f"セル {doubt.place.cell}" if doubt.place.cell else "シート"
            parts.append(f"・{cell}{f'「{text}」' if text else ''}　{doubt.reason}")
    if one.differences:
        parts.append("\n取り込むと、次のようになります" if one.values else "\n書かれていること")
        for change in one.differences:
            before = f"{_one_line(change.before)} → " if change.before else ""
            parts.append(f"・{change.label}　{before}{_one_line(change.after) or '（空）'}")
    return "\n".join(parts)


def sum_of(preview: ReturnsPreview) -> str:
    """The counts of each kind: 「読み取れた 24、確認が必要 3、まだ返っていない 5」."""
    kinds = (ReturnKind.READ, *(kind for kind in _ORDER if kind is not ReturnKind.READ))
    counted = [(kind.label, len(preview.of_kind(kind))) for kind in kinds]
    counted.append((MISSING, len(preview.missing)))
    return "、".join(f"{label} {count:,}" for label, count in counted if count)


def _one_line(text: str) -> str:
    return " ".join(text.split())
