"""A sheet on WeChat: plain text in few messages, numbers to choose by, nothing torn apart."""

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.wechat.layout import MAX_BYTES, Entry, lay_out, plain, read_menu_id, size, split
from bot.messages import Action, Button, Sheet, Tap
from chains.reply import Citation, Option, Question
from tests.bot.fakes import CITY, NEEDS

TEXT = "**可以申请** 融资白名单[1]\n- APEC 商务旅行卡[2]\n* 职称自主评审"
ID = "0123456789abcdef"


def citation(marker: int, label: str = "（六）", lifecycle: str = "in_force", document: str = "d1") -> Citation:
    return Citation(
        marker=marker,
        document_id=document,
        document_title="若干措施" if document == "d1" else "图读《行动计划》",
        provision="2/6",
        label=label,
        heading="加大融资支持",
        quote="…",
        start=0,
        end=1,
        lifecycle=lifecycle,
    )


def only(sheet: Sheet) -> str:
    [page] = lay_out(sheet)
    return page.text


def test_light_markdown_becomes_plain_text() -> None:
    assert plain(TEXT) == "可以申请 融资白名单[1]\n· APEC 商务旅行卡[2]\n· 职称自主评审"
    assert plain("# 标题\n一行 * 两行") == "标题\n一行 * 两行"


def test_options_have_numbers_and_a_hint() -> None:
    assert only(Sheet(text="好的。", question=CITY)) == "好的。\n\n您在哪个市？\n1 南京\n2 盐城\n回复数字或直接说"


def test_a_question_that_stands_in_the_text_is_not_asked_again() -> None:
    assert only(Sheet(text="您在哪个市？", question=CITY)) == "您在哪个市？\n1 南京\n2 盐城\n回复数字或直接说"


def test_a_checklist_shows_what_is_ticked_and_how_to_tick_several() -> None:
    lines = only(Sheet(text="勾一下", question=NEEDS, ticked=("genai_filed",))).split("\n")
    assert lines[3:] == ["1 有进出口", "2 ✓ 完成了大模型备案", "3 都没有", "回复数字，几个都行，例如 1 3"]


def test_an_open_question_has_no_numbers() -> None:
    asked = Question(slot="district", text="在哪个区？", options=(), multiple=False)
    assert only(Sheet(text="好。", question=asked)) == "好。\n\n在哪个区？"


def test_buttons_go_on_counting_after_the_options() -> None:
    buttons = (Button(action=Action.SAY, value="转人工", label="转人工"),)
    assert only(Sheet(text="好。", question=CITY, buttons=buttons)).split("\n")[3:6] == ["1 南京", "2 盐城", "3 转人工"]
    assert only(Sheet(text="好。", buttons=buttons)) == "好。\n\n1 转人工\n回复数字"


def test_citations_name_a_document_once_and_say_how_to_read_them() -> None:
    cited = (citation(1), citation(2, "（七）"), citation(3, "", "expired", "d2"))
    assert only(Sheet(text="可以[1][2][3]", citations=cited)).split("\n")[2:] == [
        "依据：[1]《若干措施》（六） · [2]（七）",
        "依据：[3]《图读〈行动计划〉》加大融资支持（已届满）",
        "回复“依据1”看原文",
    ]


def test_suggestions_stand_last() -> None:
    sheet = Sheet(text="好。", suggestions=("算力券多少钱", "怎么申请"))
    assert only(sheet) == "好。\n\n还可以问：算力券多少钱 / 怎么申请"


def test_what_the_text_says_to_say_is_not_suggested_again() -> None:
    assert (
        only(Sheet(text="想接着答，就说“让助手继续”。", suggestions=("让助手继续",))) == "想接着答，就说“让助手继续”。"
    )


def test_nothing_else_is_suggested_while_something_is_asked() -> None:
    assert only(Sheet(text="好。", question=CITY, suggestions=("怎么申请",))).endswith("2 盐城\n回复数字或直接说")


def test_the_question_stands_right_above_its_options_and_below_the_citations() -> None:
    sheet = Sheet(text="可以[1]。\n\n您在哪个市？", citations=(citation(1),), question=CITY)
    lines = only(sheet).split("\n")
    assert lines[-4:] == ["您在哪个市？", "1 南京", "2 盐城", "回复数字或直接说"]
    assert lines.count("您在哪个市？") == 1 and lines.index("您在哪个市？") > lines.index("回复“依据1”看原文")


def test_the_bold_line_above_a_list_stands_out() -> None:
    assert plain("记下了。\n**可以申请**\n- 算力券[1]\n**完**") == "记下了。\n【可以申请】\n· 算力券[1]\n完"


def test_a_place_that_is_cited_twice_is_named_once() -> None:
    cited = (citation(1), citation(2, "(七)"), citation(3))
    assert "依据：[1][3]《若干措施》（六） · [2]（七）" in only(Sheet(text="可以", citations=cited))


def test_a_single_choice_can_be_a_menu() -> None:
    [page] = lay_out(Sheet(text="好的。", message_id=ID, question=CITY, suggestions=("怎么申请",)))
    assert page.head == "好的。\n\n您在哪个市？"
    assert page.menu == (Entry("o:01234567:nanjing", "1 南京"), Entry("o:01234567:yancheng", "2 盐城"))
    assert page.tail == "也可以回复数字"
    assert read_menu_id(page.menu[1].id) == Tap(action=Action.CHOOSE, about="01234567", value="yancheng")


def test_no_menu_for_several_choices_many_choices_or_long_ones() -> None:
    many = tuple(Option(id=str(i), label=str(i)) for i in range(10))
    long = (Option(id="x" * 62, label="长"),)
    assert lay_out(Sheet(text="好。", question=NEEDS))[0].menu == ()
    assert lay_out(Sheet(text="好。", question=CITY.model_copy(update={"options": many})))[0].menu == ()
    assert lay_out(Sheet(text="好。", question=CITY.model_copy(update={"options": long})))[0].menu == ()


def test_ids_that_are_none_of_ours_are_no_taps() -> None:
    assert read_menu_id("101") is None and read_menu_id("") is None and read_menu_id("?:a:b") is None
    assert read_menu_id("c:01234567:a:b") == Tap(action=Action.CITE, about="01234567", value="a:b")


def test_a_sheet_with_nothing_in_it_is_no_message() -> None:
    assert lay_out(Sheet(text="")) == [] and lay_out(Sheet(text="\n")) == []


def test_the_choices_stay_together_when_the_answer_is_long() -> None:
    sheet = Sheet(text="融资支持。\n" * 125, message_id=ID, question=CITY)
    pages = lay_out(sheet)
    assert len(pages) == 2
    assert pages[1].text == "您在哪个市？\n1 南京\n2 盐城\n回复数字或直接说"
    assert pages[1].head == "您在哪个市？" and len(pages[1].menu) == 2
    assert pages[0].text == "\n".join(["融资支持。"] * 125)


def test_a_cut_falls_between_lines_then_between_sentences() -> None:
    lines = "第一行。第二句。\n" * 100
    assert all(piece.startswith("第一行") and piece.endswith("第二句。") for piece in split(lines, 600))
    sentences = "给予一次性奖励 100 万元[1]。" * 100
    pieces = split(sentences, 500)
    assert "".join(pieces) == sentences
    assert all(piece.endswith("[1]。") for piece in pieces)


def test_a_mark_stays_with_the_sentence_that_it_stands_behind() -> None:
    sentences = "给予一次性奖励 100 万元。[12]" * 100
    assert all(piece.endswith("。[12]") for piece in split(sentences, 500))


MARKS = ["，", "。", "\n", "[12]", "[3]", " "]
NUMBERS = ["100 万元", "2023—2025年", "3.5%", "1,000万元"]
WORDS = st.sampled_from([*MARKS, *NUMBERS, "惠企", "（六）", "《若干措施》", "AEO", "🏭"])
WHOLE = re.compile(r"\[\d+\]|\d[\d.,—]*[ ]?[万]?[元年%]?")


@given(st.lists(WORDS, max_size=400).map("".join), st.integers(150, MAX_BYTES))
def test_pieces_fit_lose_nothing_and_tear_no_number(text: str, limit: int) -> None:
    pieces = split(text, limit)
    assert all(0 < size(piece) <= limit for piece in pieces)
    assert "".join(pieces).replace("\n", "") == text.replace("\n", "")
    if len(WHOLE.findall(text)) == len(WHOLE.findall("\n".join(pieces))):
        return
    # Only a run with no word and no sentence in it may be torn: it is longer than half a message.
    assert any(size(run) > limit // 2 for run in re.findall(r"[0-9.,\[\]A-Z %—万元年]+", text))


@given(st.text(st.characters(codec="utf-8"), max_size=3000), st.integers(8, MAX_BYTES))
def test_any_text_fits_and_loses_nothing(text: str, limit: int) -> None:
    pieces = split(text, limit)
    assert all(size(piece) <= limit for piece in pieces)
    assert "".join(pieces).replace("\n", "") == text.replace("\n", "")


@given(
    st.text(st.sampled_from("惠企政策。，\n*-[1] 100万元"), max_size=2500),
    st.lists(st.text(st.sampled_from("南京盐城市"), min_size=1, max_size=30), max_size=20),
    st.booleans(),
)
def test_every_page_fits_whatever_is_on_it(text: str, labels: list[str], multiple: bool) -> None:
    options = tuple(Option(id=f"o{i}", label=label) for i, label in enumerate(labels))
    question = Question(slot="city", text="在哪个市？", options=options, multiple=multiple)
    sheet = Sheet(text=text, message_id=ID, question=question, citations=(citation(1),), suggestions=("怎么申请",))
    pages = lay_out(sheet)
    assert all(0 < size(page.text) <= MAX_BYTES for page in pages)
    shown = "\n".join(page.text for page in pages)
    assert all(f"{number} {label}" in shown for number, label in enumerate(labels, 1))
    assert pages == lay_out(sheet)
