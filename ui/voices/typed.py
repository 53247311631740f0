"""What stands in the form of a voice: values as they are stored, and days as they are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from app.calendar import format_date, parse_date
from app.drafts import Value
from app.errors import InputError
from app.text import clean
from app.voices.operations import VoiceValues
from app.voices.queries import VoiceRow
from db.vocabulary import VoiceState
from ui.voices.states import state_words

LABELS = {
    "received_on": "受け付けた日",
    "heard_from": "だれの声か",
    "organisation": "受け付けた団体",
    "content": "内容",
    "topics": "関係する到達イメージ",
    "state": "状態",
    "agenda_item": "議題",
    "reflected": "反映したこと",
    "response": "返答",
    "answered_on": "返答した日",
}
"""What each field is called, in the order of the form."""

_TEXTS = ("received_on", "heard_from", "unread", "content", "reflected", "response", "answered_on")
_NUMBERS = ("organisation_id", "agenda_item_id")


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields as they stand. ``unread`` is what stands for an organisation and has not become one; days are text."""

    received_on: str = ""
    heard_from: str = ""
    organisation_id: int | None = None
    unread: str = ""
    content: str = ""
    topics: tuple[int, ...] = ()
    state: VoiceState = VoiceState.RECEIVED
    agenda_item_id: int | None = None
    reflected: str = ""
    response: str = ""
    answered_on: str = ""

    def ready(self) -> VoiceValues:
        """As the operation takes it. InputError where a field cannot be read; it names the field."""
        received_on = _day("received_on", self.received_on)
        if received_on is None:
            raise InputError(
                f"{LABELS['received_on']}が空です。", "いつ受け付けたかを入力してから保存してください。"
            )
        if self.unread:
            raise InputError(
                f"{LABELS['organisation']}：「{self.unread}」がどの会員団体か決まっていません。",
                "一覧から選ぶか、欄を空にしてください。",
            )
        return VoiceValues(
            received_on,
            self.content,
            self.heard_from,
            self.organisation_id,
            self.state,
            self.agenda_item_id,
            self.reflected,
            self.response,
            _day("answered_on", self.answered_on),
            self.topics,
        )

    def means(self) -> Typed:
        """The same in one spelling, so that only what differs in meaning differs."""
        return replace(
            self,
            received_on=_spelled(self.received_on),
            answered_on=_spelled(self.answered_on),
            topics=tuple(sorted(self.topics)),
        )

    def draft(self) -> dict[str, Value]:
        """As plain values that can be kept against a crash."""
        kept: dict[str, Value] = {name: getattr(self, name) for name in (*_TEXTS, *_NUMBERS)}
        return kept | {"state": self.state.value, "topics": [str(one) for one in self.topics]}

    @classmethod
    def of_draft(cls, kept: Mapping[str, Value], stored: Typed) -> Typed:
        """From what was kept; what is missing there stays as it is stored."""
        known = {name: kept[name] for name in (*_TEXTS, *_NUMBERS) if name in kept}
        topics = kept.get("topics")
        return replace(
            stored,
            **known,  # type: ignore[arg-type]
            state=VoiceState(str(kept["state"])) if "state" in kept else stored.state,
            topics=tuple(int(one) for one in topics) if isinstance(topics, list) else stored.topics,
        )


def tidy(text: str) -> str:
    """The text of a field as it may be stored."""
    return clean(text).strip()


def begun(today: date) -> Typed:
    """The form of a voice that has just been heard."""
    return Typed(received_on=format_date(today))


def typed_of(row: VoiceRow) -> Typed:
    """The form as it opens on what the ledger holds."""
    return Typed(
        format_date(row.received_on),
        tidy(row.heard_from),
        row.organisation_id,
        "",
        tidy(row.content),
        row.topics,
        row.state,
        row.agenda_item_id,
        tidy(row.reflected),
        tidy(row.response),
        format_date(row.answered_on) if row.answered_on else "",
    )


def differing(
    mine: Typed, theirs: Typed, organisations: Mapping[int, str], agenda_item: str
) -> list[tuple[str, str]]:
    """The fields in which another's text differs from what was typed: their labels, and the other's text.

    ``agenda_item`` is what the other's agenda item is called.
    """
    mine, theirs = mine.means(), theirs.means()

    def words(one: Typed, name: str) -> tuple[object, str]:
        match name:
            case "organisation":
                found = one.unread or organisations.get(one.organisation_id or 0, "")
                return found, found
            case "state":
                return one.state, state_words(one.state)
            case "topics":
                return one.topics, f"{len(one.topics)}件" if one.topics else ""
            case "agenda_item":
                return one.agenda_item_id, agenda_item if one.agenda_item_id is not None else ""
            case _:
                return getattr(one, name), getattr(one, name)

    return [
        (label, words(theirs, name)[1] or "（空）")
        for name, label in LABELS.items()
        if words(mine, name)[0] != words(theirs, name)[0]
    ]


def _day(name: str, text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return parse_date(text)
    except InputError as error:
        raise InputError(f"{LABELS[name]}：{error.message}", error.advice) from error


def _spelled(text: str) -> str:
    try:
        return format_date(parse_date(text)) if text.strip() else ""
    except InputError:
        return text.strip()
