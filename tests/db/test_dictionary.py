"""The data dictionary: it names every column there is, none that is gone, and the file in docs/ is current."""

from __future__ import annotations

from pathlib import Path

from db import dictionary
from db.schema import Base

ROOT = Path(__file__).parents[2]


def test_file_in_docs_is_current() -> None:
    written = (ROOT / "docs/data-dictionary.md").read_text(encoding="utf-8")
    assert written == dictionary.text(), "run: python -m db.dictionary > docs/data-dictionary.md"


def test_every_label_belongs_to_a_column() -> None:
    columns = {table.name: set(table.columns.keys()) for table in Base.metadata.sorted_tables}
    assert set(dictionary.TABLE_LABELS) == set(columns)
    for table, labels in dictionary.COLUMN_LABELS.items():
        assert set(labels) <= columns[table]


def test_columns_of_a_table_have_different_labels() -> None:
    for table in Base.metadata.sorted_tables:
        labels = [dictionary.column_label(table.name, name) for name in table.columns.keys()]  # noqa: SIM118 - not a dictionary
        assert len(labels) == len(set(labels)), table.name
