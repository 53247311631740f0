"""つながりの地図: the network of a year as a picture, who stands alone in it, and which neighbours have never met."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from app.calendar import fiscal_year_label
from app.network_map import layout, queries, rules
from app.network_map.layout import Point
from app.network_map.rules import LinkKind, Narrowing, Network, Node, Shown
from app.office import Reader
from app.organisations.queries import lists
from app.settings.queries import settings
from db.vocabulary import OrganisationGroup
from reports.catalogue import Choices, Entry, Finding, Option, OptionKind, Options
from reports.contents.ledger_choices import chosen_number
from reports.contents.member_parts import NO_CATEGORY, NO_DISTRICT
from reports.contents.network_data import links_sheet, nodes_sheet
from reports.contents.participation import pair_table
from reports.contents.progress_parts import ISSUED_ON, issue_day
from reports.document import Block, Cell, Column, Paragraph, Report, Row, RowKind, Section, Table, TextStyle
from reports.export import Format
from reports.network_diagram import Area, Diagram, Knot, Mark, Strand, Tie

MARKS = MappingProxyType(
    {
        OrganisationGroup.COMMUNITY: Mark.CIRCLE,
        OrganisationGroup.AGENCY: Mark.SQUARE,
        OrganisationGroup.SECRETARIAT: Mark.DIAMOND,
        OrganisationGroup.OTHER: Mark.TRIANGLE,
        None: Mark.TRIANGLE,
    }
)
"""The mark of the organisations on each side of the network; the window draws the same."""

STRANDS = MappingProxyType(
    {
        LinkKind.MEETING: Strand.THIN,
        LinkKind.COLLABORATION: Strand.THICK,
        LinkKind.REFERRAL: Strand.DASHED,
    }
)
"""The line of each kind of link; the window draws the same."""

MOST_NAMES = 70
"""So many names find room on a sheet; more organisations bear numbers, and a list says who is who."""

_FEW = 3
"""Beside so few others it is seen from the pairs who has met nobody."""

EVERY, USUAL = "", "usual"


def _categories(reader: Reader) -> Choices:
    return tuple((str(one.id), one.name) for one in lists(reader).categories)


def _districts(reader: Reader) -> Choices:
    return tuple((str(one.id), one.name) for one in lists(reader).districts)


def _service_types(reader: Reader) -> Choices:
    return tuple((str(one.id), one.name) for one in lists(reader).service_types)


KINDS = Option(
    "kinds",
    "つながりの種類",
    OptionKind.CHOICE,
    EVERY,
    ((EVERY, "すべてのつながり"), *((kind.value, f"{kind.label}だけ") for kind in LinkKind)),
)
LEAST = Option(
    "least",
    "会議で一緒になった回数",
    OptionKind.CHOICE,
    USUAL,
    (
        (USUAL, "読みやすい回数から（おまかせ）"),
        *((str(count), f"{count}回以上") for count in (1, 2, 3, 4, 5, 10)),
    ),
    "全体会のように大人数の会議では、ほとんどの団体どうしが一緒になります。回数で絞ると、強いつながりが見えます。",
)
CATEGORY = Option(
    "category", "区分", OptionKind.CHOICE, EVERY, ((EVERY, "すべての区分"),), source=_categories
)
DISTRICT = Option("district", "地区", OptionKind.CHOICE, EVERY, ((EVERY, "すべての地区"),), source=_districts)
SERVICE_TYPE = Option(
    "service_type", "事業の種類", OptionKind.CHOICE, EVERY, ((EVERY, "すべての事業"),), source=_service_types
)


def build(reader: Reader, fiscal_year: int, options: Options) -> Report:
    """The map of ``fiscal_year``."""
    office = settings(reader)
    network = queries.network(reader, fiscal_year)
    wanted = _wanted(reader, network, options)
    shown = rules.narrow(network, wanted)
    sections = [Section("", tuple(_picture(network, shown, wanted)), name="つながりの地図")]
    if len(shown.nodes) > MOST_NAMES:
        note = "団体が多いため、地図では番号で示しています。地区や区分を選ぶと、その団体だけを名前で載せられます。"
        blocks = (Paragraph(note, TextStyle.NOTE), _who_is_who(network, shown))
        sections.append(Section("番号と団体名", blocks))
    sections += [
        Section("つながりのない団体", tuple(_isolated(shown))),
        Section("まだ会ったことのない団体", tuple(_strangers(network, shown))),
    ]
    return Report(
        "network_map",
        "つながりの地図",
        tuple(sections),
        subtitle=fiscal_year_label(fiscal_year),
        issuer=office.issuer,
        issued_on=issue_day(options),
        sample=office.is_sample,
        landscape=True,
        date_style=office.date_style,
        data=(links_sheet(shown), nodes_sheet(shown)),
    )


def _wanted(reader: Reader, network: Network, options: Options) -> Narrowing:
    kinds = frozenset(kind for kind in LinkKind if options["kinds"] in (EVERY, kind.value))
    narrowing = Narrowing(
        kinds,
        1,
        chosen_number(reader, CATEGORY, options),
        chosen_number(reader, DISTRICT, options),
        chosen_number(reader, SERVICE_TYPE, options),
    )
    if options["least"] != USUAL:
        return _with_least(narrowing, int(options["least"]))
    shown = rules.narrow(network, narrowing)
    return _with_least(narrowing, rules.usual_least(shown.links, len(shown.nodes)))


def _with_least(one: Narrowing, least: int) -> Narrowing:
    return Narrowing(one.kinds, least, one.category_id, one.district_id, one.service_type_id)


def _picture(network: Network, shown: Shown, wanted: Narrowing) -> Iterator[Block]:
    if not shown.nodes:
        yield Paragraph("この年度の会員団体はありません。", TextStyle.NOTE)
        return
    numbers = _numbers(network, shown) if len(shown.nodes) > MOST_NAMES else None
    yield diagram(shown, layout.place(network), wanted, numbers)


def diagram(
    shown: Shown,
    places: Mapping[int, Point],
    wanted: Narrowing,
    numbers: Mapping[int, int] | None = None,
) -> Diagram:
    """The picture of what is shown; with ``numbers`` the organisations bear these in place of their names."""
    others = rules.degrees(shown.links)
    nodes = sorted(shown.nodes, key=lambda node: -others.get(node.id, 0))
    index = {node.id: number for number, node in enumerate(nodes)}
    areas: dict[str, list[int]] = {}
    for node in nodes:
        areas.setdefault(node.district, []).append(index[node.id])
    used = {MARKS[node.group] for node in nodes}
    names = {mark: "・".join(_groups_of(nodes, mark)) for mark in Mark if mark in used}
    return Diagram(
        "",
        tuple(
            Knot(*places[node.id], str(numbers[node.id]) if numbers else node.label, MARKS[node.group])
            for node in nodes
        ),
        tuple(
            Tie(index[link.first_id], index[link.second_id], STRANDS[link.kind], link.count)
            for link in shown.links
        ),
        tuple(Area(name, tuple(members)) for name, members in areas.items() if name),
        tuple(names.items()),
        tuple((STRANDS[kind], kind_words(kind, wanted)) for kind in LinkKind if kind in wanted.kinds),
        summary(shown, wanted),
    )


def _groups_of(nodes: list[Node], mark: Mark) -> Iterator[str]:
    for group in (*OrganisationGroup, None):
        if MARKS[group] is mark and any(node.group is group for node in nodes):
            yield group.label if group else NO_CATEGORY


def kind_words(kind: LinkKind, wanted: Narrowing) -> str:
    """What a line means: 「会議で一緒（3回以上）」."""
    is_narrowed = kind is LinkKind.MEETING and wanted.least > 1
    return f"{kind.label}（{wanted.least}回以上）" if is_narrowed else kind.label


def summary(shown: Shown, wanted: Narrowing) -> str:
    """The picture in words."""
    counts = {
        kind: sum(link.kind is kind for link in shown.links) for kind in LinkKind if kind in wanted.kinds
    }
    ways = "、".join(f"{kind_words(kind, wanted)} {count:,}本" for kind, count in counts.items())
    alone = len(shown.isolated)
    return (
        f"{len(shown.nodes)}団体を結ぶつながりは、{ways}です。"
        f"どの団体ともつながりのない団体は{f'{alone}団体' if alone else 'ありません'}。"
    )


def _numbers(network: Network, shown: Shown) -> dict[int, int]:
    """Numbers from 1, district by district and by kana, so that neighbours on the map have numbers that follow."""
    order = {district_id: place for place, (district_id, _) in enumerate(network.districts)}
    nodes = sorted(shown.nodes, key=lambda node: order.get(node.district_id or 0, len(order)))
    return {node.id: number for number, node in enumerate(nodes, 1)}


def _who_is_who(network: Network, shown: Shown) -> Table:
    numbers = _numbers(network, shown)
    groups: dict[str, list[str]] = {}
    for node in sorted(shown.nodes, key=lambda one: numbers[one.id]):
        groups.setdefault(node.district or NO_DISTRICT, []).append(f"{numbers[node.id]} {node.label}")
    rows = tuple(Row((Cell(name), Cell("　".join(words)))) for name, words in groups.items())
    return Table((Column("地区", 1.2), Column("番号と団体名", 8.8)), rows)


def _isolated(shown: Shown) -> Iterator[Block]:
    yield Paragraph(
        "この年度に、選んだ種類のつながりがひとつもない団体です。会議への誘い方や、声のかけ方を考えるきっかけにしてください。",
        TextStyle.NOTE,
    )
    groups: dict[str, list[Node]] = {}
    for node in shown.isolated:
        groups.setdefault(node.district or NO_DISTRICT, []).append(node)
    rows: list[Row] = []
    for name, nodes in groups.items():
        rows.append(Row((Cell(name, span=2),), RowKind.GROUP))
        rows += (Row((Cell(node.name), Cell(node.category or NO_CATEGORY))) for node in nodes)
    columns = (Column("団体", 5.0), Column("区分", 4.0))
    yield Table(columns, tuple(rows)) if rows else Paragraph("ありません。", TextStyle.NOTE)


def _strangers(network: Network, shown: Shown) -> Iterator[Block]:
    """Pairs that never met. Who met nobody of a district at all stands there once, and not beside each of the others."""
    district = {node.id: node.district_id for node in network.nodes}
    met = {
        end
        for link in network.links
        if link.kind is LinkKind.MEETING and district[link.first_id] == district[link.second_id]
        for end in link.ends
    }
    pairs = Counter(end for pair in shown.strangers for end in (pair.first_id, pair.second_id))
    apart = {node.id: node for node in shown.nodes if node.id not in met and pairs[node.id] > _FEW}
    yield from pair_table(
        pair for pair in shown.strangers if pair.first_id not in apart and pair.second_id not in apart
    )
    if not apart:
        return
    yield Paragraph("次の団体は、同じ地区のほかのどの団体とも、まだ会っていません。", TextStyle.NOTE)
    groups: dict[str, list[str]] = {}
    for node in apart.values():
        groups.setdefault(node.district, []).append(node.name)
    rows = tuple(Row((Cell(name), Cell("、".join(names)))) for name, names in groups.items())
    yield Table((Column("地区", 1.2), Column("地区のだれとも会っていない団体", 8.8)), rows)


def findings(_reader: Reader, _fiscal_year: int, _options: Options) -> tuple[Finding, ...]:
    """Nothing of its own: the map shows what is there."""
    return ()


ENTRY = Entry(
    "network_map",
    "つながりの地図",
    "会議・連携した取組・つなぎで、どの団体とどの団体がつながっているかを1枚の図にします。つながりのない団体もわかります。",
    (Format.PDF, Format.DATA_XLSX, Format.TXT),
    (KINDS, LEAST, DISTRICT, CATEGORY, SERVICE_TYPE, ISSUED_ON),
    build,
    findings,
)
