"""Which sections of a report stand together on one worksheet of the printed form."""

from __future__ import annotations

from dataclasses import dataclass

from reports.document import Block, Fit, PageBreak, Paragraph, Report, Section, Table


@dataclass(frozen=True, slots=True)
class Page:
    """The sections that stand on one worksheet, called ``name``."""

    name: str
    sections: tuple[Section, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(block for section in self.sections for block in section.blocks)

    @property
    def repeats_head(self) -> bool:
        """Whether one head row is right on every page: all tables share it, nothing of another kind follows."""
        kinds = [block for block in self.blocks if not isinstance(block, Paragraph | PageBreak)]
        tables = [block for block in kinds if isinstance(block, Table)]
        follows = kinds[kinds.index(tables[0]) :] if tables else []
        is_headed = bool(tables) and any(column.title for column in tables[0].columns)
        return is_headed and len(follows) == len(tables) and len({table.columns for table in tables}) == 1


def pages_of(report: Report) -> list[Page]:
    """The worksheets of ``report``, in order."""
    groups: list[list[Section]] = []
    for section in report.sections:
        starts = section.level == 1 and section.new_page and report.fit is not Fit.ONE_PAGE
        if starts or not groups:
            groups.append([])
        groups[-1].append(section)
    names = (
        next((one.title or one.name for one in group if one.title or one.name), report.title)
        for group in groups or [[]]
    )
    return [Page(name, tuple(group)) for name, group in zip(names, groups or [[]], strict=True)]
