"""A question of several parts is answered part by part; who asks for names is told them all."""

import pytest

from tests.chains.visitor import Visitor, provisions

NANJING, YANCHENG = "nanjing-measures", "yancheng-measures-draft"
HUAIAN, LIANYUNGANG, ZHENJIANG = (
    "huaian-plan-2023-2025",
    "lianyungang-plan-2023-2025",
    "zhenjiang-plan-2023-2025",
)


@pytest.mark.parametrize(
    ("said", "told", "place"),
    [
        ("镇江有没有自己认定的新材料示范？除了这个还认定什么", "新材料推广应用示范 首台（套）", (ZHENJIANG, "3/2/9")),
        ("淮安要培育几个千亿集群？占规上工业的份额要到多少", "4个 80%", (HUAIAN, "2/3")),
        ("省级以上的特色集群连云港要争几个？重点推的是哪几条链", "2个 生物医药 化工新材料", (LIANYUNGANG, "2/3")),
        ("转贷基金一年能用多少额度，是哪家集团在里头出力，南京的", "6000万 紫金投资", (NANJING, "2/6")),
        ("南京要推动几家企业数字化改造？靠的是什么试点", "100家 试点城市", (NANJING, "3/7")),
        ("镇江上市家数和股交中心挂牌家数的目标", "15家 80家", (ZHENJIANG, "3/4/15")),
        ("首次评上单项冠军，在南京和在镇江，各奖多少", "300万元 50万元", (ZHENJIANG, "4/2")),
    ],
)
def test_every_part_that_is_asked_is_answered(visitor: Visitor, said: str, told: str, place: tuple[str, str]) -> None:
    reply = visitor.say(said)
    assert [word for word in told.split() if word not in reply.text] == []
    assert place in provisions(reply) and "没有写具体是哪些" not in reply.text


def test_what_else_there_is_is_asked_on_of_the_same_provision(visitor: Visitor) -> None:
    visitor.say("镇江自己认定首台套吗")
    assert "新材料推广应用示范" in visitor.say("除了这个还评什么？").text


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("盐城稿子里给我们点名的金融产品有哪几样", "首贷贴息 设备担 专精特新贷"),
        ("连云港在哪几条产业链上抱团", "生物医药 化工新材料 高性能纤维"),
        ("镇江最底下那级到最顶上那级，四级各要多少家", "12家 50家 300家 1000家"),
        ("淮安把专精特新企业往外带，靠的是哪几个大展会？", "广交会 进博会 中博会"),
        ("除了花果山英才，连云港还有个培训人才的计划，名字忘了", "英才名匠"),
        ("盐城小巨人数字化得到几级，省专几级就行", "四级 三级"),
    ],
)
def test_who_asks_for_names_is_told_them_all(visitor: Visitor, said: str, names: str) -> None:
    text = visitor.say(said).text
    assert [name for name in names.split() if name not in text] == []


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("搞技术攻关缺钱，连云港点名的国开行产品叫什么", (LIANYUNGANG, "2/7")),
        ("灌云的厂搞数字化改造，贷款的利息连云港给不给补一点", (LIANYUNGANG, "3/2")),
        ("淮安，想搞自动化不知从哪下手，有没有不收钱上门给我们把把脉的", (HUAIAN, "2/6")),
        ("盐城做电池的，想上市，市里管不管", (YANCHENG, "4/10")),
        ("连云港这个计划聚焦几条重点产业链来着", (LIANYUNGANG, "1/1")),
        ("200个市级研发机构说的是哪类企业", (YANCHENG, "2/3")),
    ],
)
def test_the_words_that_ask_find_the_provision(visitor: Visitor, said: str, place: tuple[str, str]) -> None:
    reply = visitor.say(said)
    assert provisions(reply) and {place} == {found for found in provisions(reply) if found[1] != "0"}


@pytest.mark.parametrize(
    "said", ["大模型备案在南京给20万，盐城也有这样一笔吗", "大模型备了案，在南京发20万，盐城也有这么一笔吗"]
)
def test_the_same_sum_of_a_city_that_has_none_is_said_to_be_missing(visitor: Visitor, said: str) -> None:
    text = visitor.say(said).text
    assert "没有写" in text and "贴息" not in text


def test_a_city_that_is_asked_besides_is_said_to_have_none(visitor: Visitor) -> None:
    text = visitor.say("总部在南京，工厂在盐城，盐城厂里的硕士也能拿租房补贴吗，盐城给几块").text
    assert "盐城的文件没有写这一项" in text and "个部分" not in text
