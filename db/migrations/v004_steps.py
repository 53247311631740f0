"""The tables of 連携ステップ. Written by ``python -m db.migrations.freeze v004_steps``."""

from __future__ import annotations

import sqlite3


def migrate(connection: sqlite3.Connection) -> None:
    """Make the tables of this step."""
    for statement in _STATEMENTS:
        connection.execute(statement)


_STATEMENTS = (
    """
CREATE TABLE checkpoint_set (
    position INTEGER NOT NULL,
    title VARCHAR(200) NOT NULL,
    source TEXT NOT NULL,
    needed_percent INTEGER NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    created_by VARCHAR(80) NOT NULL,
    created_at DATETIME NOT NULL,
    updated_by VARCHAR(80) NOT NULL,
    updated_at DATETIME NOT NULL,
    CONSTRAINT uq_checkpoint_set_title UNIQUE (title)
)
""",
    """
CREATE TABLE step (
    checkpoint_set_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    title VARCHAR(200) NOT NULL,
    description TEXT NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    created_by VARCHAR(80) NOT NULL,
    created_at DATETIME NOT NULL,
    updated_by VARCHAR(80) NOT NULL,
    updated_at DATETIME NOT NULL,
    CONSTRAINT uq_step_checkpoint_set_id_number UNIQUE (checkpoint_set_id, number),
    CONSTRAINT fk_step_checkpoint_set_id FOREIGN KEY(checkpoint_set_id) REFERENCES checkpoint_set (id)
)
""",
    """
CREATE TABLE assessment_round (
    fiscal_year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    checkpoint_set_id INTEGER NOT NULL,
    state VARCHAR(40) NOT NULL,
    opened_on DATE,
    answer_by DATE,
    closed_on DATE,
    note TEXT NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    created_by VARCHAR(80) NOT NULL,
    created_at DATETIME NOT NULL,
    updated_by VARCHAR(80) NOT NULL,
    updated_at DATETIME NOT NULL,
    CONSTRAINT uq_assessment_round_fiscal_year_number UNIQUE (fiscal_year, number),
    CONSTRAINT fk_assessment_round_checkpoint_set_id FOREIGN KEY(checkpoint_set_id) REFERENCES checkpoint_set (id),
    CONSTRAINT ck_assessment_round_state CHECK (state IN ('planned', 'open', 'closed'))
)
""",
    """
CREATE INDEX ix_assessment_round_checkpoint_set_id ON assessment_round (checkpoint_set_id)
""",
    """
CREATE TABLE checkpoint (
    step_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    explanation TEXT NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    created_by VARCHAR(80) NOT NULL,
    created_at DATETIME NOT NULL,
    updated_by VARCHAR(80) NOT NULL,
    updated_at DATETIME NOT NULL,
    CONSTRAINT uq_checkpoint_step_id_position UNIQUE (step_id, position),
    CONSTRAINT fk_checkpoint_step_id FOREIGN KEY(step_id) REFERENCES step (id)
)
""",
    """
CREATE TABLE step_ruling (
    assessment_round_id INTEGER NOT NULL,
    scope_kind VARCHAR(40) NOT NULL,
    scope_id INTEGER NOT NULL,
    step_number INTEGER NOT NULL,
    reason TEXT NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    created_by VARCHAR(80) NOT NULL,
    created_at DATETIME NOT NULL,
    updated_by VARCHAR(80) NOT NULL,
    updated_at DATETIME NOT NULL,
    CONSTRAINT uq_step_ruling_assessment_round_id_scope_kind_scope_id UNIQUE (assessment_round_id, scope_kind, scope_id),
    CONSTRAINT fk_step_ruling_assessment_round_id FOREIGN KEY(assessment_round_id) REFERENCES assessment_round (id),
    CONSTRAINT ck_step_ruling_scope_kind CHECK (scope_kind IN ('ward', 'area', 'district', 'service_type', 'organisation'))
)
""",
    """
CREATE TABLE step_assessment (
    assessment_round_id INTEGER NOT NULL,
    scope_kind VARCHAR(40) NOT NULL,
    scope_id INTEGER NOT NULL,
    perspective VARCHAR(40) NOT NULL,
    organisation_id INTEGER,
    code VARCHAR(40) NOT NULL,
    sent_on DATE,
    reminded_on DATE,
    respondent VARCHAR(200) NOT NULL,
    answered_on DATE,
    form VARCHAR(40),
    went_well TEXT NOT NULL,
    difficulty TEXT NOT NULL,
    next_step TEXT NOT NULL,
    next_assignee VARCHAR(200) NOT NULL,
    next_due_on DATE,
    next_result TEXT NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    created_by VARCHAR(80) NOT NULL,
    created_at DATETIME NOT NULL,
    updated_by VARCHAR(80) NOT NULL,
    updated_at DATETIME NOT NULL,
    CONSTRAINT uq_step_assessment_code UNIQUE (code),
    CONSTRAINT asked UNIQUE (assessment_round_id, scope_kind, scope_id, perspective, organisation_id),
    CONSTRAINT fk_step_assessment_assessment_round_id FOREIGN KEY(assessment_round_id) REFERENCES assessment_round (id),
    CONSTRAINT ck_step_assessment_scope_kind CHECK (scope_kind IN ('ward', 'area', 'district', 'service_type', 'organisation')),
    CONSTRAINT ck_step_assessment_perspective CHECK (perspective IN ('secretariat', 'facility', 'community')),
    CONSTRAINT fk_step_assessment_organisation_id FOREIGN KEY(organisation_id) REFERENCES organisation (id),
    CONSTRAINT ck_step_assessment_form CHECK (form IN ('sheet', 'paper', 'screen'))
)
""",
    """
CREATE INDEX ix_step_assessment_organisation_id ON step_assessment (organisation_id)
""",
    """
CREATE INDEX ix_step_assessment_round ON step_assessment (assessment_round_id)
""",
    """
CREATE TABLE checkpoint_answer (
    step_assessment_id INTEGER NOT NULL,
    checkpoint_id INTEGER NOT NULL,
    answer VARCHAR(40) NOT NULL,
    comment TEXT NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    created_by VARCHAR(80) NOT NULL,
    created_at DATETIME NOT NULL,
    updated_by VARCHAR(80) NOT NULL,
    updated_at DATETIME NOT NULL,
    CONSTRAINT uq_checkpoint_answer_step_assessment_id_checkpoint_id UNIQUE (step_assessment_id, checkpoint_id),
    CONSTRAINT fk_checkpoint_answer_step_assessment_id FOREIGN KEY(step_assessment_id) REFERENCES step_assessment (id),
    CONSTRAINT fk_checkpoint_answer_checkpoint_id FOREIGN KEY(checkpoint_id) REFERENCES checkpoint (id),
    CONSTRAINT ck_checkpoint_answer_answer CHECK (answer IN ('yes', 'partly', 'not_yet', 'unknown'))
)
""",
    """
CREATE INDEX ix_checkpoint_answer_checkpoint_id ON checkpoint_answer (checkpoint_id)
""",
)
