"""What the papers about member organisations have in common: the day they speak of, whom they list, how an entry reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from app.calendar import DateStyle, first_day, fiscal_year_label, format_date, last_day, parse_date
from app.errors import InputError
from app.office import Reader
from app.organisations.queries import ChannelRow, Lists, Member, OrganisationRow, TermRow, lists, members
from app.text import kana_key
from db.vocabulary import ChannelKind, ContactRole
from reports.catalogue import Choices, Option, OptionKind, Options
from reports.document import Cell, Row, RowKind

ALL = ""
"""The value of a choice that leaves nothing out."""

TAG = "#金沢っこ"
"""The tag that members add to what they send out."""

AS_OF = Option(
    "as_of",
    "いつの時点",
    OptionKind.DATE,
    "",
    help="空のままなら今日、今日が年度の外なら年度の最後の日の会員団体と担当者になります。",
)


def _categories(reader: Reader) -> Choices:
    return tuple((one.name, one.name) for one in lists(reader).categories)


def _districts(reader: Reader) -> Choices:
    return tuple((one.name, one.name) for one in lists(reader).districts)


CATEGORY = Option("category", "区分", OptionKind.CHOICE, ALL, ((ALL, "すべての区分"),), source=_categories)
DISTRICT = Option("district", "地区", OptionKind.CHOICE, ALL, ((ALL, "すべての地区"),), source=_districts)

NO_CATEGORY, NO_DISTRICT = "区分なし", "地区なし"


def day_of(options: Options, fiscal_year: int) -> date:
    """The day that the paper speaks of: as chosen, or today, kept inside ``fiscal_year``."""
    if options["as_of"].strip():
        return parse_date(options["as_of"])
    today = date.today()
    return today if first_day(fiscal_year) <= today <= last_day(fiscal_year) else last_day(fiscal_year)


def as_of_line(fiscal_year: int, day: date, style: DateStyle) -> str:
    """「令和8年度　令和8年11月21日現在」: the line below the title."""
    return f"{fiscal_year_label(fiscal_year)}　{format_date(day, style)}現在"


def group_row(name: str, count: int, counter: str, columns: int) -> Row:
    """「区分（12団体）」 over the ``columns`` of a table, above the rows of a group."""
    return Row((Cell(f"{name}（{count:,}{counter}）", span=columns),), RowKind.GROUP)


def listed(reader: Reader, day: date, options: Options) -> list[Member]:
    """The members on ``day`` in the chosen category and district, in 五十音 order. InputError for one that is not in the ledger."""
    category, district = options.get("category", ALL), options.get("district", ALL)
    known = lists(reader)
    require_known("区分", category, [one.name for one in known.categories])
    require_known("地区", district, [one.name for one in known.districts])
    return sorted(
        (
            one
            for one in members(reader, day)
            if category in (ALL, one.organisation.category) and district in (ALL, one.organisation.district)
        ),
        key=by_kana,
    )


def require_known(label: str, name: str, known: Sequence[str]) -> None:
    """InputError with the names that there are, unless ``name`` is one of them or leaves nothing out."""
    if name != ALL and name not in known:
        names = "、".join(known) or "まだありません"
        raise InputError(f"{label}「{name}」は、この台帳にありません。", f"選べる{label}：{names}")


def by_kana(member: Member) -> tuple[str, str, str]:
    """The key of 五十音 order."""
    return kana_key(member.organisation.kana, member.organisation.name)


def grouped(
    entries: Iterable[Member], name_of: Callable[[OrganisationRow], str], order: Sequence[str], rest: str
) -> Iterator[tuple[str, tuple[Member, ...]]]:
    """``entries`` by the name that ``name_of`` gives, in the office's ``order``; what has none comes last as ``rest``."""
    rank = {name: number for number, name in enumerate(order)}

    def place(member: Member) -> int:
        return rank.get(name_of(member.organisation), len(rank))

    for number, group in groupby(sorted(entries, key=place), key=place):
        yield (order[number] if number < len(order) else rest), tuple(group)


def by_category(entries: Iterable[Member], known: Lists) -> Iterator[tuple[str, tuple[Member, ...]]]:
    """``entries`` by 区分."""
    return grouped(entries, lambda one: one.category, [one.name for one in known.categories], NO_CATEGORY)


def by_district(entries: Iterable[Member], known: Lists) -> Iterator[tuple[str, tuple[Member, ...]]]:
    """``entries`` by 地区."""
    return grouped(entries, lambda one: one.district, [one.name for one in known.districts], NO_DISTRICT)


def speakers(member: Member, day: date) -> list[tuple[str, TermRow]]:
    """Who represents the organisation and who is its liaison on ``day``; one person in both roles stands once (代表者・担当者)."""
    roles: dict[int, tuple[list[str], TermRow]] = {}
    for role in (ContactRole.REPRESENTATIVE, ContactRole.LIAISON):
        for term in member.speakers(day, role):
            labels, _ = roles.setdefault(term.contact_person_id, ([], term))
            labels.append(role.label)
    return [("・".join(labels), term) for labels, term in roles.values()]


def titled_name(term: TermRow) -> str:
    """「事務局長 金沢 花子」: the name with its 役職."""
    return f"{term.position_title} {term.name}".strip()


def postal_mark(organisation: OrganisationRow) -> str:
    """「〒236-0021」, or nothing."""
    number = organisation.postal_code.strip()
    return number if number.startswith("〒") or not number else f"〒{number}"


def address_lines(organisation: OrganisationRow) -> str:
    """〒 and address, and the building below them; what is not recorded is left out."""
    first = " ".join(part for part in (postal_mark(organisation), organisation.address) if part)
    return "\n".join(line for line in (first, organisation.building) if line)


def number_lines(organisation: OrganisationRow) -> str:
    """The organisation's own telephone, and its FAX below; what is not recorded is left out."""
    numbers = (("電話", organisation.telephone), ("FAX", organisation.fax))
    return "\n".join(f"{label} {number}" for label, number in numbers if number)


def channels_of(member: Member) -> tuple[ChannelRow, ...]:
    """Its channels; the web address of its entry counts as its ホームページ where no other one is named."""
    web = member.organisation.web
    if web and all(channel.kind is not ChannelKind.WEBSITE for channel in member.channels):
        return (ChannelRow(ChannelKind.WEBSITE, web), *member.channels)
    return member.channels


def channel_lines(member: Member) -> list[str]:
    """「Instagram @example」 for each channel."""
    return [f"{channel.kind.label} {channel.address}".strip() for channel in channels_of(member)]
