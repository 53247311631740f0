"""Whose sheet a returned one is: by the codes that stand on it and are kept in the file, and by the names in its head."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.importing.safe_workbook import Sheet
from app.importing.step_sheet_grid import SheetContent
from app.importing.step_sheet_words import codes_in, words_key
from app.steps import sheet as words
from app.steps.queries import AssessmentRow, RoundRow
from app.steps.sheet import head_of, whose

_NAMED = (words.SCOPE, words.AS_WHOM, words.ORGANISATION)


@dataclass(frozen=True, slots=True)
class Kept:
    """What the file keeps of the sheet that was sent: its codes, and its head as it was written."""

    codes: tuple[str, ...] = ()
    head: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """Everybody who was ever asked: by code, with the round."""

    by_code: Mapping[str, tuple[RoundRow, AssessmentRow]]
    round: RoundRow

    @property
    def of_round(self) -> Sequence[AssessmentRow]:
        """Those who are asked in the round."""
        return [one for held, one in self.by_code.values() if held.id == self.round.id]


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose sheet it is; None where nobody's of this ledger. ``doubt`` says why that is not sure."""

    held: RoundRow | None = None
    asked: AssessmentRow | None = None
    doubt: str = ""


def is_kept(sheet: Sheet) -> bool:
    """Whether a worksheet is the hidden one that keeps whose sheet it was, also where somebody has shown or renamed it."""
    labels = [str(sheet.cells.get((row, 1), "")) for row in range(1, len(words.HEAD) + 1)]
    return [*map(words_key, labels)] == [*map(words_key, words.HEAD)]


def kept_in(sheets: Sequence[Sheet], codes: Sequence[str]) -> Kept:
    """What a workbook keeps; ``codes`` are those of its properties and names."""
    heads = [_head_kept(one) for one in sheets if is_kept(one)]
    written = [code for head in heads for code in codes_in(head.get(words.CODE, ""))]
    return Kept(tuple(dict.fromkeys((*written, *codes))), heads[0] if heads else None)


def _head_kept(sheet: Sheet) -> dict[str, str]:
    return {
        label: str(sheet.cells.get((row, 2), "")).strip()
        for (row, column), value in sheet.cells.items()
        if column == 1 and (label := str(value).strip()) in words.HEAD
    }


def identify(content: SheetContent, kept: Kept, asked: Asked) -> Identity:
    """Whose sheet ``content`` is. ``kept`` is empty where its workbook holds more than one."""
    if len(content.codes) > 1:
        return Identity(
            doubt=f"シートの記号が二つ以上あります（{'、'.join(content.codes)}）。1枚に一つの団体だけにしてください。"
        )
    printed = content.codes[0] if content.codes else ""
    known = [code for code in kept.codes if code in asked.by_code]
    if printed in asked.by_code:
        held, one = asked.by_code[printed]
        return Identity(
            held, one, _contradiction(printed, kept, asked) or _other_head(content, kept, held, one)
        )
    written = content.head.get(words.CODE, "")
    if len(set(known)) == 1:
        held, one = asked.by_code[known[0]]
        said = (
            f"シートの記号が「{written}」に書き換えられています" if written else "シートの記号が消えています"
        )
        return Identity(held, one, f"{said}。ファイルに残っている控えは「{known[0]}」です。")
    if printed:
        return Identity(
            doubt=f"シートの記号「{printed}」の相手は、この台帳にいません。"
            "聞く相手から外したあとに届いたか、別の台帳のシートです。"
        )
    return _by_head(content, asked, written)


def _contradiction(printed: str, kept: Kept, asked: Asked) -> str:
    """Why the code on the sheet and those kept in the file do not belong together."""
    others = [code for code in kept.codes if code != printed]
    if not others:
        return ""
    _, one = asked.by_code.get(others[0], (None, None))
    other = f"（{whose(one)}）" if one else ""
    return f"シートの記号は「{printed}」ですが、ファイルに残っている控えは「{others[0]}」{other}です。どちらのシートか確かめてください。"


def _other_head(content: SheetContent, kept: Kept, held: RoundRow, one: AssessmentRow) -> str:
    """Why the names in the head are not those the sheet was sent with."""
    sent = kept.head if kept.head is not None else {**head_of(one), words.ROUND: held.name}
    # The day of return may have been moved in the ledger since: only the sheet itself tells what it was sent with.
    until = (words.ANSWER_BY,) if kept.head is not None else ()
    for label in (words.ROUND, *_NAMED, *until):
        if label not in content.head:
            continue
        now, before = content.head[label], sent.get(label, "")
        if words_key(now) != words_key(before):
            return f"「{label}」が「{before or '（空）'}」から「{now or '（空）'}」に書き換えられています。"
    return ""


def _by_head(content: SheetContent, asked: Asked, written: str) -> Identity:
    """Without any code: those in the round whose names the head bears, if that is exactly one."""
    named = {label: words_key(content.head.get(label, "")) for label in _NAMED}
    if words_key(content.head.get(words.ROUND, "")) == words_key(asked.round.name) and any(named.values()):
        same = [
            one
            for one in asked.of_round
            if {label: words_key(text) for label, text in head_of(one).items()} == named
        ]
        if len(same) == 1:
            lost = f"「{written}」に書き換えられている" if written else "ない"
            return Identity(
                asked.round, same[0], f"シートの記号が{lost}ので、上の欄の名前から推しはかりました。"
            )
    return Identity(doubt="シートの記号が見つからず、どの団体のシートか分かりません。")
