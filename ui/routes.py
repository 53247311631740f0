"""Which page a record belongs to."""

from __future__ import annotations

from app.office import Reader
from app.plans import queries as plan_queries
from app.records import RecordKey
from db.vocabulary import ItemKind

_PAGES = {
    "plan": "plans",
    "plan_item": "plans",
    "outcome_review": "outcomes",
    "organisation": "organisations",
    "contact_person": "organisations",
    "meeting": "meetings",
    "agenda_item": "meetings",
    "statement": "meetings",
    "voice": "voices",
    "assessment_round": "steps",
    "step_assessment": "steps",
    "action_item": "action_items",
    "collaboration": "collaborations",
    "referral": "referrals",
}


def page_of(reader: Reader, key: RecordKey) -> str | None:
    """The key of the page that shows a record; an outcome is shown with its reviews, other items in their plan."""
    if key.kind == "plan_item" and plan_queries.kind_of_item(reader, key.id) is ItemKind.OUTCOME:
        return "outcomes"
    return page_of_kind(key.kind)


def page_of_kind(kind: str) -> str | None:
    """The key of the page that shows records of a kind; None where there is none."""
    return _PAGES.get(kind)
