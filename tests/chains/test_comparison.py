"""Who compares hears first which is more, or why it cannot be said; each figure stands with its own mark."""

import pytest

from chains.finding.retrieval import Finder
from chains.prompting import texts
from chains.telling.targets import targets_of
from knowledge.library import Library
from tests.chains.visitor import Visitor, profile, provisions


def verdict(text: str) -> str:
    """The first line that is no word on whether the documents are in force."""
    return next(line for line in text.split("\n") if not line.startswith("先说清楚"))


def rows(text: str) -> list[str]:
    return [line.split("**")[1] for line in text.split("\n") if line.startswith("· **")]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("小巨人奖励哪个市高", "南京更高"),
        ("哪个市小巨人奖励给得多", "南京更高"),
        ("南京和镇江的小巨人奖励差多少", "南京更高"),
        ("南京跟镇江比，单项冠军奖励谁高", "南京更高"),
        ("我们在镇江，跟南京比小巨人奖励哪个多", "南京更高"),
        ("我们在南京，镇江的小巨人奖励是不是更高", "南京更高"),
        ("连云港和淮安的小巨人目标哪个多", "淮安更多"),
        ("淮安和连云港研发投入目标哪个高", "连云港更高"),
        ("智能车间，淮安和连云港哪个建得多", "淮安更多"),
        ("淮安连云港示范工厂谁多", "淮安更多"),
        ("淮安和镇江关键工序数控化率谁低", "淮安更低"),
        ("四个市单项冠军目标谁最多", "镇江最多"),
        ("五个市上市目标谁最多", "镇江最多"),
        ("淮安和连云港数控化率目标一样吗", "一样"),
        ("南京单项冠军和小巨人奖励哪个多", "国家制造业单项冠军企业奖励更高"),
        ("南京哪个奖励最高", "国家制造业单项冠军企业奖励最高"),
    ],
)
def test_the_first_line_says_which_is_more(asked: str, said: str, visitor: Visitor) -> None:
    reply = visitor.say(asked)
    assert f"**{said}**" in verdict(reply.text)
    assert not reply.abstained


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("盐城和淮安的小巨人目标谁多", "口径不同"),
        ("南京关键核心技术攻关资助和单项冠军奖励哪个高", "口径不同"),
        ("南京和盐城的小巨人奖励哪个高", "比不了"),
        ("南京专精特新和小巨人奖励有什么区别", "比不了"),
        ("南京和苏州的小巨人奖励哪个高", "比不了"),
        ("南京和盐城的AEO有什么区别", "没有金额可比"),
        ("盐城、淮安、连云港哪个市的小巨人奖励多", "没有金额可比"),
    ],
)
def test_what_cannot_be_compared_is_said_to_be_so(asked: str, said: str, visitor: Visitor) -> None:
    assert said in verdict(visitor.say(asked).text)


def test_no_difference_is_computed_and_each_figure_has_its_own_mark(visitor: Visitor) -> None:
    reply = visitor.say("南京和镇江的小巨人奖励差多少")
    assert "100万元[1]；镇江30万元[2]" in reply.text
    assert "70万" not in reply.text
    assert {p for _, p in provisions(reply)} == {"2/5", "4/2"}


def test_each_city_stands_in_a_line_with_its_terms_the_higher_first(visitor: Visitor) -> None:
    reply = visitor.say("镇江和南京的小巨人奖励哪个高")
    assert rows(reply.text) == ["南京", "镇江"]
    assert "市区首次认定" in reply.text


def test_a_city_without_it_is_named(visitor: Visitor) -> None:
    assert "盐城（征求意见稿）、连云港（已到期）的文件里没有这一项" in visitor.say("小巨人奖励哪个市高").text
    assert "苏州的文件我没有收录" in visitor.say("南京和苏州的小巨人奖励哪个高").text


def test_what_is_not_in_force_is_said_first_and_in_one_line(visitor: Visitor) -> None:
    reply = visitor.say("盐城和淮安的小巨人目标谁多")
    first = reply.text.split("\n")[0]
    assert "淮安的计划已经到期" in first
    assert "盐城的文件只是征求意见稿" in first
    assert len([line for line in reply.text.split("\n") if line.startswith("先说清楚")]) == 1


def test_a_comparison_takes_up_what_was_talked_of(visitor: Visitor) -> None:
    reply = visitor.says("镇江的研发投入强度目标几个点", "淮安嘞", "连云港嘞", "这三个里头哪个定得最高")
    assert rows(reply.text)[0] == "连云港"
    assert set(rows(reply.text)) == {"连云港", "淮安", "镇江"}


@pytest.mark.parametrize("asked", ["哪个定得高", "差多少", "两个比一下", "跟刚才那个比呢", "哪家多"])
def test_the_two_cities_talked_of_last_are_compared_by_the_same_target(asked: str, visitor: Visitor) -> None:
    reply = visitor.says("南京算力券怎么申请", "淮安专精特新上市目标几家", "镇江呢", asked)
    assert "**镇江更多**" in verdict(reply.text)
    assert rows(reply.text) == ["镇江", "淮安"]
    assert len(reply.citations) == 2


def test_one_target_told_for_two_cities_in_turn_is_compared(visitor: Visitor) -> None:
    reply = visitor.says("镇江户均发明专利目标几个", "淮安的呢", "哪个高")
    assert "**镇江更多**" in verdict(reply.text)


def test_the_same_support_of_two_cities_is_compared(visitor: Visitor) -> None:
    reply = visitor.says("南京小巨人奖励多少", "镇江呢", "哪个给得多")
    assert "**南京更高**" in verdict(reply.text)
    assert rows(reply.text) == ["南京", "镇江"]


def test_supports_without_figures_are_set_side_by_side(visitor: Visitor) -> None:
    reply = visitor.says("南京AEO有什么支持", "盐城呢", "两个比一下")
    assert "没有金额可比" in verdict(reply.text)
    assert set(rows(reply.text)) == {"南京", "盐城"}


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("南京小巨人奖励多少", "单项冠军奖励呢", "国家制造业单项冠军企业奖励更高"),
        ("淮安小巨人目标多少家", "单项冠军目标呢", "小巨人数量目标更多"),
    ],
)
def test_two_things_of_one_city_told_one_after_the_other_are_compared(
    first: str, second: str, said: str, visitor: Visitor
) -> None:
    assert f"**{said}**" in verdict(visitor.says(first, second, "差多少").text)


def test_where_only_one_thing_was_talked_of_it_is_asked_what_to_compare(visitor: Visitor) -> None:
    reply = visitor.says("南京小巨人奖励多少", "哪个高")
    assert reply.text.startswith("要和哪个比")


def test_one_city_asked_for_its_figures_is_no_comparison(visitor: Visitor) -> None:
    assert "口径" not in visitor.say("盐城三类培育库企业研发费用占比要分别达到多少").text


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("淮安2024年小巨人目标多少家", "文件没有写2024年的数，写的是到2025年的目标"),
        ("淮安2024年和2025年的小巨人目标", "文件没有写2024年的数"),
        ("镇江2024年小巨人目标多少家", "文件没有写2024年的数，写的是计划期（到2025年）里的目标，没有分年"),
        ("明年淮安小巨人目标", "文件没有写明年的数"),
        ("连云港今年上市目标几家", "文件没有写今年的数"),
        ("淮安每年创成多少小巨人", "文件没有分年写"),
        ("镇江小进规三年一共多少家", "文件没有写合计"),
    ],
)
def test_a_year_or_span_without_a_figure_is_said_before_what_there_is(asked: str, said: str, visitor: Visitor) -> None:
    reply = visitor.say(asked)
    lines = reply.text.split("\n")
    assert lines[1].startswith(said)
    assert len(lines) > 2


@pytest.mark.parametrize(
    "asked",
    ["淮安2025年小巨人目标多少家", "淮安2023-2025年小巨人目标", "镇江2025年小巨人目标", "镇江每年小进规多少家"],
)
def test_a_year_with_a_figure_is_simply_answered(asked: str, visitor: Visitor) -> None:
    assert "文件没有" not in visitor.say(asked).text


def test_every_measure_has_a_name_and_every_name_a_measure(library: Library) -> None:
    measures = {row.measure for rows in library.targets.values() for row in rows}
    assert measures == set(texts("measures"))


def test_every_target_is_told_by_a_fact(library: Library) -> None:
    told = {
        (entry.document_id, row.provision, row.quote)
        for entry in Finder(library).entries
        for row in targets_of(library, entry)
    }
    rows = {(name, row.provision, row.quote) for name, given in library.targets.items() for row in given}
    assert rows - told == set()


@pytest.mark.parametrize(
    "asked",
    ["南京真金白银写了数字的奖励资助都有哪几项，一次讲全", "南京给钱的政策都有哪些", "南京奖补金额全部列一下"],
)
def test_all_sums_of_a_city_are_told_the_largest_first(asked: str, visitor: Visitor, library: Library) -> None:
    reply = visitor.say(asked)
    stated = {
        support.title
        for support in library.supports.values()
        if library.document(support.id).city == "nanjing"
        and any(unit in support.benefit.quote for unit in ("万元", "元/月"))
    }
    assert set(rows(reply.text)) == stated
    assert rows(reply.text)[:3] == [
        "国家关键核心技术攻关资助",
        "国家制造业单项冠军企业奖励",
        "参与建设中试平台资助",
    ]
    assert "给予最高1000万元资助[1]" in reply.text


def test_what_is_only_lent_stands_apart(visitor: Visitor) -> None:
    given, _, lent = visitor.say("南京给钱的政策都有哪些").text.partition("借来周转")
    assert "转贷基金" not in given
    assert "转贷基金" in lent


def test_cities_are_told_one_by_one_where_none_is_named(visitor: Visitor) -> None:
    text = visitor.say("哪些市写了奖励金额").text
    assert "300万元" in text
    assert "30万元" in text
    assert "盐城、淮安、连云港的文件里，没有哪一项" in text


@pytest.mark.parametrize(
    ("asked", "given"),
    [("盐城文件里写了金额的有哪些", 2), ("淮安写了金额的奖励有哪些", 3), ("连云港有哪些给现金的奖励", 2)],
)
def test_where_no_sum_is_stated_that_is_said(asked: str, given: int, visitor: Visitor) -> None:
    reply = visitor.say(asked)
    assert reply.abstained
    assert reply.text.startswith("先说清楚")
    assert "没有哪一项奖励、资助或补贴写了金额" in reply.text
    assert len(rows(reply.text)) == given


@pytest.mark.parametrize("asked", ["南京算力写了金额的补贴有哪些", "淮安小巨人目标数", "镇江小巨人奖励金额是多少"])
def test_a_question_about_one_thing_is_no_question_about_all_sums(asked: str, visitor: Visitor) -> None:
    text = visitor.say(asked).text
    assert "按金额从大到小" not in text
    assert "没有哪一项" not in text


def test_a_measure_that_is_named_is_compared_whatever_title_stands_beside_it(visitor: Visitor) -> None:
    reply = visitor.say("连云港专精特新企业研发投入强度的目标，跟淮安比谁高？各多少")
    assert "5%" in reply.text and "4%" in reply.text


# Two cities that somebody may move to stand side by side.


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ("你好", "苏州的公司，打算搬到南京或者镇江，哪边给小巨人奖励多"),
        ("你好", "我在常州，准备迁到镇江或南京，小巨人哪个城市奖得多"),
        ("你好", "想从上海搬去南京或镇江，两地对小巨人分别给多少钱"),
        ("你好", "我再说清楚点，南京小巨人给多少，镇江小巨人给多少，列一下"),
        ("苏州的公司，打算搬到南京或者镇江，哪边给小巨人奖励多", "不是，我是问两边各给多少，我比一下再决定搬哪"),
        ("苏州的公司，打算搬到南京或者镇江，哪边给小巨人奖励多", "两边分别给多少钱"),
    ],
)
def test_two_cities_to_move_to_stand_side_by_side(visitor: Visitor, before: str, said: str) -> None:
    reply = visitor.says(before, said)
    assert "给予100万元" in reply.text and "给予30万元" in reply.text and "到期" in reply.text
    assert "不符合" not in reply.text


def test_which_of_two_gives_more_at_large_is_told_of_both(visitor: Visitor) -> None:
    text = visitor.say("无锡的厂，考虑搬到淮安或连云港，哪边补贴多").text
    assert "淮安讲到奖补" in text and "连云港讲到奖补" in text


def test_how_much_another_city_gives_is_told_with_whom_it_is_for(visitor: Visitor) -> None:
    asked = ("苏州的公司，打算搬到南京或者镇江，哪边给小巨人奖励多", "我公司现在在苏州，南京100万，镇江是多少")
    text = visitor.says(*asked).text
    assert "给予30万元" in text and "要求企业在镇江" in text


def test_a_title_got_elsewhere_is_not_promised_to_be_the_first(visitor: Visitor) -> None:
    asked = ("苏州的公司，打算搬到南京或者镇江，哪边给小巨人奖励多", "我们是苏州评的，搬过来还算首次吗")
    assert "先别当成能拿" in visitor.says(*asked).text


@pytest.mark.parametrize("said", ["我们盐城的，假如搬到南京，小巨人奖多少", "要是搬到镇江市区，首次评上小巨人给多少"])
def test_a_move_to_one_city_is_supposed(visitor: Visitor, said: str) -> None:
    assert visitor.say(said).outcome == "what_if"


@pytest.mark.parametrize(
    "asked", ["南京跟镇江，首次评上小巨人，一家多少一家多少", "镇江和南京的单项冠军奖，一个给多少一个给多少"]
)
def test_who_asks_what_one_and_what_the_other_gives_compares_them_and_is_no_such_firm(
    asked: str, visitor: Visitor
) -> None:
    reply = visitor.say(asked)
    assert "**南京更高**" in reply.text
    assert not {"city", "tiers", "first_recognition"} & set(profile(reply))


@pytest.mark.parametrize(
    "talk",
    [
        ("我们想搬厂，南京和镇江哪个给的多", "都问，两个都说下，我们是小巨人"),
        ("我是小巨人，想搬厂，镇江和南京哪边给的多",),
        ("连云港小巨人奖励多少钱", "别的市呢 哪个市给得多"),
        ("连云港小巨人奖励多少钱", "别的城市呢"),
        ("南京和镇江单项冠军奖励哪个多", "小巨人呢"),
    ],
)
def test_what_each_city_gives_for_the_title_that_is_meant_stands_side_by_side(
    talk: tuple[str, ...], visitor: Visitor
) -> None:
    text = visitor.says(*talk).text
    assert "给予100万元" in text and "给予30万元" in text and "到期" in text
    assert "300万元" not in text and "不确定以哪个为准" not in text


def test_two_cities_without_a_thing_are_told_by_all_that_they_give(visitor: Visitor) -> None:
    text = visitor.say("南京和盐城哪个给得多").text
    assert "300万元" in text and "盐城的文件里，没有哪一项" in text
    text = visitor.says("镇江的省专", "算力券多少钱", "别的市呢").text
    assert "省级专精特新奖励" not in text


@pytest.mark.parametrize(
    "said",
    [
        "那南京的单项冠军跟盐城的比 差多少",
        "南京的省专跟咱们这边比 哪个好",
        "行 南京小巨人多少钱 我拿来对比一下",
        "那就把镇江和南京比 小巨人",
    ],
)
def test_who_compares_stays_where_he_is(visitor: Visitor, said: str) -> None:
    known = {"city": "yancheng", "tiers": ("provincial",)}
    visitor.say("我们公司盐城的 省专 有什么")
    assert profile(visitor.say(said)) == known


def test_what_another_city_writes_of_the_same_is_not_denied(visitor: Visitor) -> None:
    reply = visitor.says("南京要推动多少家数字化改造", "盐城呢")
    assert "1500家" in reply.text
    assert not reply.abstained


def test_what_is_named_there_is_set_beside_what_was_told_here(visitor: Visitor) -> None:
    text = visitor.says("南京的融资白名单是啥", "那跟镇江的白名单一样吗").text
    assert "· **南京**" in text
    assert "· **镇江**：实施“金链行动”" in text


def test_the_same_of_the_other_city_is_weighed(visitor: Visitor) -> None:
    text = visitor.says("南京AEO谁管", "那盐城的AEO呢", "跟南京的比哪个给力").text
    assert "没有金额可比" in text
    assert "转贷基金" not in text


def test_a_comparison_is_of_what_the_message_names(visitor: Visitor) -> None:
    text = visitor.says("数字化改造 哪个市推的多", "五个市里谁的发明专利要求最高").text
    assert "发明专利" in text
    assert "数字化改造" not in text


def test_a_number_that_another_city_writes_is_set_beside(visitor: Visitor) -> None:
    text = visitor.says("南京跟盐城哪个对AEO支持力度大", "那数字化改造呢 哪个市推的多").text
    assert "1500家" in text
    assert "只有南京写了数" not in text


def test_the_greatest_for_a_title_is_of_its_awards(visitor: Visitor) -> None:
    text = visitor.says("南京建邺 省专", "那哪个市给省专最多").text
    assert "省级专精特新奖励" in text
    assert "APEC" not in text


@pytest.mark.parametrize("said", ["盐城和镇江比一比", "镇江和南京差在哪", "哪个市政策最好"])
def test_cities_are_compared_in_few_words(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert "看您要办哪一项" in reply.text and ("zhenjiang-plan-2023-2025", "4/2") in provisions(reply)


def test_a_city_asked_about_that_is_not_held_does_not_stick(visitor: Visitor) -> None:
    reply = visitor.says("河南的小巨人奖多少", "就比小巨人奖励")
    compared = {"nanjing-little-giant-award", "zhenjiang-little-giant-award"}
    assert compared <= {finding.support_id for finding in reply.findings}
    assert not reply.abstained
