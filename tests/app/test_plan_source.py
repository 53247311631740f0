"""The ward's fifth guideline as the program carries it: complete, and to the letter of the official text.

``data/kanazawa-ward-5-official.txt`` holds the lines of the printed guideline, captions of charts and addresses left out.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

import resources
from app.calendar import period_label
from app.plans.draft import DEFAULT_SCALE, ItemDraft, PlanDraft
from app.plans.loader import bundled, load
from db.vocabulary import ItemKind

OFFICIAL = Path(__file__).with_name("data") / "kanazawa-ward-5-official.txt"
HEADINGS = {
    "基本方針",
    "目標",
    "取組",
    "到達イメージ",
    "現状と方向性",
    "地域の方々と一緒に取り組んでいくこと",
    "取組②",
    "取組 ②",
}
NOT_CARRIED = {"養育者・地域・関係機関・区役所の連携した取組"}


@pytest.fixture(scope="module")
def plan() -> PlanDraft:
    return load(resources.path("plans/kanazawa-ward-5.toml"))


@pytest.fixture(scope="module")
def official() -> list[str]:
    return OFFICIAL.read_text(encoding="utf-8").splitlines()


def _of(items: tuple[ItemDraft, ...], kind: ItemKind) -> list[ItemDraft]:
    return [item for item in items if item.kind is kind]


def test_the_guideline_is_among_the_plans_that_the_program_carries() -> None:
    assert resources.path("plans/kanazawa-ward-5.toml") in bundled()


def test_the_guideline_bears_its_name_and_period(plan: PlanDraft) -> None:
    assert (plan.title, plan.edition, plan.publisher) == (
        "金沢区子育て支援の協働の指針",
        "第5期",
        "金沢区健やか子育て連絡会",
    )
    assert period_label(plan.period_from, plan.period_to) == "令和8年度～令和12年度"
    assert plan.scale == DEFAULT_SCALE


def test_the_guideline_has_as_many_items_as_the_printed_one(plan: PlanDraft) -> None:
    counts = Counter(item.kind for _, item in plan.walk())
    assert counts == {
        ItemKind.POLICY: 2,
        ItemKind.GOAL: 2,
        ItemKind.PILLAR: 4,
        ItemKind.INITIATIVE: 9,
        ItemKind.OUTCOME: 25,
        ItemKind.COMMUNITY_ACTION: 11,
    }
    pillars = _of(plan.items, ItemKind.PILLAR)
    initiatives = [_of(pillar.children, ItemKind.INITIATIVE) for pillar in pillars]
    assert [[len(_of(one.children, ItemKind.OUTCOME)) for one in under] for under in initiatives] == [
        [2, 4],
        [4, 2, 2],
        [3, 2],
        [3, 3],
    ]
    assert [len(_of(pillar.children, ItemKind.COMMUNITY_ACTION)) for pillar in pillars] == [4, 2, 3, 2]


def test_items_are_numbered_as_in_print(plan: PlanDraft) -> None:
    pillars = _of(plan.items, ItemKind.PILLAR)
    assert [goal.number for goal in _of(plan.items, ItemKind.GOAL)] == ["1", "2"]
    assert [pillar.number for pillar in pillars] == ["1", "2", "3", "4"]
    assert [
        "".join(one.number for one in _of(pillar.children, ItemKind.INITIATIVE)) for pillar in pillars
    ] == [
        "①②",
        "①②③",
        "①②",
        "①②",
    ]


def test_every_pillar_and_initiative_carries_its_longer_text(plan: PlanDraft) -> None:
    for _, item in plan.walk():
        has_body = item.kind in (ItemKind.PILLAR, ItemKind.INITIATIVE)
        assert bool(item.body) is has_body, item.title
    pillars = _of(plan.items, ItemKind.PILLAR)
    assert [len(pillar.body.split("\n\n")) for pillar in pillars] == [2, 1, 3, 2]


def test_every_sentence_of_the_plan_is_an_official_one(plan: PlanDraft, official: list[str]) -> None:
    bare = {re.sub(r"^(- (\d )?|取組 ?[①-⑨] )", "", line) for line in official}
    for text in _texts(plan):
        assert text in bare


def test_every_official_sentence_is_in_the_plan(plan: PlanDraft, official: list[str]) -> None:
    texts = set(_texts(plan))
    for line in official:
        bare = re.sub(r"^(- (\d )?|取組 ?[①-⑨] )", "", line)
        assert bare in texts or line in HEADINGS | NOT_CARRIED, line


@pytest.mark.parametrize(
    "text",
    [
        "顔見知りになった親子に声をかけてみましょう!",
        "親子が遊びに行ける地域の居場所を続けていきましょう！",
        "親子が過ごせる居場所を提供し続けるため、子育てサロン運営者が地域の子育て支援機関と協働・相談できる関係ができています。",
        "居場所の担い手が確保されている。",
        "「健やか」メンバー同士で顔の見える関係が築かれ、①活動内容の共有、②子育て支援活動の維持に向けた工夫、"
        "③課題の共有・相談等情報交換ができています。",
        "※パマトコとは、横浜市の子育て支援アプリです。",
    ],
)
def test_widths_and_endings_are_those_of_the_print(plan: PlanDraft, text: str) -> None:
    assert text in list(_texts(plan))


def test_the_footnote_stands_with_the_initiative_that_speaks_of_it(plan: PlanDraft) -> None:
    noted = [item for _, item in plan.walk() if "※パマトコとは" in item.body]
    assert [item.number for item in noted] == ["②"]
    assert any("パマトコ※" in outcome.title for outcome in noted[0].children)


def _texts(plan: PlanDraft) -> list[str]:
    texts = plan.preface.split("\n\n")
    for _, item in plan.walk():
        texts += [item.title, *filter(None, item.body.split("\n\n"))]
    return texts
