"""Word and Excel packages written so that the same report gives the same bytes."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_CORE = "docProps/core.xml"
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_WORKSHEETS = "xl/worksheets/"
_HEIGHT_BY_HAND = re.compile(rb'(<row [^>]*?) customHeight="1"')
_FIRST_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def moment_of(day: date | None) -> datetime:
    """The moment at which a file issued on ``day`` says it was made: noon of that day, or of today."""
    return datetime.combine(day or date.today(), time(12))


def write_package(package: bytes, path: Path, moment: datetime, *, rows_grow: bool = False) -> None:
    """Write the zipped ``package`` to ``path``, changed at ``moment`` (naive), without other time stamps.

    ``rows_grow`` takes the mark "set by hand" off the heights of a workbook's rows, so that Excel fits them again to
    what people type.
    """
    stamp = moment.replace(tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with ZipFile(BytesIO(package)) as source, ZipFile(path, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == _CORE:
                content = _MODIFIED.sub(rb"\g<1>" + stamp + rb"\g<2>", content)
            if rows_grow and name.startswith(_WORKSHEETS):
                content = _HEIGHT_BY_HAND.sub(rb"\g<1>", content)
            entry = ZipInfo(name, _FIRST_ZIP_TIME)
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, content)
