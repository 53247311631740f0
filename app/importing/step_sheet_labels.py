"""The head of a returned check sheet and what it says about the whole: each value stands beside its label, wherever that is now."""

from __future__ import annotations

from datetime import date, datetime

from app.calendar import parse_date
from app.errors import InputError
from app.importing.step_sheet_grid import At, Grid
from app.importing.step_sheet_words import codes_in, words_key
from app.steps import sheet as words

_LONGEST = {"respondent": 200, "next_assignee": 200}
_DAYS = ("answered_on", "next_due_on")
_LABELS = {words_key(label): label for label in (*words.HEAD, *words.FIELDS, words.LAST_STEP)}
_HINTS = {label: words_key(hint) for label, hint in words.HINTS.items()}


def read_labels(grid: Grid) -> None:
    """Read what stands beside the labels."""
    _Labels(grid).read()


class _Labels:
    """The labels of one worksheet."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid

    def read(self) -> None:
        seen: dict[str, At] = {}
        for row, columns in self._grid.by_row.items():
            if row in self._grid.point_rows:
                continue
            for column in columns:
                label = self._label((row, column))
                if label is None or (row, column) not in self._grid.free:
                    continue
                self._grid.free.discard((row, column))
                self._check_hint(label, (row, column))
                if label in seen:
                    self._grid.doubt(
                        (row, column), f"「{label}」の欄が二つあります。1枚に一つの団体だけを書いてください。"
                    )
                else:
                    seen[label] = (row, column)
                    self._read_value(label, row, [one for one in columns if one > column])
                break
        missing = [label for label in words.FIELDS if label not in seen]
        if missing:
            self._grid.found.doubt("", "", f"「{'」「'.join(missing)}」の欄が見つかりません。")

    def _check_hint(self, label: str, at: At) -> None:
        """Under a label stands its hint or nothing: people write there too."""
        below = words_key(self._grid.text(at).partition("\n")[2])
        if below not in ("", _HINTS.get(label, "")):
            self._grid.doubt(at, f"「{label}」の見出しの中に書き足されているので、読んでいません。")

    def _read_value(self, label: str, row: int, right: list[int]) -> None:
        """What stands beside a label: in the first filled cell to the right of it."""
        at = next(((row, column) for column in right if (row, column) in self._grid.free), None)
        if label in words.HEAD:
            text = self._grid.text(at) if at else ""
            self._grid.found.head[label] = text
            # A code stays where it can be looked for; what stands in its place is told by whoever looks for the code.
            if at is not None and not (label == words.CODE and codes_in(text)):
                self._grid.free.discard(at)
            return
        if at is not None:
            self._grid.free.discard(at)
        if label in words.FIELDS:
            self._read_field(label, words.FIELDS[label], at)
        elif at is not None:
            self._grid.found.last_step = self._grid.text(at), self._grid.name(at)

    def _read_field(self, label: str, name: str, at: At | None) -> None:
        found = self._grid.found
        found.cells[name] = self._grid.name(at) if at else ""
        if name in _DAYS:
            day, reason = self._day(at)
            found.days[name] = day
        else:
            text, reason = self._grid.written(at) if at else ("", "")
            most = _LONGEST.get(name)
            if not reason and most and len(text) > most:
                reason = f"{most}字までにしてください（今は{len(text)}字）。"
            found.texts[name] = text
        if reason and at:
            found.unsure.add(name)
            self._grid.doubt(at, f"{label}：{reason}")

    def _day(self, at: At | None) -> tuple[date | None, str]:
        if at is None:
            return None, ""
        value = self._grid.sheet.cells.get(at)
        if reason := self._grid.misplaced(at):
            return None, reason
        if isinstance(value, datetime):
            return value.date(), ""
        if value is None or isinstance(value, date):
            return value, ""
        if not str(value).strip():
            return None, ""
        try:
            return parse_date(str(value)), ""
        except InputError as error:
            return None, error.message

    def _label(self, at: At) -> str | None:
        text = self._grid.text(at)
        return _LABELS.get(words_key(text.split("\n", 1)[0])) if text else None
