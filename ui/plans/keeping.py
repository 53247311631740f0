"""Keeping what is typed on the page against a crash: all its texts under one key, offered again when the page is next opened."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.drafts import Draft, Value
from app.plans.operations import ItemValues
from app.plans.queries import ItemRow, PlanRow
from app.records import RecordKey
from db.vocabulary import ItemKind
from ui.desk import Desk
from ui.drafts import DraftKeeper, DraftOffer
from ui.plans.kept import NEW, Kept, KeptTexts, Values
from ui.plans.places import Offer, Place
from ui.plans.plan_form import PlanTyped

DRAFT = "plans"
"""The key of the draft."""

_TEXTS, _OFFER = "texts", "offer"


class Keeping(QObject):
    """Writes kept texts to the drafts and brings them back."""

    recalled = Signal(object)
    """The RecordKey of the first of the texts that are on the page again."""

    def __init__(self, desk: Desk, kept: KeptTexts, parent: QObject) -> None:
        super().__init__(parent)
        self._kept = kept
        draft = desk.drafts.take(DRAFT)
        self._waiting = draft if draft is not None and _is_ours(draft) else None
        """What an earlier run has left, until the person has said what becomes of it."""
        self._was_offered = False
        self._keeper = DraftKeeper(desk.drafts, self._values, self)
        self.offer = DraftOffer()
        self.offer.wanted.connect(self._recall)
        self.offer.refused.connect(self._refuse)

    def offer_once(self) -> None:
        """Offer what an earlier run has left, once the page shows a plan."""
        if not self._was_offered:
            self._was_offered = True
            self.offer.offer(self._waiting)

    def look(self) -> None:
        """Something was typed, saved or given up."""
        if len(self._kept):
            self._keeper.touched(DRAFT)
        elif self._waiting is None:
            self._keeper.drop(DRAFT)

    def _values(self) -> Mapping[str, Value]:
        """What is typed now; what is still on offer from before stays kept with it."""
        fresh = to_draft(self._kept)
        if self._waiting is None:
            return fresh
        texts = {**_texts(self._waiting.values), **_texts(fresh)}
        return {
            _TEXTS: [json.dumps(one, ensure_ascii=False) for one in texts.values()],
            _OFFER: fresh[_OFFER] or self._waiting.values.get(_OFFER, ""),
        }

    def _recall(self, draft: Draft) -> None:
        self._waiting = None
        keys = recall(self._kept, draft.values)
        self.look()
        if keys:
            self.recalled.emit(keys[0])

    def _refuse(self) -> None:
        self._waiting = None
        self.look()


def to_draft(kept: KeptTexts) -> dict[str, Value]:
    """All texts as plain values: what was typed, and what the ledger held where typing began."""
    texts = []
    for key in kept.keys:
        one = kept.get(key)
        assert one is not None
        texts.append(
            {
                "kind": key.kind,
                "id": key.id,
                "plan_id": one.plan_id,
                "row": asdict(one.row) if one.row is not None else None,
                "stored": asdict(one.stored),
                "version": one.version,
                "values": asdict(one.values),
            }
        )
    offer = json.dumps(asdict(kept.offer), ensure_ascii=False) if kept.offer is not None else ""
    return {_TEXTS: [json.dumps(one, ensure_ascii=False) for one in texts], _OFFER: offer}


def recall(kept: KeptTexts, values: Mapping[str, Value]) -> list[RecordKey]:
    """Put the texts of a draft back, except where something has been typed since; their records, in the order of typing."""
    found = _offer(values)
    keys = []
    for key, one in _texts(values).items():
        if kept.get(key) is not None or (key == NEW and found is None):
            continue
        if key == NEW:
            kept.offer = found
        kept.put(key, _kept(key, one))
        keys.append(key)
    return keys


def _texts(values: Mapping[str, Value]) -> dict[RecordKey, dict[str, Any]]:
    texts = values[_TEXTS]
    assert isinstance(texts, list)
    read = (json.loads(one) for one in texts)
    return {RecordKey(one["kind"], one["id"]): one for one in read}


def _kept(key: RecordKey, one: dict[str, Any]) -> Kept:
    stored, typed = _form(key, one["stored"]), _form(key, one["values"])
    return Kept(one["plan_id"], _row(key, one["row"]), stored, one["version"], typed)


def _form(key: RecordKey, values: dict[str, Any]) -> Values:
    return PlanTyped(**values) if key.kind == "plan" else ItemValues(**values)


def _row(key: RecordKey, values: dict[str, Any] | None) -> PlanRow | ItemRow | None:
    if values is None:
        return None
    if key.kind == "plan":
        return PlanRow(**values)
    return ItemRow(**{**values, "kind": ItemKind(values["kind"])})


def _offer(values: Mapping[str, Value]) -> Offer | None:
    text = values[_OFFER]
    if not isinstance(text, str) or not text:
        return None
    one = json.loads(text)
    return Offer(ItemKind(one["kind"]), Place(**one["place"]), one["is_child"])


def _is_ours(draft: Draft) -> bool:
    """Whether the draft can be read: one that another version of the program has kept may look otherwise."""
    try:
        return bool(recall(KeptTexts(), draft.values))
    except (AssertionError, KeyError, TypeError, ValueError):
        return False
