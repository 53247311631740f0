"""The data dictionary: every table and column of the ledger with its Japanese name, written from the schema itself.

``python -m db.dictionary`` prints it; ``docs/data-dictionary.md`` is that text, and a test keeps it current.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator

from sqlalchemy import Column, Enum, String, Table
from sqlalchemy.schema import CheckConstraint, UniqueConstraint

from db.schema import Base

# What every recorded row carries.
COMMON_LABELS = {
    "id": "番号",
    "version": "版",
    "created_by": "作成者",
    "created_at": "作成日時",
    "updated_by": "更新者",
    "updated_at": "更新日時",
}

TABLE_LABELS = {
    "plan": "指針・計画",
    "plan_item": "指針・計画の項目",
    "rating_scale": "評価段階の組",
    "rating_level": "評価段階",
    "plan_item_lineage": "項目の由来",
    "outcome_review": "到達状況の確認",
    "evidence": "根拠",
    "setting": "設定",
    "record_link": "記録どうしのつながり",
    "change": "操作の履歴",
    "changed_row": "操作で変わった行",
    "search_text": "検索のための文章",
    "area": "エリア",
    "district": "地区",
    "organisation_category": "会員団体の区分",
    "service_type": "事業の種類",
    "organisation": "会員団体",
    "membership_gap": "退会していた期間",
    "organisation_channel": "発信の手段",
    "contact_person": "担当者・代表者",
    "contact_term": "担当・代表の期間",
    "roster_confirmation": "年度替わりの確認",
    "saved_filter": "保存した絞り込み",
    "meeting_kind": "会議の種類",
    "preparation_step": "準備の項目（種類ごと）",
    "meeting": "会議",
    "preparation_task": "会議の準備",
    "agenda_item": "議題",
    "agenda_document": "議題の資料",
    "statement": "会議録の一行",
    "attendance": "出欠",
    "action_item": "宿題",
    "share_back": "持ち帰り共有",
    "voice": "養育者の声",
    "minutes_version": "確定した会議録",
    "checkpoint_set": "取組チェックポイントの組",
    "step": "連携ステップ",
    "checkpoint": "取組チェックポイント",
    "assessment_round": "ステップ確認の回",
    "step_assessment": "ステップ確認",
    "checkpoint_answer": "チェックポイントの答え",
    "step_ruling": "ステップの判断",
    "collaboration": "連携した取組",
    "collaboration_partner": "取組の担い手",
    "collaboration_activity": "取組の経過",
    "referral": "つなぎ",
}

COLUMN_LABELS: dict[str, dict[str, str]] = {
    "plan": {
        "code": "コード",
        "title": "名称",
        "edition": "期",
        "publisher": "発行者",
        "period_from": "開始年度",
        "period_to": "終了年度",
        "preface": "まえがき",
    },
    "plan_item": {
        "plan_id": "指針・計画",
        "parent_id": "上の項目",
        "kind": "種類",
        "position": "並び順",
        "number": "番号（見出し）",
        "title": "本文（公式の文言）",
        "body": "説明（取組の柱では現状と方向性）",
        "ended_in": "終了した年度",
    },
    "rating_scale": {"plan_id": "指針・計画", "name": "評価段階の名前"},
    "rating_level": {
        "rating_scale_id": "評価段階の組",
        "position": "並び順",
        "value": "値（評価困難は空）",
        "label": "名称",
        "symbol": "記号",
        "is_reached": "到達とみなすか",
    },
    "plan_item_lineage": {
        "from_item_id": "前の期の項目",
        "to_item_id": "新しい期の項目",
        "kind": "由来の種類",
        "note": "備考",
    },
    "outcome_review": {
        "plan_item_id": "到達イメージ",
        "fiscal_year": "年度",
        "rating_level_id": "評価",
        "narrative": "状況",
        "obstacle": "課題",
        "next_step": "次の一手",
        "reviewed_by": "確認した人",
        "reviewed_on": "確認した日",
        "copied_from": "写した元の年度（見直しが済むまで）",
    },
    "evidence": {
        "outcome_review_id": "到達状況の確認",
        "position": "並び順",
        "form": "形",
        "text": "文章",
        "file_name": "ファイル名",
        "record_link_id": "台帳の記録へのつながり",
    },
    "setting": {"name": "設定の名前", "value": "値（JSON）"},
    "record_link": {
        "role": "つながりの意味",
        "source_kind": "元の記録の種類",
        "source_id": "元の記録の番号",
        "target_kind": "先の記録の種類",
        "target_id": "先の記録の番号",
    },
    "change": {
        "id": "番号",
        "at": "日時",
        "actor": "操作した人",
        "label": "操作の名称",
        "kind": "種類",
        "target_id": "元に戻した・やり直した操作",
    },
    "changed_row": {
        "id": "番号",
        "change_id": "操作",
        "kind": "記録の種類",
        "row_id": "記録の番号",
        "action": "変わり方",
        "before": "変わる前の値",
        "after": "変わった後の値",
    },
    "area": {"position": "並び順", "name": "名称"},
    "district": {"position": "並び順", "name": "名称", "kana": "かな", "area_id": "エリア"},
    "organisation_category": {
        "position": "並び順",
        "group": "分類",
        "name": "名称",
        "description": "説明",
    },
    "service_type": {"position": "並び順", "name": "名称", "features": "特徴"},
    "organisation": {
        "name": "団体名",
        "short_name": "略称",
        "kana": "かな",
        "organisation_category_id": "区分",
        "district_id": "地区",
        "service_type_id": "事業の種類",
        "postal_code": "郵便番号",
        "address": "住所",
        "building": "建物名・気付",
        "telephone": "電話番号",
        "fax": "FAX番号",
        "mail": "メールアドレス",
        "web": "ホームページ",
        "uses_tag": "「#金沢っこ」の使用",
        "opening": "常設・非常設",
        "opening_days": "開催日",
        "opening_hours": "開催時間",
        "venue": "会場",
        "audience": "対象",
        "fee": "費用",
        "strengths": "得意なこと",
        "offers": "提供できること",
        "member_from": "入会日",
        "member_to": "退会日",
        "merged_into_id": "統合先の団体",
        "note": "備考",
    },
    "membership_gap": {
        "organisation_id": "会員団体",
        "gap_from": "最初の日",
        "gap_to": "最後の日",
    },
    "organisation_channel": {
        "organisation_id": "会員団体",
        "position": "並び順",
        "kind": "発信の手段",
        "address": "アドレス",
    },
    "contact_person": {
        "name": "氏名",
        "kana": "氏名かな",
        "honorific": "敬称",
        "telephone": "個人の電話番号",
        "mail": "個人のメールアドレス",
        "note": "備考",
    },
    "contact_term": {
        "organisation_id": "会員団体",
        "contact_person_id": "氏名",
        "role": "役割",
        "position_title": "役職",
        "term_from": "開始日",
        "term_to": "終了日",
    },
    "roster_confirmation": {
        "organisation_id": "会員団体",
        "fiscal_year": "年度",
        "state": "結果",
        "answered_on": "回答日",
        "note": "備考",
    },
    "saved_filter": {"page": "ページ", "name": "名前", "content": "内容（JSON）"},
    "search_text": {
        "id": "番号",
        "kind": "記録の種類",
        "row_id": "記録の番号",
        "field": "記録の項目",
        "text": "比べるときの形にした文章",
    },
    "meeting_kind": {
        "position": "並び順",
        "name": "名称",
        "is_by_district": "地区ごとに開く",
        "invitation": "案内文",
    },
    "preparation_step": {
        "meeting_kind_id": "会議の種類",
        "position": "並び順",
        "title": "項目",
        "days_before": "開催の何日前",
    },
    "meeting": {
        "meeting_kind_id": "会議の種類",
        "fiscal_year": "年度",
        "number": "回",
        "title": "名称",
        "held_on": "開催日",
        "starts_at": "開始時刻",
        "ends_at": "終了時刻",
        "place": "場所",
        "online": "オンラインの参加方法",
        "district_id": "地区",
        "theme": "テーマ",
        "for_sharing": "共有の場",
        "for_discussion": "話し合いの場",
        "for_decision": "取組・役割分担の決定の場",
        "for_review": "振返りの場",
        "chair": "議長・進行",
        "minute_taker": "記録",
        "state": "状態",
        "cancelled_because": "中止の理由",
        "document_number": "文書番号",
        "notified_on": "案内日",
        "answer_by": "返信期限",
        "invitation": "案内文",
        "next_meeting": "次回",
        "headcount": "出席者数（名簿のない会議）",
        "note": "備考",
    },
    "preparation_task": {
        "meeting_id": "会議",
        "position": "並び順",
        "title": "項目",
        "due_on": "期日",
        "done_on": "済んだ日",
    },
    "agenda_item": {
        "meeting_id": "会議",
        "position": "並び順",
        "kind": "種類",
        "title": "題名",
        "presenter": "説明者",
        "minutes_allotted": "予定の時間（分）",
        "elapsed_seconds": "かかった時間（秒）",
        "note": "説明",
    },
    "agenda_document": {
        "meeting_id": "会議",
        "agenda_item_id": "議題",
        "position": "並び順",
        "title": "資料名",
        "file_name": "ファイル名",
    },
    "statement": {
        "meeting_id": "会議",
        "agenda_item_id": "議題",
        "position": "並び順",
        "kind": "種類",
        "indent": "字下げの深さ",
        "speaker": "発言者",
        "text": "内容",
        "emphasis": "太字の範囲",
        "assignee": "宿題の担当",
        "due_on": "宿題の期限",
    },
    "attendance": {
        "meeting_id": "会議",
        "organisation_id": "会員団体",
        "contact_person_id": "担当者・代表者",
        "affiliation": "所属（会員団体でない人）",
        "name": "氏名",
        "kana": "氏名のかな",
        "position_title": "役職",
        "answer": "返信",
        "answered_on": "返信日",
        "is_present": "当日の出席",
        "arrived_at": "遅れて来た時刻",
        "left_at": "早退の時刻",
        "is_observer": "オブザーバー",
        "is_walk_in": "当日の飛び入り",
        "note": "備考",
    },
    "action_item": {
        "meeting_id": "決めた会議",
        "agenda_item_id": "議題",
        "statement_id": "会議録の一行",
        "what": "内容",
        "organisation_id": "担当の団体",
        "assignee": "担当の人",
        "due_on": "期限",
        "state": "状態",
        "closed_on": "終えた日",
        "result": "結果・取りやめの理由",
    },
    "share_back": {
        "meeting_id": "会議",
        "organisation_id": "会員団体",
        "kind": "種類",
        "shared_on": "共有した日",
        "shared_by": "共有した人",
        "means": "方法",
        "note": "備考",
    },
    "voice": {
        "received_on": "受付日",
        "heard_from": "どのような方から",
        "organisation_id": "受けた団体",
        "content": "内容",
        "state": "状態",
        "agenda_item_id": "取り上げた議題",
        "reflected": "反映した内容",
        "response": "返答",
        "answered_on": "返答日",
    },
    "minutes_version": {
        "meeting_id": "会議",
        "number": "確定の版",
        "finalised_on": "確定日",
        "confirmed_by": "確認した人",
        "content": "内容",
        "reopened_on": "開き直した日",
        "reopened_because": "開き直した理由",
    },
    "checkpoint_set": {
        "position": "並び順",
        "title": "名称",
        "source": "出典",
        "needed_percent": "到達に要る「できている」の割合（％）",
    },
    "step": {
        "checkpoint_set_id": "組",
        "number": "番号（ステップ）",
        "title": "名称",
        "description": "説明",
    },
    "checkpoint": {
        "step_id": "ステップ",
        "position": "並び順",
        "text": "文",
        "explanation": "説明",
    },
    "assessment_round": {
        "fiscal_year": "年度",
        "number": "回",
        "checkpoint_set_id": "チェックポイントの組",
        "state": "状態",
        "opened_on": "始めた日",
        "answer_by": "返信期限",
        "closed_on": "締め切った日",
        "note": "備考",
    },
    "step_assessment": {
        "assessment_round_id": "回",
        "scope_kind": "範囲の種類",
        "scope_id": "範囲の番号",
        "perspective": "立場",
        "organisation_id": "答える団体",
        "code": "シートの記号",
        "sent_on": "送った日",
        "reminded_on": "催促した日",
        "respondent": "答えた人",
        "answered_on": "答えた日",
        "form": "受け取り方",
        "went_well": "うまくいっていること",
        "difficulty": "難しいこと",
        "next_step": "次の一手",
        "next_assignee": "次の一手の担当",
        "next_due_on": "次の一手の期限",
        "next_result": "次の一手のその後",
    },
    "checkpoint_answer": {
        "step_assessment_id": "ステップ確認",
        "checkpoint_id": "チェックポイント",
        "answer": "答え",
        "comment": "コメント",
    },
    "step_ruling": {
        "assessment_round_id": "回",
        "scope_kind": "範囲の種類",
        "scope_id": "範囲の番号",
        "step_number": "到達したステップ",
        "reason": "理由",
    },
    "collaboration": {
        "title": "名称",
        "step_number": "連携ステップ",
        "state": "状態",
        "district_id": "地区",
        "started_on": "始めた日",
        "ended_on": "終えた日",
        "origin": "きっかけ",
        "issue": "課題",
        "aim": "共有した目的",
        "image": "取組のイメージ",
        "result": "成果",
        "learned": "振り返り",
        "next_step": "次に取り組むこと",
        "reviewed_on": "振り返った日",
        "note": "備考",
    },
    "collaboration_partner": {
        "collaboration_id": "連携した取組",
        "position": "並び順",
        "organisation_id": "会員団体",
        "name": "名称（会員団体でないとき）",
        "role": "役割",
        "is_lead": "とりまとめ",
    },
    "collaboration_activity": {
        "collaboration_id": "連携した取組",
        "held_on": "日付",
        "title": "内容",
        "place": "場所",
        "families": "参加組数",
        "participants": "参加人数",
        "staff": "担い手の人数",
        "note": "備考",
    },
    "referral": {
        "month": "月（その初日）",
        "from_organisation_id": "紹介した団体",
        "to_organisation_id": "紹介先",
        "count": "件数",
        "note": "備考",
    },
}

HEAD = """# データ辞書

台帳（`*.tsunagari`）の表と項目の一覧です。`dump` コマンドが書き出す JSON の名前も、これと同じです。
この文書は表の定義から `python -m db.dictionary > docs/data-dictionary.md` で作ります。手で直さないでください。

年度は始まる年の西暦（令和8年度は 2026）、日付は ISO 8601 で持ちます。
「共通」の項目は、ほかの表にも同じ意味で付きます。
"""


def column_label(table: str, column: str) -> str:
    """The Japanese name of a column, as people read it; KeyError where the dictionary does not know it."""
    return COLUMN_LABELS.get(table, {}).get(column) or COMMON_LABELS[column]


def text() -> str:
    """The whole dictionary as Markdown."""
    parts = [HEAD, *_common()]
    documents = {mapper.class_.__tablename__: mapper.class_.__doc__ for mapper in Base.registry.mappers}
    for table in Base.metadata.sorted_tables:
        parts.extend(_table(table, documents[table.name] or ""))
    return "\n".join(parts) + "\n"


def _common() -> Iterator[str]:
    yield "## 共通の項目\n"
    yield "| 項目 | 名前 |\n|---|---|"
    yield from (f"| {label} | `{name}` |" for name, label in COMMON_LABELS.items())
    yield ""


def _table(table: Table, document: str) -> Iterator[str]:
    yield f"## {TABLE_LABELS[table.name]} `{table.name}`\n"
    yield inspect.cleandoc(document) + "\n"
    yield "| 項目 | 名前 | 型 | 空 | 参照・値 |\n|---|---|---|---|---|"
    own = [column for column in table.columns if _is_own(table, column)]
    for column in own:
        empty = "可" if column.nullable else ""
        label = column_label(table.name, column.name)
        yield f"| {label} | `{column.name}` | {_type(column)} | {empty} | {_values(column)} |"
    if len(own) < len(table.columns):
        yield "| （共通の項目） | | | | |"
    rules = list(_rules(table))
    if rules:
        yield ""
        yield from rules
    yield ""


def _is_own(table: Table, column: Column[object]) -> bool:
    return column.name in COLUMN_LABELS.get(table.name, {}) or column.name not in COMMON_LABELS


def _type(column: Column[object]) -> str:
    kind = column.type
    if isinstance(kind, Enum):
        return "語彙"
    if isinstance(kind, String) and kind.length:
        return f"文字列（{kind.length}字まで）"
    names = {
        "TEXT": "文章",
        "VARCHAR": "文字列",
        "INTEGER": "整数",
        "BOOLEAN": "真偽",
        "DATE": "日付",
        "DATETIME": "日時",
        "JSON": "JSON",
    }
    return names[type(kind).__visit_name__.upper()]


def _values(column: Column[object]) -> str:
    if isinstance(column.type, Enum) and column.type.enum_class:
        return "、".join(f"`{member.value}` {member.label}" for member in column.type.enum_class)  # type: ignore[attr-defined]
    return "、".join(f"→ `{key.target_fullname}`" for key in column.foreign_keys)


def _rules(table: Table) -> Iterator[str]:
    for constraint in sorted(table.constraints, key=lambda one: str(one.name)):
        if isinstance(constraint, UniqueConstraint):
            yield "- 重複しない: " + "、".join(f"`{column.name}`" for column in constraint.columns)
        elif isinstance(constraint, CheckConstraint) and not _guards_a_word(constraint):
            yield f"- 常に成り立つ: `{constraint.sqltext}`"


def _guards_a_word(constraint: CheckConstraint) -> bool:
    """Whether the check only repeats the words of a vocabulary column, which the table above already lists."""
    return " IN (" in str(constraint.sqltext)


if __name__ == "__main__":
    print(text(), end="")
