"""What stands on a check sheet, in words and values: the workbook is written from it, and what comes back is read by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.office import Reader
from app.steps import queries
from app.steps.queries import AnswerRow, AssessmentRow, RoundRow, Scope, SetRow
from db.vocabulary import CheckAnswer, Perspective

SHEET_NAME, GUIDE_NAME, KEPT_NAME = "チェックシート", "書き方", "控え"
"""The worksheets: what is answered, what explains it, and what is hidden and tells whose sheet it was."""

TITLE = "連携ステップ　チェックシート"

CODE, ROUND, SCOPE, AS_WHOM, ORGANISATION, ANSWER_BY = (
    "シートの記号",
    "確認の回",
    "確認する範囲",
    "立場",
    "答える団体",
    "返信期限",
)
"""The labels of the head, which is filled in and locked."""

HEAD = (CODE, ROUND, SCOPE, AS_WHOM, ORGANISATION, ANSWER_BY)

NUMBER, POINT, ANSWER, COMMENT, LAST = "番号", "取組チェックポイント", "答え", "コメント", "前回の答え"
COLUMNS = (NUMBER, POINT, ANSWER, COMMENT, LAST)
"""The headings over the checkpoints."""

FIELDS: Mapping[str, str] = {
    "答えた人": "respondent",
    "答えた日": "answered_on",
    "うまくいっていること": "went_well",
    "難しいこと": "difficulty",
    "次の一手": "next_step",
    "次の一手の担当": "next_assignee",
    "次の一手の期限": "next_due_on",
}
"""The labels of what is written about the whole, with the field of the answer each is for."""

HINTS: Mapping[str, str] = {
    "答えた人": "役職やお名前。話し合って答えたときは「職員3人」など",
    "答えた日": "例：令和9年3月31日、R9.3.31、2027/3/31",
    "うまくいっていること": "手ごたえのあること、これからも続けたいこと",
    "難しいこと": "進めにくいこと、困っていること、知りたいこと",
    "次の一手": "次の確認までに、はじめに取り組むこと",
    "次の一手の担当": "だれが（団体や役割で）",
    "次の一手の期限": "いつまでに（例：令和9年3月31日）",
}
"""What stands below each label of ``FIELDS``."""

ABOVE = ("答えた人", "答えた日")
"""The labels that stand above the checkpoints; the others stand below."""

LAST_STEP = "前回の次の一手"
ON_THE_WHOLE = "全体について"

MARKS: Mapping[CheckAnswer, str] = {
    CheckAnswer.YES: "○",
    CheckAnswer.PARTLY: "△",
    CheckAnswer.NOT_YET: "×",
    CheckAnswer.UNKNOWN: "？",
}

ASKED_AS: Mapping[Perspective, str] = {
    Perspective.SECRETARIAT: "事務局として、この範囲の取組全体を見てお答えください。",
    Perspective.FACILITY: "施設として、ご自分の施設から見た様子をお答えください。",
    Perspective.COMMUNITY: "地域で活動する立場から見た様子をお答えください。",
}

LEAD = (
    "色の付いた欄にお答えください。「答え」は、欄を選ぶと出る▼（または Alt+↓）から選びます。"
    "分からないところは「わからない」で構いません。"
)

GUIDE = (
    "このファイルは、つながり帳に取り込んで集計します。行や列を足したり、シートの記号を変えたりしないでください。",
    "「○ できている」は、いつもできている、または仕組みとしてできていること。",
    "「△ 一部」は、できているところとできていないところがあること。",
    "「× まだ」は、これから取り組むこと。",
    "「？ わからない」は、知らない、または判断できないこと。",
    "「コメント」には、そう答えた理由や、様子が伝わる例を書いてください。書かなくても構いません。",
    "施設や団体の中で話し合って、1団体につき1枚お答えください。個人のお名前や、親子が特定されることは書かないでください。",
    "記入が終わったら、Excelの形式のまま保存して、このファイルをお送りください。",
)


def choice_of(answer: CheckAnswer) -> str:
    """What the drop-down offers and a sheet shows for an answer: 「○ できている」."""
    return f"{MARKS[answer]} {answer.label}"


CHOICES = tuple(choice_of(answer) for answer in CheckAnswer)


@dataclass(frozen=True, slots=True)
class SheetOrder:
    """One sheet to write: who is asked, and what was answered the last time (``last``, by checkpoint)."""

    asked: AssessmentRow
    last: Mapping[int, AnswerRow]
    last_round: str = ""
    last_step: str = ""

    @property
    def head(self) -> Mapping[str, str]:
        """The head of the sheet by label, but for the day until which it is asked back."""
        return head_of(self.asked)

    @property
    def name(self) -> str:
        """For whom it is: みほんの木（施設）, or the scope where it is no organisation's."""
        return whose(self.asked)


@dataclass(frozen=True, slots=True)
class SheetSet:
    """All sheets of a round."""

    round: RoundRow
    set: SetRow
    orders: tuple[SheetOrder, ...]


def whose(asked: AssessmentRow) -> str:
    """みほんの木（施設・区全体）: who is asked, as whom, and about which scope where that is not they themselves."""
    name = asked.organisation or asked.scope_name
    about = f"・{asked.scope_name}" if asked.scope_name != name else ""
    return f"{name}（{asked.perspective.label}{about}）"


def head_of(asked: AssessmentRow) -> dict[str, str]:
    """What stands in the head about who is asked: the scope, as whom, and the organisation."""
    return {SCOPE: asked.scope_name, AS_WHOM: asked.perspective.label, ORGANISATION: asked.organisation}


def sheet_set(reader: Reader, assessment_round_id: int) -> SheetSet:
    """What the sheets of a round hold. InputError where there is no such round."""
    now = queries.round_row(reader, assessment_round_id)
    asked = queries.assessments(reader, now.id)
    before = _before(reader, now)
    return SheetSet(
        now,
        queries.checkpoint_set(reader, now.checkpoint_set_id),
        tuple(_order(one, before) for one in asked),
    )


_Key = tuple[Scope, Perspective, int | None]


def _key(one: AssessmentRow) -> _Key:
    return one.scope, one.perspective, one.organisation_id


def _before(reader: Reader, now: RoundRow) -> dict[_Key, tuple[RoundRow, AssessmentRow]]:
    """What each of those who are asked answered in the last round in which they did."""
    found: dict[_Key, tuple[RoundRow, AssessmentRow]] = {}
    for held in queries.rounds(reader):
        if (held.fiscal_year, held.number) >= (now.fiscal_year, now.number):
            continue
        for one in queries.assessments(reader, held.id):
            if one.answered_on is not None:
                found.setdefault(_key(one), (held, one))
    return found


def _order(asked: AssessmentRow, before: Mapping[_Key, tuple[RoundRow, AssessmentRow]]) -> SheetOrder:
    known = before.get(_key(asked))
    if known is None:
        return SheetOrder(asked, {})
    held, last = known
    return SheetOrder(asked, {one.checkpoint_id: one for one in last.answers}, held.name, last.next_step)
