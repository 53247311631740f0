"""The tables of meetings, written by ``python -m db.migrations.freeze v003_meetings``; a record_link may have the role ``topic``."""

from __future__ import annotations

import sqlite3

from db import search


def migrate(connection: sqlite3.Connection) -> None:
    """Let a link be a ``topic``, make the tables of this step, and write the search index in its new order."""
    _rebuild_record_link(connection)
    for statement in _STATEMENTS:
        connection.execute(statement)
    search.reindex(connection)


def _rebuild_record_link(connection: sqlite3.Connection) -> None:
    """SQLite cannot change a check of a table that exists: it is made anew, and its rows and its last id are taken over."""
    last_id = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'record_link'").fetchone()
    connection.execute("CREATE TABLE record_link_before AS SELECT * FROM record_link")
    connection.execute("DROP TABLE record_link")
    connection.execute(_RECORD_LINK)
    columns = "role, source_kind, source_id, target_kind, target_id, id, version, created_by, created_at, updated_by, updated_at"
    connection.execute(f"INSERT INTO record_link ({columns}) SELECT {columns} FROM record_link_before")
    connection.execute("DROP TABLE record_link_before")
    connection.execute("CREATE INDEX ix_record_link_source ON record_link (source_kind, source_id)")
    connection.execute("CREATE INDEX ix_record_link_target ON record_link (target_kind, target_id)")
    if last_id is not None:
        connection.execute("DELETE FROM sqlite_sequence WHERE name = 'record_link'")
        connection.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('record_link', ?)", last_id)


_RECORD_LINK = """
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
    CONSTRAINT ck_record_link_role CHECK (role IN ('evidence', 'topic'))
)
"""

_STATEMENTS = (
    """
CREATE TABLE meeting_kind (
    position INTEGER NOT NULL,
    name VARCHAR(120) NOT NULL,
    is_by_district BOOLEAN NOT NULL,
    invitation TEXT NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    created_by VARCHAR(80) NOT NULL,
    created_at DATETIME NOT NULL,
    updated_by VARCHAR(80) NOT NULL,
    updated_at DATETIME NOT NULL,
    CONSTRAINT uq_meeting_kind_name UNIQUE (name)
)
""",
    """
CREATE TABLE preparation_step (
    meeting_kind_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    title VARCHAR(200) NOT NULL,
    days_before INTEGER NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    created_by VARCHAR(80) NOT NULL,
    created_at DATETIME NOT NULL,
    updated_by VARCHAR(80) NOT NULL,
    updated_at DATETIME NOT NULL,
    CONSTRAINT fk_preparation_step_meeting_kind_id FOREIGN KEY(meeting_kind_id) REFERENCES meeting_kind (id)
)
""",
    """
CREATE INDEX ix_preparation_step_meeting_kind_id ON preparation_step (meeting_kind_id)
""",
    """
CREATE TABLE meeting (
    meeting_kind_id INTEGER NOT NULL,
    fiscal_year INTEGER NOT NULL,
    number INTEGER,
    title VARCHAR(200) NOT NULL,
    held_on DATE,
    starts_at VARCHAR(5) NOT NULL,
    ends_at VARCHAR(5) NOT NULL,
    place VARCHAR(400) NOT NULL,
    online VARCHAR(400) NOT NULL,
    district_id INTEGER,
    theme VARCHAR(400) NOT NULL,
    for_sharing BOOLEAN NOT NULL,
    for_discussion BOOLEAN NOT NULL,
    for_decision BOOLEAN NOT NULL,
    for_review BOOLEAN NOT NULL,
    chair VARCHAR(200) NOT NULL,
    minute_taker VARCHAR(200) NOT NULL,
    state VARCHAR(40) NOT NULL,
    cancelled_because TEXT NOT NULL,
    document_number VARCHAR(80) NOT NULL,
    notified_on DATE,
    answer_by DATE,
    invitation TEXT NOT NULL,
    next_meeting VARCHAR(400) NOT NULL,
    headcount INTEGER,
    note TEXT NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    created_by VARCHAR(80) NOT NULL,
    created_at DATETIME NOT NULL,
    updated_by VARCHAR(80) NOT NULL,
    updated_at DATETIME NOT NULL,
    CONSTRAINT fk_meeting_meeting_kind_id FOREIGN KEY(meeting_kind_id) REFERENCES meeting_kind (id),
    CONSTRAINT fk_meeting_district_id FOREIGN KEY(district_id) REFERENCES district (id),
    CONSTRAINT ck_meeting_state CHECK (state IN ('planned', 'announced', 'held', 'drafted', 'finalised', 'cancelled'))
)
""",
    """
CREATE INDEX ix_meeting_district_id ON meeting (district_id)
""",
    """
CREATE INDEX ix_meeting_fiscal_year_held_on ON meeting (fiscal_year, held_on)
""",
    """
CREATE INDEX ix_meeting_meeting_kind_id ON meeting (meeting_kind_id)
""",
    """
CREATE TABLE preparation_task (
    meeting_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    title VARCHAR(200) NOT NULL,
    due_on DATE,
    done_on DATE,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    created_by VARCHAR(80) NOT NULL,
    created_at DATETIME NOT NULL,
    updated_by VARCHAR(80) NOT NULL,
    updated_at DATETIME NOT NULL,
    CONSTRAINT fk_preparation_task_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id)
)
""",
    """
CREATE INDEX ix_preparation_task_meeting_id ON preparation_task (meeting_id)
""",
    """
CREATE TABLE agenda_item (
    meeting_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    kind VARCHAR(40) NOT NULL,
    title VARCHAR(400) NOT NULL,
    presenter VARCHAR(200) NOT NULL,
    minutes_allotted INTEGER,
    elapsed_seconds INTEGER,
    note TEXT NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    created_by VARCHAR(80) NOT NULL,
    created_at DATETIME NOT NULL,
    updated_by VARCHAR(80) NOT NULL,
    updated_at DATETIME NOT NULL,
    CONSTRAINT fk_agenda_item_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id),
    CONSTRAINT ck_agenda_item_kind CHECK (kind IN ('approval', 'actions', 'report', 'topic', 'voice', 'other'))
)
""",
    """
CREATE INDEX ix_agenda_item_meeting_id ON agenda_item (meeting_id)
""",
    """
CREATE TABLE attendance (
    meeting_id INTEGER NOT NULL,
    organisation_id INTEGER,
    contact_person_id INTEGER,
    affiliation VARCHAR(400) NOT NULL,
    name VARCHAR(200) NOT NULL,
    kana VARCHAR(200) NOT NULL,
    position_title VARCHAR(120) NOT NULL,
    answer VARCHAR(40) NOT NULL,
    answered_on DATE,
    is_present BOOLEAN,
    arrived_at VARCHAR(5) NOT NULL,
    left_at VARCHAR(5) NOT NULL,
    is_observer BOOLEAN NOT NULL,
    is_walk_in BOOLEAN NOT NULL,
    note TEXT NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    created_by VARCHAR(80) NOT NULL,
    created_at DATETIME NOT NULL,
    updated_by VARCHAR(80) NOT NULL,
    updated_at DATETIME NOT NULL,
    CONSTRAINT fk_attendance_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id),
    CONSTRAINT fk_attendance_organisation_id FOREIGN KEY(organisation_id) REFERENCES organisation (id),
    CONSTRAINT fk_attendance_contact_person_id FOREIGN KEY(contact_person_id) REFERENCES contact_person (id),
    CONSTRAINT ck_attendance_answer CHECK (answer IN ('attending', 'proxy', 'online', 'absent', 'unanswered'))
)
""",
    """
CREATE INDEX ix_attendance_contact_person_id ON attendance (contact_person_id)
""",
    """
CREATE INDEX ix_attendance_meeting_id_organisation_id ON attendance (meeting_id, organisation_id)
""",
    """
CREATE INDEX ix_attendance_organisation_id ON attendance (organisation_id)
""",
    """
CREATE TABLE share_back (
    meeting_id INTEGER NOT NULL,
    organisation_id INTEGER NOT NULL,
    kind VARCHAR(40) NOT NULL,
    shared_on DATE,
    shared_by VARCHAR(200) NOT NULL,
    means VARCHAR(200) NOT NULL,
    note TEXT NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    created_by VARCHAR(80) NOT NULL,
    created_at DATETIME NOT NULL,
    updated_by VARCHAR(80) NOT NULL,
    updated_at DATETIME NOT NULL,
    CONSTRAINT uq_share_back_meeting_id_organisation_id_kind UNIQUE (meeting_id, organisation_id, kind),
    CONSTRAINT fk_share_back_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id),
    CONSTRAINT fk_share_back_organisation_id FOREIGN KEY(organisation_id) REFERENCES organisation (id),
    CONSTRAINT ck_share_back_kind CHECK (kind IN ('own_staff', 'absent'))
)
""",
    """
CREATE INDEX ix_share_back_organisation_id ON share_back (organisation_id)
""",
    """
CREATE TABLE minutes_version (
    meeting_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    finalised_on DATE NOT NULL,
    confirmed_by VARCHAR(200) NOT NULL,
    content TEXT NOT NULL,
    reopened_on DATE,
    reopened_because TEXT NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    created_by VARCHAR(80) NOT NULL,
    created_at DATETIME NOT NULL,
    updated_by VARCHAR(80) NOT NULL,
    updated_at DATETIME NOT NULL,
    CONSTRAINT uq_minutes_version_meeting_id_number UNIQUE (meeting_id, number),
    CONSTRAINT fk_minutes_version_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id)
)
""",
    """
CREATE TABLE agenda_document (
    meeting_id INTEGER NOT NULL,
    agenda_item_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    title VARCHAR(400) NOT NULL,
    file_name VARCHAR(400) NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    created_by VARCHAR(80) NOT NULL,
    created_at DATETIME NOT NULL,
    updated_by VARCHAR(80) NOT NULL,
    updated_at DATETIME NOT NULL,
    CONSTRAINT fk_agenda_document_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id),
    CONSTRAINT fk_agenda_document_agenda_item_id FOREIGN KEY(agenda_item_id) REFERENCES agenda_item (id)
)
""",
    """
CREATE INDEX ix_agenda_document_agenda_item_id ON agenda_document (agenda_item_id)
""",
    """
CREATE INDEX ix_agenda_document_meeting_id ON agenda_document (meeting_id)
""",
    """
CREATE TABLE statement (
    meeting_id INTEGER NOT NULL,
    agenda_item_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    kind VARCHAR(40) NOT NULL,
    indent INTEGER NOT NULL,
    speaker VARCHAR(200) NOT NULL,
    text TEXT NOT NULL,
    emphasis TEXT NOT NULL,
    assignee VARCHAR(400) NOT NULL,
    due_on DATE,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    created_by VARCHAR(80) NOT NULL,
    created_at DATETIME NOT NULL,
    updated_by VARCHAR(80) NOT NULL,
    updated_at DATETIME NOT NULL,
    CONSTRAINT fk_statement_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id),
    CONSTRAINT fk_statement_agenda_item_id FOREIGN KEY(agenda_item_id) REFERENCES agenda_item (id),
    CONSTRAINT ck_statement_kind CHECK (kind IN ('point', 'decision', 'action'))
)
""",
    """
CREATE INDEX ix_statement_agenda_item_id ON statement (agenda_item_id)
""",
    """
CREATE INDEX ix_statement_meeting_id ON statement (meeting_id)
""",
    """
CREATE TABLE voice (
    received_on DATE NOT NULL,
    heard_from VARCHAR(200) NOT NULL,
    organisation_id INTEGER,
    content TEXT NOT NULL,
    state VARCHAR(40) NOT NULL,
    agenda_item_id INTEGER,
    reflected TEXT NOT NULL,
    response TEXT NOT NULL,
    answered_on DATE,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    created_by VARCHAR(80) NOT NULL,
    created_at DATETIME NOT NULL,
    updated_by VARCHAR(80) NOT NULL,
    updated_at DATETIME NOT NULL,
    CONSTRAINT fk_voice_organisation_id FOREIGN KEY(organisation_id) REFERENCES organisation (id),
    CONSTRAINT ck_voice_state CHECK (state IN ('received', 'on_agenda', 'reflected', 'answered')),
    CONSTRAINT fk_voice_agenda_item_id FOREIGN KEY(agenda_item_id) REFERENCES agenda_item (id)
)
""",
    """
CREATE INDEX ix_voice_agenda_item_id ON voice (agenda_item_id)
""",
    """
CREATE INDEX ix_voice_organisation_id ON voice (organisation_id)
""",
    """
CREATE TABLE action_item (
    meeting_id INTEGER,
    agenda_item_id INTEGER,
    statement_id INTEGER,
    what TEXT NOT NULL,
    organisation_id INTEGER,
    assignee VARCHAR(200) NOT NULL,
    due_on DATE,
    state VARCHAR(40) NOT NULL,
    closed_on DATE,
    result TEXT NOT NULL,
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    created_by VARCHAR(80) NOT NULL,
    created_at DATETIME NOT NULL,
    updated_by VARCHAR(80) NOT NULL,
    updated_at DATETIME NOT NULL,
    CONSTRAINT ck_action_item_closing CHECK ((state = 'open') = (closed_on IS NULL)),
    CONSTRAINT fk_action_item_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id),
    CONSTRAINT fk_action_item_agenda_item_id FOREIGN KEY(agenda_item_id) REFERENCES agenda_item (id),
    CONSTRAINT fk_action_item_statement_id FOREIGN KEY(statement_id) REFERENCES statement (id),
    CONSTRAINT fk_action_item_organisation_id FOREIGN KEY(organisation_id) REFERENCES organisation (id),
    CONSTRAINT ck_action_item_state CHECK (state IN ('open', 'done', 'dropped'))
)
""",
    """
CREATE INDEX ix_action_item_agenda_item_id ON action_item (agenda_item_id)
""",
    """
CREATE INDEX ix_action_item_meeting_id ON action_item (meeting_id)
""",
    """
CREATE INDEX ix_action_item_organisation_id ON action_item (organisation_id)
""",
    """
CREATE INDEX ix_action_item_statement_id ON action_item (statement_id)
""",
)
