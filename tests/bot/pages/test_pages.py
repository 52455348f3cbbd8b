"""What the pages are made of and how a document is laid out for reading; no browser is needed."""

import gzip
import json
import re
from datetime import date
from html.parser import HTMLParser
from typing import get_args

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.channels.pages import CONTENT_SECURITY_POLICY, FOLDER, pages_router
from bot.http.shapes import FeedbackReason
from chains.prompting import texts, wording
from knowledge.document import Lifecycle, Repeal
from knowledge.profile import NONE, SlotKind, slots

from .hostile import HOSTILE, PAYLOAD
from .shelf import NANJING, TODAY, shelf

STATIC = FOLDER / "static"
PAGES = ("/", "/documents/nanjing-measures", "/documents/hostile", "/documents/no-such-document")
LIMIT = 100_000


def visit(today: date = TODAY) -> TestClient:
    app = FastAPI()
    library = shelf()
    app.include_router(pages_router(lambda: library, lambda: today))
    return TestClient(app)


def read(path: str, today: date = TODAY) -> str:
    return visit(today).get(path).text


class Elements(HTMLParser):
    """The elements of a page as a browser would read them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def linked(html: str) -> list[str]:
    return re.findall(r'(?:href|src)="(/static/[^"]+)"', html)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_forbids_what_it_does_not_need(path: str) -> None:
    headers = visit().get(path).headers
    assert headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert "unsafe" not in CONTENT_SECURITY_POLICY and "default-src 'none'" in CONTENT_SECURITY_POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_script_or_style_of_its_own_or_anything_from_elsewhere(path: str) -> None:
    for tag, attributes in Elements(read(path)).found:
        assert tag not in {"style", "iframe", "base", "object", "img"}
        assert not [name for name in attributes if name == "style" or name.startswith("on")]
        if tag == "script":
            assert (attributes["src"] or "").startswith("/static/")
        for name in ("href", "src"):
            assert re.match(r"/(?!/)|#", attributes.get(name) or "#"), attributes


def test_nothing_that_pages_load_names_another_host_or_parses_html() -> None:
    for path in (path for path in STATIC.rglob("*") if path.is_file()):
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert re.findall(r"://|[\"'`(]//|@import|url\(", text) == [], path.name
        assert re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", text) == [], path.name


def test_the_chat_page_weighs_less_than_100_kb_uncompressed() -> None:
    client = visit()
    html = client.get("/")
    assets = {client.get(path).url: len(client.get(path).content) for path in linked(html.text)}
    assert len(assets) > 10
    assert len(html.content) + sum(assets.values()) < LIMIT


def test_every_module_that_the_chat_page_needs_is_fetched_at_once() -> None:
    needed, todo = set(), ["chat.js"]
    while todo:
        name = todo.pop()
        needed.add(name)
        imports = re.findall(r'from "\./([a-z]+\.js)"', (STATIC / name).read_text(encoding="utf-8"))
        todo += [module for module in imports if module not in needed]
    assert {path.rsplit("/", 1)[1] for path in linked(read("/")) if path.endswith(".js")} == needed


def test_a_file_is_kept_for_ever_at_the_address_that_names_its_content() -> None:
    client = visit()
    current = next(path for path in linked(read("/")) if path.endswith("chat.css"))
    kept = client.get(current)
    assert kept.content == (STATIC / "chat.css").read_bytes()
    assert kept.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert kept.headers["content-type"] == "text/css; charset=utf-8"
    outdated = client.get("/static/000000000000/chat.css")
    assert outdated.content == kept.content
    assert outdated.headers["cache-control"] == "no-cache"


def test_a_file_goes_packed_to_those_who_can_unpack_it() -> None:
    path = linked(read("/"))[1]
    with visit().stream("GET", path, headers={"accept-encoding": "gzip"}) as packed:
        raw = b"".join(packed.iter_raw())
    plain = visit().get(path, headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert gzip.decompress(raw) == plain.content
    assert len(raw) < len(plain.content)


@pytest.mark.parametrize(
    "path",
    [
        "/documents/..%2f..%2fetc%2fpasswd",
        "/documents/%2e%2e/%2e%2e/pyproject.toml",
        "/documents/nanjing-measures/../../source.txt",
        "/documents/nanjing-measures%00",
        "/documents//etc/passwd",
        "/documents/",
        "/static/x/..%2ftemplates%2fchat.html",
        "/static/x/chat.html",
        "/static/..%2f..%2fpages.py/x",
        "/static/%2e%2e/pages.py",
    ],
)
def test_an_address_is_an_id_and_never_a_path(path: str) -> None:
    response = visit().get(path)
    assert response.status_code == 404
    assert "root:" not in response.text and "import" not in response.text and "{%" not in response.text


def test_a_document_that_is_not_there_is_said_to_be_missing_in_chinese() -> None:
    response = visit().get("/documents/no-such-document")
    assert response.status_code == 404
    assert "没有这一页" in response.text and 'lang="zh-CN"' in response.text and 'href="/"' in response.text


def test_the_icon_is_found_where_browsers_look_for_it() -> None:
    icon = visit().get("/favicon.ico")
    assert icon.headers["content-type"] == "image/svg+xml"
    assert icon.content.startswith(b"<svg")


def test_every_provision_has_its_anchor_and_all_its_words() -> None:
    document = shelf().documents["nanjing-measures"]
    html = read("/documents/nanjing-measures")
    assert re.findall(r'<section id="([^"]+)">', html) == list(document.provisions)
    article = html[html.index("<article") : html.index("</article>")]
    shown = "".join(re.sub(r"<[^>]+>", "", article).split())
    assert shown == "".join(document.text.split())


def test_a_provision_opens_with_its_label_and_heading() -> None:
    html = read("/documents/nanjing-measures")
    assert '<section id="2">\n<h2>二、加强财税金融支持</h2>' in html
    assert '<section id="2/6">\n<h3>（六）加大融资支持力度。</h3>' in html
    assert '<a href="#2/6">（六）加大融资支持力度</a>' in html


def test_the_words_cited_are_marked_and_nothing_else() -> None:
    document = shelf().documents["nanjing-measures"]
    quote = "年度累计 6000 万元额度的“零成本”民营企业转贷基金"
    start = document.text.index(quote)
    html = read(f"/documents/nanjing-measures?mark={start}-{start + len(quote)}")
    assert re.findall(r"<mark>(.*?)</mark>", html) == [quote]


def test_a_quote_that_runs_over_a_heading_is_marked_on_both_sides() -> None:
    start = shelf().documents["nanjing-measures"].text.index("支持力度。设立")
    html = read(f"/documents/nanjing-measures?mark={start}-{start + 7}")
    assert re.findall(r"<mark>(.*?)</mark>", html) == ["支持力度。", "设立"]


@pytest.mark.parametrize("mark", ["", "5", "9-5", "5-5", "-1-5", "0-99999999", "a-b", "1-2-3", "１-５", "0-9999999"])
def test_a_mark_that_fits_no_words_marks_nothing(mark: str) -> None:
    response = visit().get("/documents/nanjing-measures", params={"mark": mark})
    assert response.status_code == 200
    assert "<mark>" not in response.text


@pytest.mark.parametrize(
    ("path", "today", "words"),
    [
        ("nanjing-measures", date(2028, 12, 31), "现行有效。</strong>有效期至 2028 年 12 月 31 日（含当日）。"),
        (
            "nanjing-measures",
            date(2029, 1, 1),
            "已经到期，</strong>执行期到 2028 年 12 月 31 日为止，现在不能照此申请。",
        ),
        ("zhenjiang-plan-2023-2025", TODAY, "已经到期，</strong>执行期到 2025 年 12 月 31 日为止，现在不能照此申请。"),
        ("zhenjiang-plan-2023-2025", date(2022, 12, 31), "还没有开始执行，</strong>自 2023 年 1 月 1 日起施行。"),
        ("yancheng-measures-draft", TODAY, "这是征求意见稿，不是正式文件，</strong>现在不能照此申请。"),
    ],
)
def test_what_a_document_is_worth_today_comes_before_its_words(path: str, today: date, words: str) -> None:
    html = read(f"/documents/{path}", today)
    assert words in html
    assert html.index(words) < html.index("<article")
    assert f"按 {today.year} 年 {today.month} 月 {today.day} 日判断" in html


def test_a_repealed_document_says_since_when() -> None:
    library = shelf()
    document = library.documents["nanjing-measures"]
    repeal = Repeal(date=date(2026, 6, 1), source="宁政办发〔2026〕1号")
    record = NANJING.model_copy(update={"repealed": repeal})
    library.documents["nanjing-measures"] = type(document)(record, document.text, document.provisions)  # type: ignore[index]
    app = FastAPI()
    app.include_router(pages_router(lambda: library, lambda: TODAY))
    assert (
        "已经废止，</strong>自 2026 年 6 月 1 日起不再执行" in TestClient(app).get("/documents/nanjing-measures").text
    )


def test_what_is_known_from_elsewhere_is_told_as_a_notice_to_be_verified() -> None:
    html = read("/documents/nanjing-measures")
    notices = html[html.index('<section class="notices"') : html.index('<details class="contents"')]
    assert "原文未收录，请核实" in notices
    assert NANJING.notices[0].text in notices and NANJING.notices[0].source in notices
    assert "原文未收录" not in read("/documents/zhenjiang-plan-2023-2025")


def test_markup_in_a_document_is_shown_as_words() -> None:
    html = read("/documents/hostile?mark=0-40")
    tags = [tag for tag, _ in Elements(html).found]
    assert tags.count("script") == 1 and tags.count("svg") == 1 and "img" not in tags and "b" not in tags
    assert tags.count("mark") >= 1
    assert "&lt;img src=x onerror=alert(1)&gt;" in html and PAYLOAD not in html
    assert HOSTILE.title not in html


def test_the_page_can_name_and_correct_every_slot_and_value() -> None:
    source = (STATIC / "slots.js").read_text(encoding="utf-8")
    named = json.loads(source[source.index("{\n") : source.rindex("}") + 1])
    assert list(named) == list(slots())
    for name, slot in slots().items():
        given = set(named[name]["values"])
        assert given - {NONE} == set(slot.values) - {NONE}, name
        assert named[name].get("several", False) == (slot.kind is SlotKind.SEVERAL), name
        assert (NONE in given) == (slot.kind is SlotKind.SEVERAL or NONE in slot.values), name
        assert "{}" in named[name]["say"], name


def test_every_lifecycle_has_words_on_both_pages() -> None:
    script = (STATIC / "dom.js").read_text(encoding="utf-8")
    template = (FOLDER / "templates" / "document.html").read_text(encoding="utf-8")
    for lifecycle in Lifecycle:
        assert f"  {lifecycle.value}: {{ label:" in script
        assert f'lifecycle == "{lifecycle.value}"' in template


@pytest.mark.parametrize(
    ("module", "words"),
    [
        ("feedback.js", {name: texts("desk_buttons")[name] for name in get_args(FeedbackReason)}),
        ("links.js", texts("channels")),
    ],
)
def test_the_page_says_what_the_desk_says(module: str, words: dict[str, str]) -> None:
    script = (STATIC / module).read_text(encoding="utf-8")
    table = script[script.index("= {\n") : script.index("};")]
    assert dict(re.findall(r"(\w+): \"([^\"]+)\"", table)) == words


def test_the_page_thanks_asks_and_knows_staff_in_the_words_of_the_desk() -> None:
    feedback = (STATIC / "feedback.js").read_text(encoding="utf-8")
    assert f'"{wording("desk.thanks")}"' in feedback and f'"{wording("desk.why")}"' in feedback
    replies = (STATIC / "replies.js").read_text(encoding="utf-8")
    named = re.search(r"STAFF = /\^(.+)\\s\*/;", replies)
    assert named and re.match(named[1], wording("desk.staff", text="您好"))
