"""The categories and service types that the program carries, as the ward's leaflet and the city's paper word them.

They lie in ``resources/organisations/standard.toml``; a ledger gets them when it is made, and goes its own way from there.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass

import resources
from db.vocabulary import OrganisationGroup


@dataclass(frozen=True, slots=True)
class StandardCategory:
    """A category of member organisations; paragraphs of ``description`` are parted by an empty line."""

    group: OrganisationGroup
    name: str
    description: str


@dataclass(frozen=True, slots=True)
class StandardServiceType:
    """A service type of a 親子の居場所; each feature of ``features`` is a line."""

    name: str
    features: str


@dataclass(frozen=True, slots=True)
class StandardLists:
    """Both lists, each in the order of its source."""

    categories: tuple[StandardCategory, ...]
    service_types: tuple[StandardServiceType, ...]


def standard_lists() -> StandardLists:
    """The lists as the program carries them."""
    content = tomllib.loads(resources.path("organisations/standard.toml").read_text("utf-8"))
    return StandardLists(
        tuple(
            StandardCategory(OrganisationGroup(one["group"]), one["name"], one["description"])
            for one in content["category"]
        ),
        tuple(StandardServiceType(one["name"], one["features"]) for one in content["service_type"]),
    )
