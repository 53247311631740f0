"""The data sheets of 連携した取組 実践集: the collaborations, who does what in them, and each activity with its numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.collaborations.queries import CollaborationRow
from reports.document import ColumnKind, DataColumn, DataSheet

_TEXTS = (
    ("origin", "きっかけ"),
    ("issue", "課題"),
    ("aim", "目的"),
    ("image", "取組のイメージ"),
    ("result", "成果"),
    ("learned", "振り返り"),
    ("next_step", "次に取り組むこと"),
)
_COLUMNS = (
    DataColumn("title", "取組"),
    DataColumn("step_number", "連携ステップ", ColumnKind.INTEGER),
    DataColumn("state", "状態"),
    DataColumn("district", "地区"),
    DataColumn("started_on", "開始日", ColumnKind.DATE),
    DataColumn("ended_on", "終了日", ColumnKind.DATE),
    *(DataColumn(key, title) for key, title in _TEXTS),
    DataColumn("reviewed_on", "振り返りの日", ColumnKind.DATE),
    DataColumn("outcomes", "めざす到達イメージ"),
)


def data_sheets(
    rows: Sequence[CollaborationRow], outcomes: Mapping[int, str], internal: bool
) -> tuple[DataSheet, ...]:
    """The collaborations, who takes part in them, and what was done; ``outcomes`` are the plan items they serve, by id."""
    return (_collaborations(rows, outcomes, internal), _partners(rows), _activities(rows))


def _collaborations(
    rows: Sequence[CollaborationRow], outcomes: Mapping[int, str], internal: bool
) -> DataSheet:
    note = (DataColumn("note", "備考"),) if internal else ()
    made = tuple(
        (
            one.title,
            one.step_number,
            one.state.label,
            one.district,
            one.started_on,
            one.ended_on,
            *(getattr(one, key) for key, _ in _TEXTS),
            one.reviewed_on,
            "\n".join(outcomes.get(topic, "") for topic in one.topics),
            *((one.note,) if internal else ()),
        )
        for one in rows
    )
    return DataSheet("取組", (*_COLUMNS, *note), made)


def _partners(rows: Sequence[CollaborationRow]) -> DataSheet:
    columns = (
        DataColumn("title", "取組"),
        DataColumn("name", "団体"),
        DataColumn("role", "役割"),
        DataColumn("is_lead", "中心（1＝中心）", ColumnKind.INTEGER),
    )
    return DataSheet(
        "役割分担",
        columns,
        tuple(
            (one.title, partner.name, partner.role, int(partner.is_lead))
            for one in rows
            for partner in one.partners
        ),
    )


def _activities(rows: Sequence[CollaborationRow]) -> DataSheet:
    columns = (
        DataColumn("title", "取組"),
        DataColumn("held_on", "日", ColumnKind.DATE),
        DataColumn("activity", "内容"),
        DataColumn("place", "場所"),
        DataColumn("families", "参加組数", ColumnKind.INTEGER),
        DataColumn("participants", "参加人数", ColumnKind.INTEGER),
        DataColumn("staff", "担い手の人数", ColumnKind.INTEGER),
        DataColumn("note", "メモ"),
    )
    return DataSheet(
        "取組の経過",
        columns,
        tuple(
            (
                one.title,
                activity.held_on,
                activity.title,
                activity.place,
                activity.families,
                activity.participants,
                activity.staff,
                activity.note,
            )
            for one in rows
            for activity in one.activities
        ),
    )
