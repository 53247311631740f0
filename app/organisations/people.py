"""Writing who speaks for an organisation: persons, their terms, and the handover in April."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from app import records
from app.calendar import format_date
from app.errors import InputError
from app.office import Unit, operation
from app.organisations.operations import write_answer
from app.organisations.rules import Membership
from app.text import excerpt
from db.schema.meetings import Attendance
from db.schema.organisations import ContactPerson, ContactTerm, Organisation
from db.vocabulary import ConfirmationState, ContactRole


@dataclass(frozen=True, slots=True)
class PersonValues:
    """What the form of a person holds."""

    name: str
    kana: str = ""
    honorific: str = "様"
    telephone: str = ""
    mail: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class TermValues:
    """What the form of a term holds: the role, the title in the organisation, and the days (both included, None: open)."""

    role: ContactRole
    position_title: str = ""
    term_from: date | None = None
    term_to: date | None = None


@operation("担当者・代表者を追加")
def add_person(unit: Unit, organisation_id: int, person: PersonValues | int, term: TermValues) -> int:
    """Let a person (new, or the id of one on the roster) speak for an organisation; the id of the term."""
    _require_order(term)
    organisation = unit.get(Organisation, organisation_id)
    name = person.name if isinstance(person, PersonValues) else unit.get(ContactPerson, person).name
    unit.describe(f"「{excerpt(organisation.name)}」の{term.role.label}に{excerpt(name)}さんを追加")
    person_id = _person(unit, person)
    return unit.add(new_term(organisation_id, person_id, term)).id


@operation("担当者・代表者を変更")
def edit_person(unit: Unit, contact_person_id: int, version: int, values: PersonValues) -> None:
    """Change a person's own data; it shows in every organisation the person speaks for."""
    person = unit.get(ContactPerson, contact_person_id, version)
    _require_name(values)
    unit.describe(f"{excerpt(values.name)}さんの記録を変更")
    _write_person(person, values)


@operation("担当・代表の期間を変更")
def edit_term(unit: Unit, term_id: int, version: int, values: TermValues) -> None:
    """Change role, title or days of a term."""
    _require_order(values)
    term = unit.get(ContactTerm, term_id, version)
    name = unit.get(ContactPerson, term.contact_person_id).name
    unit.describe(f"{excerpt(name)}さんの担当・代表の期間を変更")
    _write_term(term, values)


@operation("担当者・代表者を変更")
def edit_speaker(
    unit: Unit, term_id: int, term_version: int, person_version: int, person: PersonValues, term: TermValues
) -> None:
    """``edit_term`` and ``edit_person`` for one who speaks for an organisation, as one step."""
    _require_name(person)
    _require_order(term)
    term_row = unit.get(ContactTerm, term_id, term_version)
    person_row = unit.get(ContactPerson, term_row.contact_person_id, person_version)
    unit.describe(f"{excerpt(person.name)}さんの記録を変更")
    _write_person(person_row, person)
    _write_term(term_row, term)


@operation("担当・代表の記録を取り消す")
def remove_term(unit: Unit, term_id: int, version: int) -> None:
    """Delete a term that was entered by mistake, and the person with it where nothing else refers to them."""
    term = unit.get(ContactTerm, term_id, version)
    person = unit.get(ContactPerson, term.contact_person_id)
    unit.describe(f"{excerpt(person.name)}さんの担当・代表の記録を取り消す")
    unit.delete(term)
    if all(
        unit.first(select(model.id).where(model.contact_person_id == person.id)) is None
        for model in (ContactTerm, Attendance)
    ):
        unit.delete(person)


@operation("担当者・代表者を統合")
def merge_persons(unit: Unit, kept_id: int, gone_id: int) -> None:
    """Make two entries of one person into one: what only the second tells fills what is empty in the first.

    Terms, attendances and links of the second go to the first. Terms in the same role of the same organisation that share a day or follow
    each other become one, unless their titles differ. The second entry is deleted; its history stays, and undo brings it back.
    """
    if kept_id == gone_id:
        raise InputError("同じ人どうしは統合できません。", "統合する二人を選んでください。")
    kept, gone = unit.get(ContactPerson, kept_id), unit.get(ContactPerson, gone_id)
    unit.describe(f"{excerpt(gone.name)}さんの記録を{excerpt(kept.name)}さんに統合")
    for name in ("kana", "telephone", "mail", "note"):
        if not getattr(kept, name) and getattr(gone, name):
            setattr(kept, name, getattr(gone, name))
    terms = unit.rows(select(ContactTerm.id).where(ContactTerm.contact_person_id == gone_id))
    for row in terms:
        _move_term(unit, unit.get(ContactTerm, row.id), kept_id)
    records.lead_elsewhere(unit, "contact_person", gone_id, kept_id)
    for row in unit.rows(select(Attendance.id).where(Attendance.contact_person_id == gone_id)):
        unit.get(Attendance, row.id).contact_person_id = kept_id
    unit.touch(kept)
    unit.delete(gone)


@operation("担当者・代表者の交代")
def hand_over(unit: Unit, organisation_id: int, person: PersonValues | int, term: TermValues) -> int:
    """Let a person take over a role from ``term.term_from`` on; open terms of that role end the day before.

    Returns the id of the new term. InputError where no first day is given or an open term begins on or after it.
    """
    first_day = term.term_from
    if first_day is None:
        raise InputError("交代の日が空です。", "新しい担当者がいつからかを入力してください。")
    _require_order(term)
    organisation = unit.get(Organisation, organisation_id)
    name = person.name if isinstance(person, PersonValues) else unit.get(ContactPerson, person).name
    unit.describe(
        f"「{excerpt(organisation.name)}」の{term.role.label}が{format_date(first_day)}から{excerpt(name)}さんに交代"
    )
    rows = unit.rows(
        select(ContactTerm.id).where(
            ContactTerm.organisation_id == organisation_id,
            ContactTerm.role == term.role,
            ContactTerm.term_to.is_(None) | (ContactTerm.term_to >= first_day),
        )
    )
    for row in rows:
        old = unit.get(ContactTerm, row.id)
        if old.term_from is not None and old.term_from >= first_day:
            raise InputError(
                f"{format_date(old.term_from)}から始まる{term.role.label}が、すでに記録されています。",
                "その記録を直すか、交代の日を確かめてください。",
            )
        old.term_to = first_day - timedelta(days=1)
    return unit.add(new_term(organisation_id, _person(unit, person), term)).id


@operation("担当者・代表者の交代を確認")
def hand_over_and_confirm(
    unit: Unit,
    organisation_id: int,
    fiscal_year: int,
    person: PersonValues | int,
    term: TermValues,
    answered_on: date | None = None,
    note: str = "",
) -> int:
    """What an organisation answers in April when somebody new speaks for it: ``hand_over``, and 変更あり for ``fiscal_year``.

    One step for the person, one to take back. Returns the id of the new term; InputError as ``hand_over``.
    """
    term_id = hand_over(unit, organisation_id, person, term)
    write_answer(unit, organisation_id, fiscal_year, ConfirmationState.CHANGED, answered_on, note)
    return term_id


def _person(unit: Unit, person: PersonValues | int) -> int:
    if isinstance(person, int):
        return unit.get(ContactPerson, person).id
    _require_name(person)
    row = ContactPerson(
        name=person.name,
        kana=person.kana,
        honorific=person.honorific,
        telephone=person.telephone,
        mail=person.mail,
        note=person.note,
    )
    return unit.add(row).id


def _move_term(unit: Unit, term: ContactTerm, person_id: int) -> None:
    """Give a term to another person, making one of it and those of that person which it meets."""
    columns = select(ContactTerm.id).where(
        ContactTerm.contact_person_id == person_id,
        ContactTerm.organisation_id == term.organisation_id,
        ContactTerm.role == term.role,
    )
    term.contact_person_id = person_id
    for row in unit.rows(columns.where(ContactTerm.id != term.id).order_by(ContactTerm.id)):
        other = unit.get(ContactTerm, row.id)
        both = Membership(term.term_from, term.term_to).together_with(
            Membership(other.term_from, other.term_to)
        )
        titles = {one for one in (term.position_title, other.position_title) if one}
        if both.gaps or len(titles) > 1:
            continue
        unit.delete(other)
        term.term_from, term.term_to, term.position_title = both.first, both.last, "".join(titles)


def _write_person(person: ContactPerson, values: PersonValues) -> None:
    person.name, person.kana, person.honorific = values.name, values.kana, values.honorific
    person.telephone, person.mail, person.note = values.telephone, values.mail, values.note


def _write_term(term: ContactTerm, values: TermValues) -> None:
    term.role, term.position_title = values.role, values.position_title
    term.term_from, term.term_to = values.term_from, values.term_to


def new_term(organisation_id: int, contact_person_id: int, values: TermValues) -> ContactTerm:
    """A term that is not in the ledger yet, for a larger change."""
    return ContactTerm(
        organisation_id=organisation_id,
        contact_person_id=contact_person_id,
        role=values.role,
        position_title=values.position_title,
        term_from=values.term_from,
        term_to=values.term_to,
    )


def _require_name(values: PersonValues) -> None:
    if not values.name.strip():
        raise InputError("氏名が空です。", "氏名を入力してから保存してください。")


def _require_order(values: TermValues) -> None:
    if values.term_from and values.term_to and values.term_to < values.term_from:
        raise InputError("期間の終わりが始まりより前です。", "日付を確かめてください。")
