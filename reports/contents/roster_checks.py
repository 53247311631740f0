"""What to look at before papers about member organisations are handed out: gaps, and persons' contact data in their place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.office import Reader
from app.organisations.queries import Member
from app.organisations.rules import telephone_key
from app.text import excerpt, fold
from reports.catalogue import Finding, Options, Severity
from reports.contents import member_parts as parts
from reports.contents.progress_parts import INTERNAL

_MOBILE = ("070", "080", "090")


def findings(reader: Reader, fiscal_year: int, options: Options) -> tuple[Finding, ...]:
    """Entries without reading, speaker or way to reach them; in a roster to hand out, contact data that may be a person's."""
    day = parts.day_of(options, fiscal_year)
    entries = parts.listed(reader, day, options)
    gaps = [finding for member in entries for finding in _gaps(member, day)]
    if options["audience"] == INTERNAL:
        return tuple(gaps)
    return (*(finding for member in entries for finding in personal_contacts(member)), *gaps)


def personal_contacts(member: Member) -> Iterator[Finding]:
    """Where the organisation's own telephone or mail is that of one of its people, or a mobile number."""
    one = member.organisation
    numbers = {telephone_key(term.telephone): term.name for term in reversed(member.terms)}
    addresses = {fold(term.mail).strip().lower(): term.name for term in reversed(member.terms)}
    number, address = telephone_key(one.telephone), fold(one.mail).strip().lower()
    if number and number in numbers:
        yield _warning(member, f"団体の電話番号が、{numbers[number]}さん個人の電話番号と同じです。")
    elif number.startswith(_MOBILE):
        yield _warning(member, f"団体の電話番号が、携帯電話の番号（{one.telephone}）です。")
    if address and address in addresses:
        yield _warning(member, f"団体のメールアドレスが、{addresses[address]}さん個人のものと同じです。")


def _warning(member: Member, message: str) -> Finding:
    one = member.organisation
    advice = "載せてよいか、団体に確かめてください。"
    return Finding(Severity.WARNING, f"「{excerpt(one.name)}」は、{message}{advice}", "organisation", one.id)


def _gaps(member: Member, day: date) -> Iterator[Finding]:
    one = member.organisation
    missing = [
        label
        for label, is_missing in (
            ("よみがな", not one.kana.strip()),
            ("区分", one.category_id is None),
            ("代表者・担当者", not parts.speakers(member, day)),
            ("電話番号", not one.telephone.strip()),
            ("住所", not one.address.strip()),
        )
        if is_missing
    ]
    if missing:
        message = f"「{excerpt(one.name)}」には、{'・'.join(missing)}がありません。"
        yield Finding(Severity.HINT, message, "organisation", one.id)
