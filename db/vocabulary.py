"""The enumerations that columns may hold, each member with its Japanese label; the only part of the record that every floor may name."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Labelled(StrEnum):
    """A word of the ledger: ``value`` is what the column holds, ``label`` is what people read."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    def __str__(self) -> str:
        return self.label


class ItemKind(Labelled):
    """What a plan_item is. The first six are the guideline of a ward, the last two the plan of a city."""

    POLICY = "policy", "基本方針"
    GOAL = "goal", "目標"
    PILLAR = "pillar", "取組の柱"
    INITIATIVE = "initiative", "取組"
    OUTCOME = "outcome", "到達イメージ"
    COMMUNITY_ACTION = "community_action", "地域の方々と一緒に取り組んでいくこと"
    MEASURE = "measure", "基本施策・今後の方向性"
    PROGRAM = "program", "主な関係事業"

    @property
    def body_label(self) -> str:
        """What the longer text of an item of this kind is called."""
        return "現状と方向性" if self is ItemKind.PILLAR else "説明"

    @property
    def parents(self) -> tuple[ItemKind | None, ...]:
        """The kinds under which an item of this kind may stand; ``None`` is the plan itself."""
        return _PARENTS[self]


_PARENTS: dict[ItemKind, tuple[ItemKind | None, ...]] = {
    ItemKind.POLICY: (None,),
    ItemKind.GOAL: (None, ItemKind.POLICY),
    ItemKind.PILLAR: (None, ItemKind.POLICY, ItemKind.GOAL),
    ItemKind.INITIATIVE: (ItemKind.PILLAR, ItemKind.MEASURE),
    ItemKind.OUTCOME: (ItemKind.INITIATIVE, ItemKind.PILLAR),
    ItemKind.COMMUNITY_ACTION: (ItemKind.PILLAR, None),
    ItemKind.MEASURE: (None, ItemKind.POLICY, ItemKind.PILLAR),
    ItemKind.PROGRAM: (ItemKind.MEASURE,),
}


class LineageKind(Labelled):
    """How an item of a newer plan came from an item of an older one."""

    KEPT = "kept", "継続"
    REVISED = "revised", "改定"
    MERGED = "merged", "統合"
    SPLIT = "split", "分割"


class EvidenceForm(Labelled):
    """In what form a piece of evidence is given."""

    TEXT = "text", "文章"
    FILE = "file", "ファイル"
    RECORD = "record", "台帳の記録"


class LinkRole(Labelled):
    """Why one record points to another."""

    EVIDENCE = "evidence", "根拠"
    TOPIC = "topic", "関連"


class ChangeKind(Labelled):
    """Whether a recorded change was made for itself, or takes back or repeats another."""

    DO = "do", "操作"
    UNDO = "undo", "元に戻す"
    REDO = "redo", "やり直し"


class RowAction(Labelled):
    """What a change did to one row."""

    INSERT = "insert", "追加"
    UPDATE = "update", "変更"
    DELETE = "delete", "削除"


class OrganisationGroup(Labelled):
    """The side of the network on which a category of organisations stands."""

    COMMUNITY = "community", "地域"
    AGENCY = "agency", "関係機関"
    SECRETARIAT = "secretariat", "事務局"
    OTHER = "other", "その他"


class Opening(Labelled):
    """How often a 親子の居場所 is open: 常設 on three days a week or more, 非常設 on two or fewer."""

    PERMANENT = "permanent", "常設"
    OCCASIONAL = "occasional", "非常設"


class ChannelKind(Labelled):
    """Through what an organisation sends out information."""

    WEBSITE = "website", "ホームページ"
    BLOG = "blog", "ブログ"
    X = "x", "X"
    INSTAGRAM = "instagram", "Instagram"
    FACEBOOK = "facebook", "Facebook"
    LINE = "line", "公式LINE"
    NOTICE_BOARD = "notice_board", "掲示板"
    OTHER = "other", "その他"


class ContactRole(Labelled):
    """For what a contact_person speaks for an organisation."""

    REPRESENTATIVE = "representative", "代表者"
    LIAISON = "liaison", "担当者"
    ATTENDEE = "attendee", "出席者"


class ConfirmationState(Labelled):
    """What came back when an organisation was asked in April whether its entry still holds."""

    CONFIRMED = "confirmed", "変更なし"
    CHANGED = "changed", "変更あり"
    UNKNOWN = "unknown", "不明"


class MeetingState(Labelled):
    """How far a meeting has come, from the plan of the year to its minutes made final."""

    PLANNED = "planned", "計画"
    ANNOUNCED = "announced", "案内済"
    HELD = "held", "開催済"
    DRAFTED = "drafted", "会議録案"
    FINALISED = "finalised", "確定"
    CANCELLED = "cancelled", "中止"


class AgendaKind(Labelled):
    """What an agenda item is for."""

    APPROVAL = "approval", "前回会議録の確認"
    ACTIONS = "actions", "宿題の確認"
    REPORT = "report", "報告"
    TOPIC = "topic", "議題"
    VOICE = "voice", "養育者の声"
    OTHER = "other", "その他"


class StatementKind(Labelled):
    """What a line of the minutes is."""

    POINT = "point", "要点"
    DECISION = "decision", "決定事項"
    ACTION = "action", "宿題"


class AttendanceAnswer(Labelled):
    """What an organisation answered to the notice of a meeting."""

    ATTENDING = "attending", "出席"
    PROXY = "proxy", "代理"
    ONLINE = "online", "オンライン"
    ABSENT = "absent", "欠席"
    UNANSWERED = "unanswered", "未回答"

    @property
    def comes(self) -> bool:
        """Whether somebody is going to take part."""
        return self in (AttendanceAnswer.ATTENDING, AttendanceAnswer.PROXY, AttendanceAnswer.ONLINE)


class ActionState(Labelled):
    """What has become of a 宿題."""

    OPEN = "open", "未完了"
    DONE = "done", "完了"
    DROPPED = "dropped", "取りやめ"


class ShareBackKind(Labelled):
    """Who was told of a meeting afterwards."""

    OWN_STAFF = "own_staff", "持ち帰り共有"
    ABSENT = "absent", "欠席団体への共有"


class VoiceState(Labelled):
    """How far a voice of those who bring up children has come."""

    RECEIVED = "received", "受付"
    ON_AGENDA = "on_agenda", "議題"
    REFLECTED = "reflected", "反映"
    ANSWERED = "answered", "返答"


class CheckAnswer(Labelled):
    """An answer to a 取組チェックポイント, with the mark it has on sheets and in the heat map."""

    YES = "yes", "できている"
    PARTLY = "partly", "一部"
    NOT_YET = "not_yet", "まだ"
    UNKNOWN = "unknown", "わからない"


class ScopeKind(Labelled):
    """Of what it is asked on which step it stands."""

    WARD = "ward", "区全体"
    AREA = "area", "エリア"
    DISTRICT = "district", "地区"
    SERVICE_TYPE = "service_type", "事業の種類"
    ORGANISATION = "organisation", "団体"


class Perspective(Labelled):
    """As whom somebody answers."""

    SECRETARIAT = "secretariat", "事務局"
    FACILITY = "facility", "施設"
    COMMUNITY = "community", "地域"


class RoundState(Labelled):
    """How far a round of asking has come."""

    PLANNED = "planned", "準備中"
    OPEN = "open", "受付中"
    CLOSED = "closed", "締切"


class AnswerForm(Labelled):
    """How an answer came in."""

    SHEET = "sheet", "Excelのシート"
    PAPER = "paper", "紙"
    SCREEN = "screen", "画面"


class CollaborationState(Labelled):
    """How far a 連携した取組 has come."""

    PLANNED = "planned", "検討中"
    RUNNING = "running", "取組中"
    ENDED = "ended", "終了"
