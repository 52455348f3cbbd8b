"""What was told and is not so, not yet so, or only sounds so is not known of the firm."""

import pytest

from tests.chains.visitor import Visitor, profile


@pytest.mark.parametrize(
    ("told", "said", "gone"),
    [
        ("南京的省级专精特新，民营", "刚才那个省级是我瞎说的，其实不清楚", "tiers"),
        ("南京的省级专精特新，民营", "刚才说错了，我们不是省级", "tiers"),
        ("南京的省级专精特新，民营", "民营是我瞎填的", "ownership"),
        ("南京的省级专精特新，民营", "说错了，不是民营", "ownership"),
        ("南京的小巨人，首次评上的", "刚才说首次是我瞎猜的，不确定", "first_recognition"),
    ],
)
def test_what_was_not_meant_is_known_no_longer(visitor: Visitor, told: str, said: str, gone: str) -> None:
    before = profile(visitor.say(told))
    assert gone in before
    assert profile(visitor.say(said)) == {slot: value for slot, value in before.items() if slot != gone}


@pytest.mark.parametrize(
    "said",
    [
        "你别瞎说，文件里有吗",
        "你们不会是瞎编的吧",
        "这个奖励说话不算数怎么办",
        "不对吧，省级也没有钱？",
        "说错了，是贷款不是奖",
    ],
)
def test_what_is_doubted_of_us_stays_told_of_the_firm(visitor: Visitor, said: str) -> None:
    before = profile(visitor.say("南京的省级专精特新，民营"))
    assert profile(visitor.say(said)) == before


@pytest.mark.parametrize(
    "said",
    ["我还没评上呢！！我现在只是报了名", "还没评上", "不是，还没批下来", "我们还不是小巨人", "还没批下来，正在公示"],
)
def test_a_title_not_held_yet_is_not_held_again(visitor: Visitor, said: str) -> None:
    visitor.say("南京的小巨人，奖多少")
    assert "first_recognition" not in profile(visitor.say(said))


@pytest.mark.parametrize(
    "said",
    [
        "没了，就这些",
        "没有了，说钱的吧",
        "没了，说重点",
        "就没有小企业能用的吗",
        "省里有什么规定",
        "省里的细则还管用吧",
    ],
)
def test_what_answers_no_question_tells_no_title(visitor: Visitor, said: str) -> None:
    visitor.say("淮安的，有什么补贴")
    assert "tiers" not in profile(visitor.say(said))


@pytest.mark.parametrize(
    "said", ["没有", "没有啊", "没有，都没评过", "没有了，去年被摘了", "没有。我们有没有真金白银的钱拿"]
)
def test_what_answers_it_does(visitor: Visitor, said: str) -> None:
    visitor.say("淮安的，有什么补贴")
    assert profile(visitor.say(said))["tiers"] == ("none",)


@pytest.mark.parametrize(
    "said",
    ["意思就是小企业没人管呗", "大企业吃肉，小企业喝汤", "国企才有份吧", "小企业是不是没戏", "都给大企业了"],
)
def test_a_sigh_over_firms_of_a_kind_tells_nothing_of_ones_own(visitor: Visitor, said: str) -> None:
    before = profile(visitor.say("盐城的创新型中小企业，有什么补贴"))
    assert profile(visitor.say(said)) == before


@pytest.mark.parametrize("said", ["市区包括哪些", "镇江市区是哪些区", "什么叫市区", "市区有几个区"])
def test_who_asks_what_the_town_is_is_not_in_it(visitor: Visitor, said: str) -> None:
    visitor.say("镇江的小巨人，首次评的，能拿多少")
    assert "district" not in profile(visitor.say(said))


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("苏州昆山的，做模具", "我们打算搬过去，南京单项冠军奖多少"),
        ("苏州昆山的，做模具", "搬到南京以后就是南京的企业了呀"),
        ("淮安的省专，有什么", "南京小巨人给多少，我们想迁过去"),
    ],
)
def test_who_means_to_move_has_not_moved(visitor: Visitor, told: str, said: str) -> None:
    before = profile(visitor.say(told))["city"]
    assert profile(visitor.say(said))["city"] == before


def test_what_is_for_leading_firms_is_not_for_one_that_is_none(visitor: Visitor) -> None:
    asked = "淮安，我们跟高校想合作搞研发，有没有支持"
    assert "条件大体符合" in visitor.say(asked).text
    reply = visitor.say("我们是创新型中小企业不是龙头")
    assert "您说不是" in reply.text and "可以申请" not in reply.text and "原则上可以" not in reply.text


@pytest.mark.parametrize(
    "said",
    [
        "我们还有个厂在盐城，小巨人，那边能拿什么",
        "盐城还有个公司，是小巨人，能拿多少",
        "我们子公司没评过，子公司能申请什么",
    ],
)
def test_what_another_site_holds_is_not_the_firms(visitor: Visitor, said: str) -> None:
    visitor.say("南京的省专，民营")
    reply = visitor.say(said)
    assert profile(reply) == {"city": "nanjing", "tiers": ("provincial",), "ownership": "private"}
    assert "**可以申请**" not in reply.text


@pytest.mark.parametrize(
    "said",
    ["我们在南京，省专，参与了国家标准", "南京的省专，主导过国际标准", "南京省专 参与了国家标准"],
)
def test_who_took_part_in_a_standard_asks_for_no_standard(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert profile(reply)["tiers"] == ("provincial",) and "50万元" in reply.text


@pytest.mark.parametrize(
    ("told", "said", "tiers"),
    [
        ("盐城的省专", "谁说我是小巨人了", ("provincial",)),
        ("南京小巨人", "怎么把我记成小巨人了，我们是创新型", ("innovative",)),
        ("南京小巨人，能拿什么", "我们还没批下来，你咋算成小巨人了", None),
        ("盐城的省专，能申请什么", "省专那个不算，我记错了", None),
        ("淮安的，有什么补贴", "我没说过我们是省专啊", None),
        ("南京的省专", "小巨人那项奖励，没说清楚，是不是100万", ("provincial",)),
        ("南京的省专，能申请什么", "外面都说省专没有补贴，对不对", ("provincial",)),
        ("镇江的，我们还没评上专精特新", "没评上的企业土地能不能优先", ("none",)),
    ],
)
def test_what_is_said_of_a_title_noted(visitor: Visitor, told: str, said: str, tiers: object) -> None:
    visitor.say(told)
    assert profile(visitor.say(said)).get("tiers") == tiers


@pytest.mark.parametrize(
    ("said", "tiers"),
    [
        ("省级专精特新要满足什么", None),
        ("那小巨人要达到什么要求", None),
        ("等省专批下来了能享受什么", None),
        ("行吧。那等我们小巨人批下来了，能有什么", None),
        ("就当我们是省级的，能用几条", None),
        ("还有别的没", None),
        ("都没有，去年营收两千来万，员工五十多个", ("none",)),
        ("我早说了都没有，我就问先申请哪个", ("none",)),
        ("省级的", ("provincial",)),
        ("我现在是省级", ("provincial",)),
    ],
)
def test_what_answers_the_question_for_titles(visitor: Visitor, said: str, tiers: object) -> None:
    assert visitor.say("镇江的，有什么补贴").question is not None
    assert profile(visitor.say(said)).get("tiers") == tiers


@pytest.mark.parametrize(
    "said",
    [
        ("我是小巨人，南京的，100万能拿吗", "是第一次评的，2026年又复核过了"),
        ("南京小巨人，首次评上的", "今年复审通过了，还能拿100万不"),
        ("南京小巨人，2021年头一回评上，去年复审通过了，奖金有吗",),
        ("我是小巨人，南京的，100万能拿吗", "是第一次，后来复核过", "你改成首次获评"),
    ],
)
def test_a_review_since_leaves_open_whether_a_title_is_new(visitor: Visitor, said: tuple[str, ...]) -> None:
    reply = visitor.says(*said)
    assert "first_recognition" not in profile(reply)
    assert "先别当成能拿" in reply.text and "可以申请" not in reply.text and "不符合" not in reply.text


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("南京的单项冠军，这回是复核通过", "no"),
        ("南京小巨人，不是复核，是头一回评上", "yes"),
        ("南京小巨人，前几年评过，今年复核，不是首次了", "no"),
        ("南京小巨人，2024年首次评上", "yes"),
    ],
)
def test_a_first_without_a_review_is_as_it_was(visitor: Visitor, said: str, first: str) -> None:
    assert profile(visitor.say(said))["first_recognition"] == first


def test_a_sum_for_a_first_is_no_first(visitor: Visitor) -> None:
    visitor.say("南京的，我们做餐饮")
    assert "first_recognition" not in profile(visitor.say("那小巨人呢，首次评上一百万"))


@pytest.mark.parametrize(
    ("told", "said", "slot", "value"),
    [
        ("镇江润州的，新产品能进采购目录吗", "有，是首版次软件", "first_set_product", "yes"),
        ("南京小巨人和单项冠军奖多少", "我们两个都是首次，今年的", "tiers", ("little_giant", "champion")),
        ("南京小巨人奖多少", "我们两个厂都是第一次来南京", "tiers", None),
        ("南京的省专，能申请什么", "除了贷款别的没有了吗", "needs_refinancing", None),
    ],
)
def test_what_is_told_in_passing(visitor: Visitor, told: str, said: str, slot: str, value: object) -> None:
    visitor.say(told)
    assert profile(visitor.say(said)).get(slot) == value


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("淮安的，有什么补贴", "我没说过我们是省专啊"),
        ("淮安的，智能车间要建多少", "我没说我是省级专精特新啊"),
        ("盐城的，我们是小企业", "怎么把我们写成省专了"),
    ],
)
def test_what_was_never_noted_is_said_not_to_be(visitor: Visitor, told: str, said: str) -> None:
    visitor.say(told)
    assert visitor.say(said).text.startswith("这一项没有记")


def test_who_asks_why_something_was_noted_hears_that_it_is_gone(visitor: Visitor) -> None:
    visitor.say("南京小巨人，能拿什么")
    assert visitor.say("我们还没批下来，你咋算成小巨人了").text.startswith("好，不再记：国家级小巨人")


def test_what_is_put_right_is_judged_of_what_was_asked_last(visitor: Visitor) -> None:
    visitor.says("南京的单项冠军，去年复核过的", "那300万能不能给我们")
    reply = visitor.say("写错了，不是复核，是第一次评上")
    assert "国家制造业单项冠军企业奖励" in reply.text and "C 类人才" not in reply.text


def test_an_award_asked_for_with_another_title_is_that_titles(visitor: Visitor) -> None:
    visitor.says("我们南京的，首次评上国家小巨人", "奖励是100万吧")
    reply = visitor.say("说错了，我们是省级专精特新，不是小巨人，那还有奖励吗")
    assert "区级奖励" in reply.text and "C 类人才" not in reply.text and "**可以申请**" not in reply.text


@pytest.mark.parametrize(
    ("told", "said", "title"),
    [
        ("南京的，餐饮能不能申请专精特新，要什么条件", "那要是评上了，在南京能有啥好处", "省级专精特新"),
        ("南京的省专，小巨人奖多少", "要是评上了呢，还有啥", "国家级小巨人"),
        ("镇江的，怎么评小巨人", "评上以后有什么好处", "国家级小巨人"),
        ("南京省专，小巨人奖多少", "我没问怎么评，我问评上以后奖多少钱", "国家级小巨人"),
    ],
)
def test_the_title_talked_of_is_supposed_once_held(visitor: Visitor, told: str, said: str, title: str) -> None:
    before = profile(visitor.say(told))
    reply = visitor.say(said)
    assert f"假如{title}" in reply.text and profile(reply) == before


def test_a_title_told_before_another_is_asked_of_is_noted(visitor: Visitor) -> None:
    reply = visitor.say("公司在盐城，去年评了创新型，省专要达到什么要求")
    assert profile(reply)["tiers"] == ("innovative",) and "没有写：认定条件" in reply.text


def test_who_asks_for_the_firm_is_no_subject(visitor: Visitor) -> None:
    reply = visitor.say("您好，我是淮安一家食品厂的会计，老板让我问问专精特新有啥好处")
    assert "产业集群" not in reply.text and profile(reply) == {"city": "huaian"} and reply.question is not None


# What is asked to be put right and stands so already; what cannot be put so.


@pytest.mark.parametrize(
    ("talk", "noted"),
    [
        (("我们是南京的民营省专", "把我的资质改成省级专精特新"), "省级专精特新"),
        (("我们是南京的民营省专", "你记错了，我们就是民营的"), "民营"),
        (("盐城的小巨人", "更正一下，我们是小巨人"), "国家级小巨人"),
    ],
)
def test_what_is_noted_already_is_told_so(visitor: Visitor, talk: tuple[str, ...], noted: str) -> None:
    assert visitor.says(*talk).text == f"现在记的就是：{noted}。"


def test_what_no_text_decides_is_not_put_right(visitor: Visitor) -> None:
    reply = visitor.says("南京小巨人", "是第一次评的，后来2026年复核过了", "你记错了，改成首次获评")
    assert "没有改" in reply.text and "可以申请" not in reply.text


@pytest.mark.parametrize(
    ("talk", "told"),
    [
        (("我们是南京的民营省专", "把性质改成国企"), "改好了：国有"),
        (("淮安省专，中型", "更正，是中型企业，担保费率多少"), "1%"),
        (("盐城大丰的", "我们还没批下来，你怎么记成小巨人了"), "没有记"),
    ],
)
def test_what_changes_or_asks_is_answered_as_ever(visitor: Visitor, talk: tuple[str, ...], told: str) -> None:
    assert told in visitor.says(*talk).text


# 更正…这样还可以吗: what was talked of, for the firm as it is told to be now.


@pytest.mark.parametrize(
    ("talk", "title", "against"),
    [
        (
            ("南京省专，想买智算服务，算力券能领吗", "更正一下，省级还没下来，目前只是创新型，这样还可以吗"),
            "算力券",
            "创新型",
        ),
        (("南京省专，AEO能申请吗，我们有出口", "说错了，省级还在公示，现在只是创新型，那还能申请吗"), "AEO", "创新型"),
        (
            ("淮安省专，平均担保费率是多少", "更正，我们还没评上，啥都没有，还能享受吗"),
            "担保平均费率",
            "没有专精特新资质",
        ),
        (("镇江首次认定小巨人给多少", "不好意思，注册地是句容，不在市区，那还有吗"), "小巨人企业奖励", "句容"),
        (("镇江单项冠军奖励多少", "我们是丹阳的，不算市区吧，还给吗"), "单项冠军", "丹阳"),
    ],
)
def test_what_was_talked_of_is_judged_anew(visitor: Visitor, talk: tuple[str, ...], title: str, against: str) -> None:
    reply = visitor.says(*talk)
    refused = [line for line in reply.text.split("\n") if line.startswith("**现在不符合**")]
    assert len(refused) == 1 and title in refused[0] and against in refused[0]
    assert "没有直接写" not in reply.text and "新进规" not in reply.text


def test_what_else_there_is_is_no_question_of_what_was_talked_of(visitor: Visitor) -> None:
    assert "融资白名单" in visitor.says("南京省专，算力券能领吗", "我们是浦口的，还有啥能拿").text


@pytest.mark.parametrize(
    "said",
    ["那有没有我们创新型能用的", "有没有适合我们创新型的", "没有我们创新型的份吗", "有什么是我们创新型能报的没有"],
)
def test_who_asks_what_there_is_for_his_title_holds_it(visitor: Visitor, said: str) -> None:
    reply = visitor.says("盐城的，想建研发机构", "我们是创新型的", said)
    assert profile(reply)["tiers"] == ("innovative",) and "不再记" not in reply.text


@pytest.mark.parametrize("said", ["说简单点，我就想要钱", "就想拿点钱", "我图的是现金"])
def test_who_wants_money_answers_no_question(visitor: Visitor, said: str) -> None:
    before = visitor.says("连云港灌云县，小型的，什么称号都没有")
    assert before.question is not None
    assert profile(visitor.say(said)) == profile(before)


# What was noted wrongly.


@pytest.mark.parametrize(
    ("said", "gone", "left"),
    [
        (("南京的国企，想问转贷", "你乱记，我没说我们是国企"), "ownership", {"city": "nanjing"}),
        (
            ("南京的，我们民营，省专", "别瞎记，我没讲过我是民营"),
            "ownership",
            {"city": "nanjing", "tiers": ("provincial",)},
        ),
        (("盐城的省专，能享受什么", "我没跟你说过我在盐城"), "city", {"tiers": ("provincial",)}),
        (("盐城，我们是创新型", "我们升上省专了", "我没说我是省专！我还是创新型"), "", {"tiers": ("innovative",)}),
        (("镇江京口的小巨人，首次，能拿30万吗", "不是我，说的是我哥，别算我头上"), "tiers", {}),
    ],
)
def test_a_wrong_note_is_owned_up_to_and_undone(
    visitor: Visitor, said: tuple[str, ...], gone: str, left: dict[str, object]
) -> None:
    reply = visitor.says(*said)
    assert reply.text.startswith("是我记错了") and "现在" in reply.text
    assert left.items() <= profile(reply).items() and gone not in profile(reply)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("淮安小巨人，有什么补贴", "你怎么乱写，我啥时候说过是首次了"),
        ("盐城东台的省专", "我没说我不是首次！你乱记"),
        ("南京的省专，想用算力券", "哪个说我们要买算力的，别乱加"),
    ],
)
def test_a_complaint_tells_nothing_and_takes_nothing_else_away(visitor: Visitor, told: str, said: str) -> None:
    before = profile(visitor.say(told))
    assert profile(visitor.say(said)).keys() == before.keys() - {"buys_computing"}


def test_what_was_noted_of_oneself_by_mistake_is_known_of_the_other(visitor: Visitor) -> None:
    visitor.says("镇江京口的小巨人，首次，能拿30万吗", "说的是我哥，别记我头上")
    reply = visitor.say("那他能拿吗")
    assert "按它的情况：条件都符合" in reply.text and not profile(reply)


@pytest.mark.parametrize(
    ("said", "slot"),
    [
        ("盐城的省专，复核不过会不会要我退钱", "first_recognition"),
        ("南京的，我说的是二十万那个，是不是只要专精特新就给", "tiers"),
        ("南京省专，年收入两千万，国企招标也行？", "ownership"),
        ("南京小巨人没有一百万么", "tiers"),
    ],
)
def test_what_is_only_asked_of_is_not_noted(visitor: Visitor, said: str, slot: str) -> None:
    assert slot not in profile(visitor.say(said))


def test_who_wants_the_next_title_holds_the_one_before(visitor: Visitor) -> None:
    assert profile(visitor.says("盐城的，我们是创新型", "那从创新型往省专有没有名额"))["tiers"] == ("innovative",)
