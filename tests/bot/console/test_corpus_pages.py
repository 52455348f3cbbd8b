"""The table, what needs a look, differences and arrivals, as staff see them; hostile text is text everywhere."""

import io
import re
import zipfile
from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from bot.channels.web import create_app
from bot.console.marking import Piece, mark_quotes
from bot.office import Office
from bot.settings import Settings
from bot.store.tables import audit
from chains.assistant import Assistant
from tests.bot.rows import rows_of
from tests.knowledge.arrivals import TEXT

from .conftest import HTML, MovableClock, Staff, Worker

CORPUS = Path(__file__).parents[3] / "knowledge" / "corpus"
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}"


@pytest_asyncio.fixture
async def office(settings: Settings, clock: MovableClock, real_assistant: Assistant) -> AsyncIterator[Office]:
    """An office with the corpus as shipped."""
    office = Office(settings, build=lambda: real_assistant, clock=clock)
    await office.open()
    await office.assistant()
    yield office
    await office.close()


async def send(worker: Worker, path: str, name: str, data: bytes, **fields: str) -> httpx.Response:
    form = {"csrf": worker.csrf, **fields}
    return await worker.client.post(path, data=form, files={"file": (name, data)}, headers=HTML)


def rows_in(page: httpx.Response) -> list[str]:
    return re.findall(r'href="/console/table/([a-z0-9-]+)"', page.text)


def packed(name: str, *changes: tuple[str, str, str]) -> bytes:
    """The folder of a document as a zip, with pieces of its files replaced."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for path in (CORPUS / name).iterdir():
            text = path.read_text(encoding="utf-8")
            for file, old, new in changes:
                if file == path.name:
                    assert old in text
                    text = text.replace(old, new, 1)
            archive.writestr(f"{name}/{path.name}", text)
    return written.getvalue()


async def test_the_table_shows_every_support(staff: Staff) -> None:
    page = await (await staff.seat("viewer")).get("/console/table")
    assert len(rows_in(page)) == len(staff.office.library().supports)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("document=zhenjiang-plan-2023-2025&kind=award", 3),
        ("lifecycle=in_force", 58),
        ("strength=may&lifecycle=in_force", 1),
        ("text=算力券", 1),
        ("text=没有这个词", 0),
        ("kind=nonsense", 0),
        ("sort=nonsense&lifecycle=in_force", 58),
    ],
)
async def test_the_table_is_filtered_by_its_address(query: str, expected: int, staff: Staff) -> None:
    assert len(rows_in(await (await staff.seat("viewer")).get(f"/console/table?{query}"))) == expected


async def test_the_table_is_sorted_by_its_address(staff: Staff) -> None:
    viewer = await staff.seat("viewer")
    by_amount = rows_in(await viewer.get("/console/table?lifecycle=in_force&sort=amount"))
    assert by_amount[:2] == ["nanjing-refinancing-fund", "nanjing-key-technology"]
    assert rows_in(await viewer.get("/console/table"))[0] == "huaian-tier-cultivation"


async def test_a_row_stands_beside_its_provision_with_its_quotes_marked(staff: Staff) -> None:
    page = await (await staff.seat("viewer")).get("/console/table/nanjing-champion-award")
    marked = "".join(re.findall(r"<mark class=\"[a-z ]+\" title=\"[^\"]+\">([^<]*)</mark>", page.text))
    support = staff.office.library().supports["nanjing-champion-award"]
    assert unescape(marked) == support.benefit.quote
    assert 'title="内容、条件 2">首次获评<' in page.text


@pytest.mark.parametrize("address", ["nobody", "%2e%2e%2f", "a%00b", "%2fetc%2fpasswd"])
async def test_a_row_that_is_not_there_is_missing(address: str, staff: Staff) -> None:
    assert (await (await staff.seat("viewer")).get(f"/console/table/{address}")).status_code == 404


def test_quotes_that_overlap_share_their_pieces() -> None:
    assert mark_quotes("abcdef", [("x", "bcd"), ("y", "de"), ("z", "no")]) == (
        Piece("a", ()),
        Piece("bc", ("x",)),
        Piece("d", ("x", "y")),
        Piece("e", ("y",)),
        Piece("f", ()),
    )


async def test_what_needs_a_look_is_told(staff: Staff, clock: MovableClock) -> None:
    before = (await (await staff.seat("viewer")).get("/console/upkeep")).text
    assert "90 天内没有文件到期" in before
    assert "海关总署令第282号" in before
    assert "只讲事实" in before
    clock.move(days=740)
    after = (await (await staff.seat("viewer")).get("/console/upkeep")).text
    assert re.search(r"2028-12-31 到期，还有 \d+ 天", after)


async def test_a_changed_row_is_told_with_the_findings_that_it_changes(staff: Staff) -> None:
    editor = await staff.seat("editor")
    old, new = "[champion], text: 是国家制造业单项冠军企业", "[little_giant], text: 是国家级小巨人企业"
    change = ("supports.yaml", f"includes_any: {old}", f"includes_any: {new}")
    page = await send(editor, "/console/versions", "new.zip", packed("nanjing-measures", change))
    assert page.status_code == 200
    assert "改动支持事项（1）" in page.text and "条件 1" in page.text
    assert "可以申请 → 不符合" in page.text
    assert staff.office.library().supports["nanjing-champion-award"].when[0].includes_any == ("champion",)


async def test_a_whole_corpus_takes_the_place_of_the_one_that_is_served(staff: Staff) -> None:
    page = await send(await staff.seat("editor"), "/console/versions", "n.zip", packed("nanjing-measures"), how="whole")
    assert "删去文件（4）" in page.text
    assert "改动支持事项" not in page.text


async def test_a_corpus_of_ones_own_can_be_compared_with_the_one_that_was_shipped(staff: Staff) -> None:
    viewer = await staff.seat("viewer")
    assert "/console/versions/shipped" not in (await viewer.get("/console/versions")).text
    page = await viewer.get("/console/versions/shipped")
    assert page.status_code == 200 and "两个版本没有差别" in page.text


async def test_what_is_wrong_in_an_uploaded_corpus_is_named(staff: Staff) -> None:
    bad = packed("nanjing-measures", ("supports.yaml", "kind: innovation", "kind: nonsense"))
    page = await send(await staff.seat("editor"), "/console/versions", "n.zip", bad)
    assert page.status_code == 422
    assert "nanjing-measures/supports.yaml:" in page.text


def hostile_zips() -> dict[str, bytes]:
    def zipped(*entries: tuple[str, bytes]) -> bytes:
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in entries:
                archive.writestr(name, content)
        return written.getvalue()

    nest = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
    return {
        "no zip": b"hello",
        "nothing": b"",
        "no corpus": zipped(("readme.txt", b"x")),
        "a way up": zipped(("../../../etc/source.txt", b"x"), ("../source.txt", b"x"), ("/source.txt", b"x")),
        "a bomb": zipped(("town/source.txt", b"0" * 3_000_000)),
        "many bombs": zipped(*((f"town{n}/source.txt", b"0" * 1_900_000) for n in range(10))),
        "references that multiply": zipped(("town/source.txt", b"x"), ("town/document.yaml", nest.encode())),
        "an object": zipped(("town/source.txt", b"x"), ("town/document.yaml", b"!!python/object/apply:os.system [id]")),
    }


@pytest.mark.parametrize("name", hostile_zips())
async def test_a_hostile_archive_is_refused_in_words(name: str, staff: Staff, settings: Settings) -> None:
    page = await send(await staff.seat("editor"), "/console/versions", "n.zip", hostile_zips()[name])
    assert page.status_code == 422
    assert 'role="alert"' in page.text
    assert not (settings.data_dir.parent / "source.txt").exists()


async def test_a_document_becomes_a_draft_that_can_be_read_fetched_and_thrown_away(staff: Staff) -> None:
    editor = await staff.seat("editor")
    taken = await send(editor, "/console/arrivals", "措施.txt", TEXT.encode())
    assert taken.status_code == 303
    address = taken.headers["location"]
    page = await editor.get(address)
    assert "云溪市支持中小企业发展若干措施" in page.text and "1,000,000" in page.text
    fetched = await editor.get(f"{address}/draft.zip")
    with zipfile.ZipFile(io.BytesIO(fetched.content)) as archive:
        files = sorted(name.partition("/")[2] for name in archive.namelist())
        assert files == ["document.yaml", "intake.yaml", "questions.yaml", "source.txt", "supports.yaml"]
    assert "云溪市" in (await editor.get("/console/arrivals")).text
    await editor.post(f"{address}/discard")
    assert (await editor.get(address)).status_code == 404
    assert (await editor.get(f"{address}/draft.zip")).status_code == 404
    done = [row.action for row in await rows_of(staff.office, audit)][-3:]
    assert done == ["document_taken", "draft_fetched", "draft_discarded"]


@pytest.mark.parametrize("name", ["措施.exe", "措施.docx", "x.pdf", "../../etc/passwd", "a.txt\x00.pdf"])
async def test_what_cannot_be_taken_in_is_refused_in_words(name: str, staff: Staff) -> None:
    page = await send(await staff.seat("editor"), "/console/arrivals", name, b"\x00\x01")
    assert page.status_code == 422
    assert "没有收进来" in page.text


ELSEWHERE = ["http://127.0.0.1/", "file:///etc/passwd", "http://example.gov.cn/", "/etc/passwd", HOSTILE]


@pytest.mark.parametrize("address", ELSEWHERE)
async def test_an_address_that_is_not_on_the_list_is_refused_in_words(address: str, staff: Staff) -> None:
    page = await (await staff.seat("editor")).post("/console/arrivals", address=address)
    assert page.status_code == 422
    assert "没有收进来" in page.text


async def test_hostile_text_is_text_on_every_page(staff: Staff, settings: Settings) -> None:
    editor = await staff.seat("editor")
    text = TEXT.replace("云溪市支持", HOSTILE).replace("支持数字化", f"支持{HOSTILE}化")
    taken = await send(editor, "/console/arrivals", f"{HOSTILE.replace('/', '')}.txt", text.encode())
    spoilt = packed("nanjing-measures", ("supports.yaml", "title: 政府采购价格扣除优惠", f"title: '{HOSTILE}'"))
    pages = [
        await editor.get(taken.headers["location"]),
        await editor.get("/console/arrivals"),
        await send(editor, "/console/versions", "n.zip", spoilt),
        await editor.get(f"/console/table?text={HOSTILE}"),
    ]
    for page in pages:
        assert page.status_code == 200
        assert "alert(1)" in page.text and "<script>alert" not in page.text and "<img src=x" not in page.text
        assert "{{7*7}}" in unescape(page.text)


@pytest.mark.parametrize("key", ["0" * 32, "a%00b", "a" * 31, "A" * 32, "..%2f..%2fetc"])
async def test_a_draft_is_named_by_its_key_alone(key: str, staff: Staff) -> None:
    editor = await staff.seat("editor")
    for address in (f"/console/arrivals/{key}", f"/console/arrivals/{key}/draft.zip"):
        assert (await editor.get(address)).status_code == 404
    assert (await editor.post(f"/console/arrivals/{key}/discard")).status_code in (404, 405)


async def test_too_much_is_refused_before_it_is_read_and_only_uploads_may_be_large(staff: Staff) -> None:
    editor = await staff.seat("editor")
    assert (await send(editor, "/console/arrivals", "a.txt", b"x" * 100_000)).status_code == 303
    assert (await send(editor, "/console/versions", "n.zip", b"x" * 5_000_000)).status_code == 413
    assert (await send(editor, "/console/audit/verify", "a.txt", b"x" * 100_000)).status_code == 413
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(create_app(staff.office.settings, staff.office)), base_url="http://127.0.0.1"
    ) as stranger:
        sent = await stranger.post("/console/arrivals", files={"file": ("a.txt", b"x" * 100_000)}, headers=HTML)
        assert sent.status_code == 303 and "/console/login" in sent.headers["location"]
