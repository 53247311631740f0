"""発信の手段: through what each member organisation sends out information, and who uses the common tag."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.office import Reader
from app.organisations.queries import Lists, Member, lists
from app.settings.queries import settings
from db.vocabulary import ChannelKind
from reports.catalogue import Entry, Finding, Options
from reports.contents import member_parts as parts
from reports.document import (
    Align,
    Block,
    Cell,
    Chart,
    ChartKind,
    Column,
    ColumnKind,
    DataColumn,
    DataSheet,
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
    Value,
)
from reports.export import Format

_YES = "○"


def build(reader: Reader, fiscal_year: int, options: Options) -> Report:
    """The channels of the members on the day that the options name."""
    office, known = settings(reader), lists(reader)
    day = parts.day_of(options, fiscal_year)
    entries = parts.listed(reader, day, options)
    groups = tuple(parts.by_category(entries, known))
    return Report(
        "channels",
        f"発信の手段と「{parts.TAG}」",
        (_overview(entries, groups), _organisations(groups)) if entries else (_nobody(),),
        subtitle=parts.as_of_line(fiscal_year, day, office.date_style),
        issuer=office.issuer,
        contact=office.contact,
        sample=office.is_sample,
        landscape=True,
        date_style=office.date_style,
        data=_data(entries, known),
    )


def _nobody() -> Section:
    return Section("", (Paragraph("この日に会員であった団体は、台帳にありません。", TextStyle.NOTE),))


Groups = Sequence[tuple[str, tuple[Member, ...]]]


def _overview(entries: Sequence[Member], groups: Groups) -> Section:
    sending = [member for member in entries if parts.channels_of(member)]
    tagged = [member for member in entries if member.organisation.uses_tag]
    blocks: tuple[Block, ...] = (
        Figures(
            (
                Figure("会員団体", f"{len(entries):,}団体"),
                Figure("発信の手段がある", f"{len(sending):,}団体", _share(sending, entries)),
                Figure(f"「{parts.TAG}」を使う", f"{len(tagged):,}団体", _share(tagged, entries)),
                Figure("2つ以上の手段がある", f"{_several(entries):,}団体"),
            )
        ),
        _chart(entries),
        _sums(entries, groups),
    )
    return Section("まとめ", blocks)


def _share(some: Sequence[Member], every: Sequence[Member]) -> str:
    return f"{len(some) / len(every):.0%}".replace("%", "％")


def _several(entries: Iterable[Member]) -> int:
    return sum(len(_kinds(member)) >= 2 for member in entries)


def _kinds(member: Member) -> set[ChannelKind]:
    return {channel.kind for channel in parts.channels_of(member)}


def _counts(entries: Iterable[Member]) -> dict[ChannelKind, int]:
    """How many organisations use each kind, the kinds in their own order."""
    kinds = [_kinds(member) for member in entries]
    return {kind: sum(kind in one for one in kinds) for kind in ChannelKind}


def _chart(entries: Sequence[Member]) -> Chart:
    counts = {kind: count for kind, count in _counts(entries).items() if count}
    words = "、".join(
        f"{kind.label} {count:,}団体（{count / len(entries):.0%}）".replace("%", "％")
        for kind, count in sorted(counts.items(), key=lambda one: -one[1])
    )
    return Chart(
        ChartKind.BAR,
        "手段ごとの団体の数",
        tuple(kind.label for kind in counts) or ("手段なし",),
        (Series("団体の数", tuple(counts.values()) or (0,), Ink.LEVEL_3),),
        "団体",
        f"会員団体{len(entries):,}団体のうち、{words or '発信の手段のある団体はまだありません'}です。",
    )


def _sums(entries: Sequence[Member], groups: Groups) -> Table:
    """By category: how many there are, how many send out information, how many use the tag, with their shares."""
    numbers = ("団体の数", "手段がある", "割合", parts.TAG, "割合")
    columns = (
        Column("区分", 4),
        *(Column(title, 1, Align.RIGHT) for title in numbers),
        *(Column(kind.label, 1, Align.RIGHT) for kind in ChannelKind),
    )
    rows = [_sum(name, group, RowKind.BODY) for name, group in groups]
    return Table(columns, (*rows, _sum("計", entries, RowKind.TOTAL)), title="区分ごとの手段")


def _sum(name: str, entries: Sequence[Member], kind: RowKind) -> Row:
    sending = [member for member in entries if parts.channels_of(member)]
    tagged = [member for member in entries if member.organisation.uses_tag]
    numbers: tuple[Value, ...] = (
        len(entries),
        len(sending),
        _share(sending, entries),
        len(tagged),
        _share(tagged, entries),
        *_counts(entries).values(),
    )
    return Row((Cell(name), *(Cell(value, align=Align.RIGHT) for value in numbers)), kind)


def _organisations(groups: Groups) -> Section:
    columns = (
        Column("団体名", 4),
        Column(parts.TAG, 1, Align.CENTRE),
        *(Column(kind.label, 1, Align.CENTRE) for kind in ChannelKind),
        Column("アドレス・名前", 5),
    )
    rows: list[Row] = []
    for name, group in groups:
        rows.append(parts.group_row(name, len(group), "団体", len(columns)))
        for member in group:
            kinds = _kinds(member)
            rows.append(
                Row(
                    (
                        Cell(member.organisation.name),
                        Cell(_YES if member.organisation.uses_tag else ""),
                        *(Cell(_YES if kind in kinds else "") for kind in ChannelKind),
                        Cell("\n".join(parts.channel_lines(member)), public=True),
                    )
                )
            )
    return Section("団体ごとの手段", (Table(columns, tuple(rows)),), new_page=True)


_ORGANISATION = (
    DataColumn("category", "区分"),
    DataColumn("district", "地区"),
    DataColumn("name", "団体名"),
    DataColumn("uses_tag", parts.TAG),
    DataColumn("channel_count", "手段の数", ColumnKind.INTEGER),
)
_CHANNEL = (
    DataColumn("category", "区分"),
    DataColumn("name", "団体名"),
    DataColumn("kind", "手段"),
    DataColumn("address", "アドレス・名前"),
)


def _data(entries: Sequence[Member], known: Lists) -> tuple[DataSheet, ...]:
    ordered = [member for _, group in parts.by_category(entries, known) for member in group]
    organisations = tuple(
        (
            member.organisation.category,
            member.organisation.district,
            member.organisation.name,
            "使う" if member.organisation.uses_tag else "使わない",
            len(_kinds(member)),
        )
        for member in ordered
    )
    channels = tuple(
        (member.organisation.category, member.organisation.name, channel.kind.label, channel.address)
        for member in ordered
        for channel in parts.channels_of(member)
    )
    return (
        DataSheet("団体ごと", _ORGANISATION, organisations),
        DataSheet("発信の手段", _CHANNEL, channels),
    )


def findings(_reader: Reader, _fiscal_year: int, _options: Options) -> tuple[Finding, ...]:
    """Nothing: an organisation without a channel is what the paper tells."""
    return ()


ENTRY = Entry(
    "channels",
    f"発信の手段と「{parts.TAG}」",
    "団体ごとの発信の手段と共通のタグの利用を、数と割合でまとめます。取組の柱1の到達イメージの根拠になります。",
    (Format.PDF, Format.XLSX, Format.DOCX, Format.DATA_XLSX, Format.TXT),
    (parts.AS_OF, parts.CATEGORY, parts.DISTRICT),
    build,
    findings,
)
