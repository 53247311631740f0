"""What the ledger says about member organisations and the people who speak for them; frozen rows."""

from __future__ import annotations

from app.organisations.queries.april import ConfirmationRow, confirmations
from app.organisations.queries.listing import ListedOrganisation, listed_organisations
from app.organisations.queries.look_alikes import duplicate_people, duplicates
from app.organisations.queries.named_filters import SavedFilterRow, saved_filters
from app.organisations.queries.network import (
    ChannelRow,
    Member,
    OrganisationRow,
    channels,
    gaps,
    member,
    members,
    organisation,
    organisations,
)
from app.organisations.queries.office_lists import (
    AreaRow,
    CategoryRow,
    DistrictRow,
    Lists,
    ServiceTypeRow,
    lists,
)
from app.organisations.queries.speakers import PersonRow, TermRow, people, terms, terms_of_person

__all__ = [
    "AreaRow",
    "CategoryRow",
    "ChannelRow",
    "ConfirmationRow",
    "DistrictRow",
    "ListedOrganisation",
    "Lists",
    "Member",
    "OrganisationRow",
    "PersonRow",
    "SavedFilterRow",
    "ServiceTypeRow",
    "TermRow",
    "channels",
    "confirmations",
    "duplicate_people",
    "duplicates",
    "gaps",
    "listed_organisations",
    "lists",
    "member",
    "members",
    "organisation",
    "organisations",
    "people",
    "saved_filters",
    "terms",
    "terms_of_person",
]
