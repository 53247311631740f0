"""Ledgers as a whole: making, opening, checking, bringing up to date, backing up, restoring and copying out everything.

This is the door to every ledger. What it refuses, it leaves as it was; what it replaces, it keeps beside.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app import backups
from app.backups import Backup, Reason
from app.calendar import format_date
from app.errors import InputError, LedgerError, MachineError
from app.office import Caution, Office
from app.plans.draft import PlanDraft
from db import backup as backup_files
from db import check as checks
from db import dump as dumps
from db import files, location, migrations
from db.engine import SCHEMA_VERSION, SUFFIX, inspect_file, look
from db.errors import DamagedHeaderError
from db.location import Place

__all__ = [
    "SUFFIX",
    "DamagedLedgerError",
    "Finding",
    "backup",
    "check",
    "create",
    "dump",
    "furnish",
    "open_ledger",
    "restore",
    "upgrade",
]

Clock = Callable[[], datetime]

_PROGRAM = "つながり帳"

_CHECKED_WHOLE = 50_000_000
"""Bytes; a larger ledger is looked through quickly when it is opened, and wholly by ``check`` and every backup."""


class DamagedLedgerError(MachineError):
    """The ledger cannot be read. ``backup`` is the newest good backup to restore over it, if there is one."""

    def __init__(self, message: str, advice: str, backup: Backup | None) -> None:
        super().__init__(message, advice)
        self.backup = backup


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong with a ledger, as a Japanese sentence."""

    message: str

    def __str__(self) -> str:
        return self.message


def create(
    path: Path,
    actor: str | None = None,
    clock: Clock = datetime.now,
    plan: PlanDraft | None = None,
    fill: Callable[[Office], None] | None = None,
) -> Office:
    """Make a new ledger at ``path`` with the standard lists, and ``plan`` if one is given, in it, and open it.

    ``fill`` enters what else it shall hold from the first. It appears under its name only when it is whole. Raises InputError
    where there is already a file of that name or the plan breaks a rule, MachineError where the folder cannot be written.
    """
    _require_free(path)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.new")
    with files.explained(f"台帳「{path.name}」を作れません"):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            migrations.migrate(temporary, create=True)
            furnish(temporary, actor, clock, plan)
            if fill is not None:
                with closing(Office.open(temporary, actor, clock, is_draft=True)) as draft:
                    fill(draft)
            if not files.put_new(temporary, path):
                _require_free(path)
        finally:
            files.remove(temporary)
    return Office.open(path, actor, clock)


def open_ledger(
    path: Path, actor: str | None = None, clock: Clock = datetime.now, backup_folder: Path | None = None
) -> Office:
    """Open the ledger at ``path``; one of an older version is backed up and brought up to date first.

    ``Office.cautions`` tells of a risky place, ``Office.is_read_only`` where it was opened for reading only. Raises InputError
    where the file is missing or no ledger, MachineError where it is newer than the program, DamagedLedgerError where it is
    damaged; the file is then untouched.
    """
    _require_sound(path, backup_folder)
    upgrade(path, clock, backup_folder)
    return Office.open(path, actor, clock, _cautions(path))


def check(path: Path) -> list[Finding]:
    """Look through the whole ledger: pages, references, links, history and search index; empty where all is well."""
    state = inspect_file(path)
    with files.explained(f"台帳「{path.name}」を調べられません"), closing(look(path)) as connection:
        troubles = checks.file_troubles(connection)
    if troubles:
        return [Finding(f"台帳のファイルが傷んでいます（{trouble}）。") for trouble in troubles]
    if state.schema_version < SCHEMA_VERSION:
        return [Finding(f"古い版（{state.schema_version}）の台帳です。開くと、この版に改めます。")]
    office = Office.open(path)
    try:
        return [Finding(message) for message in office.ask(lambda reader: tuple(checks.findings(reader)))]
    finally:
        office.close()


def upgrade(path: Path, clock: Clock = datetime.now, backup_folder: Path | None = None) -> bool:
    """Bring an older ledger up to this version; False where it is already. A verified backup is made first, or nothing is done."""
    if inspect_file(path).schema_version == SCHEMA_VERSION:
        return False
    backups.BackupKeeper(path, backup_folder, clock).now(Reason.MIGRATION)
    with files.explained(f"台帳「{path.name}」を新しい版に移せません。台帳は前のままです"):
        migrations.migrate(path)
    return True


def backup(path: Path, folder: Path, clock: Clock = datetime.now) -> Path:
    """Make a verified backup of the ledger in ``folder``; older ones there stay. Returns the file."""
    inspect_file(path)
    return backup_files.make(path, folder, Reason.ASKED, clock()).path


def restore(source: Path, target: Path, clock: Clock = datetime.now) -> Path | None:
    """Put the backup ``source`` in the place of ``target``; returns where the present file was kept, None if there was none.

    The backup is read from end to end first. A damaged file is kept as ``.damaged-<time>``, a sound one as ``.before-<time>``.
    No office may have ``target`` open. Raises InputError or MachineError where the backup is not good, or ``target`` is in use;
    nothing has changed then.
    """
    backup_files.verify(source)
    if target.exists() and target.samefile(source):
        raise InputError(
            "バックアップそのものを、戻す先にはできません。", "戻す先の台帳の場所と名前を指定してください。"
        )
    with files.explained(f"「{target.name}」に戻せません"):
        temporary = target.with_name(f".{target.name}.{os.getpid()}.restored")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            files.copy(source, temporary)
            if backup_files.checksum(temporary) != backup_files.checksum(source):
                raise MachineError("バックアップを正しく写せませんでした。", "もう一度行ってください。")
            kept = _keep(target, clock()) if target.exists() else None
            files.put(temporary, target)
        finally:
            files.remove(temporary)
    return kept


def dump(office: Office, with_history: bool = True) -> dict[str, list[dict[str, object]]]:
    """Everything the ledger holds as values that JSON can hold: rows by table, by the names of the data dictionary."""
    with office.reading() as reader:
        return dumps.tables(reader.connection(), with_history=with_history)


def _require_free(path: Path) -> None:
    if path.exists():
        raise InputError(
            f"「{path.name}」はすでにあります。上書きはしません。",
            "別の名前を付けるか、その台帳を開いてください。",
        )


def furnish(location: Path | str, actor: str | None, clock: Clock, plan: PlanDraft | None) -> None:
    """Put into an empty ledger, in a file or on a server, what it begins with: the standard lists, and ``plan`` if one is given."""
    from app.meetings.kinds import add_standard_kinds
    from app.organisations.lists import add_standard_lists
    from app.plans.operations import add_plan
    from app.steps.operations import add_standard_set

    # Not in the person's name: what the program brought is nothing that they could want to take back.
    with closing(Office.open(location, _PROGRAM, clock)) as office:
        office.perform(add_standard_lists)
        office.perform(add_standard_kinds)
        office.perform(add_standard_set)
    if plan is not None:
        with closing(Office.open(location, actor, clock)) as office:
            office.perform(add_plan, plan)


def _require_sound(path: Path, backup_folder: Path | None) -> None:
    """Refuse a file that is damaged, naming the newest backup that is good."""
    try:
        inspect_file(path)
    except DamagedHeaderError as error:
        # Somebody chose the wrong file, unless there are backups of a ledger of that name.
        if not backups.listed(path, backup_folder):
            raise
        raise _damaged(path, error.message, backup_folder) from error
    with files.explained(f"台帳「{path.name}」を開けません"), closing(look(path)) as connection:
        troubles = checks.file_troubles(connection, quick=path.stat().st_size > _CHECKED_WHOLE)
    if troubles:
        raise _damaged(path, f"台帳「{path.name}」は壊れています。", backup_folder)


def _damaged(path: Path, message: str, backup_folder: Path | None) -> LedgerError:
    good = backups.newest_good(path, backup_folder)
    untouched = "ファイルには手を加えていません。"
    if good is None:
        return DamagedLedgerError(
            message, f"{untouched}別の場所に取ったバックアップがあれば、そこから戻してください。", None
        )
    moment = f"{format_date(good.at.date(), weekday=True)} {good.at:%H時%M分}"
    return DamagedLedgerError(
        message, f"{untouched}{moment}のバックアップ「{good.path.name}」から戻せます。", good
    )


def _keep(target: Path, now: datetime) -> Path:
    """Keep the present file beside its place, with what SQLite left beside it if a writer was killed."""
    sort = "before" if _is_sound(target) else "damaged"
    kept = target.with_name(f"{target.name}.{sort}-{now:%Y%m%d-%H%M%S}")
    number = 1
    while kept.exists():
        number += 1
        kept = target.with_name(f"{target.name}.{sort}-{now:%Y%m%d-%H%M%S}-{number}")
    files.keep_name(target, kept)
    # Left where it is, the journal of the old file would be played into the restored one.
    journal = target.with_name(target.name + "-journal")
    if journal.exists() and journal.stat().st_size > 0:
        os.replace(journal, kept.with_name(kept.name + "-journal"))
    return kept


def _is_sound(path: Path) -> bool:
    """Whether a file can be read; MachineError where somebody is writing to it just now."""
    try:
        inspect_file(path)
    except LedgerError:
        return False
    with closing(look(path)) as connection:
        return not checks.file_troubles(connection)


def _cautions(path: Path) -> list[Caution]:
    if not location.is_writable(path):
        return [
            Caution(
                "台帳のファイルかフォルダーに書き込めないため、読み取り専用で開きました。",
                "ファイルの属性と、フォルダーに書き込む権限を確かめてください。",
                forbids_writing=True,
            )
        ]
    place = location.place_of(path)
    if place is Place.LOCAL:
        return []
    if not location.locks_work(path):
        return [
            Caution(
                "この場所では、同時に書き込むのを防げないため、台帳を読み取り専用で開きました。",
                "台帳をこのパソコンのフォルダーか、別の共有フォルダーに移してから開いてください。",
                forbids_writing=True,
            )
        ]
    if place is Place.SYNCED:
        return [
            Caution(
                "台帳が、自動で同期されるフォルダーにあります。",
                "二人が同時に開くと、どちらかの入力が失われることがあります。同期されないフォルダーに移してください。",
            )
        ]
    return [
        Caution(
            "台帳が共有フォルダーにあります。",
            "開いたまま、エクスプローラーで写したり動かしたりしないでください。写しが必要なときは、バックアップを作ってください。",
        )
    ]
