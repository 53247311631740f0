"""The data behind the roster, one value a cell: the organisations, and who speaks for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.organisations.queries import Member
from reports.document import ColumnKind, DataColumn, DataSheet, Value

_ORGANISATION = (
    DataColumn("name", "団体名"),
    DataColumn("kana", "団体名（かな）"),
    DataColumn("short_name", "略称"),
    DataColumn("group", "立場"),
    DataColumn("category", "区分"),
    DataColumn("area", "エリア"),
    DataColumn("district", "地区"),
    DataColumn("postal_code", "郵便番号"),
    DataColumn("address", "住所"),
    DataColumn("building", "建物名など"),
    DataColumn("telephone", "電話"),
    DataColumn("fax", "FAX"),
    DataColumn("mail", "メール"),
    DataColumn("web", "ホームページ"),
    DataColumn("member_from", "入会日", ColumnKind.DATE),
)
_PERSON = (
    DataColumn("organisation", "団体名"),
    DataColumn("role", "役割"),
    DataColumn("position_title", "役職"),
    DataColumn("name", "氏名"),
    DataColumn("kana", "氏名（かな）"),
    DataColumn("term_from", "いつから", ColumnKind.DATE),
)
_PERSONAL = (DataColumn("telephone", "個人の電話"), DataColumn("mail", "個人のメール"))


def data_sheets(entries: Sequence[Member], day: date, *, internal: bool) -> tuple[DataSheet, ...]:
    """The sheets 会員団体 and 代表者・担当者; a person's own telephone and mail only where the roster stays inside the office."""
    organisations = tuple(_organisation(member) for member in entries)
    people = tuple(row for member in entries for row in _people(member, day, internal))
    return (
        DataSheet("会員団体", _ORGANISATION, organisations),
        DataSheet("代表者・担当者", (*_PERSON, *_PERSONAL) if internal else _PERSON, people),
    )


def _organisation(member: Member) -> tuple[Value, ...]:
    one = member.organisation
    return (
        one.name,
        one.kana,
        one.short_name,
        one.group.label if one.group else None,
        one.category,
        one.area,
        one.district,
        one.postal_code,
        one.address,
        one.building,
        one.telephone,
        one.fax,
        one.mail,
        one.web,
        one.member_from,
    )


def _people(member: Member, day: date, internal: bool) -> list[tuple[Value, ...]]:
    return [
        (
            member.organisation.name,
            term.role.label,
            term.position_title,
            term.name,
            term.kana,
            term.term_from,
            *((term.telephone, term.mail) if internal else ()),
        )
        for term in member.speakers(day)
    ]
