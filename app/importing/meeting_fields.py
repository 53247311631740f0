"""The columns of a list of meetings: what the program calls each, and under which headings offices keep it.

What may be several columns (担当) is ambiguous and left to the person. 開催日 and 日時 are one column: a cell may hold the times too.
"""

from __future__ import annotations

from functools import cache

from app.importing.columns import Headings
from app.importing.headings import IGNORED, Field, heading_key, spellings

HELD_ON = "meeting.held_on"
KIND = "meeting.kind"
TITLE = "meeting.title"
FISCAL_YEAR = "meeting.fiscal_year"
NUMBER = "meeting.number"
HOURS = "meeting.hours"
STARTS_AT = "meeting.starts_at"
ENDS_AT = "meeting.ends_at"
DISTRICT = "meeting.district"
HEADCOUNT = "meeting.headcount"
STATE = "meeting.state"
BECAUSE = "meeting.cancelled_because"

_COLUMNS = (
    (
        HELD_ON,
        "開催日",
        0,
        "開催日時 日時 日付 月日 開催年月日 年月日 実施日 実施日時 開催月日 開催期日 会議日 期日 日程 開催日程 日にち 日 とき 開催日(曜日)",
    ),
    (KIND, "会議の種類", 120, "種類 種別 会議種別 会議の種別 会議区分 会議の区分 区分 分類"),
    (
        TITLE,
        "会議名",
        200,
        "会議 会議名称 会議の名称 会議等の名称 会議等名 名称 行事名 催し名 件名 集まりの名称",
    ),
    (FISCAL_YEAR, "年度", 0, "開催年度 実施年度"),
    (NUMBER, "回", 0, "第何回 第○回 回数 開催回 開催回数 回次 会議の回"),
    (HOURS, "時間", 0, "開催時間 時刻 開催時刻 会議時間 時間帯 実施時間 開始～終了 開始・終了"),
    (STARTS_AT, "開始時刻", 0, "開始 開始時間 開会 開会時刻 始まり 開始時"),
    (ENDS_AT, "終了時刻", 0, "終了 終了時間 閉会 閉会時刻 終わり 終了時"),
    ("meeting.place", "場所", 400, "会場 会場名 開催場所 開催会場 実施場所 実施会場 場所・会場 ところ"),
    ("meeting.online", "オンライン", 400, "オンライン参加 オンライン会場 zoom web会議 オンライン開催"),
    (DISTRICT, "地区", 120, "地区名 開催地区 対象地区 地区・連合 連合 連合地区"),
    (
        "meeting.theme",
        "テーマ",
        400,
        "主題 議題 主な議題 内容 主な内容 会議内容 会議の内容 協議内容 テーマ・内容 議題・内容 内容・テーマ テーマ・議題 議題等",
    ),
    (
        HEADCOUNT,
        "出席者数",
        0,
        "出席人数 出席者 出席 出席数 参加者数 参加人数 参加者 参加 参加数 人数 来場者数 延べ人数 出席者人数 出席者計",
    ),
    ("meeting.chair", "座長・司会", 200, "座長 議長 司会 司会者 進行 進行役 司会・進行 座長・進行 司会進行"),
    ("meeting.minute_taker", "記録", 200, "記録者 記録係 書記 議事録作成者 会議録作成者"),
    (STATE, "状態", 0, "開催状況 実施状況 開催の有無 実施の有無 開催有無 実施有無 状況"),
    (BECAUSE, "中止の理由", 0, "中止理由 中止した理由"),
    ("meeting.note", "備考", 0, "備考欄 メモ 特記事項 摘要 その他 連絡事項"),
    (IGNORED, "", 0, "no no. № 番号 通番 連番 # 項番 整理番号 順番 通し番号 曜日 曜"),
)

_AMBIGUOUS = {
    "担当": ("meeting.chair", "meeting.minute_taker"),
    "担当者": ("meeting.chair", "meeting.minute_taker"),
    "対象": (DISTRICT, KIND),
    "エリア": (DISTRICT, "meeting.place"),
    "開催方法": ("meeting.online", "meeting.place"),
    "日時・場所": (HELD_ON, "meeting.place"),
    "日時・会場": (HELD_ON, "meeting.place"),
}

_GROUPS = frozenset(
    heading_key(word)
    for word in (
        "開催",
        "実施",
        "会議",
        "日時",
        "開催日時",
        "時間",
        "開催時間",
        "出席",
        "出席者",
        "参加者",
        "会場",
        "概要",
    )
)
"""Upper lines of a heading that only hold together what stands under them."""

FIELDS: dict[str, Field] = {key: Field(key, label, length) for key, label, length, _ in _COLUMNS if label}
"""The columns of a list of meetings, by their keys; what a column can be mapped to by hand."""


def meanings(heading: str) -> tuple[str, ...]:
    """What a heading may stand for: none (unknown), one, or several keys (ambiguous).

    Of a heading of two lines that mean nothing together, the lower one counts if the upper one only groups.
    """
    words = _words()
    for key in spellings(heading):
        if key in words:
            return words[key]
    upper, _, lower = heading.partition("\n")
    return meanings(lower) if lower and heading_key(upper) in _GROUPS else ()


@cache
def _words() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for key, label, _, names in _COLUMNS:
        for name in (label, *names.split(), key):
            found.setdefault(heading_key(name), (key,))
    found.update({heading_key(name): keys for name, keys in _AMBIGUOUS.items()})
    return {key: keys for key, keys in found.items() if key}


HEADINGS = Headings(
    noun="会議",
    wanted="開催日の見出し",
    example="「開催日」「会議名」",
    fields=FIELDS,
    meanings=meanings,
    anchors=frozenset({HELD_ON}),
)
