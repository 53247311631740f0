"""The records of a year as they concern one scope: which meetings are its own, who of it was asked, came and was told. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from app.collaborations.queries import CollaborationRow
from app.meetings.queries import MeetingRow
from app.records import RecordKey
from app.referrals.queries import ReferralRow
from app.steps.queries import Scope
from app.steps.queries.year import AgendaFact, YearRecords
from db.vocabulary import ScopeKind, ShareBackKind

_CALLED = {
    ScopeKind.WARD: "会議",
    ScopeKind.AREA: "このエリアの会議",
    ScopeKind.DISTRICT: "この地区の会議",
}


class View:
    """The records of a year as they concern one scope.

    ``own`` are the meetings of the scope itself: all for 区全体, those of a district or area, those to which a kind of service or an
    organisation was asked. ``reached`` are all to which somebody of the scope was asked, ``own`` among them. ``collaborations`` are
    those of its district or area, and those in which a member of it takes part; ``referrals`` those that a member of it made.
    ``about_work`` are the agenda items about its ``collaborations``, at whatever meeting.
    """

    def __init__(self, year: YearRecords, scope: Scope) -> None:
        self.year = year
        self._scope = scope
        parents = year.scopes.parents
        self.members = {
            one
            for one in year.offering
            if scope.kind is ScopeKind.WARD
            or scope in year.scopes.counts_for(Scope(ScopeKind.ORGANISATION, one))
        }
        self._districts = {
            one.id
            for one in year.scopes.names
            if one.kind is ScopeKind.DISTRICT and (one == scope or scope in parents.get(one, ()))
        }
        self.own = [one for one in year.held if self._is_own(one)]
        self.reached = [one for one in year.held if self._is_own(one) or self._is_asked(one)]
        self.ahead = [one for one in year.ahead if self._is_own(one)]
        self.before = [one for one in year.held_before if self._is_own(one)]
        self.collaborations = [one for one in year.collaborations if self._takes_part(one)]
        self.referrals = [one for one in year.referrals if self._refers(one)]
        self.about_work = self._about_work()

    @property
    def called(self) -> str:
        """What its own meetings are called in a sentence."""
        return _CALLED.get(self._scope.kind, "案内した会議")

    def agenda(self, meetings: Iterable[MeetingRow]) -> list[AgendaFact]:
        """The agenda items of meetings, in order."""
        return [item for one in meetings for item in self.year.agendas.get(one.id, ())]

    def asked(self) -> list[tuple[int, int, bool]]:
        """(meeting, organisation of the scope, whether somebody of it was there), for the meetings that were received."""
        found: dict[tuple[int, int], bool] = {}
        for meeting in self.reached:
            rows = self.year.attendance.get(meeting.id, ())
            if not any(row.is_present is not None for row in rows):
                continue
            for row in rows:
                if row.organisation_id in self.members:
                    key = (meeting.id, row.organisation_id)
                    found[key] = found.get(key, False) or row.is_present is True
        return [(meeting_id, one, is_present) for (meeting_id, one), is_present in found.items()]

    def told(self, kind: ShareBackKind) -> dict[tuple[int, int], RecordKey]:
        """Which organisation was told after which meeting, on a day that is known by then."""
        return {
            (row.meeting_id, row.organisation_id): RecordKey("meeting", row.meeting_id)
            for row in self.year.share_backs
            if row.kind is kind and row.shared_on is not None and row.shared_on <= self.year.until
        }

    def _is_own(self, meeting: MeetingRow) -> bool:
        if self._scope.kind is ScopeKind.WARD:
            return True
        if self._scope.kind in (ScopeKind.DISTRICT, ScopeKind.AREA):
            return meeting.district_id in self._districts
        return self._is_asked(meeting)

    def _takes_part(self, one: CollaborationRow) -> bool:
        if self._scope.kind is ScopeKind.WARD or one.district_id in self._districts:
            return True
        return any(partner.organisation_id in self.members for partner in one.partners)

    def _about_work(self) -> list[AgendaFact]:
        ours = {one.id for one in self.collaborations}
        return [item for item in self.agenda(self.year.held) if ours.intersection(item.collaborations)]

    def _refers(self, one: ReferralRow) -> bool:
        return self._scope.kind is ScopeKind.WARD or one.from_id in self.members

    def _is_asked(self, meeting: MeetingRow) -> bool:
        rows = self.year.attendance.get(meeting.id, ())
        return any(row.organisation_id in self.members for row in rows)
