"""A yes or no that is asked is answered first; what is supposed, unclear or no question is taken for what it is."""

import pytest

from tests.chains.visitor import Visitor, profile, statuses

TALENT, LITTLE_GIANT = "nanjing-core-staff-class-c", "nanjing-little-giant-award"


# A kind of enterprise.


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ("南京政府采购对专精特新有什么支持", "中型企业能享受吗"),
        ("南京政府采购对专精特新有什么支持", "大型企业可以吗"),
        ("南京C类人才是什么待遇", "省专的呢"),
        ("南京C类人才是什么待遇", "创新型中小企业有资格吗"),
        ("盐城人才举荐权是什么", "省专有吗"),
        ("南京转贷基金是什么", "外资企业能用吗"),
    ],
)
def test_a_kind_of_firm_that_is_ruled_out_is_told_so(before: str, said: str, visitor: Visitor) -> None:
    reply = visitor.says(before, said)
    assert "**现在不符合**" in reply.text
    assert not {"tiers", "size", "ownership"} & set(profile(reply))


def test_a_kind_of_firm_that_may_is_told_so_and_not_remembered(visitor: Visitor) -> None:
    reply = visitor.says("南京C类人才是什么待遇", "单项冠军也行吗")
    assert "**可以申请**" in reply.text
    assert "tiers" not in profile(reply)
    assert "eligible" not in statuses(reply).values()


def test_who_names_a_title_after_the_award_for_another_is_told_its_own(visitor: Visitor) -> None:
    reply = visitor.says("南京小巨人奖多少", "单项冠军呢")
    assert "300万元" in reply.text and "100万元" not in reply.text


# What the enterprise is known to be.


def test_a_sum_that_is_ruled_out_is_told_to_be_so_first(visitor: Visitor) -> None:
    reply = visitor.says("我们是镇江丹阳的国家级小巨人", "小巨人奖多少钱")
    assert reply.text.index("**现在不符合**") < reply.text.index("30万元")


def test_who_asks_what_can_be_had_is_told_why_a_sum_cannot(visitor: Visitor) -> None:
    reply = visitor.says("我们是镇江丹阳的国家级小巨人", "能拿多少")
    assert "**现在不符合**：国家级专精特新小巨人企业奖励" in reply.text and "丹阳" in reply.text
    assert "30万元" not in reply.text and not reply.abstained


def test_an_allowance_for_others_is_told_to_be_for_others(visitor: Visitor) -> None:
    reply = visitor.says("我们是南京的省级专精特新", "住房方面有没有")
    assert "**现在不符合**：高校毕业生租房补贴上浮" in reply.text


def test_who_asks_which_office_is_only_told_the_office(visitor: Visitor) -> None:
    reply = visitor.says("我们是南京的省级专精特新", "租房补贴上浮找哪个部门")
    assert "责任单位" in reply.text and "不符合" not in reply.text


# What the text leaves open.


@pytest.mark.parametrize(
    "said", ["南京标准奖励，参与行业标准有没有", "我们是南京的省专，牵头过团体标准，标准奖励能拿吗"]
)
def test_a_lesser_standard_does_not_count_and_states_nothing_of_higher_ones(said: str, visitor: Visitor) -> None:
    reply = visitor.say(said)
    assert "不算" in reply.text
    assert "leads_standard" not in profile(reply)


@pytest.mark.parametrize("said", ["南京技改补贴比例是不是三成", "南京微电网补贴比例", "南京中试平台补助的比例"])
def test_a_share_that_is_not_written_is_said_not_to_be(said: str, visitor: Visitor) -> None:
    assert visitor.say(said).text.startswith("文件没有写比例")


def test_what_is_spent_is_no_claim_of_the_document(visitor: Visitor) -> None:
    reply = visitor.say("南京中试平台补贴，投了100万能给多少")
    assert reply.text.startswith("文件没有写：按建设投入的多少比例")
    assert "不是这个数" not in reply.text and "小巨人" not in reply.text


def test_which_of_two_readings_holds_is_said_to_be_open_at_once(visitor: Visitor) -> None:
    assert visitor.say("转贷基金的6000万是每家6000万还是总共").text.startswith(
        "文件没有写：6000 万元是每家企业的还是合计的"
    )


def test_whether_two_awards_add_up_is_said_before_their_verdicts(visitor: Visitor) -> None:
    reply = visitor.say("我们在南京，单项冠军和小巨人都有，两个奖能同时拿吗")
    assert reply.text.index("文件没有写这几项能不能叠加享受") < reply.text.index("300万元")


@pytest.mark.parametrize("said", ["淮安单项冠军奖多少", "镇江省专有奖励吗"])
def test_an_award_that_no_text_gives_is_not_made_up_of_others(said: str, visitor: Visitor) -> None:
    reply = visitor.say(said)
    assert reply.abstained and "没有写给" in reply.text and not reply.findings


def test_what_is_written_of_a_title_without_an_award_is_told_as_that(visitor: Visitor) -> None:
    text = visitor.say("连云港省专有没有奖").text
    assert "没有写奖励或补贴，写的是" in text and "万元" not in text


def test_the_sum_of_another_city_is_named_as_its_own(visitor: Visitor) -> None:
    reply = visitor.say("盐城小巨人是不是奖100万")
    assert "征求意见稿" in reply.text and "盐城的文件里没有写给" in reply.text and "**南京 · " in reply.text


@pytest.mark.parametrize("said", ["南京小巨人奖多少", "镇江单项冠军奖多少"])
def test_an_award_that_a_text_gives_is_told(said: str, visitor: Visitor) -> None:
    assert not visitor.say(said).abstained


def test_a_number_of_people_that_is_told_asks_for_no_number(visitor: Visitor) -> None:
    assert "数量" not in visitor.say("我们在南京 环保检查能不能少来几次").text


# Suppositions.


@pytest.mark.parametrize("said", ["变成小巨人了会多什么", "如果评上小巨人能拿什么", "升为小巨人能多拿什么"])
def test_what_a_title_would_add_is_listed_and_not_remembered(said: str, visitor: Visitor) -> None:
    reply = visitor.says("我们是南京的省级专精特新", said)
    assert all(words in reply.text for words in ("C 类人才", "租房补贴", "技改", "100万元"))
    assert profile(reply)["tiers"] == ("provincial",)


def test_a_title_that_is_held_already_is_no_supposition(visitor: Visitor) -> None:
    reply = visitor.says("我们是南京的省级专精特新", "我们刚评上小巨人")
    assert profile(reply)["tiers"] == ("little_giant",)


def test_another_seat_is_only_supposed(visitor: Visitor) -> None:
    reply = visitor.says("我们是镇江丹阳的小巨人", "如果我们搬到南京呢")
    assert "假如南京" in reply.text and "100万元" in reply.text
    assert profile(reply)["city"] == "zhenjiang"


# What is no question to the documents.


@pytest.mark.parametrize("said", ["去年评的", "2022年评的", "2023年认定的"])
def test_the_year_of_a_title_does_not_tell_whether_it_was_the_first(said: str, visitor: Visitor) -> None:
    reply = visitor.says("南京小巨人奖励我们能拿吗，我们是小巨人", said)
    assert "第一次评上" in reply.text and reply.question is not None
    assert reply.question.slot == "first_recognition" and "first_recognition" not in profile(reply)


def test_who_does_not_follow_is_told_again_in_other_words(visitor: Visitor) -> None:
    reply = visitor.says("南京算力券怎么领", "不是很明白")
    assert "换个说法" in reply.text and "要满足" in reply.text


def test_who_takes_back_all_that_was_said_starts_again(visitor: Visitor) -> None:
    reply = visitor.says("我们是南京的省级专精特新", "前面说的全部作废，重新来")
    assert reply.outcome == "restarted" and not reply.profile


def test_what_to_do_first_is_answered_with_what_is_missing(visitor: Visitor) -> None:
    assert visitor.says("我们是南京的创新型中小企业", "那得先做什么才能享受").outcome == "gap"


def test_an_application_is_not_written(visitor: Visitor) -> None:
    assert visitor.say("能帮我起草一份申请书吗").outcome == "outside"


def test_another_city_will_not_do(visitor: Visitor) -> None:
    assert "只给南京的企业" in visitor.say("苏州不行的话南京可以吗").text


def test_what_stands_in_a_part_is_listed(visitor: Visitor) -> None:
    assert "推动绿色低碳发展" in visitor.says("镇江六大行动是哪些", "第三个行动里有什么").text


def test_the_size_that_was_worked_out_is_told(visitor: Visitor) -> None:
    reply = visitor.say("我们做软件开发的，40人，年收入900万，算什么规模")
    assert "小型企业" in reply.text and profile(reply)["size"] == "small"


# Money: that none is written comes first, and what is written is never lost.


@pytest.mark.parametrize(
    "said",
    [
        ("连云港，专利方面能帮我们什么", "有没有专利的奖励或者补贴钱"),
        ("我们是盐城的省专，有出口", "AEO认证有帮忙的吗", "那AEO有补贴没有"),
        ("连云港的省专，专精特新板是什么", "我们要是挂牌了有奖励没"),
        ("盐城的，小快轻准是什么，给钱吗",),
        ("南京省专，APEC卡给钱吗",),
        ("镇江，绿色工厂有钱拿吗",),
    ],
)
def test_that_no_money_is_written_is_said_before_what_is(said: tuple[str, ...], visitor: Visitor) -> None:
    text = visitor.says(*said).text
    assert "没有写奖励或补贴，写的是：" in text
    assert "没有直接写" not in text


@pytest.mark.parametrize("said", ["淮安，校企共建平台有补贴吗", "南京中试平台有补贴没", "连云港智改数转给钱吗"])
def test_what_gives_money_is_not_said_to_give_none(said: str, visitor: Visitor) -> None:
    assert "没有写奖励或补贴" not in visitor.say(said).text


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("我公司南京雨花台，做AI大模型的，备案刚过，听说有奖励？", "生成式人工智能大模型备案奖励"),
        ("南京的，我们牵头做了国家标准，有奖吗", "主导和参与制定国际标准、国家标准奖励"),
        ("南京做材料的，参与建了个中试平台，有补贴没", "参与建设中试平台资助"),
    ],
)
def test_what_is_told_of_the_firm_leads_to_its_own_award(said: str, title: str, visitor: Visitor) -> None:
    text = visitor.say(said).text
    assert f"**还差一点信息**：{title}" in text
    assert "区级奖励" not in text and "公共服务示范平台" not in text


@pytest.mark.parametrize("said", ["就是20万，对吧", "也就是20万是吧", "所以20万没错吧"])
def test_a_sum_that_was_told_is_confirmed(said: str, visitor: Visitor) -> None:
    visitor.says("南京省专，大模型备案上个月过的，能拿多少", "我们还想买算力，有券是吧", "大模型备案那个多少钱")
    assert "是的，文件写的是：" in visitor.say(said).text


@pytest.mark.parametrize("said", ["那我们要是招个博士呢", "再招两个博士呢", "招博士的话呢"])
def test_a_grade_whose_sum_was_told_is_no_other_thing(said: str, visitor: Visitor) -> None:
    text = visitor.says("南京小巨人，租房补贴硕士多少", said).text
    assert "2400元/月" in text
    assert "没有提到" not in text and "没有直接写" not in text and "专项人才政策" not in text


@pytest.mark.parametrize("said", ["引进院士呢", "想招几个海归，有没有支持"])
def test_what_is_no_such_grade_is_not_taken_for_one(said: str, visitor: Visitor) -> None:
    text = visitor.says("南京小巨人，租房补贴硕士多少", said).text
    assert "没有提到“院士”" in text or "专项人才政策" in text


@pytest.mark.parametrize("said", ["七个部门我打哪个啊，你给我一个", "别的我不管，这个咋弄得成啊"])
def test_a_whole_message_is_not_said_after_the_person(said: str, visitor: Visitor) -> None:
    text = visitor.says("淮安小型企业，被拖欠货款有人管吗", "这事打哪个部门电话", said).text
    assert said[:6] not in text


# What is only put to be confirmed or decided.


@pytest.mark.parametrize(
    ("before", "said", "line"),
    [
        (("淮安省专，职称绿色通道",), "文件里头没写学历要求是吧", "对，文件没有写学历要求"),
        (("盐城首贷贴息有吗",), "没写利率是吧", "对，文件没有写利率"),
        (("南京小巨人奖励",), "申报时间没写吧", "对，文件没有写申报时间"),
        (("南京小巨人奖励",), "没写多少钱是吧", "不是，文件写了："),
        (("连云港智改数转奖补",), "创新型的够不够格", "文件没有限定要哪个称号"),
        (("镇江政府采购怎么照顾我们",), "我们没评过专精特新，也能享受价格扣除吗", "文件没有限定要哪个称号"),
        (("南京转贷基金", "我们国企"), "别啰嗦，行还是不行", "**现在不符合**"),
        (("连云港，省专，想贷款", "专精特新贷是什么"), "用专利行不行", "文件写到了“知识产权贷”"),
        (("镇江单项冠军奖励",), "产品也算吗", "算，文件写了“产品”"),
        (("连云港，第一次违规被查，能不能免罚",), "到底能不能免，给句准话", "不能打包票"),
        (("南京转贷基金",), "够两千万不", "两千万元在文件写的6000万元以内"),
        (("南京转贷基金",), "我们一家能用6000万？", "文件没有写：6000 万元是每家企业的还是合计的"),
        (("南京小巨人有奖？",), "所以就是每年100万、连给三年，对吧", "只给首次的"),
        (("淮安初次违法不罚",), "过期的文件能不能当依据，你就说能不能", "不能当依据。"),
        (("淮安初次违法不罚",), "他们还罚的话，我能拿这个文件跟他们说吗", "不能当依据。"),
        (("淮安科技副总",), "都过期了，让他问工信局，对不对", "对。"),
        (("盐城那个措施",), "你就讲生效没生效，一个字", "没有生效。"),
        (("南京算力券",), "生效了没", "生效了，还在执行。"),
        (("连云港智改数转奖补归谁管",), "谢谢啊，连云港工信局是吧", "是，工信局在责任单位里"),
        (
            ("淮安小型企业，被拖欠货款有人管吗",),
            "七个部门我打哪个啊，你给我一个",
            "文件列了几个责任单位，没有写由哪个牵头",
        ),
    ],
)
def test_a_yes_or_no_comes_first(before: tuple[str, ...], said: str, line: str, visitor: Visitor) -> None:
    lines = visitor.says(*before, said).text.split("\n")
    assert next(one for one in lines if not one.startswith(("（", "记下了", "现在不能申请"))).startswith(line)


@pytest.mark.parametrize(
    ("before", "said", "line"),
    [
        ("镇江小巨人奖励", "没写市区是吧", "对，"),
        ("南京租房补贴", "没写硕士多少钱是吧", "对，"),
        ("南京租房补贴", "省专够格吗", "够，"),
        ("南京单项冠军奖", "创新型够不够格", "没有限定要哪个称号"),
        ("南京算力券", "那都到期了是吧", "对。"),
        ("南京算力券", "归谁管", "没有分主次"),
        ("连云港智改数转奖补", "海关是吧", "是，"),
    ],
)
def test_what_is_not_so_is_not_confirmed(before: str, said: str, line: str, visitor: Visitor) -> None:
    lines = visitor.says(before, said).text.split("\n")
    assert not any(one.startswith(line) for one in lines)


# Whether there is any money at all for a firm, and what a title would bring.


@pytest.mark.parametrize("said", ["没有。我们有没有真金白银的钱拿", "我问的是钱！奖金补助这些，有没有？没有就直说"])
def test_a_firm_that_can_have_no_money_is_told_so_plainly(said: str, visitor: Visitor) -> None:
    visitor.says("南京江宁做传感器的小厂，60来人，想问下我们能申请什么补贴", "创新型中小企业", "没有")
    lines = visitor.say(said).text.split("\n")
    assert any(line.startswith("没有。按创新型中小企业这个情况") for line in lines[:2])
    assert not any("可以申请" in line for line in lines)


def test_who_asks_at_large_for_subsidies_is_told_whether_there_is_money(visitor: Visitor) -> None:
    assert "其中直接给钱的，现在还没有能定下来的" in visitor.say("南京江宁的小厂，能申请什么补贴").text
    assert "其中写到给钱的：" in visitor.say("重来。我们南京省专，能申请什么补贴").text
    assert "给钱的" not in visitor.say("重来。我们南京省专，能申请什么").text


@pytest.mark.parametrize(
    "said",
    [
        ("盐城东台，省级专精特新，东台有补助吗",),
        ("盐城省专，有补助吗", "不是，我问的是有没有钱"),
        ("有没有跟钱沾边的，盐城的",),
    ],
)
def test_a_city_without_sums_is_said_to_have_none(said: tuple[str, ...], visitor: Visitor) -> None:
    assert "没有哪一项奖励、资助或补贴写了金额" in visitor.says(*said).text


@pytest.mark.parametrize(
    ("said", "holds", "lacks"),
    [
        (("南京鼓楼省专，发多少钱", "那我要是明年再评上小巨人呢，能拿多少"), "100万元", "300万元"),
        (
            ("南京鼓楼省专，发多少钱", "要是明年评上小巨人呢，能拿多少", "我没问怎么评，我问评上以后奖多少钱"),
            "100万元",
            "示范平台",
        ),
        (("盐城东台省专，有补助吗", "如果搬到南京，省专给多少"), "区级奖励", "算力券"),
        (("南京创新型", "要是升到省级专精特新，多出来哪些钱"), "20万元", "APEC"),
        (("盐城的省专", "要是迁到南京，算力券给多少"), "算力券", "区级奖励"),
    ],
)
def test_what_a_title_would_bring_is_its_own_money(
    said: tuple[str, ...], holds: str, lacks: str, visitor: Visitor
) -> None:
    text = visitor.says(*said).text
    assert holds in text and lacks not in text
    assert "答偏了" not in text


def test_of_two_firms_the_larger_sum_is_named_first(visitor: Visitor) -> None:
    visitor.says("第一家，南京的，小巨人，今年第一次评", "好，换一家。镇江的，也是今年首次的小巨人，京口区")
    more = visitor.say("所以两家比哪个多").text
    assert "**南京那家写的数更大**" in more and "区级奖励" not in more
    assert "不能这么加" in visitor.say("那两家加起来能拿130万？").text


def test_no_higher_title_is_promised_to_bring_what_the_place_rules_out(visitor: Visitor) -> None:
    text = visitor.says("镇江句容，今年首次认定的小巨人", "那句容一分钱都没有咯？").text
    assert "评上更高的称号以后" not in text and "50万元" not in text


def test_a_higher_title_is_said_to_bring_what_nothing_else_bars(visitor: Visitor) -> None:
    assert "50万元" in visitor.says("镇江京口，省级专精特新", "有没有钱拿，没有就直说").text
