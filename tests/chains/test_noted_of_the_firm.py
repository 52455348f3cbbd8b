"""What is noted of the enterprise, and what is only heard, disputed, corrected or another's."""

import pytest

from tests.chains.visitor import Visitor, profile


def test_a_dispute_of_what_is_written_moves_no_firm(visitor: Visitor) -> None:
    reply = visitor.says("淮安跟连云港的职称绿色通道有啥不一样", "不对吧 淮安明明是中级")
    assert "改好了" not in reply.text
    assert reply.profile["city"].source == "inferred"  # it is only asked of


def test_where_staff_are_insured_is_not_where_the_firm_is(visitor: Visitor) -> None:
    assert profile(visitor.says("南京硕士租房补贴多少", "公司交社保在上海的呢"))["city"] == "nanjing"


@pytest.mark.parametrize(
    "rumour", ["抖音上说评上省专能免三年税", "小红书上有人讲小巨人免税", "朋友圈都在传单项冠军奖一千万"]
)
def test_what_is_read_somewhere_is_no_fact_of_the_firm(visitor: Visitor, rumour: str) -> None:
    reply = visitor.says("淮安 创新型", rumour)
    assert profile(reply)["tiers"] == ("innovative",)
    assert "记下了" not in reply.text
    assert "改好了" not in reply.text


@pytest.mark.parametrize("again", ["我开头说了是省专呀", "我不是说了我是省专吗", "前面讲过了 我们是省专"])
def test_who_tells_a_thing_again_hears_that_it_was_noted(visitor: Visitor, again: str) -> None:
    reply = visitor.says("南京浦口 民营 省专", again)
    assert "您说过：省级专精特新" in reply.text
    assert reply.citations == ()


def test_one_site_more_moves_no_firm(visitor: Visitor) -> None:
    reply = visitor.says("丹阳的 小巨人 今年刚下来 奖金多少呀", "我们京口还有个总部 用总部去申请呢")
    assert profile(reply)["district"] == "丹阳市"
    assert "您符合：企业在镇江市区" not in reply.text


def test_a_filing_of_another_kind_is_heard_where_it_tells_of_ones_own(visitor: Visitor) -> None:
    reply = visitor.says("南京 做大模型的 备案下来了 省专 是不是有20万", "五月备案下来的 是算法备案 有区别吗")
    assert profile(reply)["genai_filed"] == "no"
    assert "现在不符合" in reply.text


def test_the_other_of_two_firms_is_the_one_that_was_told_of(visitor: Visitor) -> None:
    visitor.says("我手上两家 一家南京浦口省专 一家淮安清江浦小巨人 哪家能拿的多", "先说南京那家 民营的 有出口")
    facts = profile(visitor.say("换一家 淮安那个 国企"))
    assert facts["city"] == "huaian"
    assert facts["tiers"] == ("little_giant",)
    assert facts["ownership"] == "state"


def test_a_city_named_by_a_slip_is_not_the_firms(visitor: Visitor) -> None:
    reply = visitor.say("公司在苏州，上午跟你说淮安是我记混了。省级专精特新，做出口的，AEO能办吗")
    assert profile(reply)["city"] == "other"


def test_what_was_told_wrongly_before_is_put_right(visitor: Visitor) -> None:
    reply = visitor.says("盐城 省专 国企", "前面说国企不准，去年改制了，现在是民营")
    assert reply.outcome != "contradiction"
    assert profile(reply)["ownership"] == "private"


def test_who_puts_the_city_right_hears_it_of_that_city(visitor: Visitor) -> None:
    reply = visitor.says(
        "镇江单项冠军首次认定奖多少", "昨天问的那个，地方报错了抱歉，公司注册在南京雨花台，再讲一遍是多少"
    )
    assert "300万元" in reply.text
    assert "50万元" not in reply.text


@pytest.mark.parametrize("asked", ["三十万有我们的吧", "那30万有我们份吗"])
def test_whether_a_sum_is_ones_own_answers_no_question(visitor: Visitor, asked: str) -> None:
    visitor.say("句容的 小巨人 今年第一次")
    before = set(visitor.conversation.facts)
    visitor.say(asked)
    assert set(visitor.conversation.facts) == before


def test_another_firm_elsewhere_is_told_what_its_city_has(visitor: Visitor) -> None:
    text = visitor.says("连云港 省专 职称绿色通道还能办不", "我老婆的公司在南京 创新型的 也做食品").text
    assert "这是连云港市的政策" not in text
    assert "“百场万企”" in text


@pytest.mark.parametrize(
    "said", ["省专 国企欠我们货款 欠钱的是市属国企 我该找谁", "省专 对方是国企 欠我们货款 我该找谁"]
)
def test_whose_the_debtor_is_is_not_whose_the_firm_is(visitor: Visitor, said: str) -> None:
    assert "ownership" not in profile(visitor.say(f"我在南京浦口 {said}"))


def test_who_says_which_of_two_is_his_contradicts_nothing(visitor: Visitor) -> None:
    reply = visitor.says("南京浦口 省专 国企", "不是 我们是民营 对方才是国企")
    assert profile(reply)["ownership"] == "private"


@pytest.mark.parametrize(
    "said",
    [
        "我们南京的单项冠军，2020年就第一次评上了，这回是再次通过，300万还有没有",
        "南京单项冠军，头一回是21年评的，今年重新认定又拿到了，300万有吗",
    ],
)
def test_who_passed_again_is_not_recognised_for_the_first_time(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert profile(reply)["first_recognition"] == "no"
    assert [f.status for f in reply.findings] == ["ineligible"]


def test_a_title_lost_and_got_again_is_held(visitor: Visitor) -> None:
    facts = profile(visitor.say("镇江京口小巨人 摘牌以后去年重新评上 给30万不"))
    assert facts["tiers"] == ("little_giant",)
    assert facts["first_recognition"] == "no"


def test_who_wants_to_be_asked_no_more_is_not(visitor: Visitor) -> None:
    reply = visitor.says("南京江宁 没称号", "别老问平台那个 我们不搞平台")
    assert profile(reply)["service_platform"] == "no"
    assert reply.question is None or reply.question.slot != "service_platform"


def test_a_first_of_something_else_is_put_right(visitor: Visitor) -> None:
    told = visitor.says("镇江丹徒的厂 第一次违反消防 能不罚吗", "我们是省专 第一次")
    assert "first_recognition" not in profile(told)
    reply = Visitor.says(visitor, "镇江 小巨人 第一次", "第一次是说第一次被查 不是第一次评")
    assert "已经去掉：首次获评" in reply.text
    assert "first_recognition" not in profile(reply)
