"""Plans as TOML files: what is read, and that everything wrong is named with its line."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import InputError, MachineError
from app.plans.draft import DEFAULT_SCALE, ItemDraft, LevelDraft, PlanDraft, ScaleDraft, check
from app.plans.loader import bundled, load, loads
from app.plans.toml_lines import line_at, lines_of
from db.vocabulary import ItemKind

PLAN = """
[plan]
code = "city"
title = "子ども・子育て支援事業計画"
period_from = "令和2年度"
period_to = 2024
"""
PILLAR = '\n[[pillar]]\ntitle = "柱"\n'


def _refused(text: str) -> str:
    with pytest.raises(InputError) as refused:
        loads(text, "計画.toml")
    return refused.value.message


def _line(text: str, part: str) -> int:
    return next(number for number, line in enumerate(text.split("\n"), 1) if part in line)


def test_all_bundled_plans_are_sound() -> None:
    for path in bundled():
        assert check(load(path), needs_items=True) == []


def test_the_plan_of_a_city_is_read_as_a_tree_of_other_kinds() -> None:
    plan = loads(
        PLAN
        + """
[[policy]]
number = 1
title = "人と人がつながるまちへ"
[[policy.measure]]
title = "地域子育て支援機能の整備・充実"
programs = ["地区児童館事業の充実", "子育てサロンの充実"]
[[policy.item]]
kind = "measure"
title = "子育てに対する意識の醸成"
[[policy.item.program]]
number = "30"
title = "はじめまして絵本事業"
body = "説明"
""",
        "計画.toml",
    )
    program = ItemDraft(ItemKind.PROGRAM, "はじめまして絵本事業", "30", "説明")
    measures = (
        ItemDraft(
            ItemKind.MEASURE,
            "地域子育て支援機能の整備・充実",
            children=(
                ItemDraft(ItemKind.PROGRAM, "地区児童館事業の充実"),
                ItemDraft(ItemKind.PROGRAM, "子育てサロンの充実"),
            ),
        ),
        ItemDraft(ItemKind.MEASURE, "子育てに対する意識の醸成", children=(program,)),
    )
    assert (plan.period_from, plan.period_to, plan.scale) == (2020, 2024, DEFAULT_SCALE)
    assert plan.items == (ItemDraft(ItemKind.POLICY, "人と人がつながるまちへ", "1", children=measures),)


def test_siblings_stand_in_the_order_of_kinds_and_then_as_written() -> None:
    plan = loads(
        PLAN + PILLAR + 'community_actions = ["ア", "イ"]\noutcomes = ["像"]\n'
        '[[pillar.initiative]]\ntitle = "甲"\n[[pillar.initiative]]\ntitle = "乙"\n',
        "計画.toml",
    )
    assert [child.title for child in plan.items[0].children] == ["甲", "乙", "像", "ア", "イ"]


def test_a_plan_may_bring_a_scale_of_its_own() -> None:
    plan = loads(
        PLAN + PILLAR + '[scale]\nname = "三段階"\n'
        '[[scale.level]]\nlabel = "未"\nvalue = 0\nsymbol = "△"\n'
        '[[scale.level]]\nlabel = "済"\nvalue = 1\nsymbol = "○"\nreached = true\n'
        '[[scale.level]]\nlabel = "対象外"\n',
        "計画.toml",
    )
    assert plan.scale == ScaleDraft(
        "三段階", (LevelDraft(0, "未", "△"), LevelDraft(1, "済", "○", True), LevelDraft(None, "対象外", ""))
    )


def test_texts_are_taken_as_written_but_for_ends_of_lines_and_control_characters(tmp_path: Path) -> None:
    path = tmp_path / "計画.toml"
    text = PLAN + '[[pillar]]\ntitle = "神﨑㈱𠮷!！ "\nbody = """\n一。\n\n二。\\u0007\n"""\n'
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    pillar = load(path).items[0]
    assert (pillar.title, pillar.body) == ("神﨑㈱𠮷!！", "一。\n\n二。")


@pytest.mark.parametrize(
    ("text", "part", "said"),
    [
        (
            PLAN.replace("title =", "titel =") + PILLAR,
            "titel",
            "「titel」という名前は使えません。「title」の誤りではありませんか。",
        ),
        (PLAN.replace("title =", "titel =") + PILLAR, "[plan]", "計画の名称が空です"),
        (PLAN.replace("2024", "2019") + PILLAR, "period_to", "終了年度（2019）が開始年度（2020）より前です"),
        (PLAN.replace("2024", "0") + PILLAR, "period_to", "終了年度「0」は年度として読めません"),
        (
            PLAN.replace("令和2年度", "令和の初め") + PILLAR,
            "period_from",
            "「令和の初め」は年度として読めません",
        ),
        (PLAN.replace("period_to = 2024", "") + PILLAR, "[plan]", "終了年度がありません"),
        (PLAN.replace("2024", "2024.5") + PILLAR, "period_to", "終了年度は period_to = 2026"),
        (PLAN + PILLAR + 'outcomes = [\n "ok",\n\n "", # 空\n]', "# 空", "到達イメージの本文が空です"),
        (PLAN + PILLAR + 'outcomes = [\n "ok",\n 3,\n]', " 3,", "outcomes の一覧には"),
        (PLAN + PILLAR + 'outcomes = "一つ"', "outcomes", "outcomes は [ と ] で囲んだ一覧で"),
        (PLAN + PILLAR + "body = 5", "body", 'body は「"」で囲んだ文字で'),
        (
            PLAN + PILLAR + '[[pillar.program]]\ntitle = "x"',
            "[[pillar.program]]",
            "「主な関係事業」は「取組の柱」の下には置けません",
        ),
        (PLAN + '[[outcome]]\ntitle = "x"', "[[outcome]]", "「到達イメージ」は計画のすぐ下には置けません"),
        (
            PLAN + '[[item]]\nkind = "pilar"\ntitle = "x"',
            "kind",
            "「pilar」という種類はありません。「pillar」の誤り",
        ),
        (PLAN + '[[item]]\ntitle = "x"', "[[item]]", "項目の種類がありません"),
        (PLAN + '[pillar]\ntitle = "x"', "[pillar]", "[[pillar]]"),
        (PLAN + PILLAR + '[[piller]]\ntitle = "x"', "piller", "「pillar」の誤りではありませんか"),
        (PLAN, "", "項目が一つもありません"),
        (PLAN + PILLAR + "number = true", "number", 'number は「"」で囲んだ文字で'),
        (PLAN + PILLAR + f'number = "{"1" * 41}"', "number", "番号が長すぎます（41文字）"),
        ("", "", "計画の見出し [plan] がありません"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(text: str, part: str, said: str) -> None:
    wanted = _line(text, part) if part else 1
    found = [line for line in _refused(text).split("\n") if said in line]
    assert [line.partition("：")[0] for line in found] == [f"計画.toml {wanted}行目"]


@pytest.mark.parametrize(
    ("level", "part", "said"),
    [
        ('label = "済"\nvalue = 1', "label", "名称「済」が重なっています"),
        ('label = "他"\nvalue = 1', "value", "値「1」が重なっています"),
        ('label = "他"\nvalue = 2\nsymbol = "○"', "symbol", "記号「○」が重なっています"),
        ('label = "他"\nvalue = 2', "[[scale.level]]", "到達とみなす段階より高い段階"),
        ('label = "他"\nreached = true', "reached", "値のない段階「他」は、到達とみなせません"),
        ('label = "他"\nvalue = "高"', "value", "value は整数で"),
        ('label = "他"\nreached = "はい"', "reached", "reached は true か false"),
        ('label = ""\nvalue = 0', "label", "評価段階の名称が空です"),
    ],
)
def test_a_scale_that_cannot_tell_its_levels_apart_is_refused(level: str, part: str, said: str) -> None:
    head = PLAN + PILLAR + '[scale]\nname = "段階"\n'
    head += '[[scale.level]]\nlabel = "未"\nvalue = 0\n'
    head += '[[scale.level]]\nlabel = "済"\nvalue = 1\nsymbol = "○"\nreached = true\n'
    added = "[[scale.level]]\n" + level
    line = head.count("\n") + _line(added, part)
    if said.startswith("到達とみなす段階より"):
        line = _line(head, "[scale]")
    assert f"計画.toml {line}行目：" in _refused(head + added).partition(said)[0].split("\n")[-1]


def test_a_scale_needs_two_levels_and_one_that_counts_as_reached() -> None:
    one = '[scale]\nname = "段階"\n[[scale.level]]\nlabel = "未"\nvalue = 0\n'
    assert "二つ以上必要です" in _refused(PLAN + PILLAR + one)
    two = one + '[[scale.level]]\nlabel = "済"\nvalue = 1\n'
    assert "「到達とみなす」評価段階がありません" in _refused(PLAN + PILLAR + two)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("[plan\n", 1, "見出しの「]」がありません"),
        ('[plan]\ntitle = "a\n', 2, "使えない文字"),
        ('[plan]\ntitle = """a\n\n', 2, "閉じていません"),
        ("[plan]\ntitle\n", 2, "「=」がありません"),
        ("[plan]\ntitle = 計画\n", 2, "値として読めません"),
        ("[plan]\ntitle = “計画”\n", 2, "全角の「“」"),
        ('[plan]\ncode = "a"\n　title = "b"\n', 3, "全角の空白"),
        ('[plan]\ncode = "a"\ncode = "b"\n', 3, "同じ名前が二度"),
        ("[plan]\n[scale]\n[plan]\n", 3, "同じ見出しが二度"),
        ('[plan]\ntitle = "a" "b"\n', 2, "余分な文字"),
        ('[plan]\ntitle = "\\ud800"\n', 2, "書き方に誤りがあります"),
    ],
)
def test_a_slip_in_the_writing_is_named_with_its_line(text: str, line: int, said: str) -> None:
    message = _refused(text)
    assert message.startswith(f"計画.toml {line}行目：")
    assert said in message


def test_everything_wrong_is_said_at_once_in_the_order_of_lines() -> None:
    message = _refused(PLAN.replace("code", "cood") + PILLAR + 'outcomes = ["", ""]\nbody = 1')
    lines = [int(line.split(" ")[1].partition("行目")[0]) for line in message.split("\n")]
    assert len(lines) == 5
    assert lines == sorted(lines)


def test_of_many_mistakes_twenty_are_listed_and_the_rest_counted() -> None:
    message = _refused(PLAN + PILLAR + "outcomes = [" + '"",\n' * 33 + "]")
    assert message.count("到達イメージの本文が空です") == 20
    assert message.endswith("このほかに13か所あります。")


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 100_000,
        "a = " + "9" * 5_000,
        "\n".join(f"[[{'.'.join(['item'] * n)}]]" for n in (*range(1, 200), 5_000)),
    ],
    ids=["deep", "long", "nested"],
)
def test_a_hostile_text_is_refused_and_not_suffered(text: str) -> None:
    assert _refused(text).startswith("計画.toml")


def test_a_file_in_another_encoding_is_refused_with_the_line_and_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "計画.toml"
    path.write_bytes('[plan]\n\ntitle = "計画"\n'.encode("cp932"))
    with pytest.raises(InputError, match="3行目：文字コードがUTF-8ではありません") as refused:
        load(path)
    assert "UTF-8" in refused.value.advice


def test_a_missing_file_and_a_folder_are_told_apart_from_mistakes(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="見つかりません"):
        load(tmp_path / "なし.toml")
    with pytest.raises((InputError, MachineError), match=r"見つかりません|開けません"):
        load(tmp_path)


KEYS = st.text("abc_-", min_size=1, max_size=4)
STRINGS = st.text("あ\"'#[]=\n\\{}, a", max_size=20)
VALUES = st.recursive(
    st.integers(0, 99) | st.booleans() | STRINGS, lambda inner: st.lists(inner, max_size=3), max_leaves=6
)
TABLES = st.recursive(
    st.dictionaries(KEYS, VALUES, max_size=3),
    lambda inner: st.dictionaries(KEYS, VALUES | inner | st.lists(inner, min_size=1, max_size=3), max_size=4),
    max_leaves=12,
)


@given(TABLES, st.data())
def test_every_key_of_any_toml_is_found_on_its_line(tables: dict[str, Any], data: st.DataObject) -> None:
    lines: list[str] = []
    expected: dict[tuple[str | int, ...], int] = {}
    _write(tables, (), "", lines, expected, data)
    text = "\n".join(lines)
    assert tomllib.loads(text) == tables
    found = lines_of(text)
    assert {path: found[path] for path in expected} == expected


def _write(
    table: dict[str, Any],
    path: tuple[str | int, ...],
    heading: str,
    lines: list[str],
    expected: dict[tuple[str | int, ...], int],
    data: st.DataObject,
) -> None:
    """``table`` as TOML, its plain values before the tables in it, and the line of each key as it is written."""
    inner = {key: value for key, value in table.items() if _is_table(value)}
    for key, value in table.items():
        if key in inner:
            continue
        if data.draw(st.booleans()):
            lines.extend(["", "# [[x]] = '"])
        expected[(*path, key)] = sum(line.count("\n") + 1 for line in lines) + 1
        lines.append(f"{key} = {_written(value, data.draw(st.booleans()))}")
    for key, value in inner.items():
        name = f"{heading}{key}"
        several = isinstance(value, list)
        for index, one in enumerate(value if several else [value]):
            here = (*path, key, index) if several else (*path, key)
            expected[here] = sum(line.count("\n") + 1 for line in lines) + 1
            lines.append(f"[[ {name} ]] # x" if several else f"[{name}]")
            _write(one, here, f"{name}.", lines, expected, data)


def _is_table(value: Any) -> bool:
    return isinstance(value, dict) or (
        isinstance(value, list) and any(isinstance(one, dict) for one in value)
    )


def _written(value: Any, is_long: bool) -> str:
    if isinstance(value, str):
        quoted = json.dumps(value, ensure_ascii=False)
        return f'"""\n{quoted[1:-1]}"""'.replace("\\n", "\n") if is_long and "\\\\n" not in quoted else quoted
    if isinstance(value, list):
        parts = [_written(one, is_long) for one in value]
        return "[ # [\n" + ",\n".join(parts) + "\n]" if is_long and parts else f"[{', '.join(parts)}]"
    return str(value).lower()


def test_the_line_of_an_unwritten_path_is_that_of_what_is_around_it() -> None:
    lines = lines_of('\n[[pillar]]\noutcomes = ["a",\n"b"]\nx.y = {z = 1}\n')
    assert line_at(lines, ("pillar", 0, "outcomes", 1, "title")) == 4
    assert line_at(lines, ("pillar", 0, "x", "y", "z")) == 5
    assert line_at(lines, ("pillar", 7)) == 2
    assert line_at(lines, ("other",)) == 1


def test_a_draft_is_walked_in_reading_order() -> None:
    leaf = ItemDraft(ItemKind.OUTCOME, "像")
    items = (
        ItemDraft(
            ItemKind.PILLAR, "柱", children=(ItemDraft(ItemKind.INITIATIVE, "取組", children=(leaf,)),)
        ),
        ItemDraft(ItemKind.PILLAR, "次の柱"),
    )
    plan = PlanDraft("c", "計画", "", "", 2026, 2030, "", DEFAULT_SCALE, items)
    assert [item.title for _, item in plan.walk()] == ["柱", "取組", "像", "次の柱"]
    assert check(plan) == []
