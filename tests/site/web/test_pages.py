"""What pages say and do where something is unusual: conflicts, doubles, foreign HTML, errors."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jiedui import ledgers
from jiedui.site.store import documents, door
from jiedui.site.web.views import board

if TYPE_CHECKING:
    from django.http import HttpResponse

    from jiedui.access import Viewer

pytestmark = pytest.mark.django_db(databases=["default", "work"])

SignIn = Callable[[str], Client]
EXCHANGES = ledgers.ledgers()["exchanges"]
PATHS = (
    "/",
    "/ledgers",
    "/ledgers/exchanges",
    "/ledgers/exchanges/new",
    "/ledgers/parties",
    "/documents",
    "/figures/H02",
    "/search",
    "/search?q=到位&place=620000",
)


class Inline(HTMLParser):
    """Collects what a strict policy forbids: inline styles, scripts and their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        names = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in names):
            self.found.append(tag)
        self.found += [name for name in names if name == "style" or name.startswith("on")]
        self.found += [str(v) for v in names.values() if (v or "").lower().startswith("javascript")]


def read(page: str) -> Inline:
    parser = Inline()
    parser.feed(page)
    return parser


def words(entry: door.Entry, **changed: str) -> dict[str, str]:
    """The form of an entry, as a browser posts it."""
    posted: dict[str, str] = {"entry-base": str(entry.version), "entry-why": "核对后更正"}
    for name, cell in ledgers.cells(EXCHANGES, entry.values).items():
        if isinstance(cell, list):
            posted |= {
                f"{name}-{i}-{inner}": word or ""
                for i, row in enumerate(cell)
                for inner, word in row.items()
            }
        else:
            posted[name] = cell or ""
    return posted | changed


def amend(client: Client, entry: door.Entry, **changed: str) -> HttpResponse:
    return client.post(f"/ledgers/exchanges/{entry.key}/amend", words(entry, **changed))


def test_the_second_of_two_sees_the_firsts_change_and_loses_nothing(
    sign_in: SignIn, draft: door.Entry, viewer: Viewer
) -> None:
    first, second = sign_in("clerk"), sign_in("clerk")
    assert amend(first, draft, people="31").status_code == 302
    answer = amend(second, draft, people="42", leader="丁示例")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert re.search(r"<ins>31</ins>", page)
    assert 'value="42"' in page
    assert 'value="丁示例"' in page
    now = door.entry(EXCHANGES, draft.id, viewer)
    assert isinstance(now, door.Entry)
    assert f'name="entry-base" value="{now.version}"' in page
    # He looks, and saves over it: both are in the book.
    assert amend(second, now, people="42").status_code == 302
    assert [v.values["people"] for v in door.versions(EXCHANGES, draft.id, viewer)][:2] == [42, 31]


def test_an_amendment_wants_a_reason_and_keeps_the_form(clerk: Client, draft: door.Entry) -> None:
    answer = amend(clerk, draft, people="19", **{"entry-why": " "})
    assert answer.status_code == 422
    assert 'value="19"' in answer.content.decode()


def test_versions_show_what_changed_field_by_field(clerk: Client, draft: door.Entry) -> None:
    amend(clerk, draft, people="31")
    page = clerk.get(f"/ledgers/exchanges/{draft.key}").content.decode()
    assert "核对后更正" in page
    assert "<ins>31</ins>" in page


def test_a_proposal_is_accepted_once(clerk: Client, document: documents.StoredDocument) -> None:
    there = f"/documents/{document.key}/{document.proposals[0].key}"
    first = clerk.post(f"{there}/accept")
    assert first.headers["Location"].startswith("/ledgers/exchanges/")
    second = clerk.post(f"{there}/accept")
    assert "decided=already" in second.headers["Location"]
    page = clerk.get(second.headers["Location"].partition("#")[0]).content.decode()
    assert "没有重复入账" in page
    refused = clerk.post(f"{there}/refuse", {"entry-why": "不对"})
    assert "decided=already" in refused.headers["Location"]


def test_an_accepted_proposal_moves_the_board_and_shows_its_sentence(
    clerk: Client, document: documents.StoredDocument
) -> None:
    def visits() -> int:
        lines = clerk.get("/?year=all").context["lines"]
        return int(next(one.figure.value for one in lines if one.figure.indicator == "H02"))

    before = visits()
    done = clerk.post(f"/documents/{document.key}/{document.proposals[0].key}/accept")
    assert visits() == before + 1
    page = clerk.get(done.headers["Location"]).content.decode()
    assert "cited" in page
    assert "天津市党政代表团来甘考察" in re.sub(r"<[^>]+>", "", page)
    at = re.search(rf"/documents/{document.key}\?at=\d+-\d+", page)
    assert at
    assert 'id="at"' in clerk.get(at[0]).content.decode()


def test_aid_is_proposed_with_its_amounts_missing(clerk: Client) -> None:
    text = (
        "- 时间:2024-05-23\n- 来源:示例日报\n天津市委书记钱示例说,要加强新能源合作。"
        "去年积石山县6.2级地震发生后,天津市第一时间捐助资金,派出专业救援队。"
    )
    sent = clerk.post("/documents", {"file": SimpleUploadedFile("援.txt", text.encode())})
    page = clerk.get(sent.headers["Location"]).content.decode()
    plain = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "应急援助台账" in plain
    for open_field in ("发生日期", "援助资金", "救援队明细·人数"):
        assert open_field in plain.partition("文中没有，需要您补上")[2][:120]
    assert "积石山县6.2级地震 · 2023-01-01 至 2023-12-31 · 天津市 · 资金、专业救援队" in plain
    assert "钱示例 · 东部 · 新能源" in plain


def test_ledgers_without_an_entry_are_named_in_one_line(clerk: Client) -> None:
    page = clerk.get("/?year=2016")
    assert page.context["quiet"] == []
    page = clerk.get("/?year=all&until=2024-01-20")
    quiet = {one.name for one in page.context["quiet"]}
    assert "relief" in quiet
    assert "exchanges" not in quiet
    text = page.content.decode()
    assert '<a href="/ledgers/relief">应急援助台账</a>' in text
    assert "/figures/R01" not in text
    assert "/figures/H02" in text
    assert "/figures/R01" in clerk.get("/?year=2024").content.decode()


def test_the_same_file_twice_is_one_document(clerk: Client) -> None:
    def send() -> str:
        file = SimpleUploadedFile("甲.txt", "来源:示例日报\n六月座谈。".encode())
        return clerk.post("/documents", {"file": file}).headers["Location"]

    first, second = send(), send()
    assert second == f"{first}?already=1"
    assert "没有重复存" in clerk.get(second).content.decode()


@pytest.mark.parametrize(
    ("name", "content"),
    [("空.txt", b""), ("假.docx", b"PK\x03\x04 this is no zip"), ("无.pdf", b"%PDF-1.4\n%%EOF")],
)
def test_a_file_that_cannot_be_read_is_said_and_nothing_is_kept(
    clerk: Client, name: str, content: bytes
) -> None:
    answer = clerk.post("/documents", {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert clerk.get("/documents").context["found"].total == 0


def test_html_is_never_shown_raw(clerk: Client) -> None:
    hostile = (
        "<html><head><title>&lt;img src=x onerror=alert(1)&gt;</title></head><body>"
        "<p>6月17日，<b>甲示例</b>来甘肃。<script>alert(1)</script>"
        "&lt;script&gt;alert(2)&lt;/script&gt;</p></body></html>"
    )
    file = SimpleUploadedFile("<script>.html", hostile.encode())
    page = clerk.get(clerk.post("/documents", {"file": file}).headers["Location"])
    text = page.content.decode()
    assert read(text).found == []
    assert {"b", "img"}.isdisjoint(read(text).tags)
    assert "<script>alert" not in text


def test_what_an_office_types_is_escaped_wherever_it_is_shown(
    clerk: Client, draft: door.Entry
) -> None:
    hostile = "<b title=x>甲&乙</b>"
    assert amend(clerk, draft, subject=hostile).status_code == 302
    for path in ("", f"/{draft.key}", f"/{draft.key}/amend"):
        page = clerk.get(f"/ledgers/exchanges{path}").content.decode()
        assert "b" not in read(page).tags
        assert "&lt;b title=x&gt;甲&amp;乙&lt;/b&gt;" in page


@pytest.mark.parametrize("path", PATHS)
def test_pages_keep_the_strict_policy_and_say_demonstration(clerk: Client, path: str) -> None:
    answer = clerk.get(path)
    page = answer.content.decode()
    assert "'unsafe" not in answer.headers["Content-Security-Policy"]
    assert read(page).found == []
    assert "演示数据" in page
    assert 'class="skip"' in page


def test_ids_on_a_page_are_unique(clerk: Client, draft: door.Entry) -> None:
    for path in (*PATHS, f"/ledgers/exchanges/{draft.key}/amend"):
        ids = re.findall(r'\sid="([^"]+)"', clerk.get(path).content.decode())
        assert sorted(ids) == sorted(set(ids)), path


def test_every_control_has_a_label_or_a_name(clerk: Client) -> None:
    page = clerk.get("/ledgers/exchanges/new").content.decode()
    labelled = set(re.findall(r'<label for="([^"]+)"', page))
    controls = re.findall(r'<(?:input|select|textarea) id="([^"]+)"', page)
    assert controls
    assert set(controls) <= labelled


def test_an_error_says_nothing_of_the_inside(clerk: Client, monkeypatch: Any) -> None:
    def broken(*_args: object, **_words: object) -> None:
        raise RuntimeError("secret of the inside")

    monkeypatch.setattr(board.door, "figures", broken)
    clerk.raise_request_exception = False
    answer = clerk.get("/")
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "没有入账" in page
    assert "secret" not in page
    assert "Traceback" not in page


def test_no_such_page_says_what_to_do(client: Client, db: None) -> None:
    answer = client.get("/nirgendwo")
    assert answer.status_code == 404
    assert "重新进入" in answer.content.decode()


def test_a_form_without_its_token_says_what_to_do(sign_in: SignIn) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = sign_in("clerk").cookies
    answer = strict.post("/ledgers/exchanges/new", {"form": "visit"})
    assert answer.status_code == 403
    assert "表单已过期" in answer.content.decode()


def test_an_address_of_another_site_is_not_followed(client: Client, demonstration: None) -> None:
    for evil in ("https://example.org/", "//example.org", "javascript:alert(1)"):
        answer = client.post("/sign-in/demonstration", {"username": "leader", "next": evil})
        assert answer.headers["Location"] == "/"
        client.logout()


def test_accounts_are_named_in_a_demonstration_only(
    client: Client,
    demonstration: None,
    settings: Any,
) -> None:
    assert len(client.get("/sign-in").context["accounts"]) == 5
    settings.JIEDUI_DEMONSTRATION = False
    page = client.get("/sign-in").content.decode()
    assert "演示" not in page
    assert client.post("/sign-in/demonstration", {"username": "clerk"}).status_code == 403


def test_an_account_without_a_grant_is_told_so(client: Client, db: None) -> None:
    from django.contrib.auth import get_user_model

    user = get_user_model().objects.create_user("nobody", password="long enough for a test")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(client.get("/").headers["Location"])
    assert answer.status_code == 200
    assert "没有生效的授权" in answer.content.decode()


def test_too_many_wrong_passwords_pause_signing_in(client: Client, settings: Any) -> None:
    settings.AXES_LOCKOUT_CALLABLE = "jiedui.site.web.views.signin.locked"
    for _ in range(settings.AXES_FAILURE_LIMIT):
        answer = client.post("/sign-in", {"username": "x", "password": "wrong"})
    assert answer.status_code == 429
    assert "已暂停" in answer.content.decode()


@pytest.mark.parametrize(
    "word", ["\x00", "\ud800", "9" * 400, "%", "'\"><", "..", "0000-00-00", "-1", "1e9", "２０２４"]
)
def test_strange_words_in_an_address_break_nothing(clerk: Client, word: str) -> None:
    from urllib.parse import quote

    typed = quote(word, errors="surrogatepass")
    names = [*EXCHANGES.filters, "figure", "pairing", "year", "until", "known", "page", "order"]
    query = "&".join(f"{name}={typed}" for name in names)
    for path in ("/", "/ledgers/exchanges", "/figures/H02", "/api/figures", "/documents"):
        for one in (query, *(f"{name}={typed}" for name in names)):
            # 422 is the API's word for what it understood and cannot meet.
            assert clerk.get(f"{path}?{one}").status_code in {200, 400, 422}, (path, one)
    for path in ("/documents/", "/ledgers/", "/ledgers/exchanges/", "/figures/"):
        assert clerk.get(
            f"{path}{quote(word.replace('.', 'x'), errors='surrogatepass', safe='')}"
        ).status_code in {400, 404}
    clerk.post("/sign-in", {"username": word.replace("\ud800", "x"), "password": "x"})


def test_a_signed_out_htmx_request_is_sent_to_the_sign_in_page(
    client: Client,
    demonstration: None,
) -> None:
    answer = client.get("/ledgers/exchanges?form=visit", headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"].startswith("/sign-in?next=")


def test_a_figure_opens_on_as_many_rows_as_it_says(clerk: Client) -> None:
    for line in clerk.get("/").context["lines"]:
        page = clerk.get(line.href)
        assert page.context["pages"].total == line.figure.entries, line.figure.indicator
        assert page.context["figure"].claimed == line.figure.claimed


def test_filters_sort_and_paging_lead_where_they_say(clerk: Client) -> None:
    page = clerk.get("/ledgers/exchanges?form=survey&order=starts")
    days = [row.texts[0] for row in page.context["table"].rows]
    assert days == sorted(days)
    assert page.context["total"] == len(days) == 2
    assert "共 0 条" in clerk.get("/ledgers/exchanges?subject=没有这样的").content.decode()
    told = clerk.get("/ledgers/exchanges?place=朝阳区").content.decode()
    assert 'role="alert"' in told
    town = clerk.get("/ledgers/exchanges?place=623027103").content.decode()
    assert "桑科镇请填所在的甘肃省甘南藏族自治州夏河县（623027）" in town


def test_an_export_says_demonstration_and_has_the_same_rows(clerk: Client) -> None:
    answer = clerk.get("/ledgers/exchanges/export.csv?form=survey")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + 2
    assert all("演示" in line for line in lines[1:])


def test_a_page_asks_at_most_twelve_questions(
    clerk: Client, draft: door.Entry, django_assert_max_num_queries: Any
) -> None:
    from django.db import connections

    for path in (*PATHS, f"/ledgers/exchanges/{draft.key}"):
        clerk.get(path)
        work = connections["work"]
        with django_assert_max_num_queries(12) as asked:
            work.force_debug_cursor, before = True, len(work.queries_log)
            clerk.get(path)
            work.force_debug_cursor = False
        beside = len(work.queries_log) - before
        assert len(asked) + beside <= 12, (path, len(asked), beside)


def test_a_withdrawn_entry_is_still_to_be_seen_by_those_who_saw_it(
    clerk: Client, viewer: Viewer, sign_in: SignIn
) -> None:
    one = door.entries(EXCHANGES, viewer).entries[0]
    path = f"/ledgers/exchanges/{one.key}"
    posted = {"entry-base": str(one.version), "entry-why": "样例：报重了"}
    assert clerk.post(f"{path}/withdraw", posted).status_code == 302
    page = clerk.get(path)
    text = page.content.decode()
    assert page.status_code == 200
    assert "这条记录已撤销" in text
    assert "样例：报重了" in text
    assert 'id="versions"' in text
    assert f"{path}/amend" not in text
    assert f"{path}/step" not in text
    assert one.key not in clerk.get("/ledgers/exchanges").content.decode()
    for act in ("amend", "withdraw"):
        assert clerk.get(f"{path}/{act}").status_code == 404
    assert sign_in("neighbour").get(path).status_code == 404
    # Who may not see versions may not see what is no more.
    assert sign_in("leader").get(path).status_code == 404
