"""The preview of an import as lines to look at and tick: what stands in the ledger, what would stand there, where it was read. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from app.importing.file_values import Gathered, RemarkKind, gathered
from app.importing.preview import CellChange, Preview, RowChange, RowKind
from app.importing.roster_fields import FIELDS

EMPTY = "（空）"


class Kind(Enum):
    """The kinds of line, in the order of their buttons: the name, and what the lines of it are."""

    ADDED = ("追加", "台帳にない団体です。新しく加わります。")
    CHANGED = ("変更", "台帳と違うところがある団体です。欄ごとに選べます。")
    CONFLICTING = (
        "食い違い",
        "このままでは取り込みません。理由を確かめ、取り込んでよいものにだけ印を付けてください。",
    )
    UNCHANGED = ("変わらない", "台帳と同じ内容の団体です。何も変わりません。")
    NOT_UNDERSTOOD = (
        "読み取れない",
        "意味の分からないところです。読み飛ばしています。必要ならファイルを直して読み直してください。",
    )
    NOTICES = ("注意", "次のように読みました。計や見出しの繰り返しなど、読み飛ばした行も含みます。")

    def __init__(self, label: str, meaning: str) -> None:
        self.label = label
        self.meaning = meaning


@dataclass(frozen=True, slots=True)
class Leaf:
    """A cell under its organisation. ``key`` is empty where it cannot be chosen alone."""

    key: str
    label: str
    before: str
    after: str
    place: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Branch:
    """An organisation, or something that was not understood. ``key`` is empty where there is nothing to choose."""

    key: str
    label: str
    before: str
    after: str
    place: str
    remark: str
    leaves: tuple[Leaf, ...] = ()


Lines = dict[Kind, tuple[Branch, ...]]


def lines(preview: Preview) -> Lines:
    """All lines of a preview, by kind."""
    return {
        Kind.ADDED: tuple(_row(row) for row in preview.added),
        Kind.CHANGED: tuple(_row(row) for row in preview.changed),
        Kind.CONFLICTING: tuple(
            _row(one.row, one.reason) if one.row else Branch("", one.name, "", "", str(one.place), one.reason)
            for one in preview.conflicting
        ),
        Kind.UNCHANGED: tuple(Branch("", one.name, "", "", str(one.place), "") for one in preview.unchanged),
        Kind.NOT_UNDERSTOOD: tuple(_remark(one) for one in gathered(preview.not_understood)),
        Kind.NOTICES: (
            *(_remark(one) for one in gathered(preview.notices)),
            *(_remark(one, "読み飛ばした行：") for one in gathered(preview.skipped)),
        ),
    }


def default_choice(preview: Preview) -> frozenset[str]:
    """The keys that are ticked at first: everything added or changed; conflicts wait for the person."""
    return frozenset(key for row in preview.rows for key in keys_of(row))


def keys_of(row: RowChange) -> tuple[str, ...]:
    """What is chosen of a row: an organisation that is new comes as a whole, one that changes cell by cell."""
    return (row.key,) if row.kind is RowKind.ADDED else tuple(cell.key for cell in row.cells)


@dataclass(frozen=True, slots=True)
class Sum:
    """How much is chosen."""

    added: int
    changed: int
    cells: int

    @property
    def sentence(self) -> str:
        """「追加 12団体、変更 5団体（8か所）を取り込みます。」"""
        parts = []
        if self.added:
            parts.append(f"追加 {self.added:,}団体")
        if self.changed:
            parts.append(f"変更 {self.changed:,}団体（{self.cells:,}か所）")
        return f"{'、'.join(parts)}を取り込みます。" if parts else "取り込むものは選ばれていません。"


def chosen_sum(preview: Preview, chosen: frozenset[str] | set[str]) -> Sum:
    """How much of ``preview`` is in ``chosen``."""
    rows = (*preview.rows, *(one.row for one in preview.conflicting if one.row is not None))
    added = cells = 0
    changed = set()
    for row in rows:
        count = sum(key in chosen for key in keys_of(row))
        if row.kind is RowKind.ADDED:
            added += count
        elif count:
            # An organisation and its people stand in rows of their own.
            changed.add(row.record_id)
            cells += count
    return Sum(added, len(changed), cells)


def _row(row: RowChange, reason: str = "") -> Branch:
    is_new = row.kind is RowKind.ADDED
    count = f"{len(row.cells)}か所"
    kind = f"{row.kind.label}：" if reason else ""
    return Branch(
        row.key,
        row.name,
        "",
        f"{kind}新しい団体（{count}）" if is_new else f"{kind}{count}",
        str(row.place),
        reason,
        tuple(_leaf(cell, is_new) for cell in row.cells),
    )


def _leaf(cell: CellChange, is_new: bool) -> Leaf:
    before = "" if is_new else _one_line(cell.before) or EMPTY
    return Leaf(
        "" if is_new else cell.key,
        cell.label,
        before,
        _one_line(cell.after) or EMPTY,
        str(cell.place),
        cell.notice,
    )


def _remark(found: Gathered, prefix: str = "") -> Branch:
    remark = found.remark
    column = FIELDS.get(remark.field) if remark.kind is RemarkKind.CELL else None
    label = "：".join(filter(None, (column.label if column else "", _one_line(remark.text))))
    places = tuple(Leaf("", "", "", "", str(place)) for place in found.places)
    leaves = places if len(places) > 1 else ()
    return Branch("", label, "", "", found.where(1), f"{prefix}{_one_line(remark.reason)}", leaves)


def _one_line(text: str) -> str:
    return " ⏎ ".join(line.strip() for line in text.strip().split("\n"))


def all_keys(branches: Sequence[Branch]) -> frozenset[str]:
    """Every key that can be chosen among ``branches``."""
    return frozenset(key for branch in branches for key in branch_keys(branch))


def branch_keys(branch: Branch) -> tuple[str, ...]:
    """The keys under a line: of its cells, or its own where they come only together."""
    leaves = tuple(leaf.key for leaf in branch.leaves if leaf.key)
    return leaves or ((branch.key,) if branch.key else ())
