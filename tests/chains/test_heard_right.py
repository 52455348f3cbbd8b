"""What is noted as a fact, and what an answer to an open question means."""

import pytest

from tests.chains.visitor import Visitor, profile, statuses

ON_THE_LIST = ("buys_computing", "genai_filed", "pilot_platform", "service_platform", "key_technology_project")


# One thing that is said while a list stands open.


@pytest.mark.parametrize("said", ["报关单位登记过的", "欠银行的款明年四月到期", "我们货卖到东南亚", "每个月出口几个柜"])
def test_one_thing_that_is_said_ticks_no_list(visitor: Visitor, said: str) -> None:
    reply = visitor.says("南京，省专，私企", said)
    assert "yes" in profile(reply).values()
    assert not [slot for slot in ON_THE_LIST if slot in profile(reply)]
    assert reply.question is not None and reply.question.slot == "checklist"


@pytest.mark.parametrize("said", ["货卖到东南亚，别的没有", "就有外贸这一样", "有出口，算力也租"])
def test_who_says_so_or_lists_several_has_answered_the_list(visitor: Visitor, said: str) -> None:
    known = profile(visitor.says("南京，省专，私企", said))
    assert known["foreign_trade"] == "yes"
    assert known["pilot_platform"] == "no"


# What is told in free words to the question that waits.


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("省里的刚报上去", "还没批下来"),
        ("小巨人材料递上去了", "还没批下来"),
        ("原来是小巨人", "以前有"),
        ("高企", "不在下面这几种里"),
        ("瞪羚企业", "不在下面这几种里"),
    ],
)
def test_a_title_that_is_not_held_is_not_noted_and_what_is_held_is_asked(
    visitor: Visitor, said: str, told: str
) -> None:
    reply = visitor.says("南京的企业能拿什么", said)
    assert "tiers" not in profile(reply)
    assert told in reply.text
    assert reply.question is not None and reply.question.slot == "tiers"


@pytest.mark.parametrize("said", ["省级专精特新刚评下来", "省里的批下来了", "省级，国家级在报"])
def test_a_title_that_is_held_is_noted(visitor: Visitor, said: str) -> None:
    assert profile(visitor.says("南京的企业能拿什么", said))["tiers"] == ("provincial",)


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("集体的", "other"),
        ("镇办的厂", "other"),
        ("老板个人的", "private"),
        ("我跟朋友合伙办的", "private"),
        ("国资参股，老板占大头", "private"),
        ("政府占大头", "state"),
    ],
)
def test_an_owner_is_known_by_free_words(visitor: Visitor, said: str, value: str) -> None:
    reply = visitor.says("南京，省专，贷款下月到期，转贷能用吗", said)
    assert profile(reply)["ownership"] == value


@pytest.mark.parametrize("said", ["半公半私", "一半国资一半私人", "镇里入股的", "有限责任公司"])
def test_owners_of_several_kinds_are_asked_who_holds_more(visitor: Visitor, said: str) -> None:
    reply = visitor.says("南京，省专，贷款下月到期，转贷能用吗", said)
    assert "ownership" not in profile(reply)
    assert "占大头" in reply.text


@pytest.mark.parametrize(
    ("said", "size"),
    [
        ("食品加工厂，四十来号人，一年营收两千多万，淮安的", "small"),
        ("我们机械厂两百多人，营收五六千万，在南京", "small"),
        ("在南京做模具的，几十号人，营收一千来万", "small"),
        ("南京电子厂，五百多人，营收两三个亿", "medium"),
    ],
)
def test_a_size_is_known_by_round_numbers(visitor: Visitor, said: str, size: str) -> None:
    assert profile(visitor.say(said))["size"] == size


@pytest.mark.parametrize("said", ["我们软件企业，十来个人，营收两三百万，在南京", "南京纺织厂，员工几百号，营收几千万"])
def test_a_round_number_that_could_be_of_two_sizes_tells_none(visitor: Visitor, said: str) -> None:
    assert "size" not in profile(visitor.say(said))


def test_small_and_micro_in_one_word_is_enough(visitor: Visitor) -> None:
    reply = visitor.says("南京政府采购价格扣除我们有份吗，省专", "小微企业")
    assert "小微企业" in reply.text
    assert statuses(reply)["nanjing-procurement-discount"] == "eligible"


@pytest.mark.parametrize("said", ["中小型企业", "规上企业"])
def test_a_word_for_several_sizes_is_asked_on(visitor: Visitor, said: str) -> None:
    reply = visitor.says("南京政府采购价格扣除我们有份吗，省专", said)
    assert "size" not in profile(reply)
    assert reply.question is not None and reply.question.slot == "size"


# What is told of what was named before.


@pytest.mark.parametrize(
    ("asked", "said", "titles"),
    [
        ("南京小巨人奖多少", "去年第一次评上的", ("little_giant",)),
        ("南京单项冠军奖励多少", "我们刚拿到", ("champion",)),
        ("南京小巨人和单项冠军分别奖多少", "我们俩都有", ("little_giant", "champion")),
        ("小巨人能拿多少钱", "上个月批下来了", ("little_giant",)),
    ],
)
def test_the_title_that_was_asked_about_is_held_by_who_says_so(
    visitor: Visitor, asked: str, said: str, titles: tuple[str, ...]
) -> None:
    assert profile(visitor.says(asked, said))["tiers"] == titles


@pytest.mark.parametrize(
    "said", ["我们还没评上", "什么时候评上的算", "隔壁厂去年评上了", "备案拿到了", "去年评的不算吧"]
)
def test_the_title_that_was_asked_about_is_not_held_by_others_or_in_a_question(visitor: Visitor, said: str) -> None:
    assert "tiers" not in profile(visitor.says("南京小巨人奖多少", said))


@pytest.mark.parametrize(
    ("asked", "said", "slot"),
    [
        ("中试平台最高给多少", "我们南京省专，和高校合作建的", "pilot_platform"),
        ("算力券南京怎么领", "省专，今年租了", "buys_computing"),
    ],
)
def test_what_is_said_to_be_done_is_what_was_talked_of(visitor: Visitor, asked: str, said: str, slot: str) -> None:
    assert profile(visitor.says(asked, said))[slot] == "yes"


@pytest.mark.parametrize("said", ["省专，厂房租的", "省专，还没买过", "省专，机床是前年买的"])
def test_another_thing_that_is_done_tells_nothing_of_it(visitor: Visitor, said: str) -> None:
    assert profile(visitor.says("算力券南京怎么领", said)).get("buys_computing") != "yes"


@pytest.mark.parametrize("said", ["国家标准呢，我们是参编单位", "那国标呢，参与起草的不是牵头的"])
def test_a_part_in_a_standard_is_in_the_one_that_is_asked_of(visitor: Visitor, said: str) -> None:
    assert profile(visitor.says("团体标准南京给奖吗", said))["leads_standard"] == "national"


def test_no_part_in_a_standard_that_is_asked_of_is_no_part(visitor: Visitor) -> None:
    assert profile(visitor.says("团体标准南京给奖吗", "国家标准呢，没参编")).get("leads_standard") != "national"


# What is only spoken of.


@pytest.mark.parametrize(
    "said", ["昨天看到一个通知，小巨人的", "街道发了个补贴，专精特新的", "听会计说有个新文件，省专的"]
)
def test_a_title_that_tells_what_a_thing_is_for_is_not_held(visitor: Visitor, said: str) -> None:
    assert "tiers" not in profile(visitor.says("我们公司在盐城大丰，做风电叶片的", said))


def test_who_wants_to_know_of_a_loan_needs_none_yet(visitor: Visitor) -> None:
    assert "needs_refinancing" not in profile(visitor.say("南京民营省专，想了解一下转贷"))
    assert profile(visitor.say("我们想转贷"))["needs_refinancing"] == "yes"


def test_a_review_that_was_failed_is_no_renewal(visitor: Visitor) -> None:
    assert "first_recognition" not in profile(visitor.say("我们小巨人去年复核没通过"))


@pytest.mark.parametrize(
    ("said", "slot"), [("中试没弄过", "pilot_platform"), ("没，全是自己的资金", "needs_refinancing")]
)
def test_what_is_not_done_is_noted_whatever_was_asked(visitor: Visitor, said: str, slot: str) -> None:
    assert profile(visitor.says("南京，省专，私企", said))[slot] == "no"


# What is still to come.


@pytest.mark.parametrize("said", ["要是明年才备案完呢", "等备案批下来呢", "备案弄好以后呢", "备案完就可以领了吗"])
def test_what_is_not_done_yet_is_supposed_to_be(visitor: Visitor, said: str) -> None:
    reply = visitor.says("南京省专，大模型还在备案中，那20万能拿吗", said)
    assert "假如已完成大模型备案" in reply.text and "**可以申请**" in reply.text
    assert profile(reply)["genai_filed"] == "no"


def test_what_is_done_is_not_only_supposed(visitor: Visitor) -> None:
    assert profile(visitor.say("南京省专，大模型备案办好了，能领吗"))["genai_filed"] == "yes"


@pytest.mark.parametrize("said", ["批下来以后呢", "那拿到之后呢", "评上了呢"])
def test_the_title_that_was_applied_for_is_supposed(visitor: Visitor, said: str) -> None:
    reply = visitor.says("公司在南京，正在申请省专，想先了解能拿什么", said)
    assert "假如省级专精特新" in reply.text
    assert "tiers" not in profile(reply)


def test_until_a_title_is_held_stands_what_needs_none(visitor: Visitor) -> None:
    reply = visitor.says("公司在南京，正在申请省专，想先了解能拿什么", "还没批下来之前呢")
    assert "百场万企" in reply.text


@pytest.mark.parametrize("said", ["有高企，别的啥都没有", "除了科技型企业别的都没有"])
def test_who_holds_only_titles_of_another_kind_holds_none(visitor: Visitor, said: str) -> None:
    assert profile(visitor.says("南京融资白名单我们能进吗", said))["tiers"] == ("none",)


def test_who_asks_for_the_papers_tells_of_no_title(visitor: Visitor) -> None:
    assert "还没批下来" not in visitor.says("南京融资白名单我们能进吗", "材料要交到哪个窗口").text


# Several firms at once.


@pytest.mark.parametrize(
    "said",
    [
        "我做代账的，手头有四家企业",
        "一家在淮安是省专，另一家在镇江是小巨人",
        "我名下有两家公司，都想问问",
        "我们有三家厂，怎么申请补贴",
    ],
)
def test_several_firms_are_taken_one_at_a_time(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert profile(reply) == {}
    assert "一家一家来" in reply.text
    assert reply.question is not None and reply.question.slot == "city"


def test_the_next_firm_has_nothing_of_the_one_before(visitor: Visitor) -> None:
    visitor.says("我是代账会计，手上有三家客户", "先说南京那家，省专，民营")
    reply = visitor.say("盐城那家呢")
    assert profile(reply) == {"city": "yancheng"}
    assert profile(visitor.say("小巨人")) == {"city": "yancheng", "tiers": ("little_giant",)}
    assert profile(visitor.say("换一家")) == {}


@pytest.mark.parametrize(
    "said", ["我们公司在南京，有两家子公司，省专", "帮客户问的，客户在南京，省专", "南京省专，有几家客户在欧洲"]
)
def test_one_firm_that_deals_with_others_is_one(visitor: Visitor, said: str) -> None:
    known = profile(visitor.say(said))
    assert (known["city"], known["tiers"]) == ("nanjing", ("provincial",))


@pytest.mark.parametrize("said", ["去年评的", "我们2023年认定的"])
def test_the_year_of_a_title_is_nothing_that_was_done(visitor: Visitor, said: str) -> None:
    assert "first_recognition" not in profile(visitor.says("南京小巨人奖励能拿吗，我们是小巨人", said))


def test_what_is_filed_is_of_the_customs_where_they_are_spoken_of(visitor: Visitor) -> None:
    reply = visitor.say("南京的省专，海关AEO我们够格吗，早就备案了")
    assert profile(reply).get("foreign_trade") == "yes" and "genai_filed" not in profile(reply)
    assert profile(visitor.say("我们的大模型也备案了"))["genai_filed"] == "yes"


def test_a_size_told_again_is_known(visitor: Visitor) -> None:
    visitor.says("我们90人，一年6000万，做机床的，算什么规模", "南京省专，政府采购那个扣除能用吗")
    assert "您说过是**小型企业**" in visitor.say("机床厂，90人，6000万，刚才讲过了").text


def test_who_answers_and_asks_what_else_there_is_gets_all_there_is(visitor: Visitor) -> None:
    visitor.say("镇江小巨人奖多少，复核没过要退吗")
    reply = visitor.say("我们是省专，还能报哪些")
    assert reply.outcome == "overview" and len(reply.findings) > 3


# What is said in words of the trade, without the word of the fact.


@pytest.mark.parametrize(
    ("said", "slot", "value"),
    [
        ("我们浦口的 货大半出到东南亚", "foreign_trade", "yes"),
        ("在镇江做锚链，单子全是国外的", "foreign_trade", "yes"),
        ("淮安做玩具的，我们在亚马逊开了店", "foreign_trade", "yes"),
        ("中试平台我们也凑了一份子，南京的", "pilot_platform", "yes"),
        ("南京的，我们给中试基地出了四百万", "pilot_platform", "yes"),
        ("国家标准我们参加编了 排第五起草 南京的", "leads_standard", "national"),
        ("南京高淳的私人厂，有什么政策", "ownership", "private"),
        ("我们镇江这个厂是台湾老板的 能享受不", "ownership", "foreign"),
        ("我们是南京的 牌子是省里评的示范平台 国家的没申报过", "service_platform", "no"),
        ("我们在栖霞，员工320人，去年营收1.8亿，做变压器的", "size", "medium"),
        ("我们盐城的，搞不锈钢管件的，员工50人，去年营收1500万", "size", "small"),
    ],
)
def test_a_fact_is_heard_in_the_words_of_who_lives_it(visitor: Visitor, said: str, slot: str, value: str) -> None:
    assert profile(visitor.say(said)).get(slot) == value


@pytest.mark.parametrize(
    ("said", "slot"),
    [
        ("我们南京的，想把货出到越南", "foreign_trade"),
        ("竞争对手都卖到越南去了，南京给什么支持", "foreign_trade"),
        ("南京老板出去国外参展有补贴吗", "foreign_trade"),
        ("南京的，国标我们想参加编", "leads_standard"),
        ("南京的，中试平台想入一股", "pilot_platform"),
        ("我们南京修电梯的，员工50人，去年营收1500万", "size"),
        ("南京 刚从国企出来自己干 做传感器", "ownership"),
    ],
)
def test_what_is_wished_or_of_others_is_no_fact(visitor: Visitor, said: str, slot: str) -> None:
    assert slot not in profile(visitor.say(said))
