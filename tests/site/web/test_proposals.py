"""Proposals as their page shows them: what they are not sure of, and what a person completes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db(databases=["default", "work"])

HEAD = "来源：示例日报\n时间：2024-06-12\n"


def brought(clerk: Client, text: str) -> str:
    """Hand an article in; gives its address."""
    sent = clerk.post("/documents", {"file": SimpleUploadedFile("文.txt", text.encode())})
    return sent.headers["Location"].partition("?")[0]


def test_a_proposal_that_is_not_sure_says_why(clerk: Client) -> None:
    text = f"{HEAD}6月10日，天津市西青区考察团到静宁县考察。"
    page = clerk.get(brought(clerk, text)).content.decode()
    assert "把握不大" in page
    assert "全文没有写协作" in page
    page = clerk.get(brought(clerk, f"{text}双方商谈东西部协作。")).content.decode()
    assert "西青区考察团" in page
    assert "把握不大" not in page
