"""How what was written is brought to the disk, for the floors above; see ``db.files``."""

from db.files import flush, flush_folder

__all__ = ["flush", "flush_folder"]
