"""Plans as TOML files: read, checked, and refused with the line of everything that is wrong.

How such a file is written stands at the head of ``resources/plans/kanazawa-ward-5.toml``.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import resources
from app.calendar import parse_fiscal_year
from app.errors import InputError, MachineError
from app.importing.complaints import refusal
from app.plans import draft, toml_lines
from app.plans.draft import DEFAULT_SCALE, ItemDraft, LevelDraft, PlanDraft, ScaleDraft
from app.text import clean
from db.vocabulary import ItemKind

LARGEST = 1_000_000
"""Bytes; a plan of a city with all its programs has some hundred thousand."""

_KINDS = {kind.value: kind for kind in ItemKind}
_LISTS = {"policies" if kind is ItemKind.POLICY else f"{kind.value}s": kind for kind in ItemKind}
_ORDER = {kind: position for position, kind in enumerate(ItemKind)}
_BRANCHES = ("item", *_KINDS, *_LISTS)
_PLAN_KEYS = ("code", "title", "edition", "publisher", "period_from", "period_to", "preface")
_SCALE_KEYS = ("name", "level")
_LEVEL_KEYS = ("value", "label", "symbol", "reached")
_ITEM_KEYS = ("number", "title", "body")

_SYNTAX = {
    "Expected '=' after a key": "項目の名前のあとに「=」がありません。",
    "Unterminated string": '文字を囲む「"」が閉じていません。',
    "Unclosed array": "一覧の「]」がありません。",
    "Invalid initial character for a key": "行の初めが、項目の名前として読めません。",
    "Invalid value": '「=」のあとが、値として読めません。文字は「"」で囲んでください。',
    "Expected newline or end of document": "値のあとに余分な文字があります。",
    "Cannot overwrite a value": "同じ名前が二度書かれています。",
    "Cannot declare": "同じ見出しが二度書かれています。",
    "Cannot mutate immutable namespace": "同じ名前が、一覧と見出しの両方に書かれています。",
    "Illegal character": '使えない文字（改行など）があります。長い文章は「"""」で囲んでください。',
    "Unescaped '\\'": "「\\」は続けて二つ「\\\\」と書いてください。",
    "Expected ']": "見出しの「]」がありません。",
}
_WIDE_SIGNS = dict(zip("＝［］“”　，＃", '=[]"" ,#', strict=True))

_Places = dict[draft.Path, toml_lines.Path]


def bundled() -> list[Path]:
    """The plan files that the program carries, in the order of their names."""
    return sorted(resources.path("plans").glob("*.toml"))


def load(path: Path) -> PlanDraft:
    """The plan in the TOML file at ``path``.

    Raises InputError that lists everything wrong in the file, each with its line; MachineError where the file
    cannot be opened.
    """
    return loads(_decoded(_content(path), path.name), path.name)


def loads(text: str, name: str) -> PlanDraft:
    """The plan in ``text``; ``name`` is what messages call it. Raises InputError as ``load`` does."""
    text = text.replace("\r\n", "\n")
    try:
        tables = tomllib.loads(text)
        lines = toml_lines.lines_of(text)
        reading = _Reading()
        plan = reading.plan(tables)
    except tomllib.TOMLDecodeError as error:
        raise refusal([_syntax_complaint(error, text, name)]) from None
    except ValueError:
        # A whole number of thousands of digits is refused by Python itself, without a line.
        raise refusal([f"{name}：大きすぎる数が書かれています。"]) from None
    except RecursionError:
        raise refusal([f"{name}：項目の重なりが深すぎて読めません。"]) from None
    complaints = [(toml_lines.line_at(lines, path), message) for path, message in reading.complaints]
    if plan is not None:
        for problem in draft.check(plan, needs_items=True):
            complaints.append((toml_lines.line_at(lines, reading.place_of(problem.path)), problem.message))
    if complaints or plan is None:
        complaints.sort(key=lambda complaint: complaint[0])
        raise refusal([f"{name} {line}行目：{message}" for line, message in complaints])
    return plan


class _Reading:
    """One pass over the parsed tables: gathers the draft, what is wrong, and where each part was written."""

    def __init__(self) -> None:
        self.complaints: list[tuple[toml_lines.Path, str]] = []
        self._places: _Places = {}

    def place_of(self, path: draft.Path) -> toml_lines.Path:
        """Where in the file the part of the draft at ``path`` was written."""
        end = next((end for end in range(len(path), -1, -1) if path[:end] in self._places), None)
        if end is None:
            return ()
        rest = tuple("reached" if part == "is_reached" else part for part in path[end:])
        return self._places[path[:end]] + rest

    def plan(self, tables: Mapping[str, Any]) -> PlanDraft | None:
        """The draft, wrong parts left empty; nothing where the file is not about a plan at all."""
        self._known_only(tables, (), ("plan", "scale", *_BRANCHES))
        table = tables.get("plan")
        if not isinstance(table, dict):
            self._complain(
                ("plan",),
                "計画の見出し [plan] がありません。初めに [plan] と書き、名称と期間を続けてください。",
            )
            return None
        self._places[()] = ("plan",)
        self._places[("items",)] = ()
        self._known_only(table, ("plan",), _PLAN_KEYS)
        first = self._year(table, "period_from", "開始年度")
        last = self._year(table, "period_to", "終了年度")
        # A year that cannot be read is one complaint, not a wrong period as well.
        known = next((year for year in (first, last) if year is not None), draft.FIRST_YEAR)
        return PlanDraft(
            **{key: self._line(table, ("plan",), key) for key in ("code", "title", "edition", "publisher")},
            period_from=known if first is None else first,
            period_to=known if last is None else last,
            preface=self._text(table, ("plan",), "preface"),
            scale=self._scale(tables),
            items=self._items(tables, (), ("items",)),
        )

    def _scale(self, tables: Mapping[str, Any]) -> ScaleDraft:
        if "scale" not in tables:
            return DEFAULT_SCALE
        table = tables["scale"]
        if not isinstance(table, dict):
            self._complain(("scale",), "評価段階は、見出し [scale] の下に書いてください。")
            return DEFAULT_SCALE
        self._places[("scale",)] = ("scale",)
        self._known_only(table, ("scale",), _SCALE_KEYS)
        levels: list[LevelDraft] = []
        for path, level in self._tables(table, ("scale",), "level"):
            self._places["scale", "levels", len(levels)] = path
            levels.append(self._level(level, path))
        return ScaleDraft(self._line(table, ("scale",), "name"), tuple(levels))

    def _level(self, table: Mapping[str, Any], path: toml_lines.Path) -> LevelDraft:
        self._known_only(table, path, _LEVEL_KEYS)
        value, reached = table.get("value"), table.get("reached", False)
        if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
            self._complain(
                (*path, "value"), "value は整数で書いてください（例：value = 3）。値のない段階では省きます。"
            )
            value = None
        if not isinstance(reached, bool):
            self._complain((*path, "reached"), "reached は true か false で書いてください。")
            reached = False
        return LevelDraft(value, self._line(table, path, "label"), self._line(table, path, "symbol"), reached)

    def _items(
        self, table: Mapping[str, Any], path: toml_lines.Path, draft_path: draft.Path
    ) -> tuple[ItemDraft, ...]:
        """What hangs under ``table``: by kind, in the order of ItemKind, and within a kind as written."""
        found: list[tuple[ItemKind, Mapping[str, Any], toml_lines.Path]] = []
        for key in table:
            if key in _LISTS:
                found += [
                    (_LISTS[key], {"title": text}, place) for place, text in self._strings(table, path, key)
                ]
            elif key in _KINDS:
                found += [(_KINDS[key], item, place) for place, item in self._tables(table, path, key)]
            elif key == "item":
                for place, item in self._tables(table, path, key):
                    kind = self._kind(item, place)
                    if kind is not None:
                        found.append((kind, item, place))
        found.sort(key=lambda item: _ORDER[item[0]])
        items = []
        for index, (kind, item, place) in enumerate(found):
            self._places[(*draft_path, index)] = place
            items.append(self._item(kind, item, place, (*draft_path, index)))
        return tuple(items)

    def _item(
        self, kind: ItemKind, table: Mapping[str, Any], path: toml_lines.Path, draft_path: draft.Path
    ) -> ItemDraft:
        own = ("kind", *_ITEM_KEYS) if path[-2] == "item" else _ITEM_KEYS
        self._known_only(table, path, (*own, *_BRANCHES))
        number = table.get("number", "")
        if isinstance(number, int) and not isinstance(number, bool):
            table = {**table, "number": str(number)}
        return ItemDraft(
            kind,
            title=self._line(table, path, "title"),
            number=self._line(table, path, "number"),
            body=self._text(table, path, "body"),
            children=self._items(table, path, (*draft_path, "children")),
        )

    def _kind(self, table: Mapping[str, Any], path: toml_lines.Path) -> ItemKind | None:
        word = table.get("kind")
        if word is None:
            self._complain(
                path, f'項目の種類がありません。kind = "…" を添えてください（{"、".join(_KINDS)}）。'
            )
            return None
        kind = _KINDS.get(word) if isinstance(word, str) else None
        if kind is None:
            self._complain((*path, "kind"), f"「{word}」という種類はありません。{_near(str(word), _KINDS)}")
        return kind

    def _year(self, table: Mapping[str, Any], key: str, name: str) -> int | None:
        value = table.get(key)
        if value is None:
            self._complain(("plan",), f"{name}がありません。{key} = 2026 のように書いてください。")
        elif isinstance(value, int) and not isinstance(value, bool):
            return value
        elif isinstance(value, str):
            try:
                return parse_fiscal_year(value)
            except InputError as error:
                self._complain(("plan", key), f"{name}：{error.message}{error.advice}")
        else:
            self._complain(("plan", key), f'{name}は {key} = 2026 か "令和8年度" のように書いてください。')
        return None

    def _line(self, table: Mapping[str, Any], path: toml_lines.Path, key: str) -> str:
        """A text of one line."""
        return " ".join(self._text(table, path, key).split("\n"))

    def _text(self, table: Mapping[str, Any], path: toml_lines.Path, key: str) -> str:
        value = table.get(key, "")
        if isinstance(value, str):
            return clean(value).strip()
        self._complain((*path, key), f'{key} は「"」で囲んだ文字で書いてください（例：{key} = "…"）。')
        return "？"

    def _strings(
        self, table: Mapping[str, Any], path: toml_lines.Path, key: str
    ) -> Iterable[tuple[toml_lines.Path, str]]:
        value = table[key]
        if not isinstance(value, list):
            self._complain(
                (*path, key), f'{key} は [ と ] で囲んだ一覧で書いてください（例：{key} = ["…", "…"]）。'
            )
            return
        for index, text in enumerate(value):
            if isinstance(text, str):
                yield (*path, key, index), text
            else:
                self._complain(
                    (*path, key, index), f'{key} の一覧には「"」で囲んだ文字だけを書いてください。'
                )

    def _tables(
        self, table: Mapping[str, Any], path: toml_lines.Path, key: str
    ) -> Iterable[tuple[toml_lines.Path, Mapping[str, Any]]]:
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            heading = ".".join([*(part for part in path if isinstance(part, str)), key])
            self._complain(
                (*path, key), f"「{key}」は、二重のかっこの見出し [[{heading}]] で書いてください。"
            )
            return
        for index, one in enumerate(value):
            yield (*path, key, index), one

    def _known_only(self, table: Mapping[str, Any], path: toml_lines.Path, known: Iterable[str]) -> None:
        for key in table:
            if key not in known:
                self._complain((*path, key), f"「{key}」という名前は使えません。{_near(key, known)}")

    def _complain(self, path: toml_lines.Path, message: str) -> None:
        self.complaints.append((path, message))


def _near(word: str, known: Iterable[str]) -> str:
    names = list(known)
    near = difflib.get_close_matches(word.lower(), names, n=1)
    return f"「{near[0]}」の誤りではありませんか。" if near else f"使えるのは {'、'.join(names)} です。"


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise InputError(f"「{path.name}」は大きすぎます。計画のファイルかどうか確かめてください。")
        return path.read_bytes()
    except (FileNotFoundError, IsADirectoryError):
        raise InputError(
            f"計画のファイル「{path}」が見つかりません。", "ファイルの場所と名前を確かめてください。"
        ) from None
    except OSError as error:
        raise MachineError(
            f"計画のファイル「{path}」を開けません（{error.strerror}）。",
            "ほかのソフトで開いていないか確かめてください。",
        ) from error


def _decoded(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"{name} {line}行目：文字コードがUTF-8ではありません。",
            "メモ帳などで開き、「名前を付けて保存」で文字コードを「UTF-8」にして保存してください。",
        ) from None


def _syntax_complaint(error: tomllib.TOMLDecodeError, text: str, name: str) -> str:
    """What the parser said, in Japanese, with its line; a sign typed in full width is named."""
    original = str(error)
    found = re.search(r"\(at line (\d+)", original)
    line = int(found[1]) if found else max(1, len(text.rstrip().split("\n")))
    message = next(
        (own for start, own in _SYNTAX.items() if original.startswith(start)), "書き方に誤りがあります。"
    )
    written = text.split("\n")[line - 1] if line <= text.count("\n") + 1 else ""
    wide = next((sign for sign in written if sign in _WIDE_SIGNS), None)
    if wide is not None:
        sign = "全角の空白" if wide == "　" else f"全角の「{wide}」"
        message += f"この行に{sign}があります。半角にする必要がないか確かめてください。"
    return f"{name} {line}行目：{message}"
