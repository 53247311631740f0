"""The first tables of a ledger, as the first release made them. Written by ``python -m db.migrations.freeze``."""

from __future__ import annotations

import sqlite3

# ruff: noqa: E501


def migrate(connection: sqlite3.Connection) -> None:
    """Make all tables of an empty file."""
    for statement in _STATEMENTS:
        connection.execute(statement)


_STATEMENTS = (
    """
CREATE TABLE change (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    at DATETIME NOT NULL,
    actor VARCHAR(80) NOT NULL,
    label VARCHAR(400) NOT NULL,
    kind VARCHAR(40) NOT NULL,
    target_id INTEGER,
    CONSTRAINT ck_change_kind CHECK (kind IN ('do', 'undo', 'redo')),
    CONSTRAINT fk_change_target_id FOREIGN KEY(target_id) REFERENCES change (id)
)
""",
    """
CREATE INDEX ix_change_actor ON change (actor)
""",
    """
CREATE TABLE setting (
    name VARCHAR(80) NOT NULL,
    value TEXT NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    created_by VARCHAR(80) NOT NULL,
    created_at DATETIME NOT NULL,
    updated_by VARCHAR(80) NOT NULL,
    updated_at DATETIME NOT NULL,
    CONSTRAINT uq_setting_name UNIQUE (name)
)
""",
    """
CREATE TABLE record_link (
    role VARCHAR(40) NOT NULL,
    source_kind VARCHAR(60) NOT NULL,
    source_id INTEGER NOT NULL,
    target_kind VARCHAR(60) NOT NULL,
    target_id INTEGER NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    created_by VARCHAR(80) NOT NULL,
    created_at DATETIME NOT NULL,
    updated_by VARCHAR(80) NOT NULL,
    updated_at DATETIME NOT NULL,
    CONSTRAINT ck_record_link_role CHECK (role IN ('evidence'))
)
""",
    """
CREATE INDEX ix_record_link_source ON record_link (source_kind, source_id)
""",
    """
CREATE INDEX ix_record_link_target ON record_link (target_kind, target_id)
""",
    """
CREATE TABLE "plan" (
    code VARCHAR(80) NOT NULL,
    title VARCHAR(400) NOT NULL,
    edition VARCHAR(80) NOT NULL,
    publisher VARCHAR(400) NOT NULL,
    period_from INTEGER NOT NULL,
    period_to INTEGER NOT NULL,
    preface TEXT NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    created_by VARCHAR(80) NOT NULL,
    created_at DATETIME NOT NULL,
    updated_by VARCHAR(80) NOT NULL,
    updated_at DATETIME NOT NULL,
    CONSTRAINT uq_plan_code UNIQUE (code),
    CONSTRAINT ck_plan_period CHECK (period_from <= period_to)
)
""",
    """
CREATE TABLE search_text (
    id INTEGER NOT NULL,
    kind VARCHAR(60) NOT NULL,
    row_id INTEGER NOT NULL,
    field VARCHAR(60) NOT NULL,
    text TEXT NOT NULL,
    CONSTRAINT pk_search_text PRIMARY KEY (id),
    CONSTRAINT uq_search_text_kind_row_id_field UNIQUE (kind, row_id, field)
)
""",
    """
CREATE VIRTUAL TABLE search_index USING fts5(pairs, content='', detail=none, tokenize='ascii')
""",
    """
CREATE TABLE changed_row (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    change_id INTEGER NOT NULL,
    kind VARCHAR(60) NOT NULL,
    row_id INTEGER NOT NULL,
    action VARCHAR(40) NOT NULL,
    "before" JSON,
    "after" JSON,
    CONSTRAINT fk_changed_row_change_id FOREIGN KEY(change_id) REFERENCES change (id),
    CONSTRAINT ck_changed_row_action CHECK (action IN ('insert', 'update', 'delete'))
)
""",
    """
CREATE INDEX ix_changed_row_change_id ON changed_row (change_id)
""",
    """
CREATE INDEX ix_changed_row_kind_row_id ON changed_row (kind, row_id)
""",
    """
CREATE TABLE plan_item (
    plan_id INTEGER NOT NULL,
    parent_id INTEGER,
    kind VARCHAR(40) NOT NULL,
    position INTEGER NOT NULL,
    number VARCHAR(40) NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    ended_in INTEGER,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    created_by VARCHAR(80) NOT NULL,
    created_at DATETIME NOT NULL,
    updated_by VARCHAR(80) NOT NULL,
    updated_at DATETIME NOT NULL,
    CONSTRAINT fk_plan_item_plan_id FOREIGN KEY(plan_id) REFERENCES "plan" (id),
    CONSTRAINT fk_plan_item_parent_id FOREIGN KEY(parent_id) REFERENCES plan_item (id),
    CONSTRAINT ck_plan_item_kind CHECK (kind IN ('policy', 'goal', 'pillar', 'initiative', 'outcome', 'community_action', 'measure', 'program'))
)
""",
    """
CREATE INDEX ix_plan_item_plan_id_parent_id_position ON plan_item (plan_id, parent_id, position)
""",
    """
CREATE TABLE rating_scale (
    plan_id INTEGER NOT NULL,
    name VARCHAR(120) NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    created_by VARCHAR(80) NOT NULL,
    created_at DATETIME NOT NULL,
    updated_by VARCHAR(80) NOT NULL,
    updated_at DATETIME NOT NULL,
    CONSTRAINT uq_rating_scale_plan_id UNIQUE (plan_id),
    CONSTRAINT fk_rating_scale_plan_id FOREIGN KEY(plan_id) REFERENCES "plan" (id)
)
""",
    """
CREATE TABLE rating_level (
    rating_scale_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    value INTEGER,
    label VARCHAR(40) NOT NULL,
    symbol VARCHAR(20) NOT NULL,
    is_reached BOOLEAN NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    created_by VARCHAR(80) NOT NULL,
    created_at DATETIME NOT NULL,
    updated_by VARCHAR(80) NOT NULL,
    updated_at DATETIME NOT NULL,
    CONSTRAINT uq_rating_level_rating_scale_id_position UNIQUE (rating_scale_id, position),
    CONSTRAINT uq_rating_level_rating_scale_id_label UNIQUE (rating_scale_id, label),
    CONSTRAINT fk_rating_level_rating_scale_id FOREIGN KEY(rating_scale_id) REFERENCES rating_scale (id)
)
""",
    """
CREATE TABLE plan_item_lineage (
    from_item_id INTEGER NOT NULL,
    to_item_id INTEGER NOT NULL,
    kind VARCHAR(40) NOT NULL,
    note TEXT NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    created_by VARCHAR(80) NOT NULL,
    created_at DATETIME NOT NULL,
    updated_by VARCHAR(80) NOT NULL,
    updated_at DATETIME NOT NULL,
    CONSTRAINT uq_plan_item_lineage_from_item_id_to_item_id UNIQUE (from_item_id, to_item_id),
    CONSTRAINT fk_plan_item_lineage_from_item_id FOREIGN KEY(from_item_id) REFERENCES plan_item (id),
    CONSTRAINT fk_plan_item_lineage_to_item_id FOREIGN KEY(to_item_id) REFERENCES plan_item (id),
    CONSTRAINT ck_plan_item_lineage_kind CHECK (kind IN ('kept', 'revised', 'merged', 'split'))
)
""",
    """
CREATE INDEX ix_plan_item_lineage_to_item_id ON plan_item_lineage (to_item_id)
""",
    """
CREATE TABLE outcome_review (
    plan_item_id INTEGER NOT NULL,
    fiscal_year INTEGER NOT NULL,
    rating_level_id INTEGER,
    narrative TEXT NOT NULL,
    obstacle TEXT NOT NULL,
    next_step TEXT NOT NULL,
    reviewed_by VARCHAR(200) NOT NULL,
    reviewed_on DATE,
    copied_from INTEGER,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    created_by VARCHAR(80) NOT NULL,
    created_at DATETIME NOT NULL,
    updated_by VARCHAR(80) NOT NULL,
    updated_at DATETIME NOT NULL,
    CONSTRAINT uq_outcome_review_plan_item_id_fiscal_year UNIQUE (plan_item_id, fiscal_year),
    CONSTRAINT fk_outcome_review_plan_item_id FOREIGN KEY(plan_item_id) REFERENCES plan_item (id),
    CONSTRAINT fk_outcome_review_rating_level_id FOREIGN KEY(rating_level_id) REFERENCES rating_level (id)
)
""",
    """
CREATE INDEX ix_outcome_review_fiscal_year ON outcome_review (fiscal_year)
""",
    """
CREATE TABLE evidence (
    outcome_review_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    form VARCHAR(40) NOT NULL,
    text TEXT NOT NULL,
    file_name VARCHAR(400) NOT NULL,
    record_link_id INTEGER,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    created_by VARCHAR(80) NOT NULL,
    created_at DATETIME NOT NULL,
    updated_by VARCHAR(80) NOT NULL,
    updated_at DATETIME NOT NULL,
    CONSTRAINT fk_evidence_outcome_review_id FOREIGN KEY(outcome_review_id) REFERENCES outcome_review (id),
    CONSTRAINT ck_evidence_form CHECK (form IN ('text', 'file', 'record')),
    CONSTRAINT fk_evidence_record_link_id FOREIGN KEY(record_link_id) REFERENCES record_link (id)
)
""",
    """
CREATE INDEX ix_evidence_outcome_review_id ON evidence (outcome_review_id)
""",
)
