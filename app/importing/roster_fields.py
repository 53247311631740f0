"""The columns of a roster: what the program calls each, and under which headings offices keep it.

What may be several columns (連絡先) is ambiguous and left to the person; what depends on its neighbour (ふりがな, 役職) is
settled in ``roster_columns``.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from app.importing.headings import IGNORED, Field, heading_key, spellings
from app.organisations.queries import ChannelRow
from db.vocabulary import ChannelKind, ContactRole

NAME = "organisation.name"
# Depends on the neighbour: the reading of which name, whose title, telephone and mail.
BARE_KANA, BARE_TITLE = "bare.kana", "bare.position_title"

_ORGANISATION = (
    ("organisation.id", "団体の番号", 0, ""),
    ("organisation.version", "団体の版", 0, ""),
    (
        NAME,
        "団体名",
        400,
        "名称 所属 所属名 所属団体 所属団体名 所属機関 所属機関名"
        " 団体 団体名称 団体・機関名 団体・施設名 機関名 機関・団体名 関係機関名"
        " 施設名 施設名称 施設・団体名 会員名 会員団体 会員団体名 構成団体 構成団体名 組織名 事業所名 事業所 園名 保育園名 幼稚園名"
        " サークル名 グループ名 正式名称 居場所名 ひろば名 所属（団体名）",
    ),
    ("organisation.short_name", "略称", 120, "略称名 通称 呼称 愛称"),
    (
        "organisation.kana",
        "団体名かな",
        400,
        "団体名ふりがな 団体名よみ 団体名よみがな 団体かな 団体ふりがな 名称ふりがな 名称かな 名称よみ 施設名ふりがな 施設名かな"
        " 施設名よみがな 機関名ふりがな 機関名かな 園名ふりがな 所属ふりがな 所属かな",
    ),
    (
        "organisation.category",
        "区分",
        120,
        "分類 種別 団体区分 団体種別 会員区分 会員種別 カテゴリ カテゴリー",
    ),
    (
        "organisation.district",
        "地区",
        120,
        "地区名 連合 連合町内会 地区連合 連合地区 連合自治会 地区・連合 地区社協",
    ),
    ("organisation.area", "エリア", 120, "エリア名 ブロック 圏域"),
    (
        "organisation.service_type",
        "事業の種類",
        120,
        "事業種別 事業種類 事業区分 サービス種別 サービス種類 事業名 事業 居場所の種類 居場所種別",
    ),
    ("organisation.postal_code", "郵便番号", 20, "〒 郵便 〒番号 郵便no 団体郵便番号"),
    (
        "organisation.address",
        "住所",
        400,
        "所在地 住所地 団体住所 施設住所 所在 送付先住所 送付先 郵送先 住所・所在地 施設所在地",
    ),
    ("organisation.building", "建物名", 400, "建物 建物名・気付 ビル名 マンション名 方書 住所2 気付"),
    (
        "organisation.telephone",
        "電話番号",
        80,
        "tel 電話 でんわ ℡ 団体電話 団体電話番号 施設電話 施設電話番号"
        " 代表電話 代表電話番号 連絡先電話 連絡先電話番号 連絡先tel 電話no telno ☎",
    ),
    ("organisation.fax", "FAX番号", 80, "fax ファックス ファクス ファクシミリ faxno"),
    (
        "organisation.mail",
        "メールアドレス",
        200,
        "メール メルアド mail email e-mail emailアドレス"
        " e-mailアドレス mailアドレス 電子メール 電子メールアドレス 団体メール 団体メールアドレス アドレス",
    ),
    (
        "organisation.web",
        "ホームページ",
        400,
        "hp url web webサイト ウェブサイト サイト hpアドレス ホームページアドレス ホームページurl",
    ),
    (
        "organisation.uses_tag",
        "「#金沢っこ」の使用",
        0,
        "#金沢っこ 金沢っこ ハッシュタグ #金沢っこの使用 タグ使用",
    ),
    (
        "organisation.opening",
        "常設・非常設",
        0,
        "常設 常設/非常設 常設非常設 常設・非常設の別 開設形態 開所形態",
    ),
    (
        "organisation.opening_days",
        "開催日",
        400,
        "曜日 開催曜日 開所日 開所曜日 開館日 開設日 活動日 活動曜日 実施日 実施曜日 開催日・曜日 開催日時 活動日時 実施日時 開所日時",
    ),
    (
        "organisation.opening_hours",
        "開催時間",
        200,
        "時間 開所時間 開館時間 活動時間 実施時間 時間帯 開設時間 利用時間",
    ),
    ("organisation.venue", "会場", 400, "会場名 開催場所 活動場所 実施場所 場所 開催会場"),
    ("organisation.audience", "対象", 0, "対象者 対象年齢 参加対象 利用対象 利用できる方"),
    ("organisation.fee", "費用", 400, "参加費 利用料 料金 会費 参加費用 利用料金"),
    ("organisation.strengths", "得意なこと", 0, "強み 得意 特色 特徴 得意分野 アピールポイント pr"),
    ("organisation.offers", "提供できること", 0, "できること 協力できること 提供できるもの 貸し出せるもの"),
    (
        "organisation.member_from",
        "入会日",
        0,
        "入会年月日 入会 加入日 加入年月日 参加開始日 登録日 登録年月日 会員期間自 会員期間開始 会員期間から 在籍期間自",
    ),
    (
        "organisation.member_to",
        "退会日",
        0,
        "退会年月日 退会 脱退日 登録終了日 会員期間至 会員期間終了 会員期間まで 在籍期間至",
    ),
    ("organisation.note", "備考", 0, "備考欄 メモ 特記事項 摘要 その他 連絡事項"),
    (
        "organisation.telephone_fax",
        "電話・FAX",
        0,
        "tel/fax 電話/fax tel・fax 電話fax telfax 電話番号・fax番号 電話番号/fax番号",
    ),
    (
        BARE_KANA,
        "ふりがな",
        0,
        "フリガナ かな カナ よみ 読み よみがな 読み仮名 読みがな ヨミ ヨミガナ かな名 カナ名",
    ),
    (BARE_TITLE, "役職", 0, "役職名 職名 職 肩書 肩書き 役 職位 役職等"),
    (
        IGNORED,
        "",
        0,
        "no no. № 番号 通番 連番 # 項番 整理番号 名簿番号 順番 作成者 作成日時 更新者 更新日時 最終更新日 並び順 通し番号",
    ),
)

_CHANNELS = {
    ChannelKind.WEBSITE: "発信サイト",
    ChannelKind.BLOG: "ブログurl blog ブログアドレス",
    ChannelKind.X: "twitter ツイッター 旧twitter エックス x/twitter twitter/x",
    ChannelKind.INSTAGRAM: "インスタグラム インスタ",
    ChannelKind.FACEBOOK: "フェイスブック fb",
    ChannelKind.LINE: "line ライン line公式 公式line公式アカウント line公式アカウント",
    ChannelKind.NOTICE_BOARD: "掲示版",
    ChannelKind.OTHER: "",
}

_ROLES = {
    ContactRole.REPRESENTATIVE: (
        "代表者 代表 団体代表者 団体代表 会長 園長 施設長 所長 館長 理事長 責任者 管理者 センター長 委員長 機関長 園長・施設長"
    ),
    ContactRole.LIAISON: (
        "担当者 担当 窓口 窓口担当者 窓口担当 連絡担当者 連絡担当 連絡先担当者 実務担当者 実務担当 事務担当者 連絡窓口 連絡者"
    ),
    ContactRole.ATTENDEE: "出席者 参加者 出席予定者 参加予定者 出席委員",
}
_ATTRIBUTES = {
    "name": ("氏名", "名 氏名 名前 お名前 さん 様"),
    "kana": (
        "かな",
        "かな ふりがな フリガナ カナ よみ 読み よみがな 氏名かな 氏名ふりがな 氏名フリガナ 氏名よみがな 名かな 名ふりがな",
    ),
    "position_title": ("役職", "役職 役職名 職名 職 肩書 肩書き"),
    "telephone": (
        "電話番号",
        "電話 電話番号 tel 携帯 携帯電話 携帯番号 携帯電話番号 連絡先電話 連絡先電話番号 連絡先tel",
    ),
    "mail": (
        "メールアドレス",
        "メール メールアドレス mail email e-mail e-mailアドレス emailアドレス 電子メール",
    ),
}

_PEOPLE = (
    ("contact_term.id", "期間の番号", 0, ""),
    ("contact_term.version", "期間の版", 0, ""),
    ("contact_person.id", "氏名の番号", 0, "人の番号"),
    ("contact_person.version", "氏名の版", 0, "人の版"),
    ("organisation.id", "団体の番号", 0, ""),
    (NAME, "団体名", 400, ""),
    ("contact_term.role", "役割", 0, ""),
    ("contact_term.position_title", "役職", 120, ""),
    ("contact_person.name", "氏名", 200, ""),
    ("contact_person.kana", "氏名かな", 200, ""),
    ("contact_person.honorific", "敬称", 20, ""),
    ("contact_person.telephone", "個人の電話番号", 80, ""),
    ("contact_person.mail", "個人のメールアドレス", 200, ""),
    ("contact_term.term_from", "開始日", 0, ""),
    ("contact_term.term_to", "終了日", 0, ""),
    ("contact_person.note", "氏名の備考", 0, ""),
)

_AMBIGUOUS = {
    "連絡先": ("organisation.telephone", "organisation.mail", "organisation.address", "liaison.name"),
    "氏名": ("representative.name", "liaison.name", "attendee.name"),
    "名前": ("organisation.name", "representative.name", "liaison.name"),
    "お名前": ("representative.name", "liaison.name", "attendee.name"),
    "携帯": ("representative.telephone", "liaison.telephone", "organisation.telephone"),
    "携帯電話": ("representative.telephone", "liaison.telephone", "organisation.telephone"),
    "日付": ("organisation.member_from", "organisation.opening_days"),
    "日時": ("organisation.opening_days", "organisation.opening_hours"),
    "年月日": ("organisation.member_from", "organisation.member_to"),
    "会場・住所": ("organisation.venue", "organisation.address"),
    "会場（住所）": ("organisation.venue", "organisation.address"),
    "対象・費用": ("organisation.audience", "organisation.fee"),
    "問合せ先": ("organisation.telephone", "organisation.mail", "liaison.name"),
    "問い合わせ先": ("organisation.telephone", "organisation.mail", "liaison.name"),
    "代表者連絡先": ("representative.telephone", "representative.mail"),
    "担当者連絡先": ("liaison.telephone", "liaison.mail"),
    "種類": ("organisation.category", "organisation.service_type"),
    "団体名・氏名": (NAME, "representative.name"),
}

_GROUPS = frozenset(
    {"連絡先", "団体連絡先", "住所", "所在地", "住所等", "送付先", "郵送先", "団体", "団体情報", "基本情報"}
)
"""Upper lines of a heading that only hold together what stands under them, and say nothing of whose it is."""

_LENGTHS = {"name": 200, "kana": 200, "position_title": 120, "telephone": 80, "mail": 200}

CHANNELS = {f"channel.{kind.value}": kind for kind in ChannelKind}
"""The keys of the columns that hold channels of information."""

ROLES = {role.value: role for role in ContactRole}


def channel_label(kind: ChannelKind) -> str:
    """The heading of a channel in the data sheet; a ホームページ is a column of its own already."""
    return f"発信：{kind.label}"


def channel_text(channels: Iterable[ChannelRow], kind: ChannelKind) -> str:
    """The addresses of one kind of channel as a cell holds them: a line each, ○ for one without an address."""
    return "\n".join(one.address or "○" for one in channels if one.kind is kind)


def _person_fields() -> dict[str, Field]:
    return {
        f"{role.value}.{attribute}": Field(
            f"{role.value}.{attribute}",
            role.label + ("" if attribute == "name" else label),
            _LENGTHS[attribute],
        )
        for role in ContactRole
        for attribute, (label, _) in _ATTRIBUTES.items()
    }


FIELDS: dict[str, Field] = {
    **{
        key: Field(key, label, length)
        for key, label, length, _ in _ORGANISATION
        if "bare" not in key and label
    },
    **{key: Field(key, channel_label(kind), 400) for key, kind in CHANNELS.items()},
    **_person_fields(),
}
"""The columns of a roster of organisations, by their keys; what a column can be mapped to by hand."""

PEOPLE_FIELDS: dict[str, Field] = {key: Field(key, label, length) for key, label, length, _ in _PEOPLE}
"""The columns of the data sheet of people, by their keys."""


def meanings(heading: str) -> tuple[str, ...]:
    """What a heading of a roster may stand for: none (unknown), one, or several keys (ambiguous).

    Of a heading of two lines that mean nothing together, the lower one counts if the upper one only groups.
    """
    words = _words()
    for key in spellings(heading):
        if key in words:
            return words[key]
    upper, _, lower = heading.partition("\n")
    return meanings(lower) if lower and heading_key(upper) in _GROUPS else ()


def people_meaning(heading: str) -> str | None:
    """What a heading of the data sheet of people stands for."""
    return _people_words().get(heading_key(heading))


@cache
def _words() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for key, label, _, names in _ORGANISATION:
        for name in (label, *names.split(), key):
            found.setdefault(heading_key(name), (key,))
    for kind, names in _CHANNELS.items():
        for name in (
            channel_label(kind),
            *([] if kind is ChannelKind.WEBSITE else [kind.label]),
            *names.split(),
        ):
            if name != ChannelKind.OTHER.label:
                found.setdefault(heading_key(name), (f"channel.{kind.value}",))
    for role, words in _ROLES.items():
        for word in words.split():
            found.setdefault(heading_key(word), (f"{role.value}.name",))
            for attribute, (_, names) in _ATTRIBUTES.items():
                for name in names.split():
                    found.setdefault(heading_key(word + name), (f"{role.value}.{attribute}",))
    found.update({heading_key(name): keys for name, keys in _AMBIGUOUS.items()})
    return {key: keys for key, keys in found.items() if key}


@cache
def _people_words() -> dict[str, str]:
    return {
        heading_key(name): key for key, label, _, names in _PEOPLE for name in (label, key, *names.split())
    }
