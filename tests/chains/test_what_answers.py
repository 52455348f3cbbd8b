"""What answers an open yes/no question, and what is said beside it; which titles and owners are the firm's own."""

import pytest

from chains.assistant import Assistant
from tests.chains.visitor import Visitor, profile, statuses

CUSTOMS = "南京的省专企业，民营的，海关AEO高级认证培育我们能享受吗"
LOAN = "南京的省专企业，民营的，转贷基金我们能申请吗"
TASK = "南京的省专，关键核心技术攻关支持能申请吗"
PLATFORM = "南京的省专，公共服务平台奖励能拿吗"
NEW = "南京的国家小巨人，奖励能拿吗"


@pytest.mark.parametrize(
    ("opening", "slot", "text"),
    [
        (CUSTOMS, "foreign_trade", "好，谢谢"),
        (CUSTOMS, "foreign_trade", "是2019年成立的"),
        (CUSTOMS, "foreign_trade", "不急，回头再弄"),
        (CUSTOMS, "foreign_trade", "好的"),
        (LOAN, "needs_refinancing", "是个做阀门的小厂"),
        (LOAN, "needs_refinancing", "没事了"),
        (LOAN, "needs_refinancing", "没了没了，拜拜"),
        (LOAN, "needs_refinancing", "不是吧"),
        (LOAN, "needs_refinancing", "不好办啊"),
        (TASK, "key_technology_project", "对了，我们还有个分公司"),
        (NEW, "first_recognition", "不是前年那批"),
        (PLATFORM, "service_platform", "不早了，下班了"),
    ],
)
def test_what_has_content_of_its_own_or_takes_leave_answers_nothing(
    real_assistant: Assistant, opening: str, slot: str, text: str
) -> None:
    visitor = Visitor(real_assistant)
    question = visitor.say(opening).question
    assert question is not None
    assert question.slot == slot
    assert slot not in profile(visitor.say(text))


@pytest.mark.parametrize(
    ("opening", "slot", "text", "value"),
    [
        (CUSTOMS, "foreign_trade", "对对对", "yes"),
        (CUSTOMS, "foreign_trade", "有的，去年卖到越南200万", "yes"),
        (LOAN, "needs_refinancing", "嗯有一笔，三百万", "yes"),
        (LOAN, "needs_refinancing", "没有，我们从来没借过", "no"),
        (LOAN, "needs_refinancing", "没有，谢谢", "no"),
        (TASK, "key_technology_project", "有两个", "yes"),
        (PLATFORM, "service_platform", "是今年新评的", "yes"),
    ],
)
def test_an_answer_is_heard_with_what_is_told_besides(
    real_assistant: Assistant, opening: str, slot: str, text: str, value: str
) -> None:
    visitor = Visitor(real_assistant)
    visitor.say(opening)
    assert profile(visitor.say(text))[slot] == value


@pytest.mark.parametrize(
    ("opening", "slot", "text"),
    [
        (TASK, "key_technology_project", "国家重大科技专项属不属于这一类"),
        (TASK, "key_technology_project", "揭榜挂帅的项目算不算"),
        (LOAN, "needs_refinancing", "信用贷算不算快到期的贷款"),
        (NEW, "first_recognition", "复核通过算不算首次"),
        (PLATFORM, "service_platform", "省级的呢"),
        (PLATFORM, "service_platform", "区级平台呢"),
        (TASK, "key_technology_project", "市里的攻关项目呢"),
        (TASK, "key_technology_project", "今后承担了国家攻关任务呢"),
        (LOAN, "needs_refinancing", "没贷款的话还能享受别的吗"),
    ],
)
def test_who_asks_what_counts_or_what_would_be_tells_nothing(
    real_assistant: Assistant, opening: str, slot: str, text: str
) -> None:
    visitor = Visitor(real_assistant)
    visitor.say(opening)
    assert slot not in profile(visitor.say(text))


def test_a_platform_held_is_kept_where_one_of_a_lower_level_is_asked_of(real_assistant: Assistant) -> None:
    visitor = Visitor(real_assistant)
    held = visitor.say("中小企业公共服务平台的奖励，南京的，我们上个月评了国家级")
    assert profile(held)["service_platform"] == "yes"
    assert statuses(held)["nanjing-service-platform-award"] == "eligible"
    assert profile(visitor.say("省级的平台呢"))["service_platform"] == "yes"


@pytest.mark.parametrize(
    ("talk", "title"),
    [
        (("南京，小巨人，能拿什么", "单项冠军我们今年第一次上"), "champion"),
        (("南京，没有任何称号", "哦有个创新型的"), "innovative"),
        (("南京，小巨人奖励多少", "我们23年就拿到了"), "little_giant"),
        (("南京，小巨人奖励多少", "我们前年评上的，现在补领行不行"), "little_giant"),
        (("南京，单项冠军奖励多少", "今年新晋的"), "champion"),
        (("南京", "小巨人今年刚上"), "little_giant"),
    ],
)
def test_a_title_said_casually_is_noted(real_assistant: Assistant, talk: tuple[str, ...], title: str) -> None:
    held = profile(Visitor(real_assistant).says(*talk))["tiers"]
    assert isinstance(held, tuple | list)
    assert title in held


@pytest.mark.parametrize(
    ("opening", "text"),
    [
        ("南京，小型企业，省专，民营", "人多了以后变中型企业了呢"),
        ("南京，小型企业，省专，民营", "后面国资控股了"),
        ("南京，小型企业，省专，民营", "明年我们拿到小巨人了再说"),
        ("南京，小型企业，省专，民营", "准备上小巨人"),
    ],
)
def test_what_is_still_to_come_is_not_noted(real_assistant: Assistant, opening: str, text: str) -> None:
    visitor = Visitor(real_assistant)
    before = profile(visitor.say(opening))
    assert profile(visitor.say(text)) == before


@pytest.mark.parametrize("text", ["国企拿走了我们的投标保证金，南京", "南京，国企甲方扣了我们质保金两年"])
def test_who_keeps_the_money_of_the_firm_is_not_its_owner(real_assistant: Assistant, text: str) -> None:
    assert "ownership" not in profile(Visitor(real_assistant).say(text))


@pytest.mark.parametrize("text", ["iso9001换证有补贴吗", "高企重新认定呢", "环评复审过了"])
def test_another_scheme_renewed_is_no_word_on_the_title(real_assistant: Assistant, text: str) -> None:
    assert "first_recognition" not in profile(Visitor(real_assistant).says("南京，小巨人", text))


@pytest.mark.parametrize("said", ["都是今年头一回评上的", "都是第一次评上"])
def test_all_of_a_list_is_said_by_nothing_else_beside_it(visitor: Visitor, said: str) -> None:
    visitor.says("南京 小巨人", "还有单项冠军也是我们", said)
    noted = visitor.conversation.profile
    assert noted["first_recognition"] == "yes"
    assert noted["key_technology_project"] is None and noted["pilot_platform"] is None


def test_two_titles_that_are_told_have_both_their_awards(visitor: Visitor) -> None:
    reply = visitor.says("南京小巨人能拿多少", "我们是小巨人，又是单项冠军，能拿400万？")
    assert {"nanjing-little-giant-award", "nanjing-champion-award"} <= {f.support_id for f in reply.findings}
    assert "不是这个数" not in reply.text and "叠加" in reply.text
