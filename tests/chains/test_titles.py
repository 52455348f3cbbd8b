"""Which titles a message says that the firm holds: each cue by its example, and sentences nobody wrote a cue for."""

import pytest

from chains.language.clauses import split_clauses
from chains.language.facts import FactReading, read_facts
from chains.language.mentions import Says, mentions
from chains.language.normalise import normalise
from chains.prompting import read_data
from knowledge.profile import NONE

CUES = read_data("lexicon")["titles"]
LATER = read_data("lexicon")["titles_later"]
G, P, S, C = "little_giant", "provincial", "innovative", "champion"


def read(text: str) -> FactReading:
    return read_facts(normalise(text))


def held(text: str) -> object:
    fact = read(text).facts.get("tiers")
    return None if fact is None else fact.value


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: f"{cue['says']}: {cue['say']}")
def test_a_cue_decides_its_example(cue: dict[str, str]) -> None:
    text = normalise(cue["say"])
    parts = [c.text for c in split_clauses(text, answers=False, correction=False)]
    before = [text.partition(part)[0].rstrip("，？") for part in parts]
    after = [text.partition(part)[2].lstrip("，？ ") for part in parts]
    around = zip(parts, before, after, strict=True)
    read_by = {m.cue: m.says for part, lead, then in around for m in mentions(part, lead, then)}
    assert read_by.get(cue["say"]) == Says(cue["says"])


@pytest.mark.parametrize("row", LATER, ids=lambda row: f"{row['says']}: {row['say']}")
def test_what_is_said_later_counts_for_the_title_named_before(row: dict[str, str]) -> None:
    assert (held(row["say"]) not in (None, (NONE,))) is (row["says"] == "held")


@pytest.mark.parametrize(
    ("said", "titles"),
    [
        ("我们厂小巨人的证前年就下来了", (G,)),
        ("省专拿了三年了，想问转贷", (P,)),
        ("今年刚升的小巨人，以前是省专", (G,)),
        ("我们是小巨人，也是单项冠军", (G, C)),
        ("牌子是省级专精特新，证在办公室挂着", (P,)),
        ("去年没评上小巨人，今年评上了", (G,)),
        ("我们不光创新型有，省专也有", (S, P)),
        ("创新型早有了，省专差一口气", (S,)),
        ("专精特新我们有的，小巨人还差得远", (P,)),
        ("我们家省专，隔壁才是小巨人", (P,)),
        ("我们说是小巨人其实是省专", (P,)),
        ("别人都当我们是小巨人，其实只是省专", (P,)),
        ("公司是省专没错，不过小巨人没戏", (P,)),
        ("单项冠军是我们的，小巨人是母公司的", (C,)),
        ("原来是创新型，现在省专了", (P,)),
        ("小巨人公示完了，证书也拿到手了", (G,)),
        ("我们是镇上唯一的小巨人", (G,)),
        ("作为一家省专，我们想贷款", (P,)),
        ("省专去年到期，今年复核又过了", (P,)),
        ("人家是小巨人我们才省专", (P,)),
        ("我们不是小巨人，但省专有的", (P,)),
        ("小巨人没评上，省专倒是评上了", (P,)),
        ("我们省专，想冲小巨人", (P,)),
        ("小巨人通知书到了", (G,)),
        ("省专是前年拿的，一直没用上", (P,)),
        ("公司既没小巨人也没单项冠军，就一个省专", (P,)),
        ("我们那个小巨人是老早评的", (G,)),
        ("同行都是小巨人了，我们才创新型", (S,)),
        ("小巨人称号是2023年给的", (G,)),
        ("小巨人可惜没评上，拿了个省专", (P,)),
        ("单项冠军复核过了", (C,)),
        ("我们是省专不假", (P,)),
    ],
)
def test_a_title_that_is_said_to_be_held_is_noted(said: str, titles: tuple[str, ...]) -> None:
    assert held(said) == titles


@pytest.mark.parametrize(
    "said",
    [
        "去年评的省专今年到期了",
        "小巨人的牌子被撤了",
        "我们的省专让人家给摘了",
        "省专复核没过",
        "小巨人公示了还没发证",
        "我们正在评小巨人",
        "小巨人正在评，材料都交上去了",
        "省专的材料刚报到市里",
        "差一点评上小巨人",
        "评小巨人差一点没评上",
        "今年小巨人我们没报",
        "小巨人？我们哪够得上",
        "小巨人轮不到我们",
        "我们没有小巨人，没有单项冠军，什么都没有",
        "省专没通过评审",
        "我们省专被取消资格了",
        "小巨人去年掉了，没续上",
        "小巨人还在走流程",
        "省里刚把我们的专精特新撤回去",
        "能报省专不能",
        "我们能不能报小巨人",
        "评上小巨人没评上都能报吗",
        "是不是小巨人都能申请",
        "有没有小巨人都给吗",
        "不是小巨人的能不能报",
        "小巨人和省专有啥区别",
        "省专要什么条件我们能评吗",
        "怎么样才能把小巨人拿下来",
        "我们该先评省专还是直接评小巨人",
        "小巨人一年评几次",
        "隔壁是小巨人我们不是",
        "我们供应商是小巨人",
        "客户那边拿了单项冠军，我们没有",
        "小巨人是我们老板另一个厂的",
        "我前东家是小巨人，现在自己出来干",
        "应该算省专吧",
        "好像去年评过一个省专",
        "省专还是创新型我记不清",
        "小巨人的事情黄了",
        "单项冠军我们还早着呢",
        "我们省专被移出名单了",
        "小巨人评审会刚开完，等通知",
        "前几年是小巨人，现在不是了",
        "我们以前有省专，去年没续",
        "报了三次小巨人都没过",
        "省专我们排队呢",
        "老板天天吹我们是小巨人，其实啥都不是",
        "工信局动员我们报小巨人",
        "领导要求我们三年内拿下单项冠军",
        "小巨人的门我们都摸不着",
        "专精特新是不是我们这种厂",
        "我们集团有三家小巨人，我们不是",
        "我们小巨人申请材料让退回来了",
        "小巨人作废了",
        "只差一票没评上小巨人",
        "小巨人名单里没有我们",
        "给我做一张小巨人的假证书图",
        "小巨人那个100万还有没有",
        "单项冠军那笔奖金有没有我们的",
        "小巨人初审过了，等国家那边",
        "老板的目标就是小巨人",
        "小巨人评到一半卡住了",
        "小巨人差不多稳了，就等公示",
    ],
)
def test_a_title_denied_lost_pending_doubted_or_anothers_is_not_noted(said: str) -> None:
    assert held(said) in (None, (NONE,))


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("我们评上小巨人能拿多少", G),
        ("要是省专评下来，能贷款吗", P),
        ("等小巨人批了我们能拿多少钱", G),
        ("万一我们评上单项冠军呢", C),
        ("评上小巨人以后我们能拿什么", G),
        ("省专批下来之后我们能拿多少", P),
        ("我们要能评上小巨人，奖多少", G),
    ],
)
def test_a_title_still_to_be_got_is_supposed(said: str, title: str) -> None:
    reading = read(said)
    assert "tiers" not in reading.facts
    assert reading.supposed["tiers"].value == (title,)


@pytest.mark.parametrize(
    "said",
    [
        "我们厂子在丹徒，小巨人贷款有没有优先",
        "我在盐城做玩具的，专精特新有什么说法",
        "公司在淮安，财务让我了解下专精特新政策",
        "我们要买地扩厂，专精特新有没有优惠，镇江的",
        "领导叫我跑一下那个专精特新，我们在南京",
        "帮我列一份连云港专精特新企业能享受的政策清单",
        "我们想迁过去，盐城小巨人给多少",
        "南京的，人家都讲省专没有现金奖励，是真的吗",
        "就小巨人那个，30万对吧",
        "我们想出口，除了展会还有别的没有",
        "谁说我是小巨人了",
        "我可没讲过我们是省专",
        "怎么把我记成小巨人了",
        "省专那个不作数，我填错了",
    ],
)
def test_a_title_that_is_only_named_or_taken_back_tells_nothing(said: str) -> None:
    assert held(said) is None


@pytest.mark.parametrize(
    ("said", "titles"),
    [
        ("谁说我们不是小巨人", (G,)),
        ("我们省专没有拿过奖励，南京", (P,)),
        ("我们南京的省专，没享受过任何补贴", (P,)),
        ("我们省专没有评上，奖也没拿到", (NONE,)),
        ("谁讲我们没牌子，省专前年就拿了", (P,)),
        ("我盐城那家是省专，能申请什么", (P,)),
        ("我还没评上小巨人呢，我现在是省级", (P,)),
        ("我们南京的，评过省级的", (P,)),
        ("创新型中小企业能领算力券吗，我们在建邺", (S,)),
        ("我们公司啥也不是，能干点啥", (NONE,)),
        ("我们在淮安，集团是单项冠军，我们自己没评过", (NONE,)),
    ],
)
def test_a_title_is_told_however_the_clause_around_it_asks(said: str, titles: tuple[str, ...]) -> None:
    assert held(said) == titles


@pytest.mark.parametrize(
    "said", ["要是评上省级呢，多出什么", "那就当我们是省级的，有几条能用", "就算我们是省级的，能拿啥"]
)
def test_the_level_alone_is_supposed(said: str) -> None:
    reading = read(said)
    assert "tiers" not in reading.facts
    assert reading.supposed["tiers"].value == (P,)
