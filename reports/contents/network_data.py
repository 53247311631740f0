"""The data behind つながりの地図: its links and its organisations, one a row."""

from __future__ import annotations

from app.network_map import rules
from app.network_map.rules import Shown
from reports.document import ColumnKind, DataColumn, DataSheet


def links_sheet(shown: Shown) -> DataSheet:
    """A row for each link, with what it counts."""
    columns = (
        DataColumn("kind", "つながりの種類"),
        DataColumn("first", "団体（つなぎは、つないだ団体）"),
        DataColumn("first_district", "団体の地区"),
        DataColumn("second", "相手の団体（つなぎは、受けた団体）"),
        DataColumn("second_district", "相手の団体の地区"),
        DataColumn("count", "数", ColumnKind.INTEGER),
        DataColumn("unit", "単位"),
    )
    nodes = {node.id: node for node in shown.nodes}
    rows = []
    for link in shown.links:
        first, second = nodes[link.first_id], nodes[link.second_id]
        rows.append(
            (
                link.kind.label,
                first.name,
                first.district,
                second.name,
                second.district,
                link.count,
                link.kind.unit,
            )
        )
    return DataSheet("つながり", columns, tuple(rows))


def nodes_sheet(shown: Shown) -> DataSheet:
    """A row for each organisation, with how many others it is connected with."""
    columns = (
        DataColumn("organisation", "団体名"),
        DataColumn("kana", "よみがな"),
        DataColumn("category", "区分"),
        DataColumn("district", "地区"),
        DataColumn("service_type", "事業の種類"),
        DataColumn("others", "つながりのある団体の数", ColumnKind.INTEGER),
    )
    others = rules.degrees(shown.links)
    rows = tuple(
        (node.name, node.kana, node.category, node.district, node.service_type, others.get(node.id, 0))
        for node in shown.nodes
    )
    return DataSheet("団体", columns, rows)
