"""The source's practices as examples of how a 連携した取組 is written."""

from __future__ import annotations

from app.collaborations.examples import examples
from app.collaborations.operations import CollaborationValues


def test_the_six_practices_of_the_source_stand_in_its_order() -> None:
    assert [one.step for one in examples().practices] == [1, 2, 3, 4, 4, 4]
    assert "連携の取組例" in examples().source


def test_each_says_something_in_fields_that_a_collaboration_has() -> None:
    names = set(CollaborationValues.__slots__)
    for one in examples().practices:
        assert one.title
        assert set(one.texts) <= names, one.title
        assert all(text.strip() for text in one.texts.values())
