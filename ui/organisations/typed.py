"""What stands in the form of an organisation: values as they are stored, and days as they are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from app.calendar import format_date, parse_date
from app.drafts import Value
from app.errors import InputError
from app.organisations.operations import OrganisationValues
from app.organisations.queries import ChannelRow, Member
from app.text import clean, fold
from db.vocabulary import ChannelKind, Opening

FOLDED = ("postal_code", "telephone", "fax", "mail", "web")
"""Fields for numbers and addresses: their letters and digits are half-width."""

TEXTS = (
    "name",
    "short_name",
    "kana",
    *FOLDED,
    "address",
    "building",
    "opening_days",
    "opening_hours",
    "venue",
    "audience",
    "fee",
    "strengths",
    "offers",
    "note",
)

LABELS = {
    "name": "正式名",
    "short_name": "略称",
    "kana": "かな",
    "organisation_category_id": "区分",
    "district_id": "地区",
    "service_type_id": "事業の種類",
    "member_from": "入会日",
    "member_to": "退会日",
    "postal_code": "郵便番号",
    "address": "住所",
    "building": "建物・部屋",
    "telephone": "電話",
    "fax": "FAX",
    "mail": "メール",
    "web": "ホームページ",
    "opening": "常設・非常設",
    "opening_days": "開催日",
    "opening_hours": "時間",
    "venue": "会場",
    "audience": "対象",
    "fee": "費用",
    "channels": "発信の手段",
    "uses_tag": "「#金沢っこ」",
    "strengths": "得意なこと",
    "offers": "提供できること",
    "note": "備考",
}
"""What each field is called, in the order of the form."""


_DAYS = ("member_from", "member_to")


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields as they stand; days are text until they are saved, and ``values`` has none."""

    values: OrganisationValues
    member_from: str = ""
    member_to: str = ""

    def ready(self) -> OrganisationValues:
        """As the operation takes it. InputError where a day cannot be read."""
        return replace(
            self.values,
            member_from=_day("入会日", self.member_from),
            member_to=_day("退会日", self.member_to),
        )

    def means(self) -> Typed:
        """The same with days in one spelling, so that only what differs in meaning differs."""
        return Typed(self.values, _spelled(self.member_from), _spelled(self.member_to))

    def fields(self) -> dict[str, object]:
        """Every field by its name, in the order of the form; the days are text."""
        return {name: getattr(self if name in _DAYS else self.values, name) for name in LABELS}

    def with_fields(self, changed: Mapping[str, Any]) -> Typed:
        """The same with other values in some fields, by their names."""
        values = {name: value for name, value in changed.items() if name not in _DAYS}
        days = {name: value for name, value in changed.items() if name in _DAYS}
        return replace(self, values=replace(self.values, **values), **days)

    def draft(self) -> dict[str, Value]:
        """As plain values that can be kept against a crash."""
        kept: dict[str, Value] = {name: getattr(self.values, name) for name in _PLAIN}
        kept["opening"] = self.values.opening.value if self.values.opening else None
        kept["channels"] = [f"{one.kind.value}\t{one.address}" for one in self.values.channels]
        kept["member_from"], kept["member_to"] = self.member_from, self.member_to
        return kept

    @classmethod
    def of_draft(cls, kept: Mapping[str, Value]) -> Typed:
        """From what was kept."""
        lines = kept.get("channels")
        channels = [line.partition("\t") for line in (lines if isinstance(lines, list) else [])]
        opening = kept.get("opening")
        plain = {name: kept[name] for name in _PLAIN if name in kept}
        values = replace(
            EMPTY.values,
            **plain,  # type: ignore[arg-type]
            opening=Opening(str(opening)) if opening else None,
            channels=tuple(ChannelRow(ChannelKind(kind), address) for kind, _, address in channels),
        )
        return cls(values, str(kept.get("member_from") or ""), str(kept.get("member_to") or ""))


_PLAIN = tuple(
    one.name for one in fields(OrganisationValues) if one.name not in ("opening", "channels", *_DAYS)
)

EMPTY = Typed(OrganisationValues(""))
"""The form before anything is typed."""


def tidy(name: str, text: str) -> str:
    """The text of a field as it may be stored."""
    tidied = clean(text).strip()
    return fold(tidied) if name in FOLDED else tidied


def typed_of(member: Member) -> Typed:
    """The form as it opens on what the ledger holds."""
    row = member.organisation
    texts: dict[str, Any] = {name: tidy(name, getattr(row, name)) for name in TEXTS}
    values = OrganisationValues(
        **texts,
        organisation_category_id=row.category_id,
        district_id=row.district_id,
        service_type_id=row.service_type_id,
        uses_tag=row.uses_tag,
        opening=row.opening,
        channels=tuple(ChannelRow(one.kind, tidy("address", one.address)) for one in member.channels),
    )
    return Typed(values, _written(row.member_from), _written(row.member_to))


def _written(day: date | None) -> str:
    return format_date(day) if day else ""


def _spelled(text: str) -> str:
    try:
        return _written(parse_date(text)) if text.strip() else ""
    except InputError:
        return text.strip()


def _day(label: str, text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return parse_date(text)
    except InputError as error:
        raise InputError(f"{label}：{error.message}", error.advice) from error
