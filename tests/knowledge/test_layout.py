"""A published text becomes clean text and the provisions that tile it; no word is lost or changed."""

import re
import time
from collections.abc import Iterable
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.document import Document
from knowledge.layout import Layout, lay_out
from knowledge.library import Library

CORPUS = Path(__file__).parents[2] / "knowledge" / "corpus"

NANJING = "nanjing-measures"
YANCHENG = "yancheng-measures-draft"
HUAIAN = "huaian-plan-2023-2025"
LIANYUNGANG = "lianyungang-plan-2023-2025"
ZHENJIANG = "zhenjiang-plan-2023-2025"
DOCUMENTS = (NANJING, YANCHENG, HUAIAN, LIANYUNGANG, ZHENJIANG)


def run(parent: str, first: int, last: int) -> list[str]:
    return [f"{parent}/{n}" for n in range(first, last + 1)]


PRINTED = {
    NANJING: [
        "0",
        *("1", *run("1", 1, 4)),
        *("2", *run("2", 5, 6)),
        *("3", *run("3", 7, 9)),
        *("4", *run("4", 10, 11)),
        *("5", *run("5", 12, 15)),
        "end",
    ],
    YANCHENG: ["0", "1", *run("1", 1, 2), "2", *run("2", 3, 6), "3", *run("3", 7, 9), "4", *run("4", 10, 12)],
    HUAIAN: [
        *("0", "1", "1/1", "1/2", *run("1/2", 1, 3), "1/3", *run("1/3", 1, 5)),
        *("2", *run("2", 1, 8), "3", *run("3", 1, 4)),
    ],
    LIANYUNGANG: [
        *("0", "1", "1/1", "1/2", *run("1/2", 1, 3), "1/3"),
        *("2", *run("2", 1, 8), "3", *run("3", 1, 4), "end"),
    ],
    ZHENJIANG: [
        *("0", "1", "2", "3"),
        *("3/1", *run("3/1", 1, 4), "3/2", *run("3/2", 5, 10), "3/3", *run("3/3", 11, 13)),
        *("3/4", *run("3/4", 14, 17), "3/5", *run("3/5", 18, 20), "3/6", *run("3/6", 21, 26)),
        *("4", *run("4", 1, 3)),
    ],
}
HEADINGS = [
    (NANJING, "2/6", "（六）", "加大融资支持力度"),
    (NANJING, "1/1", "(一)", "强化技术创新支持"),
    (NANJING, "5/15", "(十五)", "强化企业权益保护"),
    (NANJING, "3", "三、", "推动数字化绿色化发展"),
    (YANCHENG, "4/11", "11.", "支持企业开拓市场"),
    (YANCHENG, "1/1", "1.", "加强组织领导"),
    (HUAIAN, "2/7", "（七）", "实施融资助力工程"),
    (HUAIAN, "1/3/1", "1、", "数量不断壮大"),
    (HUAIAN, "3/1", "（一）", "加强组织领导"),
    (LIANYUNGANG, "3/3", "（三）", "强化人才引培"),
    (LIANYUNGANG, "1/2/2", "2．", "创新驱动、质效优先"),
    (LIANYUNGANG, "1/1", "（一）", "指导思想"),
    (ZHENJIANG, "3/4/15", "15.", "强化企业上市培育"),
    (ZHENJIANG, "4/2", "（二）", "加大政策支持"),
    (ZHENJIANG, "2", "二", "发展目标"),
]


def paths(layout: Layout) -> list[str]:
    return [p.path for p in layout.provisions]


def words(layout: Layout, path: str) -> str:
    return next(layout.text[p.start : p.end] for p in layout.provisions if p.path == path)


def letters(text: str) -> str:
    """A text without what a layout may remove: white space and Markdown marks."""
    return re.sub(r"\s|\*\*", "", text)


@pytest.mark.parametrize("document_id", DOCUMENTS)
def test_every_printed_number_is_a_provision(document_id: str, library: Library) -> None:
    assert list(library.documents[document_id].provisions) == PRINTED[document_id]


@pytest.mark.parametrize(("document_id", "path", "label", "heading"), HEADINGS)
def test_a_provision_keeps_its_printed_label_and_heading(
    document_id: str, path: str, label: str, heading: str, library: Library
) -> None:
    provision = library.documents[document_id].provisions[path]
    assert (provision.label, provision.heading) == (label, heading)


@pytest.mark.parametrize("document_id", DOCUMENTS)
def test_provisions_tile_the_text(document_id: str, library: Library) -> None:
    document = library.documents[document_id]
    assert "".join(document.words(path) for path in document.provisions) == document.text


@pytest.mark.parametrize("document_id", DOCUMENTS)
def test_a_provision_begins_with_its_label(document_id: str, library: Library) -> None:
    document = library.documents[document_id]
    assert [p for p, v in document.provisions.items() if not document.words(p).startswith(v.label)] == []


@pytest.mark.parametrize("document_id", DOCUMENTS)
def test_nothing_but_page_numbers_is_lost(document_id: str, library: Library) -> None:
    source = (CORPUS / document_id / "source.txt").read_text(encoding="utf-8")
    assert letters(library.documents[document_id].text) == letters(source.replace("—12—", ""))


@pytest.mark.parametrize("document_id", DOCUMENTS)
def test_no_sentence_is_broken_by_a_line(document_id: str, library: Library) -> None:
    document = library.documents[document_id]
    assert [line for line in numbered_lines(document) if not is_whole(line)] == []


def numbered_lines(document: Document) -> Iterable[str]:
    for path, provision in document.provisions.items():
        if path != "0":
            for line in document.words(path).strip().split("\n"):
                if line != f"{provision.label}{provision.heading}":
                    yield line


def is_whole(line: str) -> bool:
    title = re.fullmatch(r"[(（]?[一二三四五六七八九十\d]+[)）]?[、．. ]*[^，。；]{2,20}", line)
    return title is not None or re.search(r"[。；：][”）)〕]?$|[）)〕”]$", line) is not None


@pytest.mark.parametrize(
    ("document_id", "sentence"),
    [
        (HUAIAN, "支持专精特新企业实施关键核心技术攻关，解决技术创新难题"),
        (HUAIAN, "将符合规定的知识产权的申请费、注册费、代理费纳入研发费用加计扣除"),
        (NANJING, "推动高校科研成果向专精特新中小企业转移转化"),
        (NANJING, "推动 AI+行业融合创新"),
        (YANCHENG, "200家国家专精特新“小巨人”企业（以下简称“小巨人”）培育库"),
        (LIANYUNGANG, "扩充完善优质企业培育库，加强动态管理"),
        pytest.param(
            LIANYUNGANG,
            "市政府办公室关于印发连云港市专精特新企业培育三年行动计划（2023—2025年）的通知",
            marks=pytest.mark.xfail(strict=True, reason="a title printed on two lines stays two lines"),
        ),
        (ZHENJIANG, "创成国家制造业单项冠军12家、国家专精特新小巨人企业50家"),
    ],
)
def test_a_sentence_broken_by_a_line_or_a_page_is_joined(document_id: str, sentence: str, library: Library) -> None:
    assert sentence in library.documents[document_id].text


# A regulation as ministries print them: chapters, articles that run on through them, items that begin again.
CHAPTERS = [
    "云溪市中小企业数字化服务券管理办法",
    "第一章 总则",
    "第一条 为了规范数字化服务券的申请、使用和监督，提高财政资金使用效益，根据有关法律法规，结合本市实际，制定本办法。",
    "第二条 本办法所称数字化服务券，是指由市财政安排资金，支持中小企业购买数字化服务的电子凭证。",
    "第二章 申请条件",
    "第三条 申请数字化服务券的企业，应当同时符合下列条件：",
    "（一）在本市依法登记，具有独立法人资格；",
    "（二）从业人员不超过300人，上年度营业收入不超过2000万元；",
    "（三）近三年未发生重大安全、环境事故。",
    "第四条 有下列情形之一的，不予支持：",
    "（一）被列入经营异常名录的；",
    "（二）提供虚假材料的。",
    "第三章 支持标准",
    "第五条 单个企业年度支持金额最高10万元，不超过合同金额的30%。",
    "第六条 符合本办法第三条第（二）项规定，并依照第四条审核通过的企业，可以申请第五条规定的支持；"
    "对依照第三条第（一）项和第四条第（二）项不予支持的，应当书面说明理由。",
    "第四章 附则",
    "第七条 本办法由市工业和信息化局负责解释。",
    "第八条 本办法自2027年1月1日起施行，有效期3年。",
]
CHAPTER_PATHS = [
    *("0", "1", "1/1", "1/2", "2", "2/3", "2/3/1", "2/3/2", "2/3/3", "2/4", "2/4/1", "2/4/2"),
    *("3", "3/5", "3/6", "4", "4/7", "4/8"),
]


def printed(paragraphs: Iterable[str], width: int, page: int = 9, number: str = "- {} -") -> str:
    """Paragraphs as a PDF gives them: lines of equal width, and a page number after every so many lines."""
    lines: list[str] = []
    for paragraph in paragraphs:
        lines += [paragraph[i : i + width] for i in range(0, len(paragraph), width)]
    for count, at in enumerate(range(page, len(lines) + 1, page), start=1):
        lines.insert(at + count - 1, number.format(count))
    return "\n".join(lines)


def test_articles_are_named_by_chapter_article_and_item() -> None:
    assert paths(lay_out("\n".join(CHAPTERS))) == CHAPTER_PATHS


@pytest.mark.parametrize("number", ["- {} -", "— {} —", "—{}—", "{}", "第 {} 页", "第{}页 共9页", "·{}·", "－{}－"])
def test_page_numbers_and_wrapped_lines_change_no_article(number: str) -> None:
    layout = lay_out(printed(CHAPTERS, 30, number=number))
    assert (paths(layout), letters(layout.text)) == (CHAPTER_PATHS, letters("".join(CHAPTERS)))


@pytest.mark.parametrize("width", range(20, 46))
def test_a_cross_reference_at_the_start_of_a_line_is_no_heading(width: int) -> None:
    layout = lay_out(printed(CHAPTERS, width))
    assert paths(layout) == CHAPTER_PATHS
    assert "可以申请第五条规定的支持；对依照第三条第（一）项和第四条第（二）项不予支持的" in layout.text


def test_a_reference_to_a_later_article_at_the_start_of_a_line_is_no_heading() -> None:
    layout = lay_out(
        dedent(
            """\
            第一条 为了支持本市中小企业发展，结合实际，制定本办法。
            第二条 申请企业应当在每年三月底以前向所在区的主管部门，按照
            第五条申报材料的要求提交全部材料，主管部门自收到之日起二十日
            内作出决定，并书面通知申请企业，同时抄送市级主管部门备案存查。
            第三条 本办法由市工业和信息化局会同市财政局负责解释说明。
            """
        )
    )
    assert paths(layout) == ["1", "2", "3"]


def test_a_regulation_without_chapters_is_named_by_article_and_item() -> None:
    bare = [p for p in CHAPTERS if "章" not in p[:3]]
    assert paths(lay_out("\n".join(bare))) == [
        *("0", "1", "2", "3", "3/1", "3/2", "3/3", "4", "4/1", "4/2", "5", "6", "7", "8"),
    ]


def test_closing_words_that_are_an_article_stay_that_article() -> None:
    layout = lay_out("\n".join(CHAPTERS))
    assert words(layout, "4/8").strip() == "第八条 本办法自2027年1月1日起施行，有效期3年。"


def test_closing_words_without_a_number_are_the_end() -> None:
    layout = lay_out("一、总则\n支持企业发展。\n（一）奖励。给予奖励。\n本办法自发布之日起施行，有效期两年。")
    assert (paths(layout), words(layout, "end")) == (["1", "1/1", "end"], "本办法自发布之日起施行，有效期两年。")


def test_numbers_may_begin_again_under_each_heading() -> None:
    layout = lay_out("一、甲\n（一）一。\n（二）二。\n二、乙\n（一）三。\n1. 四。\n2. 五。\n（二）六。\n1. 七。")
    assert paths(layout) == ["1", "1/1", "1/2", "2", "2/1", "2/1/1", "2/1/2", "2/2", "2/2/1"]


def test_numbers_may_run_on_through_the_headings() -> None:
    layout = lay_out("一、甲\n1. 一。\n2. 二。\n二、乙\n3. 三。\n三、丙\n4. 四。")
    assert paths(layout) == ["1", "1/1", "1/2", "2", "2/3", "3", "3/4"]


def test_articles_of_more_than_a_hundred_are_counted() -> None:
    text = "\n".join(f"第{n}条 内容。" for n in ("九十九", "一百", "一百零一", "一百一十", "一百一十一", "一百二十"))
    assert paths(lay_out(text)) == ["99", "100", "101", "110", "111", "120"]


@pytest.mark.parametrize(
    "line",
    [
        "2025年底前完成全部任务。",
        "1.5倍以上的给予支持。",
        "三年内不得重复申报。",
        "第一批企业先行先试。",
        "第三方机构出具报告。",
    ],
)
def test_a_figure_at_the_start_of_a_line_is_no_number(line: str) -> None:
    assert paths(lay_out(f"一、总则\n支持企业。\n{line}")) == ["1"]


def test_a_text_without_numbers_is_one_provision() -> None:
    assert paths(lay_out("关于开展培训的通知\n现将有关事项通知如下。")) == ["0"]


def test_an_empty_text_has_one_empty_provision() -> None:
    layout = lay_out("")
    assert (layout.text, paths(layout)) == ("", ["0"])


def test_markdown_marks_and_invisible_characters_go_and_no_word_does() -> None:
    layout = lay_out("# 标题\n\n一、**总则**\n给予\u200b**50万元奖励**，\ufeff`当年`兑现。")
    assert layout.text == "标题\n一、总则\n给予50万元奖励，当年兑现。"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_any_line_ending_gives_the_same_layout(newline: str) -> None:
    assert lay_out(newline.join(CHAPTERS)) == lay_out("\n".join(CHAPTERS))


def test_latin_words_broken_by_a_line_stay_apart() -> None:
    lines = [
        "支持企业为其高级管理人员申请办理 APEC",
        "card，开辟快速办理的绿色通道，依法支",
        "持企业参加国际经贸活动，拓展国外市场。",
    ]
    assert "APEC card" in lay_out("\n".join(lines)).text


SENTENCE = st.text("支持企业发展给予奖励最高万元市区首次认定的和、，", min_size=6, max_size=90).map(
    lambda t: f"企{t}业。"
)


@settings(max_examples=150, deadline=None)
@given(st.lists(SENTENCE, min_size=1, max_size=8), st.integers(12, 60), st.integers(2, 12))
def test_wrapping_and_page_numbers_lose_no_letter(paragraphs: list[str], width: int, page: int) -> None:
    numbered = [f"{n}. {p}" for n, p in enumerate(paragraphs, start=1)]
    layout = lay_out(printed(numbered, width, page))
    assert letters(layout.text) == letters("".join(numbered))
    assert "".join(layout.text[p.start : p.end] for p in layout.provisions) == layout.text


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_tiled(text: str) -> None:
    layout = lay_out(text)
    assert "".join(layout.text[p.start : p.end] for p in layout.provisions) == layout.text


def seconds(text: str) -> float:
    started = time.process_time()
    lay_out(text)
    return time.process_time() - started


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("支持企业发展，给予奖励；不超过合同金额的百分之三十。\n" * 8000, id="many paragraphs"),
        pytest.param(printed(["支持企业发展，给予奖励；" * 17_000], 30), id="one paragraph of many lines"),
        pytest.param("（一）支持企业发展，给予奖励。\n" * 13_000, id="the same number over and over"),
        pytest.param("（" * 200_000, id="brackets that never close"),
        pytest.param(" 支" * 100_000, id="blanks between all letters"),
        pytest.param("-" * 200_000, id="a line of dashes"),
    ],
)
def test_a_long_text_takes_no_longer_than_its_length(text: str) -> None:
    assert seconds(text) < 4
