"""Units of work: a short read, or a short labelled change that is rolled back unless it finishes.

Operations write through ``Unit`` alone. It stamps each row, records before and after in the same transaction, and yields a
ChangeSet when it has committed. Entities live and die inside a unit; what leaves it are ids and frozen rows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar, TypeVarTuple

from sqlalchemy import Connection, Engine, Result, Row, Select, event, select
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified
from sqlalchemy.orm.exc import StaleDataError

from db import changelog, search
from db.changelog import ChangeSet
from db.errors import ConflictError, InputError, LedgerError
from db.files import database_trouble
from db.schema.base import Recorded
from db.schema.history import Change, ChangedRow
from db.schema.office import RecordLink
from db.vocabulary import ChangeKind, LinkRole, RowAction

Entity = TypeVar("Entity", bound=Recorded)
T = TypeVar("T")
Ts = TypeVarTuple("Ts")


class Reader:
    """A read transaction: selects in, plain rows out."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def rows(self, statement: Select[*Ts]) -> Sequence[Row[*Ts]]:
        """All rows of a select."""
        return self._execute(statement).all()

    def first(self, statement: Select[*Ts]) -> Row[*Ts] | None:
        """The first row of a select, or nothing."""
        return self._execute(statement).first()

    def scalar(self, statement: Select[T]) -> T | None:
        """The first column of the first row, or None."""
        return self._execute(statement).scalar()

    @property
    def is_server(self) -> bool:
        """Whether the ledger lies on a database server rather than in a file."""
        return self._connection.dialect.name != "sqlite"

    def connection(self) -> Connection:
        """The connection of this transaction, for the other rooms of this floor."""
        return self._connection

    def _execute(self, statement: Select[*Ts]) -> Result[*Ts]:
        return self._connection.execute(statement)


class Unit(Reader):
    """A change under way. Rows are written in the order of the calls, so that history can be turned back in reverse."""

    def __init__(self, session: Session, change: Change) -> None:
        super().__init__(session.connection())
        self._session = session
        self._change = change
        self._change_id: int | None = None
        self._touched: set[tuple[str, int]] = set()
        event.listen(session, "before_flush", self._stamp)
        event.listen(session, "after_flush", self._record)

    @property
    def actor(self) -> str:
        """Who makes this change."""
        return self._change.actor

    @property
    def now(self) -> datetime:
        """When it is made."""
        return self._change.at

    def describe(self, label: str) -> None:
        """Give the change a label more telling than the operation's own; to be called before anything is written."""
        assert self._change_id is None, "the label is already in the history"
        self._change.label = label[:400]

    def find(self, model: type[Entity], row_id: int) -> Entity | None:
        """The row with this id, or nothing."""
        return self._session.get(model, row_id)

    def get(self, model: type[Entity], row_id: int, version: int | None = None) -> Entity:
        """The row with this id, as a form showed it: ConflictError where it is gone or has another ``version`` by now."""
        entity = self.find(model, row_id)
        if entity is None:
            raise ConflictError(
                "この記録は、ほかの操作で削除されています。",
                "画面を開き直して、いまの内容を確かめてください。",
            )
        if version is not None and entity.version != version:
            raise ConflictError(
                f"この記録は、{entity.updated_at:%H時%M分}に{entity.updated_by or 'ほかの人'}が変更しています。",
                "入力した内容は画面に残っています。新しい内容を読み込んで、見比べてから保存してください。",
            )
        return entity

    def add(self, entity: Entity) -> Entity:
        """Write a new row at once; its id is known afterwards. InputError where it is a link to or of a record that is gone."""
        if isinstance(entity, RecordLink):
            self._require_ends(entity)
        self._session.add(entity)
        self._session.flush()
        return entity

    def add_all(self, entities: Sequence[Entity]) -> None:
        """Write many new rows of one table at once, in their order."""
        self._session.add_all(entities)
        self._session.flush()

    def delete(self, entity: Entity) -> None:
        """Delete a row at once. InputError where a link of another record points to it."""
        self._require_unlinked(entity)
        self._session.delete(entity)
        self._session.flush()

    def touch(self, entity: Recorded) -> None:
        """Count a row as changed because rows that belong to it changed: its version rises, so that a stale form is noticed."""
        flag_modified(entity, "updated_at")
        self._session.flush()

    def flush(self) -> None:
        """Write pending changes of rows now, where the order matters."""
        self._session.flush()

    def _execute(self, statement: Select[*Ts]) -> Result[*Ts]:
        # What is pending counts for what is read.
        self._session.flush()
        return super()._execute(statement)

    @property
    def changes(self) -> ChangeSet:
        """What has been written so far."""
        return ChangeSet(self._change_id or 0, self._change.label, frozenset(self._touched))

    def _require_ends(self, link: RecordLink) -> None:
        ends = [(link.target_kind, link.target_id)]
        if link.role is not LinkRole.EVIDENCE:
            # A piece of evidence and its link come and go together; undoing may bring the link first.
            ends.append((link.source_kind, link.source_id))
        gone = [end for end in ends if not self._is_there(*end)]
        if gone and link.role is LinkRole.EVIDENCE:
            raise InputError(
                "根拠に選んだ記録は、すでに削除されています。", "根拠を選び直してから保存してください。"
            )
        if gone:
            # A change that took links off other records may be undone after those are gone.
            raise ConflictError(
                "この記録とつながっていた記録は、ほかの操作で削除されています。",
                "いまの内容を画面で確かめて、必要なところを書き直してください。",
            )

    def _is_there(self, kind: str, row_id: int) -> bool:
        model = changelog.MODELS.get(kind)
        return model is not None and self.find(model, row_id) is not None

    def _require_unlinked(self, entity: Recorded) -> None:
        links = select(RecordLink.id).where(
            RecordLink.target_kind == type(entity).__tablename__,  # type: ignore[attr-defined]
            RecordLink.target_id == entity.id,
        )
        if self.first(links):
            raise InputError(
                "この記録は、ほかの記録の根拠として使われているため、削除できません。",
                "根拠として使っている記録から、先に外してください。",
            )

    def _stamp(self, session: Session, _context: Any, _instances: Any) -> None:
        now, actor = self._change.at, self._change.actor
        for entity in session.new:
            if isinstance(entity, Recorded):
                # A row that undo brings back keeps the stamp of its first writer.
                entity.created_at = entity.created_at or now
                entity.created_by = entity.created_by or actor
                # It also goes on from its last version, so that a form from before the deletion stays stale.
                entity.version = (entity.version or 0) + 1
                entity.updated_at, entity.updated_by = now, actor
        for entity in session.dirty:
            if isinstance(entity, Recorded) and session.is_modified(entity):
                entity.version += 1
                entity.updated_at, entity.updated_by = now, actor

    def _record(self, session: Session, _context: Any) -> None:
        rows = [
            *((RowAction.INSERT, one, None, changelog.image(one)) for one in self._recorded(session.new)),
            *(
                (RowAction.UPDATE, one, *changelog.differences(one))
                for one in self._recorded(session.dirty)
                if session.is_modified(one)
            ),
            *((RowAction.DELETE, one, changelog.image(one), None) for one in self._recorded(session.deleted)),
        ]
        if rows and self._change_id is None:
            self._write_change(session)
        connection = session.connection()
        search.follow_new(connection, (one for action, one, *_ in rows if action is RowAction.INSERT))
        for action, entity, *_ in rows:
            self._touched.add((entity.__tablename__, entity.id))
            if action is not RowAction.INSERT:
                search.follow(connection, entity, is_gone=action is RowAction.DELETE)
        lines = [
            {
                "change_id": self._change_id,
                "kind": entity.__tablename__,
                "row_id": entity.id,
                "action": action,
                "before": before,
                "after": after,
            }
            for action, entity, before, after in rows
        ]
        if lines:
            connection.execute(ChangedRow.__table__.insert(), lines)  # type: ignore[attr-defined]

    def _recorded(self, entities: Any) -> list[Any]:
        found = (one for one in entities if isinstance(one, Recorded))
        # The session keeps them in sets: the order in which history tells them has to be the same every time.
        return sorted(found, key=lambda one: (one.id, one.__tablename__))

    def _write_change(self, session: Session) -> None:
        change = self._change
        values = {
            "at": change.at,
            "actor": change.actor,
            "label": change.label,
            "kind": change.kind,
            "target_id": change.target_id,
        }
        result = session.connection().execute(Change.__table__.insert(), values)  # type: ignore[attr-defined]
        assert result.inserted_primary_key is not None
        self._change_id = result.inserted_primary_key[0]


class Ledger:
    """The record, open: it hands out units of work. ``actor`` is who sits before it, ``clock`` tells the local time."""

    def __init__(self, engine: Engine, actor: str, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock
        self.actor = actor

    @property
    def engine(self) -> Engine:
        """The engine behind the ledger, for the other rooms of this floor."""
        return self._engine

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """A read transaction; writing in it fails."""
        with (
            explained("台帳を読めません"),
            # Not by a session, which would pass every row through its machinery for entities.
            self._engine.execution_options(role="reader").connect() as connection,
            connection.begin(),
        ):
            yield Reader(connection)

    @contextmanager
    def change(
        self, label: str, kind: ChangeKind = ChangeKind.DO, target_id: int | None = None
    ) -> Iterator[Unit]:
        """A change called ``label``: committed with its history when the block ends, rolled back when it raises."""
        writer = self._engine.execution_options(role="writer")
        with (
            explained("保存できません（台帳は前のままです）"),
            Session(writer, expire_on_commit=False) as session,
        ):
            now = self._clock().replace(microsecond=0)
            change = Change(at=now, actor=self.actor, label=label[:400], kind=kind, target_id=target_id)
            unit = Unit(session, change)
            yield unit
            session.commit()

    def steps(self) -> changelog.Steps:
        """What the person at this ledger can undo and redo now."""
        with self.read() as reader:
            return changelog.steps(reader, self.actor)

    def undo(self) -> ChangeSet | None:
        """Take back the person's last change; None where there is none. Raises ConflictError where a row has moved on."""
        found = self.steps().undo
        return self._revert(found[-1], ChangeKind.UNDO) if found else None

    def redo(self) -> ChangeSet | None:
        """Repeat the change that was taken back last; None where there is none."""
        found = self.steps().redo
        return self._revert(found[-1], ChangeKind.REDO) if found else None

    def _revert(self, step: changelog.Step, kind: ChangeKind) -> ChangeSet:
        with self.change(step.label, kind, step.change_id) as unit:
            changelog.revert(unit, step.revert_id)
        return unit.changes

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()


@contextmanager
def explained(what: str) -> Iterator[None]:
    """Say in Japanese what the database says in its own words; ``what`` could not be done."""
    try:
        yield
    except LedgerError:
        raise
    except StaleDataError as error:
        raise ConflictError(
            "この記録は、ほかの人が先に変更しています。",
            "入力した内容を控えてから、画面を開き直してください。",
        ) from error
    except IntegrityError as error:
        raise InputError(
            "この変更はほかの記録と食い違うため、保存できません。",
            "同じ名前や番号の記録がすでにないか、ほかの記録から使われていないかを確かめてください。",
        ) from error
    except DBAPIError as error:
        raise database_trouble(what, error.orig or error) from error
    except sqlite3.Error as error:
        # Raised before SQLAlchemy could see it: while a connection was being made.
        raise database_trouble(what, error) from error
