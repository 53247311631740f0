"""A review while it is being written: what stands in the ledger, what has been typed, and how the two meet again. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from typing import Any

from app.calendar import format_date, parse_date
from app.drafts import Value
from app.merging import meet
from app.outcomes.operations import EvidenceValues, ReviewValues
from app.outcomes.queries import EvidenceRow, ReviewRow
from app.records import RecordKey
from app.text import clean
from db.vocabulary import EvidenceForm


@dataclass(frozen=True, slots=True)
class EvidenceEntry:
    """A piece of evidence in the form; ``title`` names the record it points to, ``id`` is None for a new one."""

    form: EvidenceForm
    text: str = ""
    file_name: str = ""
    record: RecordKey | None = None
    title: str = ""
    id: int | None = None

    @property
    def sentence(self) -> str:
        """The evidence in one line."""
        return EvidenceRow(0, self.form, self.text, self.file_name, self.record, self.title).sentence

    def values(self) -> EvidenceValues:
        """As the operation takes it."""
        return EvidenceValues(self.form, self.text, self.file_name, self.record, self.id)


@dataclass(frozen=True, slots=True)
class Typed:
    """The form's fields as they stand; the day is text until it is saved. ``is_revised`` is the tick on a copied text."""

    rating_level_id: int | None = None
    narrative: str = ""
    obstacle: str = ""
    next_step: str = ""
    reviewed_by: str = ""
    reviewed_on: str = ""
    evidence: tuple[EvidenceEntry, ...] = ()
    is_revised: bool = False

    @property
    def texts(self) -> tuple[str, str, str]:
        """The three texts that are copied from year to year."""
        return self.narrative, self.obstacle, self.next_step


def typed_of(review: ReviewRow | None) -> Typed:
    """The form as it opens on what the ledger holds."""
    if review is None:
        return Typed()
    return Typed(
        review.rating_level_id,
        review.narrative,
        review.obstacle,
        review.next_step,
        review.reviewed_by,
        format_date(review.reviewed_on) if review.reviewed_on else "",
        tuple(
            EvidenceEntry(one.form, one.text, one.file_name, one.record, one.record_title, one.id)
            for one in review.evidence
        ),
    )


_PLAIN = tuple(one.name for one in fields(Typed) if one.name != "evidence")


@dataclass(slots=True)
class Sheet:
    """One outcome in one fiscal year on the desk. ``stored`` is what the ledger held when it was read last."""

    outcome_id: int
    fiscal_year: int
    stored: ReviewRow | None = None
    typed: Typed = field(default_factory=Typed)
    is_saving: bool = False
    conflict: str = ""
    """What is said about somebody else's newer version, until this one is saved or given up."""
    has_seen_newer: bool = False

    @classmethod
    def of(cls, outcome_id: int, fiscal_year: int, stored: ReviewRow | None) -> Sheet:
        """A sheet on which nothing has been typed."""
        return cls(outcome_id, fiscal_year, stored, typed_of(stored))

    @property
    def key(self) -> tuple[int, int]:
        """The outcome and the year."""
        return self.outcome_id, self.fiscal_year

    @property
    def is_dirty(self) -> bool:
        """Whether something typed is not in the ledger."""
        return self.typed != typed_of(self.stored)

    @property
    def copied_from(self) -> int | None:
        """The year whose text stands here unrevised, or None once it has been edited or ticked."""
        if self.stored is None or self.stored.copied_from is None:
            return None
        revised = self.typed.is_revised or self.typed.texts != typed_of(self.stored).texts
        return None if revised else self.stored.copied_from

    @property
    def stored_has_no_text(self) -> bool:
        """Whether last year's text may be copied here."""
        return not any(typed_of(self.stored).texts)

    @property
    def version(self) -> int | None:
        """The version that saving replaces."""
        return None if self.stored is None else self.stored.version

    def values(self) -> ReviewValues:
        """What saving writes. Raises InputError where the day cannot be read."""
        typed = self.typed
        narrative, obstacle, next_step = (clean(text).strip() for text in typed.texts)
        return ReviewValues(
            self.outcome_id,
            self.fiscal_year,
            typed.rating_level_id,
            narrative,
            obstacle,
            next_step,
            clean(typed.reviewed_by).strip(),
            read_day(typed.reviewed_on),
            tuple(one.values() for one in typed.evidence),
            is_revised=self.copied_from is None,
        )

    def saved(self, submitted: Typed, stored: ReviewRow | None) -> None:
        """Saving has succeeded: ``submitted`` is ``stored`` now. What was typed meanwhile stays typed."""
        fresh = typed_of(stored)
        if self.typed == submitted:
            self.typed = fresh
        else:
            known = dict(zip(submitted.evidence, fresh.evidence, strict=False))
            self.typed = replace(
                self.typed, evidence=tuple(known.get(one, one) for one in self.typed.evidence)
            )
        self.stored = stored

    def rebase(self, stored: ReviewRow | None) -> None:
        """Put what was typed on top of a newer version, so that saving replaces that one.

        A field that was not touched here follows the newer version. Evidence that somebody else has removed counts as new, and
        what somebody else has added joins the end: nothing that anyone has typed is dropped without being seen.
        """
        base, fresh, typed = typed_of(self.stored), typed_of(stored), self.typed
        found = meet(_fields_of(base), _fields_of(typed), _fields_of(fresh))
        merged: dict[str, Any] = {name: getattr(fresh, name) for name in found.taken}
        if "evidence" in found.contested:
            merged["evidence"] = _merged_evidence(base.evidence, typed.evidence, fresh.evidence)
        self.typed, self.stored = replace(typed, **merged), stored


def _fields_of(typed: Typed) -> dict[str, Any]:
    return {one.name: getattr(typed, one.name) for one in fields(Typed)}


def _merged_evidence(
    base: Sequence[EvidenceEntry], typed: Sequence[EvidenceEntry], fresh: Sequence[EvidenceEntry]
) -> tuple[EvidenceEntry, ...]:
    """Piece by piece as field by field: what was not touched here follows the newer version, and a piece is dropped only where
    the other has not changed it. Where both changed a piece, both stand.
    """
    before, newer = {one.id: one for one in base}, {one.id: one for one in fresh}
    merged: list[EvidenceEntry] = []
    for one in typed:
        other = newer.get(one.id) if one.id is not None else None
        if one.id is None or other in (one, before.get(one.id)):
            merged.append(one)
        elif other is None:
            merged.append(replace(one, id=None))
        elif one == before.get(one.id):
            merged.append(other)
        else:
            merged += [other, replace(one, id=None)]
    present = {one.id for one in typed}
    merged += [one for one in fresh if one.id not in present and one != before.get(one.id)]
    return tuple(merged)


def read_day(text: str) -> date | None:
    """The day in the field, None where it is empty. Raises InputError where it cannot be read."""
    return parse_date(text) if text.strip() else None


def draft_key(sheet: Sheet) -> str:
    """The key under which the sheet is kept against a crash."""
    return f"outcome_review/{sheet.outcome_id}/{sheet.fiscal_year}"


def to_draft(sheet: Sheet) -> dict[str, Value]:
    """What has been typed, as plain values."""
    typed = sheet.typed
    return {
        **{name: getattr(typed, name) for name in _PLAIN},
        "evidence": [json.dumps(asdict(one), ensure_ascii=False) for one in typed.evidence],
        "version": sheet.version,
    }


def from_draft(values: Mapping[str, Value]) -> Typed:
    """What had been typed. Raises KeyError, TypeError or ValueError where the draft is not one of ours."""
    kept: dict[str, Any] = dict(values)
    evidence = tuple(_entry(json.loads(one)) for one in kept["evidence"])
    return Typed(**{name: kept[name] for name in _PLAIN}, evidence=evidence)


def _entry(kept: dict[str, Any]) -> EvidenceEntry:
    record = kept.pop("record")
    form = EvidenceForm(kept.pop("form"))
    return EvidenceEntry(form=form, record=RecordKey(**record) if record else None, **kept)
