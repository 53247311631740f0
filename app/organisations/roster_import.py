"""Taking a previewed roster into the ledger: everything chosen in one change, or nothing; one undo takes it back.

Rows are written table by table, so that thousands take seconds; each still has its line in the history.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app.errors import ConflictError, InputError
from app.importing.operations import remember
from app.importing.preview import CellChange, ListKind, ListWord, Preview, RowChange
from app.importing.queries import ROSTER_COLUMNS
from app.importing.roster_fields import CHANNELS
from app.importing.roster_preview import AddPerson, EditPerson, EditTerm
from app.office import Unit, operation
from app.organisations import queries, rules
from app.organisations.operations import OrganisationValues, require_joined_first, write_channels
from app.organisations.people import PersonValues, new_term
from app.organisations.queries import ChannelRow
from db.schema.organisations import (
    Area,
    ContactPerson,
    ContactTerm,
    District,
    Organisation,
    OrganisationCategory,
    OrganisationChannel,
    ServiceType,
)
from db.vocabulary import ChannelKind, OrganisationGroup

_LISTS = {
    "category": "organisation_category_id",
    "district": "district_id",
    "service_type": "service_type_id",
}


@dataclass(frozen=True, slots=True)
class Imported:
    """How many organisations were added and changed, and how many people began to speak for one."""

    added: int
    changed: int
    people: int


@operation("会員団体の名簿を取り込み")
def import_roster(unit: Unit, preview: Preview, chosen: Collection[str] | None = None) -> Imported:
    """Write the rows of a preview, or what is chosen of it by key (rows, cells; a conflict only by choice).

    ConflictError where the ledger has moved on since the preview; InputError where nothing is chosen. Nothing is written then.
    """
    added, changed = preview.chosen(chosen)
    if not added and not changed:
        raise InputError("取り込むものがありません。", "取り込む行を選んでください。")
    # An organisation and its people stand in rows of their own.
    organisations = len({row.record_id for row in changed})
    unit.describe(f"名簿「{preview.file_name}」を取り込み（追加{len(added)}・変更{organisations}団体）")
    _require_new(unit, added)
    writer = _Writer(unit, preview.as_of or unit.now.date())
    writer.enter_lists(cell.value for row in (*added, *changed) for cell in row.cells)
    writer.add(added)
    for row in changed:
        writer.change(row)
    people = writer.enter_people()
    return Imported(len(added), organisations, people)


@operation("名簿の列の対応を記憶")
def remember_columns(unit: Unit, mapping: Mapping[str, str]) -> None:
    """Remember what headings of rosters hold: the key of a field (empty: not read) by the heading."""
    remember(unit, ROSTER_COLUMNS, mapping)


def _require_new(unit: Unit, added: Sequence[RowChange]) -> None:
    """An organisation that came into the ledger since the preview is not added a second time."""
    if not added:
        return
    known = {rules.name_key(row.name) for row in queries.organisations(unit)}
    for row in added:
        if rules.name_key(row.name) in known:
            raise ConflictError(
                f"「{row.name}」は、確認の画面を開いた後に台帳へ加えられています。何も取り込んでいません。",
                "ファイルを読み込み直して、いまの内容と見比べてください。",
            )


@dataclass(frozen=True, slots=True)
class _Joining:
    """Somebody who is to speak for an organisation of this id."""

    organisation_id: int
    action: AddPerson


class _Writer:
    """Writes one import."""

    def __init__(self, unit: Unit, as_of: date) -> None:
        self._unit, self._as_of = unit, as_of
        self._gaps = queries.gaps(unit)
        self._ids: dict[tuple[ListKind, str], int] = {}
        self._joining: list[_Joining] = []

    def enter_lists(self, values: Iterable[object]) -> None:
        """New entries of the lists, areas before the districts in them."""
        words = list(dict.fromkeys(one for one in values if isinstance(one, ListWord) and one.id is None))
        areas = {row.name: row.id for row in queries.lists(self._unit).areas}
        for word in words:
            if word.kind is ListKind.DISTRICT and word.area and word.area not in areas:
                areas[word.area] = self._unit.add(Area(position=len(areas), name=word.area)).id
        lists = queries.lists(self._unit)
        lengths = {
            ListKind.CATEGORY: len(lists.categories),
            ListKind.DISTRICT: len(lists.districts),
            ListKind.SERVICE_TYPE: len(lists.service_types),
        }
        for word in words:
            entry = _entry(word, lengths[word.kind], areas)
            self._ids[word.kind, word.name] = self._unit.add(entry).id
            lengths[word.kind] += 1

    def add(self, rows: Sequence[RowChange]) -> None:
        """New organisations, then their channels."""
        organisations = [Organisation(**self._columns(row.cells)) for row in rows]
        self._unit.add_all(organisations)
        channels = []
        for row, organisation in zip(rows, organisations, strict=True):
            wanted = _channels((), row.cells)
            channels += [
                OrganisationChannel(
                    organisation_id=organisation.id, position=place, kind=one.kind, address=one.address
                )
                for place, one in enumerate(wanted)
            ]
            self._join(organisation.id, row.cells)
        self._unit.add_all(channels)

    def change(self, row: RowChange) -> None:
        """What differs of an organisation as it stood in the preview."""
        assert row.record_id is not None
        organisation = self._unit.get(Organisation, row.record_id, row.version)
        for name, value in self._values(row.cells).items():
            setattr(organisation, name, value)
        require_joined_first(organisation.member_from, organisation.member_to, organisation.name)
        self._require_gaps_within(organisation)
        self._unit.flush()
        if any(cell.field in CHANNELS for cell in row.cells):
            before = queries.channels(self._unit, (organisation.id,))[organisation.id]
            if write_channels(self._unit, organisation, _channels(before, row.cells)):
                self._unit.touch(organisation)
        for cell in row.cells:
            self._edit(cell.value)
        self._join(organisation.id, row.cells)

    def _require_gaps_within(self, organisation: Organisation) -> None:
        """A time between 退会 and return has to stay within the membership."""
        gaps = self._gaps[organisation.id]
        if rules.gap_outside(organisation.member_from, organisation.member_to, gaps) is not None:
            raise InputError(
                f"「{organisation.name}」には退会していた期間があり、この入会日・退会日にできません。何も取り込んでいません。",
                "その行を選ばずに取り込み、日付は会員団体のページで直してください。",
            )

    def enter_people(self) -> int:
        """The people who begin to speak, one person for those of the same name in one organisation; then their terms."""
        new: dict[tuple[int, str], ContactPerson] = {}
        persons = [self._person(one, new) for one in self._joining]
        self._unit.add_all(list({id(one): one for one in persons if isinstance(one, ContactPerson)}.values()))
        terms = [
            new_term(
                joining.organisation_id, person if isinstance(person, int) else person.id, joining.action.term
            )
            for joining, person in zip(self._joining, persons, strict=True)
        ]
        self._unit.add_all(terms)
        return len(terms)

    def _person(self, joining: _Joining, new: dict[tuple[int, str], ContactPerson]) -> ContactPerson | int:
        """The person who joins: one of the roster, one who joins the same organisation in another role, or a new one."""
        values = joining.action.person
        if isinstance(values, int):
            return self._unit.get(ContactPerson, values).id
        key = (joining.organisation_id, rules.person_key(values.name))
        known = new.get(key)
        if known is None or not _agrees(known, values):
            known = new[key] = ContactPerson(**_columns_of(values))
        for name, value in _columns_of(values).items():
            if value and not getattr(known, name):
                setattr(known, name, value)
        return known

    def _join(self, organisation_id: int, cells: Iterable[CellChange]) -> None:
        for cell in cells:
            if isinstance(cell.value, AddPerson):
                self._joining.append(_Joining(organisation_id, cell.value))
                for term_id, version in cell.value.ends:
                    self._unit.get(ContactTerm, term_id, version).term_to = self._as_of - timedelta(days=1)

    def _edit(self, action: object) -> None:
        if isinstance(action, EditPerson):
            self._set(self._unit.get(ContactPerson, action.contact_person_id), action.changes)
        elif isinstance(action, EditTerm):
            self._set(self._unit.get(ContactTerm, action.contact_term_id), action.changes)

    def _set(self, entity: Any, changes: Iterable[tuple[str, object, object]]) -> None:
        for name, before, after in changes:
            if getattr(entity, name) not in (before, after):
                raise ConflictError(
                    "確認の画面を開いた後に、担当者・代表者の記録が変更されています。何も取り込んでいません。",
                    "ファイルを読み込み直して、いまの内容と見比べてください。",
                )
            setattr(entity, name, after)

    def _columns(self, cells: Iterable[CellChange]) -> dict[str, Any]:
        """All columns of a new organisation."""
        values = OrganisationValues(**self._values(cells))
        require_joined_first(values.member_from, values.member_to, values.name)
        return {name: getattr(values, name) for name in OrganisationValues.__slots__ if name != "channels"}

    def _values(self, cells: Iterable[CellChange]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for cell in cells:
            floor, _, name = cell.field.partition(".")
            if floor != "organisation":
                continue
            if name in _LISTS:
                word = cell.value
                assert word is None or isinstance(word, ListWord)
                found[_LISTS[name]] = None if word is None else word.id or self._ids[word.kind, word.name]
            else:
                found[name] = cell.value
        return found


def _entry(word: ListWord, position: int, areas: Mapping[str, int]) -> Any:
    if word.kind is ListKind.DISTRICT:
        return District(position=position, name=word.name, kana="", area_id=areas.get(word.area))
    if word.kind is ListKind.CATEGORY:
        return OrganisationCategory(
            position=position, group=OrganisationGroup.OTHER, name=word.name, description=""
        )
    return ServiceType(position=position, name=word.name, features="")


def _channels(before: Sequence[ChannelRow], cells: Iterable[CellChange]) -> list[ChannelRow]:
    """The channels with those kinds replaced that a row names, the others in their order."""
    wanted: dict[ChannelKind, str] = {
        CHANNELS[cell.field]: str(cell.value or "") for cell in cells if cell.field in CHANNELS
    }
    kept = [one for one in before if one.kind not in wanted]
    new = [
        ChannelRow(kind, "" if line.strip() == "○" else line.strip())
        for kind, text in wanted.items()
        for line in text.split("\n")
        if line.strip()
    ]
    return [*kept, *new]


def _columns_of(values: PersonValues) -> dict[str, str]:
    return {name: getattr(values, name) for name in PersonValues.__slots__}


def _agrees(known: ContactPerson, other: PersonValues) -> bool:
    """Whether nothing that both say differs."""
    both = ((getattr(known, name) or "", getattr(other, name)) for name in ("kana", "telephone", "mail"))
    return all(not one or not two or one == two for one, two in both)
