"""The tables of member organisations and their people. Written by ``python -m db.migrations.freeze v002_organisations``."""

from __future__ import annotations

import sqlite3

# ruff: noqa: E501


def migrate(connection: sqlite3.Connection) -> None:
    """Make the tables of this step."""
    for statement in _STATEMENTS:
        connection.execute(statement)


_STATEMENTS = (
    """
CREATE TABLE area (
    position INTEGER NOT NULL,
    name VARCHAR(120) NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    created_by VARCHAR(80) NOT NULL,
    created_at DATETIME NOT NULL,
    updated_by VARCHAR(80) NOT NULL,
    updated_at DATETIME NOT NULL,
    CONSTRAINT uq_area_name UNIQUE (name)
)
""",
    """
CREATE TABLE organisation_category (
    position INTEGER NOT NULL,
    "group" VARCHAR(40) NOT NULL,
    name VARCHAR(120) NOT NULL,
    description TEXT NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    created_by VARCHAR(80) NOT NULL,
    created_at DATETIME NOT NULL,
    updated_by VARCHAR(80) NOT NULL,
    updated_at DATETIME NOT NULL,
    CONSTRAINT uq_organisation_category_name UNIQUE (name),
    CONSTRAINT ck_organisation_category_group CHECK ("group" IN ('community', 'agency', 'secretariat', 'other'))
)
""",
    """
CREATE TABLE service_type (
    position INTEGER NOT NULL,
    name VARCHAR(120) NOT NULL,
    features TEXT NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    created_by VARCHAR(80) NOT NULL,
    created_at DATETIME NOT NULL,
    updated_by VARCHAR(80) NOT NULL,
    updated_at DATETIME NOT NULL,
    CONSTRAINT uq_service_type_name UNIQUE (name)
)
""",
    """
CREATE TABLE contact_person (
    name VARCHAR(200) NOT NULL,
    kana VARCHAR(200) NOT NULL,
    honorific VARCHAR(20) NOT NULL,
    telephone VARCHAR(80) NOT NULL,
    mail VARCHAR(200) NOT NULL,
    note TEXT NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    created_by VARCHAR(80) NOT NULL,
    created_at DATETIME NOT NULL,
    updated_by VARCHAR(80) NOT NULL,
    updated_at DATETIME NOT NULL
)
""",
    """
CREATE TABLE saved_filter (
    page VARCHAR(60) NOT NULL,
    name VARCHAR(120) NOT NULL,
    content TEXT NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    created_by VARCHAR(80) NOT NULL,
    created_at DATETIME NOT NULL,
    updated_by VARCHAR(80) NOT NULL,
    updated_at DATETIME NOT NULL,
    CONSTRAINT uq_saved_filter_page_name UNIQUE (page, name)
)
""",
    """
CREATE TABLE district (
    position INTEGER NOT NULL,
    name VARCHAR(120) NOT NULL,
    kana VARCHAR(120) NOT NULL,
    area_id INTEGER,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    created_by VARCHAR(80) NOT NULL,
    created_at DATETIME NOT NULL,
    updated_by VARCHAR(80) NOT NULL,
    updated_at DATETIME NOT NULL,
    CONSTRAINT uq_district_name UNIQUE (name),
    CONSTRAINT fk_district_area_id FOREIGN KEY(area_id) REFERENCES area (id)
)
""",
    """
CREATE TABLE organisation (
    name VARCHAR(400) NOT NULL,
    short_name VARCHAR(120) NOT NULL,
    kana VARCHAR(400) NOT NULL,
    organisation_category_id INTEGER,
    district_id INTEGER,
    service_type_id INTEGER,
    postal_code VARCHAR(20) NOT NULL,
    address VARCHAR(400) NOT NULL,
    building VARCHAR(400) NOT NULL,
    telephone VARCHAR(80) NOT NULL,
    fax VARCHAR(80) NOT NULL,
    mail VARCHAR(200) NOT NULL,
    web VARCHAR(400) NOT NULL,
    uses_tag BOOLEAN NOT NULL,
    opening VARCHAR(40),
    opening_days VARCHAR(400) NOT NULL,
    opening_hours VARCHAR(200) NOT NULL,
    venue VARCHAR(400) NOT NULL,
    audience TEXT NOT NULL,
    fee VARCHAR(400) NOT NULL,
    strengths TEXT NOT NULL,
    offers TEXT NOT NULL,
    member_from DATE,
    member_to DATE,
    merged_into_id INTEGER,
    note TEXT NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    created_by VARCHAR(80) NOT NULL,
    created_at DATETIME NOT NULL,
    updated_by VARCHAR(80) NOT NULL,
    updated_at DATETIME NOT NULL,
    CONSTRAINT ck_organisation_membership CHECK (member_from IS NULL OR member_to IS NULL OR member_from <= member_to),
    CONSTRAINT fk_organisation_organisation_category_id FOREIGN KEY(organisation_category_id) REFERENCES organisation_category (id),
    CONSTRAINT fk_organisation_district_id FOREIGN KEY(district_id) REFERENCES district (id),
    CONSTRAINT fk_organisation_service_type_id FOREIGN KEY(service_type_id) REFERENCES service_type (id),
    CONSTRAINT ck_organisation_opening CHECK (opening IN ('permanent', 'occasional')),
    CONSTRAINT fk_organisation_merged_into_id FOREIGN KEY(merged_into_id) REFERENCES organisation (id)
)
""",
    """
CREATE INDEX ix_organisation_district_id ON organisation (district_id)
""",
    """
CREATE INDEX ix_organisation_kana ON organisation (kana)
""",
    """
CREATE INDEX ix_organisation_organisation_category_id ON organisation (organisation_category_id)
""",
    """
CREATE INDEX ix_organisation_service_type_id ON organisation (service_type_id)
""",
    """
CREATE TABLE membership_gap (
    organisation_id INTEGER NOT NULL,
    gap_from DATE NOT NULL,
    gap_to DATE NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    created_by VARCHAR(80) NOT NULL,
    created_at DATETIME NOT NULL,
    updated_by VARCHAR(80) NOT NULL,
    updated_at DATETIME NOT NULL,
    CONSTRAINT ck_membership_gap_gap CHECK (gap_from <= gap_to),
    CONSTRAINT fk_membership_gap_organisation_id FOREIGN KEY(organisation_id) REFERENCES organisation (id)
)
""",
    """
CREATE INDEX ix_membership_gap_organisation_id ON membership_gap (organisation_id)
""",
    """
CREATE TABLE organisation_channel (
    organisation_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    kind VARCHAR(40) NOT NULL,
    address VARCHAR(400) NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    created_by VARCHAR(80) NOT NULL,
    created_at DATETIME NOT NULL,
    updated_by VARCHAR(80) NOT NULL,
    updated_at DATETIME NOT NULL,
    CONSTRAINT fk_organisation_channel_organisation_id FOREIGN KEY(organisation_id) REFERENCES organisation (id),
    CONSTRAINT ck_organisation_channel_kind CHECK (kind IN ('website', 'blog', 'x', 'instagram', 'facebook', 'line', 'notice_board', 'other'))
)
""",
    """
CREATE INDEX ix_organisation_channel_organisation_id ON organisation_channel (organisation_id)
""",
    """
CREATE TABLE contact_term (
    organisation_id INTEGER NOT NULL,
    contact_person_id INTEGER NOT NULL,
    role VARCHAR(40) NOT NULL,
    position_title VARCHAR(120) NOT NULL,
    term_from DATE,
    term_to DATE,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    created_by VARCHAR(80) NOT NULL,
    created_at DATETIME NOT NULL,
    updated_by VARCHAR(80) NOT NULL,
    updated_at DATETIME NOT NULL,
    CONSTRAINT ck_contact_term_term CHECK (term_from IS NULL OR term_to IS NULL OR term_from <= term_to),
    CONSTRAINT fk_contact_term_organisation_id FOREIGN KEY(organisation_id) REFERENCES organisation (id),
    CONSTRAINT fk_contact_term_contact_person_id FOREIGN KEY(contact_person_id) REFERENCES contact_person (id),
    CONSTRAINT ck_contact_term_role CHECK (role IN ('representative', 'liaison', 'attendee'))
)
""",
    """
CREATE INDEX ix_contact_term_contact_person_id ON contact_term (contact_person_id)
""",
    """
CREATE INDEX ix_contact_term_organisation_id ON contact_term (organisation_id)
""",
    """
CREATE TABLE roster_confirmation (
    organisation_id INTEGER NOT NULL,
    fiscal_year INTEGER NOT NULL,
    state VARCHAR(40) NOT NULL,
    answered_on DATE,
    note TEXT NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    created_by VARCHAR(80) NOT NULL,
    created_at DATETIME NOT NULL,
    updated_by VARCHAR(80) NOT NULL,
    updated_at DATETIME NOT NULL,
    CONSTRAINT uq_roster_confirmation_organisation_id_fiscal_year UNIQUE (organisation_id, fiscal_year),
    CONSTRAINT fk_roster_confirmation_organisation_id FOREIGN KEY(organisation_id) REFERENCES organisation (id),
    CONSTRAINT ck_roster_confirmation_state CHECK (state IN ('confirmed', 'changed', 'unknown'))
)
""",
    """
CREATE INDEX ix_roster_confirmation_fiscal_year ON roster_confirmation (fiscal_year)
""",
)
