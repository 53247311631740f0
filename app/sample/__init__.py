"""The sample ledger: a fictional network on the bundled guideline, the same every time; every paper from it says 見本.

What it holds is data (``resources/sample``); this room only enters it by the same operations that the window uses.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import resources
from app import ledgers
from app.office import Office
from app.plans import loader
from app.sample import collaborations, meeting_story, organisations, reviews, steps, voices
from app.sample.clock import SampleClock
from app.sample.meetings import Meetings
from app.settings.operations import save_settings
from app.settings.queries import OfficeSettings

PLAN = "plans/kanazawa-ward-5.toml"
FISCAL_YEARS = (2026, 2027)
"""The years that the sample tells of; papers of it are made for the last one."""

_ACTOR = "見本 事務局"
_BEGIN = date(2026, 4, 13)
_REVIEWED = date(2028, 2, 15)
_SETTINGS = OfficeSettings(
    network_name="見本区健やか子育て連絡会",
    office_name="見本区健やか子育て連絡会 事務局",
    department="見本区こども家庭支援課",
    contact="見本区健やか子育て連絡会 事務局（見本区こども家庭支援課）",
    document_number_pattern="{年}見こ家第{番号}号",
    is_sample=True,
)


def create(path: Path) -> Office:
    """Make the sample ledger at ``path`` (it must not exist yet) and leave it open; one that was interrupted leaves nothing."""
    clock = SampleClock(_BEGIN)
    plan = loader.load(resources.path(PLAN))
    return ledgers.create(path, _ACTOR, clock, plan, partial(_enter, clock))


def _enter(clock: SampleClock, office: Office) -> None:
    office.perform(save_settings, _SETTINGS)
    meetings = Meetings(office)
    clock.live_through(
        [
            *organisations.events(office, _BEGIN),
            *meeting_story.events(meetings),
            *voices.events(office, meetings),
            *steps.events(office),
            *collaborations.events(office, meetings),
        ]
    )
    clock.go_to(_REVIEWED)
    reviews.enter(office, FISCAL_YEARS)
