"""Two people change the same record: which fields follow whom, and that nothing written by either is lost unseen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.merging import Meeting, meet

RECORDS = st.fixed_dictionaries({name: st.sampled_from(["", "ひ", "ふ", "み"]) for name in "abc"})


def test_a_field_changed_elsewhere_alone_follows_and_one_changed_here_alone_stays() -> None:
    stored = {"name": "会", "note": "", "fee": "無料"}
    mine = stored | {"name": "新しい会"}
    theirs = stored | {"note": "覚え"}
    assert meet(stored, mine, theirs) == Meeting(taken=("note",), contested=())


def test_a_field_changed_by_both_is_contested_unless_both_wrote_the_same() -> None:
    stored = {"name": "会", "note": ""}
    assert meet(stored, {"name": "甲", "note": "同じ"}, {"name": "乙", "note": "同じ"}) == Meeting(
        (), ("name",)
    )


def test_an_emptied_field_is_a_change_too() -> None:
    assert meet({"fee": "無料"}, {"fee": ""}, {"fee": "100円"}) == Meeting((), ("fee",))
    assert meet({"fee": "無料"}, {"fee": "無料"}, {"fee": ""}) == Meeting(("fee",), ())


@given(stored=RECORDS, mine=RECORDS, theirs=RECORDS)
def test_nothing_written_by_either_is_lost_unseen(
    stored: dict[str, str], mine: dict[str, str], theirs: dict[str, str]
) -> None:
    found = meet(stored, mine, theirs)
    merged = mine | {name: theirs[name] for name in found.taken}
    for name in stored:
        if name in found.contested:
            assert len({stored[name], mine[name], theirs[name]}) == 3
            continue
        assert mine[name] in (merged[name], stored[name]), "what was written here stands, or nothing was"
        assert theirs[name] in (merged[name], stored[name]), "what was written there stands, or nothing was"
    assert not set(found.taken) & set(found.contested)
