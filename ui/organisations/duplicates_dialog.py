"""重複の確認: organisations, and people, that may stand in the ledger twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from app.calendar import format_span
from app.office import Reader
from app.organisations import operations, people, queries
from app.organisations.queries import Member, PersonRow, TermRow
from ui.desk import Desk
from ui.organisations.duplicate_pairs import MOST, Pair, PairList, Pairs, Side, Subject
from ui.organisations.roomy_dialog import SCREEN_SHARE
from ui.widgets.button import Button

_STAYS = (
    "両方にあって違う項目は、残すほうのものになります。"
    "あとで元に戻せます。別の{noun}のときは、何もしなくてかまいません"
    "（「別の{noun}」という判断は保存されないため、次に開いたときも表示されます）。"
)


def read_organisations(reader: Reader) -> Pairs:
    """The pairs of entries that may be one organisation."""
    found = queries.duplicates(reader)
    shown = []
    for one in found[:MOST]:
        sides = (_organisation(queries.member(reader, id_)) for id_ in (one.first_id, one.second_id))
        common = (("名前", one.same_name), ("電話番号", one.same_telephone))
        shown.append(Pair(_words(common), *sides))
    return Pairs(tuple(shown), len(found))


def read_people(reader: Reader) -> Pairs:
    """The pairs of entries that may be one person."""
    found = queries.duplicate_people(reader)
    if not found:
        return Pairs((), 0)
    persons = {row.id: row for row in queries.people(reader)}
    names = {row.id: row.name for row in queries.organisations(reader)}
    shown = []
    for one in found[:MOST]:
        sides = (
            _person(persons[id_], queries.terms_of_person(reader, id_), names)
            for id_ in (one.first_id, one.second_id)
        )
        common = (
            ("名前", True),
            ("団体", one.same_organisation),
            ("電話番号", one.same_telephone),
            ("メールアドレス", one.same_mail),
        )
        shown.append(Pair(_words(common), *sides))
    return Pairs(tuple(shown), len(found))


ORGANISATIONS = Subject(
    read_organisations,
    operations.merge,
    frozenset({"organisation", "membership_gap", "contact_term", "contact_person"}),
    "団体",
    f"統合すると、人・発信の手段・会議や宿題などの記録と、空いている項目がもう一方から移り、履歴も残ります。{_STAYS.format(noun='団体')}",
    "重複している団体は見つかりません",
    "名前または電話番号が同じ団体を探しました。",
)
PEOPLE = Subject(
    read_people,
    people.merge_persons,
    frozenset({"organisation", "contact_term", "contact_person"}),
    "人",
    "統合すると、担当・代表の期間と空いている項目がもう一方から移り、履歴も残ります。"
    f"{_STAYS.format(noun='人')}",
    "重複している代表者・担当者は見つかりません",
    "名前が同じで、団体・電話番号・メールアドレスのどれかも同じ人を探しました。",
)


class DuplicatesDialog(QDialog):
    """A tab for organisations and one for people; it opens on the first that has something to look at."""

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle("重複の確認")
        self.organisations, self.people = PairList(desk, ORGANISATIONS), PairList(desk, PEOPLE)
        self._has_chosen = False
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self._titles = {self.organisations: "団体", self.people: "代表者・担当者"}
        for pairs, title in self._titles.items():
            self.tabs.addTab(pairs, title)
            pairs.counted.connect(self._counted)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(Button("閉じる", self.accept))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 20)
        column.setSpacing(8)
        column.addWidget(self.tabs, 1)
        column.addLayout(buttons)
        self.resize(self.sizeHint())

    def sizeHint(self) -> QSize:
        text = self.fontMetrics().height()
        return QSize(text * 62, text * 46).boundedTo(self.screen().availableSize() * SCREEN_SHARE)

    def _counted(self) -> None:
        for place, (pairs, title) in enumerate(self._titles.items()):
            self.tabs.setTabText(place, title if pairs.found is None else f"{title}（{pairs.found}組）")
        if self._has_chosen or any(pairs.found is None for pairs in self._titles):
            return
        self._has_chosen = True
        if not self.organisations.found and self.people.found:
            self.tabs.setCurrentWidget(self.people)


def _words(common: Sequence[tuple[str, bool]]) -> tuple[str, ...]:
    return tuple(word for word, holds in common if holds)


def _organisation(member: Member) -> Side:
    one = member.organisation
    speakers = dict.fromkeys(term.name for term in member.terms)
    facts = (
        ("名前", one.name),
        ("区分・地区", "・".join(part for part in (one.category, one.district) if part)),
        ("住所", f"{one.postal_code} {one.address} {one.building}".strip()),
        ("電話", one.telephone),
        ("会員の期間", format_span(one.member_from, one.member_to)),
        ("人", "、".join(speakers)),
    )
    return Side(one.id, one.name, facts)


def _person(person: PersonRow, terms: Sequence[TermRow], organisations: Mapping[int, str]) -> Side:
    speaks = [f"{organisations.get(term.organisation_id, '')}　{_role(term)}" for term in terms]
    facts = (
        ("名前", person.name),
        ("かな", person.kana),
        ("電話", person.telephone),
        ("メール", person.mail),
        ("団体", "\n".join(speaks)),
        ("備考", person.note),
    )
    return Side(person.id, person.name, facts)


def _role(term: TermRow) -> str:
    span = format_span(term.term_from, term.term_to)
    role = "・".join(part for part in (term.role.label, term.position_title) if part)
    return f"{role}（{span}）" if span else role
