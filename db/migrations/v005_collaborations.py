"""The tables of 連携した取組 and つなぎ. Written by ``python -m db.migrations.freeze v005_collaborations``."""

from __future__ import annotations

import sqlite3


def migrate(connection: sqlite3.Connection) -> None:
    """Make the tables of this step."""
    for statement in _STATEMENTS:
        connection.execute(statement)


_STATEMENTS = (
    """
CREATE TABLE collaboration (
    title VARCHAR(200) NOT NULL,
    step_number INTEGER,
    state VARCHAR(40) NOT NULL,
    district_id INTEGER,
    started_on DATE,
    ended_on DATE,
    origin TEXT NOT NULL,
    issue TEXT NOT NULL,
    aim TEXT NOT NULL,
    image TEXT NOT NULL,
    result TEXT NOT NULL,
    learned TEXT NOT NULL,
    next_step TEXT NOT NULL,
    reviewed_on DATE,
    note TEXT NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    created_by VARCHAR(80) NOT NULL,
    created_at DATETIME NOT NULL,
    updated_by VARCHAR(80) NOT NULL,
    updated_at DATETIME NOT NULL,
    CONSTRAINT ck_collaboration_period CHECK (started_on IS NULL OR ended_on IS NULL OR started_on <= ended_on),
    CONSTRAINT ck_collaboration_step CHECK (step_number IS NULL OR step_number BETWEEN 1 AND 4),
    CONSTRAINT ck_collaboration_state CHECK (state IN ('planned', 'running', 'ended')),
    CONSTRAINT fk_collaboration_district_id FOREIGN KEY(district_id) REFERENCES district (id)
)
""",
    """
CREATE INDEX ix_collaboration_district_id ON collaboration (district_id)
""",
    """
CREATE TABLE collaboration_partner (
    collaboration_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    organisation_id INTEGER,
    name VARCHAR(200) NOT NULL,
    role TEXT NOT NULL,
    is_lead BOOLEAN NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    created_by VARCHAR(80) NOT NULL,
    created_at DATETIME NOT NULL,
    updated_by VARCHAR(80) NOT NULL,
    updated_at DATETIME NOT NULL,
    CONSTRAINT ck_collaboration_partner_who CHECK ((organisation_id IS NULL) = (name <> '')),
    CONSTRAINT fk_collaboration_partner_collaboration_id FOREIGN KEY(collaboration_id) REFERENCES collaboration (id),
    CONSTRAINT fk_collaboration_partner_organisation_id FOREIGN KEY(organisation_id) REFERENCES organisation (id)
)
""",
    """
CREATE INDEX ix_collaboration_partner_collaboration_id ON collaboration_partner (collaboration_id)
""",
    """
CREATE INDEX ix_collaboration_partner_organisation_id ON collaboration_partner (organisation_id)
""",
    """
CREATE TABLE collaboration_activity (
    collaboration_id INTEGER NOT NULL,
    held_on DATE NOT NULL,
    title VARCHAR(200) NOT NULL,
    place VARCHAR(200) NOT NULL,
    families INTEGER,
    participants INTEGER,
    staff INTEGER,
    note TEXT NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    created_by VARCHAR(80) NOT NULL,
    created_at DATETIME NOT NULL,
    updated_by VARCHAR(80) NOT NULL,
    updated_at DATETIME NOT NULL,
    CONSTRAINT fk_collaboration_activity_collaboration_id FOREIGN KEY(collaboration_id) REFERENCES collaboration (id)
)
""",
    """
CREATE INDEX ix_collaboration_activity_collaboration_id ON collaboration_activity (collaboration_id)
""",
    """
CREATE TABLE referral (
    month DATE NOT NULL,
    from_organisation_id INTEGER NOT NULL,
    to_organisation_id INTEGER NOT NULL,
    count INTEGER NOT NULL,
    note VARCHAR(200) NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    created_by VARCHAR(80) NOT NULL,
    created_at DATETIME NOT NULL,
    updated_by VARCHAR(80) NOT NULL,
    updated_at DATETIME NOT NULL,
    CONSTRAINT uq_referral_month_from_organisation_id_to_organisation_id UNIQUE (month, from_organisation_id, to_organisation_id),
    CONSTRAINT ck_referral_count CHECK (count >= 1),
    CONSTRAINT ck_referral_two CHECK (from_organisation_id <> to_organisation_id),
    CONSTRAINT fk_referral_from_organisation_id FOREIGN KEY(from_organisation_id) REFERENCES organisation (id),
    CONSTRAINT fk_referral_to_organisation_id FOREIGN KEY(to_organisation_id) REFERENCES organisation (id)
)
""",
    """
CREATE INDEX ix_referral_from_organisation_id ON referral (from_organisation_id)
""",
    """
CREATE INDEX ix_referral_to_organisation_id ON referral (to_organisation_id)
""",
)
