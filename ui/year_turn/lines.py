"""What the list of 年度替わり shows of an organisation, in words; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from app.organisations.queries import TermRow
from app.organisations.year_turn import ROLES, Turn
from app.text import search_key
from db.vocabulary import ConfirmationState, ContactRole

MARKS = {
    ConfirmationState.CONFIRMED: "○",
    ConfirmationState.CHANGED: "◆",
    ConfirmationState.UNKNOWN: "？",
    None: "",
}
"""The shape beside each answer, so that the colour alone never tells."""

UNCONFIRMED = "未確認"


class Tone(Enum):
    """How a line is written: plain, quiet, as something new, or as something that is missing."""

    PLAIN = "plain"
    QUIET = "quiet"
    NEW = "new"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Words:
    """A line of a cell."""

    text: str
    tone: Tone = Tone.PLAIN


def state_text(state: ConfirmationState | None) -> str:
    """「○ 変更なし」, 「未確認」"""
    return f"{MARKS[state]} {state.label}" if state else UNCONFIRMED


def organisation_words(turn: Turn) -> tuple[Words, ...]:
    """The name, and under it where it belongs."""
    one = turn.organisation
    belongs = "・".join(filter(None, (one.category, one.district)))
    return (Words(one.name), Words(belongs, Tone.QUIET)) if belongs else (Words(one.name),)


def before_words(turn: Turn) -> tuple[Words, ...]:
    """Who spoke for it on March 31."""
    found = [Words(_role_words(role, turn.before)) for role in ROLES if _holders(role, turn.before)]
    return tuple(found) or (Words("記録がありません", Tone.QUIET),)


def since_words(turn: Turn) -> tuple[Words, ...]:
    """Who speaks for it from April 1: what is the same quietly, what is new or missing so that it is seen."""
    found = []
    for role in ROLES:
        was, now = _holders(role, turn.before), _holders(role, turn.since)
        if now and turn.changes_hands(role):
            found.append(Words(_role_words(role, turn.since), Tone.NEW))
        elif now:
            found.append(Words(_role_words(role, turn.since), Tone.QUIET))
        elif was:
            found.append(Words(f"{role.label}　まだ決まっていません", Tone.MISSING))
    return tuple(found) or (Words("記録がありません", Tone.QUIET),)


def _holders(role: ContactRole, terms: Sequence[TermRow]) -> list[TermRow]:
    return [term for term in terms if term.role is role]


def _role_words(role: ContactRole, terms: Sequence[TermRow]) -> str:
    names = [
        f"{term.name}（{term.position_title}）" if term.position_title else term.name
        for term in _holders(role, terms)
    ]
    return f"{role.label}　{'、'.join(names)}"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the year has come: how many organisations gave which answer."""

    total: int
    counts: dict[ConfirmationState | None, int]

    @property
    def confirmed(self) -> int:
        """Those about which one knows: 変更なし and 変更あり."""
        return self.counts[ConfirmationState.CONFIRMED] + self.counts[ConfirmationState.CHANGED]

    @property
    def to_ask(self) -> int:
        """Those still to ask: 未確認 and 不明."""
        return self.total - self.confirmed

    @property
    def sentence(self) -> str:
        """「38団体中 12団体 確認済み」"""
        return f"{self.total}団体中 {self.confirmed}団体 確認済み"

    @property
    def details(self) -> str:
        """「変更なし 9　変更あり 3　不明 1　未確認 25」"""
        return "　".join(
            f"{state.label if state else UNCONFIRMED} {self.counts[state]}"
            for state in (*ConfirmationState, None)
        )


def progress(turns: Sequence[Turn]) -> Progress:
    """How far ``turns`` have come."""
    counts = Counter(turn.state for turn in turns)
    return Progress(len(turns), {state: counts[state] for state in (*ConfirmationState, None)})


def filtered(
    turns: Sequence[Turn],
    words: str,
    only_to_ask: bool,
    kept: frozenset[int] = frozenset(),
    texts: dict[int, str] | None = None,
) -> tuple[Turn, ...]:
    """Those whose name, kana, category, district or people hold every word; ``kept`` stay although they are confirmed.

    ``texts`` keeps what was made for searching from one call to the next, by id; whoever reads new turns empties it.
    """
    keys = search_key(words).split()
    known = {} if texts is None else texts
    if keys:
        known.update((turn.id, _search_text(turn)) for turn in turns if turn.id not in known)
    return tuple(
        turn
        for turn in turns
        if turn.id in kept
        or ((turn.is_to_ask or not only_to_ask) and all(key in known[turn.id] for key in keys))
    )


def _search_text(turn: Turn) -> str:
    one = turn.organisation
    people = " ".join(f"{term.name} {term.kana}" for term in (*turn.before, *turn.since))
    return search_key(f"{one.name} {one.short_name} {one.kana} {one.category} {one.district} {people}")


def next_unconfirmed(turns: Sequence[Turn], current: int | None) -> int | None:
    """The next organisation about which nothing is noted, after ``current`` and from the top again; None where all are."""
    places = [place for place, turn in enumerate(turns) if turn.id == current]
    start = places[0] + 1 if places else 0
    turned = (*turns[start:], *turns[:start])
    return next((turn.id for turn in turned if turn.id != current and turn.state is None), None)
