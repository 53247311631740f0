"""The office's own lists: areas, districts, categories and types of service."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from app.office import Reader
from db.schema.organisations import Area, District, OrganisationCategory, ServiceType
from db.vocabulary import OrganisationGroup


@dataclass(frozen=True, slots=True)
class AreaRow:
    """エリア."""

    id: int
    version: int
    position: int
    name: str


@dataclass(frozen=True, slots=True)
class DistrictRow:
    """地区, with the name of its area (empty where it has none)."""

    id: int
    version: int
    position: int
    name: str
    kana: str
    area_id: int | None
    area: str


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """区分 of organisations."""

    id: int
    version: int
    position: int
    group: OrganisationGroup
    name: str
    description: str


@dataclass(frozen=True, slots=True)
class ServiceTypeRow:
    """事業の種類 of a 親子の居場所."""

    id: int
    version: int
    position: int
    name: str
    features: str


@dataclass(frozen=True, slots=True)
class Lists:
    """The office's own lists, each in its order."""

    areas: tuple[AreaRow, ...]
    districts: tuple[DistrictRow, ...]
    categories: tuple[CategoryRow, ...]
    service_types: tuple[ServiceTypeRow, ...]


def lists(reader: Reader) -> Lists:
    """Areas, districts, categories and service types."""
    areas = reader.rows(
        select(Area.id, Area.version, Area.position, Area.name).order_by(Area.position, Area.id)
    )
    districts = reader.rows(
        select(
            District.id,
            District.version,
            District.position,
            District.name,
            District.kana,
            District.area_id,
            Area.name.label("area"),
        )
        .outerjoin(Area, Area.id == District.area_id)
        .order_by(District.position, District.id)
    )
    category = OrganisationCategory
    categories = reader.rows(
        select(
            category.id,
            category.version,
            category.position,
            category.group,
            category.name,
            category.description,
        ).order_by(category.position, category.id)
    )
    service_types = reader.rows(
        select(
            ServiceType.id, ServiceType.version, ServiceType.position, ServiceType.name, ServiceType.features
        ).order_by(ServiceType.position, ServiceType.id)
    )
    return Lists(
        tuple(AreaRow(*row) for row in areas),
        tuple(DistrictRow(*row[:-1], row.area or "") for row in districts),
        tuple(CategoryRow(*row) for row in categories),
        tuple(ServiceTypeRow(*row) for row in service_types),
    )
