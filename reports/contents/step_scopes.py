"""ステップ確認結果 scope by scope: what became of the last next steps, the answers, the words, the facts beside them, what comes next."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from app.steps.facts import Fact
from app.steps.queries import AnswerRow, AssessmentRow, CheckpointRow, ScopeResult
from db.vocabulary import CheckAnswer, Perspective, ScopeKind
from reports.answer_marks import CONTRADICTED, ink_of, mark, step_words
from reports.contents import step_parts as parts
from reports.contents.step_parts import Picture
from reports.document import (
    Align,
    Block,
    Cell,
    Column,
    Paragraph,
    Row,
    Run,
    Section,
    Table,
    TextStyle,
)


def scope_sections(
    found: Picture, rows: Sequence[ScopeResult], *, with_facts: bool, internal: bool
) -> list[Section]:
    """A section for each scope for which an answer came in, below one that says what they are."""
    answered = [one for one in rows if one.answered]
    head = Paragraph(
        "範囲ごとに、前回の次の一手とその後、今回の答え、コメント、次の一手を並べました。", TextStyle.NOTE
    )
    shows_organisations = any(one.scope.kind is ScopeKind.ORGANISATION for one in rows)
    sections = [Section("範囲ごとの結果", (head,))]
    for row in answered:
        own = _own(found.counted.get(row.scope, ()), row, shows_organisations)
        last = _own(found.counted_before.get(row.scope, ()), row, shows_organisations)
        blocks: list[Block] = [Paragraph(_standing(row), TextStyle.NOTE)]
        blocks += _last_steps(last, internal)
        blocks += _answers(found, row, internal)
        blocks += _words(own, found.result.set.checkpoints, internal)
        if with_facts:
            blocks += _facts(found, row)
        blocks += _next_steps(own, internal)
        sections.append(Section(f"{row.name}　{step_words(row.step)}", tuple(blocks), level=2))
    return sections


def _own(asked: Sequence[AssessmentRow], row: ScopeResult, shows_organisations: bool) -> list[AssessmentRow]:
    """Those whose words stand with the scope: of its organisations too, where these have no section of their own."""
    return [
        one
        for one in asked
        if one.answered_on
        and (
            one.scope == row.scope
            or (
                not shows_organisations
                and one.scope.kind is ScopeKind.ORGANISATION
                and row.scope.kind is not ScopeKind.WARD
            )
        )
    ]


def _standing(row: ScopeResult) -> str:
    parts_of = [f"回答 {row.answered} / {row.asked}"]
    parts_of.append("初めての確認" if row.before is None else f"前回 {step_words(row.before)}")
    if row.ruling:
        parts_of.append(f"規則では{step_words(row.by_rule)}")
    text = "　".join(parts_of)
    return f"{text}\n判断の理由：{row.ruling.reason}" if row.ruling else text


def _answers(found: Picture, row: ScopeResult, internal: bool) -> Iterator[Block]:
    """The answers by perspective (for internal use by who gave them), together, and the last time."""
    asked = found.result.set.checkpoints
    given = [one for one in found.counted.get(row.scope, ()) if one.answered_on]
    lines: list[tuple[str, Sequence[CheckAnswer | None]]] = []
    if internal:
        for one in given:
            by_id = {answer.checkpoint_id: answer.answer for answer in one.answers}
            lines.append((parts.speaker(one, internal), [by_id.get(point.id) for point in asked]))
    else:
        said = parts.by_perspective(given, (one.id for one in asked))
        for who in Perspective:
            if any(who in said[one.id] for one in asked):
                answers = [said[one.id][who].common if who in said[one.id] else None for one in asked]
                lines.append((who.label, answers))
    if len(lines) > 1:
        lines.append(("全体", [row.tallies[one.id].common for one in asked]))
    if row.before is not None:
        lines.append(("前回", [found.answer_before(row.scope, one.id) for one in asked]))
    columns = (Column("今回の答え", 3.0), *(Column(one.number, 0.6, Align.CENTRE) for one in asked))
    for start in range(0, len(asked), parts.MOST_COLUMNS):
        stop = start + parts.MOST_COLUMNS
        yield Table(
            (columns[0], *columns[1 + start : 1 + stop]),
            tuple(
                Row(
                    (
                        Cell(name, bold=name == "全体"),
                        *(Cell(mark(one), fill=ink_of(one)) for one in answers[start:stop]),
                    )
                )
                for name, answers in lines
            ),
        )


def _words(own: Sequence[AssessmentRow], asked: Sequence[CheckpointRow], internal: bool) -> Iterator[Block]:
    """What was written beside the boxes, and about the whole."""
    made: list[Row] = []
    numbers = {one.id: one.number for one in asked}
    for label, text_of in _ON_THE_WHOLE:
        made += (
            Row((Cell(parts.speaker(one, internal)), Cell(label), Cell(text_of(one))))
            for one in own
            if text_of(one)
        )
    said = [(numbers[answer.checkpoint_id], one, answer) for one in own for answer in one.answers]
    made += (
        Row((Cell(parts.speaker(one, internal)), Cell(_point(number, answer)), Cell(answer.comment)))
        for number, one, answer in sorted(said, key=lambda each: _order(each[0]))
        if answer.comment
    )
    if made:
        yield Table((_from_whom(internal), Column("何について", 2.0), Column("コメント", 6.0)), tuple(made))


_ON_THE_WHOLE: tuple[tuple[str, Callable[[AssessmentRow], str]], ...] = (
    ("うまくいっていること", lambda one: one.went_well),
    ("難しいこと", lambda one: one.difficulty),
)


def _order(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.split("-"))


def _point(number: str, answer: AnswerRow) -> str:
    return f"{number}　{mark(answer.answer)}"


def _facts(found: Picture, row: ScopeResult) -> Iterator[Block]:
    """What the ledger itself knows of each checkpoint; a contradiction is marked. What it cannot tell is left out."""
    against = {fact.checkpoint_id for fact, _ in found.against(row)}
    numbers = {one.id: one.number for one in found.result.set.checkpoints}
    made = [
        Row((Cell(numbers[fact.checkpoint_id], whole=True), _fact(fact, fact.checkpoint_id in against)))
        for fact in found.facts.get(row.scope, ())
        if fact.records or fact.checkpoint_id in against
    ]
    if made:
        yield Table((Column("項目", 0.7, Align.CENTRE), Column("台帳の記録", 9.3)), tuple(made))


def _fact(fact: Fact, contradicts: bool) -> Cell:
    if not contradicts:
        return Cell(fact.sentence)
    return Cell((Run(f"{CONTRADICTED}答えと食い違い　", bold=True), Run(fact.sentence)))


def _last_steps(last: Sequence[AssessmentRow], internal: bool) -> Iterator[Block]:
    made = [
        Row(
            (
                Cell(parts.speaker(one, internal)),
                Cell(one.next_step),
                Cell(one.next_assignee, public=True),
                Cell(one.next_due_on),
                Cell(one.next_result or "（まだ書かれていません）"),
            )
        )
        for one in last
        if one.next_step.strip()
    ]
    if made:
        columns = (
            _from_whom(internal),
            Column("前回の次の一手", 3.0),
            Column("担当", 2.0),
            Column("期限", 1.8),
            Column("その後", 3.0),
        )
        yield Table(columns, tuple(made))


def _next_steps(own: Sequence[AssessmentRow], internal: bool) -> Iterator[Block]:
    made = [
        Row(
            (
                Cell(parts.speaker(one, internal)),
                Cell(one.next_step, bold=True),
                Cell(one.next_assignee, public=True),
                Cell(one.next_due_on),
            )
        )
        for one in own
        if one.next_step.strip()
    ]
    if made:
        columns = (_from_whom(internal), Column("次の一手", 4.4), Column("担当", 2.4), Column("期限", 1.9))
        yield Table(columns, tuple(made))


def _from_whom(internal: bool) -> Column:
    """Wider where organisations and people are named."""
    return Column("だれから", 3.0 if internal else 1.4)
