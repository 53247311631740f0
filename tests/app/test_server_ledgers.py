"""Ledgers on a server: what can be said without one. The rest was tried by hand; docs/decisions.md tells what."""

from __future__ import annotations

import pytest

from app import server_ledgers
from app.errors import InputError, MachineError


def test_a_server_that_does_not_answer_is_told_in_words() -> None:
    with pytest.raises(
        MachineError, match="台帳を開けません。データベースのサーバーにつながりません。"
    ) as refused:
        server_ledgers.open_ledger("postgresql://nobody@127.0.0.1:1/ledger")
    assert refused.value.advice


def test_a_database_of_another_kind_is_refused() -> None:
    with pytest.raises(InputError, match="台帳の場所を読み取れません"):
        server_ledgers.create("mysql://nobody@127.0.0.1/ledger")
