"""ステップ確認結果: where the network stands in a round; the picture first, then what each scope answered and does next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from app.office import Reader
from app.settings.queries import settings
from app.steps import rules
from app.steps.queries import CheckpointRow, ScopeResult
from db.vocabulary import RoundState, ScopeKind
from reports.answer_marks import DECIDED, change_mark, ink_of, legend, mark, step_change, step_words
from reports.catalogue import Entry, Finding, Option, OptionKind, Options, Severity
from reports.contents import step_parts as parts
from reports.contents.progress_parts import ISSUED_ON, issue_day
from reports.contents.step_data import data_sheets
from reports.contents.step_parts import Picture
from reports.contents.step_scopes import scope_sections
from reports.contents.step_spread import spread_blocks
from reports.document import (
    Align,
    Block,
    Cell,
    Chart,
    ChartKind,
    Column,
    Figure,
    Figures,
    Ink,
    Paragraph,
    Report,
    Row,
    RowKind,
    Section,
    Series,
    Table,
    TextStyle,
)
from reports.export import Format

AUTO, YES, NO = "", "yes", "no"

ORGANISATIONS = Option(
    "organisations",
    "団体ごとの結果",
    OptionKind.CHOICE,
    AUTO,
    ((AUTO, "おまかせ（内部用だけに載せる）"), (YES, "載せる"), (NO, "載せない")),
    "載せないときも、団体の答えは地区などの結果に含まれます。",
)
DETAILS = Option("details", "範囲ごとの答えも載せる", OptionKind.FLAG, YES)
FACTS = Option(
    "facts",
    "台帳の記録も並べる",
    OptionKind.FLAG,
    YES,
    help="会議の開催や持ち帰り共有など、台帳からわかることを答えと並べ、食い違いを示します。",
)

_RAMP = (Ink.LEVEL_0, Ink.LEVEL_1, Ink.LEVEL_2, Ink.LEVEL_3, Ink.LEVEL_4)


def build(reader: Reader, fiscal_year: int, options: Options) -> Report:
    """The result of the chosen round."""
    office = settings(reader)
    held = parts.round_of(reader, fiscal_year, options)
    issued, internal = issue_day(options), parts.is_internal(options)
    found = parts.picture(reader, held, issued)
    with_organisations = options["organisations"] == YES or (options["organisations"] == AUTO and internal)
    rows = parts.shown_scopes(found.result.scopes, with_organisations)
    with_facts = options["facts"] == YES
    sections = [
        Section("", tuple(_overview(found, rows)), name="まとめ"),
        Section("範囲とチェックポイントの一覧", tuple(_maps(found, rows))),
    ]
    if held.answered:
        sections += [
            Section("前回からの変化", tuple(_changes(found, rows))),
            Section("立場による認識差", tuple(spread_blocks(found))),
        ]
        if with_facts:
            sections.append(Section("答えと台帳の記録の食い違い", tuple(_against(found, rows))))
        if options["details"] == YES:
            sections += scope_sections(found, rows, with_facts=with_facts, internal=internal)
    sections.append(Section("到達の規則", (Paragraph(rules.rule_text(found.result.set.needed_percent)),)))
    return Report(
        "step_result",
        "ステップ確認結果",
        tuple(sections),
        subtitle=f"{parts.in_one_word(held)}　{found.result.set.title}",
        issuer=office.issuer,
        issued_on=issued,
        contact=office.contact,
        sample=office.is_sample,
        internal=internal,
        date_style=office.date_style,
        data=data_sheets(found, rows, internal),
    )


def _overview(found: Picture, rows: Sequence[ScopeResult]) -> Iterator[Block]:
    held = found.result.round
    moved = Counter(_direction(one) for one in rows if one.answered and one.before is not None)
    figures = [
        Figure("回答", f"{held.answered} / {held.asked}", "受付中" if held.state is RoundState.OPEN else ""),
        *(_ward(one) for one in rows if one.scope.kind is ScopeKind.WARD),
        Figure("ステップが進んだ", f"{moved[1]}か所", f"変わらず {moved[0]}・後退 {moved[-1]}"),
    ]
    against = sum(len(found.against(one)) for one in rows)
    figures.append(Figure("記録との食い違い", f"{against}件"))
    yield Figures(tuple(figures))


def _direction(row: ScopeResult) -> int:
    before = row.before or 0
    return (row.step > before) - (row.step < before)


def _ward(row: ScopeResult) -> Figure:
    before = "初回" if row.before is None else f"前回 {step_words(row.before)}"
    return Figure(row.name, step_words(row.step) if row.answered else "回答なし", before)


def _maps(found: Picture, rows: Sequence[ScopeResult]) -> Iterator[Block]:
    asked = found.result.set.checkpoints
    yield Paragraph(
        f"{legend()}\n「到達」は到達したステップ（0は未到達、{DECIDED}は話し合いによる判断）、「変化」は前回との差です。",
        TextStyle.NOTE,
    )
    for start in range(0, len(asked), parts.MOST_COLUMNS):
        yield heat_map(rows, asked[start : start + parts.MOST_COLUMNS])
    decided = [one for one in rows if one.ruling]
    for one in decided:
        reason = one.ruling.reason if one.ruling else ""
        yield Paragraph(
            f"{DECIDED} {one.name}：規則では{step_words(one.by_rule)}のところ、{step_words(one.step)}と判断しました。{reason}",
            TextStyle.NOTE,
        )
    if found.result.round.answered:
        yield step_chart(found, rows)
    else:
        yield Paragraph("答えは、まだ1件も届いていません。", TextStyle.NOTE)


def heat_map(rows: Sequence[ScopeResult], asked: Sequence[CheckpointRow]) -> Table:
    """A row for each scope with the answer that stands for all at each checkpoint, the step reached, and its change."""
    columns = (
        Column("範囲", 3.4),
        *(Column(one.number, 0.5, Align.CENTRE) for one in asked),
        Column("到達", 0.7, Align.CENTRE),
        Column("変化", 0.7, Align.CENTRE),
    )
    made: list[Row] = []
    for kind, group in groupby(rows, key=lambda one: one.scope.kind):
        if kind is not ScopeKind.WARD:
            made.append(Row((Cell(kind.label, span=len(columns)),), RowKind.GROUP))
        made += (_map_row(one, asked) for one in group)
    return Table(columns, tuple(made))


def _map_row(row: ScopeResult, asked: Sequence[CheckpointRow]) -> Row:
    answers = (row.tallies[one.id].common for one in asked)
    step = f"{row.step}{DECIDED if row.ruling else ''}" if row.answered or row.ruling else "－"
    change = step_change(row.step, row.before) if row.answered or row.ruling else ""
    return Row(
        (
            Cell(row.name, bold=row.scope.kind is ScopeKind.WARD),
            *(Cell(mark(answer), fill=ink_of(answer)) for answer in answers),
            Cell(step, bold=True, whole=True),
            Cell(change, whole=True),
        )
    )


def step_chart(found: Picture, rows: Sequence[ScopeResult]) -> Chart:
    """How many scopes stand on which step, in the round before, where it asked the same, and in this one; drawn on the screen as well."""
    shown = {one.scope for one in rows}
    rounds = [(found.result.round.name, _steps(rows))]
    if found.before is not None and found.before.set.id == found.result.set.id:
        earlier = [one for one in found.before.scopes if one.scope in shown]
        rounds.insert(0, (found.before.round.name, _steps(earlier)))
    last = max((step.number for step in found.result.set.steps), default=0)
    series = tuple(
        Series(
            step_words(number),
            tuple(float(counts[number]) for _, counts in rounds),
            _RAMP[round(number * (len(_RAMP) - 1) / last)] if last else _RAMP[0],
        )
        for number in range(last, -1, -1)
    )
    words = "　".join(
        f"{name}：{'、'.join(f'{step_words(number)} {counts[number]}か所' for number in sorted(counts, reverse=True))}"
        for name, counts in rounds
        if counts
    )
    names = tuple(name for name, _ in rounds)
    return Chart(ChartKind.STACKED_BAR, "到達したステップ（範囲の数）", names, series, "か所", words)


def _steps(rows: Sequence[ScopeResult]) -> Counter[int]:
    return Counter(one.step for one in rows if one.answered or one.ruling)


def _changes(found: Picture, rows: Sequence[ScopeResult]) -> Iterator[Block]:
    if found.before is None:
        yield Paragraph("初めての確認のため、比べる回がありません。", TextStyle.NOTE)
        return
    if found.before.set.id != found.result.set.id:
        yield Paragraph(
            f"{found.before.round.name}は別のチェックポイントの組で聞いたため、比べていません。",
            TextStyle.NOTE,
        )
        return
    columns = (
        Column("範囲", 2.4),
        Column("前回 → 今回", 2.4),
        Column("よくなった項目 ↑", 2.4),
        Column("下がった項目 ↓", 2.4),
    )
    made = []
    for row in rows:
        if not row.answered or row.before is None:
            continue
        steps = f"{step_words(row.before)} → {step_words(row.step)}"
        better, worse = (_moved(found, row, sign) for sign in ("↑", "↓"))
        moved = row.step != row.before
        made.append(Row((Cell(row.name), Cell(steps, bold=moved), Cell(better), Cell(worse))))
    if made:
        yield Paragraph(f"前回は{found.before.round.name}です。", TextStyle.NOTE)
        yield Table(columns, tuple(made))
    else:
        yield Paragraph("前回も答えた範囲は、まだありません。", TextStyle.NOTE)


def _moved(found: Picture, row: ScopeResult, sign: str) -> str:
    moved = (
        one.number
        for one in found.result.set.checkpoints
        if change_mark(row.tallies[one.id].common, found.answer_before(row.scope, one.id)) == sign
    )
    return "、".join(moved)


def _against(found: Picture, rows: Sequence[ScopeResult]) -> Iterator[Block]:
    by_id = {one.id: one for one in found.result.set.checkpoints}
    made = []
    for row in rows:
        for fact, _ in found.against(row):
            answer = row.tallies[fact.checkpoint_id].common
            evidence = found.evidence(fact)
            told = f"{fact.sentence}\n（{evidence}）" if evidence else fact.sentence
            number = Cell(by_id[fact.checkpoint_id].number, whole=True)
            made.append(Row((Cell(row.name), number, Cell(mark(answer), fill=ink_of(answer)), Cell(told))))
    if not made:
        yield Paragraph("答えと記録が食い違うところは、ありませんでした。", TextStyle.NOTE)
        return
    yield Paragraph(
        "答えが正しく、記録が抜けていることもあります。どちらを直すかを話し合うきっかけにしてください。",
        TextStyle.NOTE,
    )
    columns = (
        Column("範囲", 2.0),
        Column("項目", 0.7, Align.CENTRE),
        Column("答え", 0.7, Align.CENTRE),
        Column("台帳の記録", 6.6),
    )
    yield Table(columns, tuple(made))


def findings(reader: Reader, fiscal_year: int, options: Options) -> tuple[Finding, ...]:
    """A round that is not over, those who have not answered, and answers that the ledger contradicts."""
    held = parts.round_of(reader, fiscal_year, options)
    missing = held.asked - held.answered
    found = []
    if held.state is not RoundState.CLOSED:
        waiting = (
            f"答えが{missing}件届いていません。"
            if missing
            else "答えはすべて届いています。"
            if held.asked
            else "まだだれにも頼んでいません。"
        )
        message = f"{held.name}は{held.state.label}です。{waiting}結果は変わることがあります。"
        found.append(Finding(Severity.WARNING, message, "assessment_round", held.id))
    elif missing:
        message = f"{held.name}は、{missing}件の答えが届かないまま締め切っています。"
        found.append(Finding(Severity.HINT, message, "assessment_round", held.id))
    return tuple(found)


ENTRY = Entry(
    "step_result",
    "ステップ確認結果",
    "ステップ確認の回の結果を、範囲とチェックポイントの一覧図、前回からの変化、立場による差、範囲ごとの答えと次の一手にまとめます。",
    (Format.PDF, Format.XLSX, Format.DOCX, Format.DATA_XLSX, Format.TXT),
    (parts.ROUND, parts.AUDIENCE, ORGANISATIONS, DETAILS, FACTS, ISSUED_ON),
    build,
    findings,
)
