"""What taking in a folder of returned check sheets would do, as values: shown before anything is written."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from app.errors import InputError
from app.importing.file_values import Remark
from app.steps.operations import AssessmentValues
from app.steps.queries import AssessmentRow, RoundRow
from app.steps.sheet import whose
from db.vocabulary import Labelled, RoundState

Taken = tuple[int, int, AssessmentValues]
"""The assessment, its version as it was read, and what is written: as ``save_sheets`` takes it."""


class ReturnKind(Labelled):
    """What has become of a file, or of one worksheet in it."""

    READ = "read", "読み取れた"
    DOUBTFUL = "doubtful", "確認が必要"
    UNCHANGED = "unchanged", "取り込み済み"
    SAME = "same", "同じものがもう1枚"
    BLANK = "blank", "答えがない"
    OTHER_ROUND = "other_round", "別の回のシート"
    UNKNOWN = "unknown", "読めない"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that would be written: its label, what the ledger has, what the sheet says, and the cell."""

    label: str
    before: str
    after: str
    cell: str


@dataclass(frozen=True, slots=True)
class Return:
    """One returned sheet, or a file that is none.

    ``reason`` says why it is not simply read; ``doubts`` name cells. ``values`` is what would be written (None: nothing can be);
    with doubts it lacks what is doubtful. ``asked`` is whose sheet it is, where that is known.
    """

    key: str
    file: str
    sheet: str
    kind: ReturnKind
    reason: str = ""
    round_name: str = ""
    asked: AssessmentRow | None = None
    answered: int = 0
    points: int = 0
    differences: tuple[Difference, ...] = ()
    doubts: tuple[Remark, ...] = ()
    values: AssessmentValues | None = None

    @property
    def can_take(self) -> bool:
        """Whether it may be taken in, at once or when a person has looked at it."""
        return self.values is not None and self.kind in (ReturnKind.READ, ReturnKind.DOUBTFUL)

    @property
    def is_sure(self) -> bool:
        """Whether it is taken in without being asked about."""
        return self.can_take and self.kind is ReturnKind.READ

    @property
    def name(self) -> str:
        """Whose sheet it is, or the file."""
        return whose(self.asked) if self.asked else self.file


@dataclass(frozen=True, slots=True)
class ReturnsPreview:
    """A folder of returns beside the round in the ledger. ``missing`` are those of whom no answer is in the ledger or the folder."""

    round: RoundRow
    folder: str
    files: int
    returns: tuple[Return, ...]
    missing: tuple[AssessmentRow, ...]

    @property
    def sure(self) -> frozenset[str]:
        """The keys of those that are taken without being asked about."""
        return frozenset(one.key for one in self.returns if one.is_sure)

    def of_kind(self, *kinds: ReturnKind) -> tuple[Return, ...]:
        """The returns of these kinds."""
        return tuple(one for one in self.returns if one.kind in kinds)

    def twins(self, key: str) -> frozenset[str]:
        """The keys of the others that answer for the same."""
        one = next(one for one in self.returns if one.key == key)
        return frozenset(
            other.key
            for other in self.returns
            if other.key != key
            and other.can_take
            and one.asked
            and other.asked
            and other.asked.id == one.asked.id
        )

    def taken(self, keys: Collection[str] | None = None) -> list[Taken]:
        """What is written for the returns named by ``keys`` (None: those that are sure).

        InputError where the round takes no answers, nothing is chosen, or two sheets of one are.
        """
        if self.round.state is not RoundState.OPEN:
            raise InputError(
                f"{self.round.name}は「{self.round.state.label}」なので、取り込めません。",
                "先に「受付中」にしてください。",
            )
        wanted = self.sure if keys is None else frozenset(keys)
        chosen = [one for one in self.returns if one.key in wanted and one.can_take]
        if not chosen:
            raise InputError("取り込むシートがありません。", "取り込むシートを選んでください。")
        found: dict[int, Taken] = {}
        for one in chosen:
            if one.asked is None or one.values is None:
                continue
            if one.asked.id in found:
                raise InputError(
                    f"「{one.name}」のシートが2枚選ばれています。", "どちらか1枚を選んでください。"
                )
            found[one.asked.id] = (one.asked.id, one.asked.version, one.values)
        return list(found.values())
