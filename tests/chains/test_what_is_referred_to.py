"""What a later message refers to: the same elsewhere, what was gone back to, what was said back, or another thing."""

import pytest

from tests.chains.visitor import Visitor, profile, statuses


def cited(reply: object) -> set[str]:
    return {f"{c.document_id.split('-')[0]} {c.provision}" for c in reply.citations}  # type: ignore[attr-defined]


# A second city, asked for the same.


@pytest.mark.parametrize(
    ("before", "asked", "title"),
    [
        ("南京买智算服务有算力券", "我们盐都有个厂，盐城给不给这种券", "算力券"),
        ("南京C类人才是怎么回事", "我们淮安那个厂，淮安评不评这类人才", "C 类人才"),
        ("南京有转贷基金吗", "盐城大丰有个子公司，盐城搞不搞这样的基金", "转贷基金"),
    ],
)
def test_what_another_city_has_not_of_the_kind_told_is_said_so(
    visitor: Visitor, before: str, asked: str, title: str
) -> None:
    reply = visitor.says(before, asked)
    assert reply.abstained and "没有写" in reply.text
    assert "南京的文件里有这一项：" in reply.text and title in reply.text
    assert "连云港" not in reply.text


def test_what_another_city_has_of_the_kind_told_is_told(visitor: Visitor) -> None:
    assert cited(visitor.says("淮安有智能制造顾问吗", "那连云港派不派这种顾问")) == {"lianyungang 2/6"}


@pytest.mark.parametrize(
    ("before", "asked", "told"),
    [
        ("盐城的专精特新措施现在生效了吗？", "那我们南京这份，管到哪一天？", "2028年12月31日"),
        ("南京那个措施什么时候到期", "我们盐城这份呢", "征求意见稿"),
    ],
)
def test_the_document_of_another_city_is_asked_about(visitor: Visitor, before: str, asked: str, told: str) -> None:
    assert told in visitor.says(before, asked).text


# The same figure of something else.


def test_another_row_of_the_same_sentence_is_no_supposition(visitor: Visitor) -> None:
    reply = visitor.says("盐城对省专培育库企业研发占比有要求吗", "换成小巨人库里的企业呢")
    assert reply.outcome == "information" and cited(reply) == {"yancheng 2/4"}
    assert "6%" in reply.text


@pytest.mark.parametrize("between", [(), ("谢谢，辛苦了",), ("好的",)])
@pytest.mark.parametrize("asked", ["顺便再问下，星级上云企业呢？", "对了，再问一下，上云企业呢"])
def test_the_figure_asked_for_is_asked_of_something_else_after_thanks(
    visitor: Visitor, between: tuple[str, ...], asked: str
) -> None:
    reply = visitor.says("请问淮安智能车间的目标是多少？", *between, asked)
    assert "200家" in reply.text


# What a message goes back to, and what it asks of that.


@pytest.mark.parametrize(
    ("before", "asked", "told"),
    [
        (("连云港小巨人目标是几家", "研发投入强度呢"), "刚才企业数量那个，单项冠军是几家来着", "单项冠军5家"),
        (("南京怎么支持我们出海？", "C类人才几个名额"), "出海那一条，参与的海关有哪几个？", "金陵海关"),
        (("南京怎么支持我们出海？", "C类人才几个名额"), "再说回出海，责任单位有哪些", "市贸促会"),
    ],
)
def test_what_the_provision_gone_back_to_has_of_it_is_told(
    visitor: Visitor, before: tuple[str, ...], asked: str, told: str
) -> None:
    assert told in visitor.says(*before, asked).text


def test_who_forgot_what_was_told_is_told_again(visitor: Visitor) -> None:
    reply = visitor.says(
        "我们建邺的小巨人", "新来的博士租房每月补多少", "C类人才呢 几个名额", "租房那个 我转头就忘了 硕士是几百来着"
    )
    assert "960元" in reply.text and "先放着" not in reply.text


@pytest.mark.parametrize("said", ["忘了", "不清楚，忘了"])
def test_who_forgot_what_is_asked_leaves_it_open(visitor: Visitor, said: str) -> None:
    assert "先放着" in visitor.says("我们是南京的省级专精特新", said).text


# Somebody who was told of, what comes of what was told, and the office to turn to.


@pytest.mark.parametrize("asked", ["这个人管些什么", "他能帮我们干点啥", "这个专员能干些什么"])
def test_who_was_told_of_is_not_who_speaks(visitor: Visitor, asked: str) -> None:
    reply = visitor.says("连云港专精特新有没有专人对接", asked)
    assert cited(reply) == {"lianyungang 2/8"} and "融资" in reply.text
    assert "没有写，写的是" not in reply.text


@pytest.mark.parametrize("asked", ["你能干些什么", "这个软件谁做的", "那头有人吗"])
def test_who_speaks_is_told_after_anything(visitor: Visitor, asked: str) -> None:
    assert "惠企" in visitor.says("连云港服务专员是什么", asked).text


@pytest.mark.parametrize(
    ("before", "asked", "place"),
    [
        ("南京小巨人的高管能评C类人才是吧", "评上以后一年拿多少补贴", "nanjing 5/13"),
        ("镇江首台套认定是什么", "认定以后奖多少", "zhenjiang 3/2/9"),
        ("连云港星级上云企业", "评上之后补贴几万", "lianyungang 2/6"),
    ],
)
def test_what_comes_of_it_is_of_what_was_told(visitor: Visitor, before: str, asked: str, place: str) -> None:
    reply = visitor.says(before, asked)
    assert cited(reply) == {place} and "没有写" in reply.text
    assert "100万" not in reply.text


def test_what_comes_of_a_title_is_its_own_award(visitor: Visitor) -> None:
    reply = visitor.says("南京小巨人怎么评", "评上以后拿多少奖励")
    assert "100万元" in reply.text and "300万" not in reply.text


def test_whom_to_turn_to_is_the_office_of_what_was_told(visitor: Visitor) -> None:
    assert "市金融监管局" in visitor.says("淮安担保费率多少", "那我找谁反映").text
    assert "转人工" in visitor.says("我要投诉你们这个系统").text


@pytest.mark.parametrize(
    ("before", "asked", "place"),
    [
        ("南京AEO是啥", "不办行不行？会不会被罚", "nanjing 4/11"),
        ("盐城绿色工厂", "那不搞会怎么样", "yancheng 3/9"),
        ("南京转贷基金", "3000万分两次转行不行", "nanjing 2/6"),
    ],
)
def test_what_may_be_done_with_it_is_asked_of_what_was_told(
    visitor: Visitor, before: str, asked: str, place: str
) -> None:
    assert cited(visitor.says(before, asked)) == {place}


def test_an_office_is_given_where_one_is_asked_for(visitor: Visitor) -> None:
    assert "南京供电公司" in visitor.says("南京电力批发市场", "算了 我找电力公司问 你给个部门").text


def test_what_one_can_use_is_summed_up(visitor: Visitor) -> None:
    reply = visitor.says("我们在淮安金湖，省专", "码上贷利息多少", "行，最后汇总下我能用的几样")
    assert reply.outcome == "overview" and "汇总征税" not in reply.text


# What was told, said back in other words.


@pytest.mark.parametrize(
    ("before", "said", "place"),
    [
        ("连云港首席技术专家是啥制度", "哦 那就是已经定了 每家必须设一个 对伐", "lianyungang 2/2"),
        ("南京转贷基金是什么", "那就等于政府白送我们公司几千万咯 我理解得对不", "nanjing 2/6"),
        ("盐城首贷贴息是什么", "哦那就是利息政府全包了，没错吧", "yancheng 4/10"),
        ("连云港服务专员", "那就是每家都有一个专员对吧", "lianyungang 2/8"),
        ("南京小巨人奖励多少", "那就是南京的小巨人每年都100万，对不对", "nanjing 2/5"),
    ],
)
def test_what_says_more_than_was_told_is_put_right(visitor: Visitor, before: str, said: str, place: str) -> None:
    reply = visitor.says(before, said)
    assert not reply.abstained and place in cited(reply)
    assert "文件没有这么写" in reply.text
    assert "tiers" not in profile(reply)


def test_which_of_two_it_is_is_no_claim(visitor: Visitor) -> None:
    assert "没有这么写" not in visitor.says("淮安担保费率多少", "意思是每一笔都不超过还是平均下来").text


def test_a_title_put_as_an_answer_is_noted(visitor: Visitor) -> None:
    assert profile(visitor.says("南京的算力券怎么领", "那就是省专是吧"))["tiers"] == ("provincial",)


def test_another_award_put_to_be_confirmed_is_another_subject(visitor: Visitor) -> None:
    reply = visitor.says("南京有没有算力券", "那小巨人奖励是100万 对吧")
    assert cited(reply) == {"nanjing 2/5"} and reply.text.startswith("是的")


def test_what_was_said_not_to_be_written_is_said_so_again(visitor: Visitor) -> None:
    reply = visitor.says("连云港赣榆的食品厂，想去广交会，有补贴没有", "那展位费就是要自己掏了？")
    assert reply.text.split("\n")[-2].startswith("文件没有写：展位费是否补贴")


# Another thing than what was told.


@pytest.mark.parametrize(
    ("before", "asked"),
    [
        ("镇江小巨人奖多少", "镇江招商引资返税给多少"),
        ("镇江小巨人奖多少", "招商引资返税给多少"),
        ("南京转贷基金", "南京失业金一个月领多少"),
        ("盐城首贷贴息", "稳岗返还多少钱"),
        ("盐城的人才卡是什么", "盐城公积金贷款，夫妻俩最多能贷多少"),
    ],
)
def test_the_figure_of_another_thing_is_not_that_of_what_was_told(visitor: Visitor, before: str, asked: str) -> None:
    reply = visitor.says(before, asked)
    assert reply.abstained and not reply.citations


@pytest.mark.parametrize(
    ("before", "asked"),
    [
        ("南京算力券怎么领", "那一家企业一年顶多领几张"),
        ("南京微电网有补贴吗", "每千瓦补几块钱"),
        ("南京大模型备案奖多少", "具体点 给多少 一次给还是年年给"),
        ("盐城黄海明珠人才计划", "补贴具体发多少钱一个人"),
    ],
)
def test_the_figure_asked_on_is_that_of_what_was_told(visitor: Visitor, before: str, asked: str) -> None:
    reply = visitor.says(before, asked)
    assert reply.citations and not reply.abstained


@pytest.mark.parametrize(
    "asked",
    ["额度多少？顺便看下明天南京下不下雨", "额度多少？另外给我讲个笑话", "顺便问下我头疼吃啥药？额度是多少"],
)
def test_what_is_asked_of_others_besides_is_declined_in_a_sentence(visitor: Visitor, asked: str) -> None:
    reply = visitor.says("南京那个转贷基金，我们民营省专", asked)
    assert "6000万元" in reply.text and not reply.abstained
    assert "我这里没有" in reply.text or "帮不上" in reply.text


# What is told amid an interview, and is known to be asked in much the same words.


@pytest.mark.parametrize(
    ("begun", "said", "place"),
    [
        ("喂 镇江的", "上礼拜消防查出来点小毛病 头一次 要罚钱啊", "zhenjiang 3/6/24"),
        ("我们在淮安", "担保公司收我们两个点 太黑了", "huaian 2/7"),
        ("连云港的厂", "厂里老房子产权证一直没办下来，想上市的", "lianyungang 2/7"),
    ],
)
def test_what_is_surely_found_amid_an_interview_is_answered(
    visitor: Visitor, begun: str, said: str, place: str
) -> None:
    reply = visitor.says(begun, said)
    assert place in cited(reply) and "没听明白" not in reply.text


@pytest.mark.parametrize("said", ["竞争对手都比我们快", "老板老往国外跑"])
def test_what_asks_for_nothing_amid_an_interview_is_not_answered(visitor: Visitor, said: str) -> None:
    assert not visitor.says("南京江宁的", said).citations


# A correction of the subject, and two things named.


def test_the_subject_that_was_meant_is_told_in_full(visitor: Visitor) -> None:
    visitor.says("南京公司贷款下个月到期，听讲有个转贷的基金", "那负责的是哪一家，我直接去")
    reply = visitor.say("我说的是转贷基金，不是电")
    assert "紫金投资集团" in reply.text and "还要确认" in reply.text


def test_each_of_two_that_are_named_is_told(visitor: Visitor) -> None:
    visitor.says("我们是盐城的", "有没有跟钱沾边的，盐城的")
    assert cited(visitor.say("那人才补贴不是钱吗，首贷贴息不是钱吗")) == {"yancheng 2/6", "yancheng 4/10"}


def test_what_is_not_meant_is_not_one_of_two(visitor: Visitor) -> None:
    visitor.say("南京aeo和apec卡有支持吗")
    reply = visitor.say("不是AEO 是APEC 那个商务旅行的卡 办得快不快")
    assert "AEO" not in reply.text.replace("APEC", "")


# Another city's analogue is about the same matter, whatever words its title has.


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (["請問南京專精特新有冇上市輔導", "淮安嗰邊點寫"], {("huaian-plan-2023-2025", "2/7")}),
        (["连云港请大学教授到厂里挂的是什么专家", "淮安类似的叫啥名头"], {("huaian-plan-2023-2025", "2/2")}),
        (["盐城帮企业上市有啥", "淮安呢", "镇江嘞，目标几家"], {("zhenjiang-plan-2023-2025", "3/4/15")}),
        (["淮安有人教先进管理方法吗", "那南京呢"], {("nanjing-measures", "1/3")}),
        (["淮安的服务专员是干啥的", "连云港有没有"], {("lianyungang-plan-2023-2025", "2/8")}),
    ],
)
def test_another_citys_like_is_of_the_same_matter(
    visitor: Visitor, said: list[str], told: set[tuple[str, str]]
) -> None:
    reply = visitor.says(*said)
    assert {(c.document_id, c.provision) for c in reply.citations} == told


@pytest.mark.parametrize(
    "said",
    [
        ["淮安进口设备能减免税吗", "盐城呢"],
        ["盐城能请外国专家吗", "南京呢"],
        ["淮安的专精特新企业服务专员是什么", "那南京呢"],
    ],
)
def test_what_another_city_has_nothing_of_is_said_to_be_missing(visitor: Visitor, said: list[str]) -> None:
    reply = visitor.says(*said)
    assert reply.abstained and "没有写" in reply.text


# A figure, a sum, a title or a thing that only what was told tells of.


@pytest.mark.parametrize(
    ("said", "told", "places"),
    [
        (["淮安支持去哪些交易所上市", "全市到2025要上几家来着"], "达5家左右", {"2/7"}),
        (["连云港拟上市企业有培训没", "最后要上几家"], "达5家左右", {"2/7"}),
        (["江苏精品这块，淮安有没有定数", "是一年的数还是三年合起来的数？"], "每年培育", {"2/4"}),
        (["盐城省级专精特新数字化水平要到几级", "小巨人是不是更高，几级"], "达到四级水平", {"3/8"}),
        (["盐城一年要新增多少研发机构", "不是这个意思，我说的是省专库里的企业"], "20个", {"2/3"}),
        (["淮安要争2个特色产业集群是吧", "连云港争几个，什么级别的"], "省级以上中小企业特色产业集群2个", {"2/3"}),
        (["淮安有组织参加广交会", "还有别的展吗"], "进博会", {"2/8"}),
        (["南京想出海，有啥平台带", "跨境电商园区我知道的，还有别的吗"], "AEO", {"4/11"}),
        (
            ["我爸的厂 镇江丹阳那边的", "前年评上国家小巨人了哈", "那个三十万 我们这种县里的有份没"],
            "要求企业在镇江市区",
            {"4/2"},
        ),
        (["连云港搞智改数转有钱补吗", "上面那笔钱归哪几家管"], "市财政局", {"3/2"}),
        (["南京，小巨人和单项冠军都是第一次拿", "两边分别能奖多少"], "100万元", {"2/5"}),
        (["淮安，想出口，东南亚那边", "省专，有出口", "出口品牌认定那个说下"], "市级出口品牌认定", {"2/8"}),
        (["淮安我们引进了两个工程师", "住房安居有保障是吧", "除了住的还补些神马"], "薪酬补贴", {"3/3"}),
        (["南京绿色工厂", "我要的是部门名字，别的不要"], "市市场监管局", {"3/9"}),
        (["南京算力券怎么领", "那职称呢，我们想自己评"], "中级以上", {"5/12"}),
        (["在不", "我们盐城的小巨人，数字化要到几级来着"], "达到四级水平", {"3/8"}),
    ],
)
def test_what_is_meant_of_what_was_told_is_all_that_is_told(
    visitor: Visitor, said: list[str], told: str, places: set[str]
) -> None:
    reply = visitor.says(*said)
    assert told in reply.text and {c.provision for c in reply.citations} == places


@pytest.mark.parametrize("said", ["还有别的吗", "还有别的券吗"])
def test_whatever_else_there_is_is_all_there_is(visitor: Visitor, said: str) -> None:
    assert visitor.says("南京算力券", said).outcome == "overview"


@pytest.mark.parametrize("before", ["连云港小巨人奖励多少钱", "盐城小巨人奖励多少"])
def test_which_city_gives_more_is_asked_of_the_title_whose_award_was_asked(visitor: Visitor, before: str) -> None:
    reply = visitor.says(before, "别的市呢 哪个市给得多")
    assert "南京更高" in reply.text and "100万元" in reply.text and "30万元" in reply.text


def test_where_one_is_is_heard_with_whatever_is_called_after_it(visitor: Visitor) -> None:
    assert profile(visitor.says("南京小巨人奖励多少", "我盐城的啊大哥"))["city"] == "yancheng"


def test_whether_there_is_anything_for_a_title_denies_no_title(visitor: Visitor) -> None:
    assert profile(visitor.says("盐城想建研发中心", "我们是创新型的", "那有没有我们创新型能用的"))["tiers"] == (
        "innovative",
    )


def test_what_is_asked_after_and_stands_nowhere_is_said_to_be_missing(visitor: Visitor) -> None:
    reply = visitor.says("电费太贵了有没有办法啊", "我连云港的", "那土地呢，想拿块地")
    assert reply.abstained and "电力" not in reply.text


def test_what_offices_do_of_themselves_is_told_of_a_field_that_has_nothing_else(visitor: Visitor) -> None:
    reply = visitor.says("南京，省级专精特新", "气、电、地，这三样分别能帮上什么")
    assert all(title in reply.text for title in ("降低综合购气价格", "电力批发市场", "建设用地指标"))


# Another matter, a kind of what was told, another level: each is taken for what it is.


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (("淮安，省专，有出口，想去国外建仓库", "出口品牌认定那个说下"), "市级出口品牌认定"),
        (("连云港，想派人去国外参展", "说的是去美国的那种"), "推荐参加展览展销"),
        (("淮安，招人有啥", "住房补贴一个月多少"), "住房安居保障"),
        (("盐城做电池的，想上市，市里管不管",), "上市"),
        (("镇江丹阳，小巨人，30万能拿吗", "那丹阳自己有没有"), "丹阳市自己有没有另外的政策，我这里没有收录"),
        (("连云港，上云有支持吗，我们是创新型", "那省里有没有给创新型的钱"), "省里的文件没有收录"),
        (("镇江，买设备有没有补贴", "车床，大概三百万的"), "市工信类专项资金"),
        (("隔壁厂在南京说他拿了一百万是不是真的",), "100万元"),
        (("连云港，省专，有啥好处", "还是没听明白，给我归纳两句话"), "您的情况"),
    ],
)
def test_what_a_message_turns_to_is_answered(said: tuple[str, ...], told: str, visitor: Visitor) -> None:
    reply = visitor.says(*said)
    assert told in reply.text and "不在我能回答的范围" not in reply.text


def test_this_is_what_a_fact_has_brought_nearer(visitor: Visitor) -> None:
    reply = visitor.says("南京六合，省级专精特新，有什么我能用的", "贷款年底到期，愁死了", "这个要多久能批下来")
    assert set(statuses(reply)) <= {"nanjing-refinancing-fund"}
    assert "转贷" in reply.text and "单项冠军" not in reply.text
