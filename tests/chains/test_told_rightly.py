"""What is written is found, and what is asked of it is told; what is not written is said not to be."""

import pytest

from tests.chains.visitor import Visitor, first, provisions, statuses

NANJING, YANCHENG, HUAIAN = "nanjing-measures", "yancheng-measures-draft", "huaian-plan-2023-2025"
LIANYUNGANG, ZHENJIANG = "lianyungang-plan-2023-2025", "zhenjiang-plan-2023-2025"


# What is not there.


@pytest.mark.parametrize("said", ["南京有没有会展补贴", "淮安有没有仓储补贴"])
def test_help_of_a_kind_that_is_not_written_is_not_answered_with_all_that_there_is(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert reply.outcome == "silent"
    assert reply.abstained and not reply.findings


@pytest.mark.parametrize(
    ("said", "provision"),
    [("盐城有没有展会补贴", "4/11"), ("南京有没有租房补贴", "5/13"), ("镇江有没有小巨人补贴", "4/2")],
)
def test_help_of_a_kind_that_is_written_is_still_found(visitor: Visitor, said: str, provision: str) -> None:
    assert provision in {place for _, place in provisions(visitor.say(said))}


def test_help_at_large_is_still_asked_at_large(visitor: Visitor) -> None:
    assert visitor.say("南京有没有企业补贴").outcome == "overview"


@pytest.mark.parametrize("said", ["南京物流补贴", "南京增值税减免吗"])
def test_nothing_of_another_city_is_named_that_is_not_called_so(visitor: Visitor, said: str) -> None:
    assert "文件里有这一项" not in visitor.say(said).text


def test_each_city_that_has_what_is_missing_is_named_with_whether_it_holds(visitor: Visitor) -> None:
    lines = [line for line in visitor.say("南京首违不罚").text.split("\n") if "文件里有这一项" in line]
    held = {line[:3].rstrip("的文"): line for line in lines}
    assert {"淮安", "连云港", "镇江"} <= set(held)
    assert all("已经到期" in held[city] for city in ("淮安", "连云港", "镇江"))


def test_what_another_city_has_in_force_is_named_without_a_warning(visitor: Visitor) -> None:
    text = visitor.say("连云港是不是有算力券").text
    assert "南京的文件里有这一项：算力券" in text
    assert "到期" not in text


def test_a_name_alone_in_a_city_that_has_it_not_asks_for_it(visitor: Visitor) -> None:
    reply = visitor.say("镇江转贷")
    assert reply.abstained and "南京的文件里有这一项" in reply.text


# What no document writes, asked at large.


@pytest.mark.parametrize("said", ["南京奖励要准备哪些材料", "申请要什么材料", "淮安奖补要交啥资料"])
def test_materials_asked_at_large_are_said_to_be_written_nowhere(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert reply.abstained and "没有写申报材料" in reply.text
    assert not reply.citations


def test_materials_asked_of_a_support_are_told_of_it(visitor: Visitor) -> None:
    reply = visitor.say("南京算力券要交什么材料")
    assert statuses(reply).keys() == {"nanjing-computing-voucher"}
    assert "没有写申报材料" in reply.text


@pytest.mark.parametrize("said", ["九月前还申报得了吗，南京小巨人奖", "南京转贷基金8月前报得上吗"])
def test_whether_one_can_apply_before_a_month_is_told_to_be_unwritten(visitor: Visitor, said: str) -> None:
    assert "没有写申报时间" in visitor.say(said).text


@pytest.mark.parametrize("said", ["淮安省级专精特新的门槛是什么", "单项冠军的标准有哪些", "创新型企业的条件是啥"])
def test_what_a_title_asks_for_is_no_question_of_an_award(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert reply.abstained and "怎样评上" in reply.text


def test_the_conditions_of_an_award_are_those_of_the_award(visitor: Visitor) -> None:
    assert "要满足" in visitor.say("南京小巨人奖励的条件是什么").text


# Lists of cities.


def test_cities_that_give_no_award_for_a_thing_are_not_listed_as_if_they_did(visitor: Visitor) -> None:
    text = visitor.say("挂牌上市的奖励哪几个市有").text
    assert "没有写奖励或补贴" in first(text) and "个市的文件写到" not in text


def test_a_list_of_cities_keeps_what_the_sentence_asks_for(visitor: Visitor) -> None:
    text = visitor.say("哪些市轻微违法可以免罚").text
    row = next(line for line in text.split("\n") if line.startswith("· **连云港"))
    assert "初次违法且危害后果轻微" in row and "规定期限内整改完成" in row
    assert "盐城" in text.split("没有找到有关内容的：")[1]


# One city beside another.


@pytest.mark.parametrize("said", ["盐城和南京哪边政策更好", "厂子想从盐城迁到南京，补贴有啥区别"])
def test_two_cities_are_put_side_by_side_by_what_they_give(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert {document for document, _ in provisions(reply)} == {NANJING, YANCHENG}
    assert "盐城的文件里，没有哪一项奖励、资助或补贴写了金额" in reply.text


def test_a_city_that_is_not_held_is_said_not_to_be_compared(visitor: Visitor) -> None:
    assert "泰州的文件我没有收录" in visitor.say("泰州和镇江政策哪个划算").text


def test_a_thing_that_is_named_is_compared_by_itself(visitor: Visitor) -> None:
    reply = visitor.say("南京和盐城上市政策哪个好")
    assert "1000" not in reply.text and "上市" in reply.text


# What is told of a thing.


@pytest.mark.parametrize("said", ["盐城和科大一起建实验室给钱吗", "我们跟高校一起做中试，南京补多少"])
def test_what_is_done_together_is_not_asked_to_be_had_together(visitor: Visitor, said: str) -> None:
    assert "叠加" not in visitor.say(said).text


def test_what_is_had_together_still_is(visitor: Visitor) -> None:
    assert "叠加" in visitor.say("算力券和备案奖励能一起拿吗，南京").text


@pytest.mark.parametrize("said", ["南京三个模型备案了一共给多少", "我们备案了两个模型，南京给40万吗"])
def test_a_sum_is_not_multiplied(visitor: Visitor, said: str) -> None:
    text = visitor.say(said).text
    assert "没有写几个一起怎么算" in text and "不是这个数" not in text


def test_a_wrong_sum_of_one_thing_is_still_wrong(visitor: Visitor) -> None:
    assert "不是这个数" in visitor.say("南京大模型备案奖40万是吧").text


def test_a_post_that_the_document_speaks_of_is_answered_before_what_is_open(visitor: Visitor) -> None:
    assert first(visitor.say("南京单项冠军的研发经理能算什么人才").text).startswith("**技术和管理骨干")


def test_a_post_of_which_it_does_not_speak_is_said_to_be_open_first(visitor: Visitor) -> None:
    assert first(visitor.say("小巨人的销售总监能算什么人才，南京").text).startswith("文件没有写")


def test_the_condition_that_refuses_is_not_asked_for_once_more(visitor: Visitor) -> None:
    text = visitor.says("国有控股，南京省专", "转贷基金条件是什么").text
    asked = next(line for line in text.split("\n") if line.startswith("要满足"))
    assert "现在不符合" in text and "民营" not in asked and "专精特新" in asked


@pytest.mark.parametrize("said", ["连云港十大产业链有哪些", "淮安四个千亿产业集群叫什么名字"])
def test_names_of_which_only_the_number_is_written_are_said_not_to_be(visitor: Visitor, said: str) -> None:
    assert "只写了数目" in visitor.say(said).text


def test_a_list_that_is_written_is_told(visitor: Visitor) -> None:
    text = visitor.say("淮安八大工程有哪些").text
    assert "梯度培育工程" in text and "只写了数目" not in text


def test_a_wish_beside_what_the_firm_is_is_what_is_asked_for(visitor: Visitor) -> None:
    reply = visitor.say("淮安小微企业省专，想申请担保")
    assert "2/7" in {place for _, place in provisions(reply)}


@pytest.mark.parametrize(
    ("said", "point"),
    [
        ("南京的C类人才有啥待遇", "C 类人才有哪些待遇"),
        ("南京直接进电力市场交易有什么门槛", "用电量门槛"),
        ("南京上市精准服务要不要收钱", "费用"),
    ],
)
def test_what_is_left_open_is_said_first_however_it_is_asked(visitor: Visitor, said: str, point: str) -> None:
    assert first(visitor.say(said).text).startswith(f"文件没有写：{point}")


@pytest.mark.parametrize("said", ["南京订单班费用由谁承担", "淮安职工数字技能培训要自己掏钱吗"])
def test_who_pays_is_told_to_be_unwritten(visitor: Visitor, said: str) -> None:
    assert "文件没有写收不收费" in visitor.say(said).text


def test_what_is_free_in_the_text_is_not_told_to_be_unwritten(visitor: Visitor) -> None:
    text = visitor.say("连云港智改数转诊断是免费的吗").text
    assert "免费诊断" in text and "收不收费" not in text


@pytest.mark.parametrize(
    ("before", "said", "told"),
    [
        (("南京租房补贴怎么申请",), "硕士呢", "960"),
        (("淮安专利代理费能加计扣除吗", "比例多少"), "代理费呢", "**知识产权费用"),
    ],
)
def test_a_part_of_what_was_told_is_not_asked_for_what_is_unsaid(
    visitor: Visitor, before: tuple[str, ...], said: str, told: str
) -> None:
    visitor.says(*before)
    assert told in first(visitor.say(said).text)


def test_when_money_comes_is_asked_of_a_support_in_short(visitor: Visitor) -> None:
    assert "没有写兑现时间" in visitor.says("南京大模型备案奖多少", "啥时候能到账").text


def test_the_same_is_asked_of_another_thing(visitor: Visitor) -> None:
    assert "没有写申报材料" in visitor.says("南京算力券要什么材料", "大模型备案呢").text


# What authorities do of themselves, and nobody applies for.


@pytest.mark.parametrize(
    ("said", "office"),
    [
        (["我们在南京，小型企业，国企欠我们货款，能帮忙要吗"], "市政府国资委"),
        (["南京省级专精特新，气价能不能降一降"], "市发改委"),
        (["我们是淮安的小型企业，被拖欠账款有政策管吗"], "市工信局"),
        (["淮安省级专精特新，政府担保的费率能不能压下来"], "市金融监管局"),
        (["镇江省级专精特新，想扩建厂房，用地能优先吗"], "镇江市工信局"),
        (["我们在南京，省级专精特新，税务的一户一档我们能有吗"], "市税务局"),
    ],
)
def test_what_an_authority_does_is_told_with_where_to_turn_and_not_as_a_thing_to_apply_for(
    visitor: Visitor, said: list[str], office: str
) -> None:
    reply = visitor.says(*said)
    assert "可以申请" not in reply.text
    assert "没有写要企业申请" in reply.text and office in reply.text
    assert "eligible" in {status for pair in reply.findings for status in (pair.status, pair.otherwise)}


@pytest.mark.parametrize(
    "said",
    [
        "南京省级专精特新，APEC商务旅行卡的绿色通道我们能用吗",
        "南京省级专精特新，融资白名单我们能进吗",
        "南京省级专精特新，想直接参与电力市场交易行吗",
    ],
)
def test_what_is_applied_for_is_still_told_so(visitor: Visitor, said: str) -> None:
    assert "**可以申请**" in visitor.say(said).text


def test_a_list_keeps_what_is_applied_for_apart_from_what_authorities_do(visitor: Visitor) -> None:
    said = ["南京，省级专精特新，小型企业", "我们能申请什么", *("还有别的吗",) * 4]
    lines = [line for message in said for line in visitor.say(message).text.split("\n")]
    assert lines.index("**可以申请**") < lines.index("**对您适用，由部门来做**")
    practices = lines[lines.index("**对您适用，由部门来做**") :]
    assert any("一户一档" in line for line in practices)
    assert any("APEC" in line for line in lines) and not any("APEC" in line for line in practices)
