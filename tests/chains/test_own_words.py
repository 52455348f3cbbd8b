"""What a word means, what nobody must do, who is to be trusted, and what no document says of money and of names."""

import pytest

from chains.assistant import Assistant
from tests.chains.visitor import Visitor

ZHENJIANG = "镇江京口的，什么称号都没评，年收入刚上两千万，新进规有奖补吗"
REFINANCING = "南京鼓楼，民营，省级专精特新，一笔贷款月底到期要转贷"
AEO = "盐城做座椅的，AEO认证有支持吗"


def last(assistant: Assistant, *said: str) -> str:
    return Visitor(assistant).says(*said).text


@pytest.mark.parametrize(
    ("word", "asked"),
    [
        ("原则上可以", "你讲的原则上可以，到底是能还是不能"),
        ("原则上可以", "“原则上可以”几个意思"),
        ("要主管部门认定", "你说要主管部门认定，是说我们没戏吗"),
        ("没有写", "文件没有写，是不是就等于没有"),
        ("责任单位", "刚才说的责任单位是什么意思"),
    ],
)
def test_a_word_of_ones_own_is_explained_when_asked_back(assistant: Assistant, word: str, asked: str) -> None:
    assert f"“{word}”的意思" in last(assistant, ZHENJIANG, asked)


def test_what_a_verdict_leaves_open_is_told_with_the_word(assistant: Assistant) -> None:
    told = last(assistant, ZHENJIANG, "原则上可以是啥意思")
    assert "没有写具体标准" in told


@pytest.mark.parametrize("asked", ["转贷基金可以申请吗", "算力券是什么意思", "“鼓励和支持”是什么意思"])
def test_a_word_of_the_document_is_none_of_ones_own(assistant: Assistant, asked: str) -> None:
    assert "的意思：" not in last(assistant, ZHENJIANG, asked)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (("盐城 AEO到底是个啥",), "就是“经认证的经营者”"),
        (("什么是AEO，我们在盐城",), "就是“经认证的经营者”"),
        (("南京ESG是什么意思",), "就是“环境、社会和公司治理”"),
        (("盐城的设备担咋回事",), "没有解释“设备担”"),
        (("南京的转贷啥意思",), "没有解释“转贷”"),
    ],
)
def test_a_word_is_told_as_the_document_has_it(assistant: Assistant, said: tuple[str, ...], told: str) -> None:
    assert told in last(assistant, *said)


@pytest.mark.parametrize(
    "asked",
    ["不办行不行", "不申请会不会被罚", "那不办AEO会怎么样", "这个是不是强制的", "非办不可吗", "不弄会不会有事"],
)
def test_what_is_only_supported_need_not_be_done(assistant: Assistant, asked: str) -> None:
    told = last(assistant, AEO, asked)
    assert "没有写必须办" in told
    assert "包容审慎" not in told


@pytest.mark.parametrize("asked", ["不整改会怎么样", "镇江环保查出小毛病，不改会不会被罚"])
def test_what_is_due_is_not_told_to_be_free(assistant: Assistant, asked: str) -> None:
    assert "没有写必须办" not in last(assistant, "镇江丹徒的省专", asked)


def test_where_nothing_is_written_of_its_use_that_is_said(assistant: Assistant) -> None:
    assert "有什么好处，文件没有另外写" in last(assistant, AEO, "那办它有啥用")


@pytest.mark.parametrize("asked", ["这个AEO写在文件第几条", "AEO是哪一条规定的"])
def test_the_provision_is_named_with_its_number(assistant: Assistant, asked: str) -> None:
    told = last(assistant, AEO, asked)
    assert "写在盐城市" in told
    assert "（十一）支持企业开拓市场" in told


@pytest.mark.parametrize(
    "said",
    [
        ("连云港赣榆的，电视台来拍典型宣传，是不是骗子",),
        ("连云港赣榆的，我们想上电视做典型宣传", "电视台的人说拍一条一万，正规吗"),
        ("连云港赣榆的，我们想上电视做典型宣传", "那会不会是骗子"),
        ("盐城，中介说交两万块绿色工厂包过，信得过吗",),
    ],
)
def test_who_doubts_a_caller_is_told_whom_to_ask(assistant: Assistant, said: tuple[str, ...]) -> None:
    told = last(assistant, *said)
    assert "先别交钱" in told
    assert "责任单位" in told or "工信部门" in told
    assert "可以申请" not in told


@pytest.mark.parametrize("asked", ["你不会是骗子吧", "你这准不准啊"])
def test_who_doubts_the_assistant_is_not_warned_of_others(assistant: Assistant, asked: str) -> None:
    assert "先别交钱" not in last(assistant, asked)


@pytest.mark.parametrize("asked", ["两千万分两次转行不行", "能不能拆成三笔转", "分几次转可以吗"])
def test_a_loan_in_parts_is_no_private_matter(assistant: Assistant, asked: str) -> None:
    told = last(assistant, REFINANCING, asked)
    assert "没有写能不能分几次" in told
    assert "个人事务" not in told


@pytest.mark.parametrize("asked", ["公积金分两次提行不行", "租房分两次付行不行", "社保分两回补可以吗"])
def test_ones_own_affairs_in_parts_are_not_answered_with_the_loan(assistant: Assistant, asked: str) -> None:
    told = last(assistant, REFINANCING, asked)
    assert "转贷" not in told
    assert "我能帮您查" in told or "没有找到" in told


@pytest.mark.parametrize(
    "said",
    [
        ("外资企业能申请吗，厂在镇江新区，做轴承的",),
        ("镇江的政策国企也能报吗",),
        ("我们在镇江，港资的能不能享受",),
    ],
)
def test_whether_owners_matter_is_told_of_the_city(assistant: Assistant, said: tuple[str, ...]) -> None:
    assert "没有哪一项的条件要看企业性质" in last(assistant, *said)


def test_owners_that_a_condition_looks_at_are_judged(assistant: Assistant) -> None:
    assert "不符合" in last(assistant, "南京国企能申请转贷基金吗")


@pytest.mark.parametrize(
    "said",
    [
        ("会计问拿到的政府补助要不要交税",),
        ("南京，领到的奖励款用不用交所得税",),
        ("财政给的钱要不要专款专用",),
        ("补贴到手了会不会来审计",),
    ],
)
def test_taxes_and_audits_of_what_is_given_are_not_written(assistant: Assistant, said: tuple[str, ...]) -> None:
    reply = Visitor(assistant).says(*said)
    assert "都没有写" in reply.text
    assert reply.abstained


@pytest.mark.parametrize(
    "said",
    [
        ("我们是银行的，想要盐城专精特新的客户名单",),
        ("南京有哪些小巨人企业",),
        ("连云港的专精特新企业名录在哪下载",),
        ("淮安", "企业名单你们有没有"),
    ],
)
def test_no_document_names_firms(assistant: Assistant, said: tuple[str, ...]) -> None:
    reply = Visitor(assistant).says(*said)
    assert "没有企业名单" in reply.text
    assert reply.abstained


@pytest.mark.parametrize(
    "said",
    [
        "南京怎么进融资白名单",
        "淮安上市后备名单怎么进",
        "镇江能上专精特新白名单吗",
        "南京省专，银行那个白名单有啥用",
        "今年第一次上小巨人名单，南京江宁的，一百万符合吗",
    ],
)
def test_who_wants_to_be_on_a_list_is_told_of_it(assistant: Assistant, said: str) -> None:
    assert "没有企业名单" not in last(assistant, said)


@pytest.mark.parametrize(
    ("said", "finds"),
    [
        (("连云港东海的，有十几个专利，想押给银行换点钱",), "lianyungang-special-loans"),
        (("南京江宁的小巨人", "我们质检主任想评个什么人才，能不能"), "nanjing-talent-class-c"),
        (("镇江京口，新进规有奖补吗", "入库怎么进", "那京口区里给不给"), "zhenjiang-scale-up-award"),
        (("盐城AEO怎么办", "那合着没有补贴是吧"), "yancheng-aeo"),
        (("盐城的诶伊欧认证有人教不",), "yancheng-aeo"),
    ],
)
def test_a_word_beside_it_does_not_lead_away(assistant: Assistant, said: tuple[str, ...], finds: str) -> None:
    assert finds in {finding.support_id for finding in Visitor(assistant).says(*said).findings}


def test_a_thing_named_with_a_title_is_what_is_asked_for(assistant: Assistant) -> None:
    told = last(assistant, "小巨人，丹阳，上市有没有支持")
    assert "上市" in told
    assert "供地" not in told


def test_another_title_with_something_of_its_own_is_told_to_have_none(assistant: Assistant) -> None:
    assert "没有写给高企的奖励" in last(assistant, "盐城", "高企有没有单独的，亲戚说高企也给")


def test_a_premium_of_credit_insurance_is_not_taken_for_what_was_told(assistant: Assistant) -> None:
    assert "没有找到" in last(assistant, "淮安支持建海外仓吗", "淮安有没有出口信用险保费的补助")


@pytest.mark.parametrize(
    ("said", "office"),
    [
        (("南京省专，电力批发市场交易", "电费这个我找谁，给我一个部门"), "供电公司"),
        (("南京省专，转贷基金", "这个归哪个部门"), "市委金融办，先找它"),
    ],
)
def test_the_office_of_the_matter_comes_first(assistant: Assistant, said: tuple[str, ...], office: str) -> None:
    assert office in last(assistant, *said)


@pytest.mark.parametrize(
    ("said", "finds"),
    [
        (("连云港首席技术专家制度", "噢那就是每家都得请一个对伐"), "lianyungang-chief-expert"),
        (("南京的转贷基金，民营省专", "那就等于白给六千万咯，我这么理解对吧"), "nanjing-refinancing-fund"),
        (("南京的转贷基金，民营省专", "额度多少？顺便看下明天下雨不"), "nanjing-refinancing-fund"),
    ],
)
def test_what_is_said_back_or_with_something_else_is_of_what_was_told(
    assistant: Assistant, said: tuple[str, ...], finds: str
) -> None:
    assert finds in {finding.support_id for finding in Visitor(assistant).says(*said).findings}


@pytest.mark.parametrize("asked", ["盐城公积金贷款最多能贷多少", "公积金怎么提取", "顺便问下明天下雨不"])
def test_ones_own_fund_and_the_weather_stay_outside(assistant: Assistant, asked: str) -> None:
    assert "我能帮您查" in last(assistant, "盐城的人才卡是什么", asked)


def test_most_words_of_what_was_told_make_it_ours(assistant: Assistant) -> None:
    told = last(assistant, "淮安小巨人，引进的人才孩子上学能帮忙吗", "孩子转学要提前多久")
    assert "法律纠纷" not in told
    assert "没有写" in told


@pytest.mark.parametrize("asked", ["我家孩子作业不会做", "驾照到期怎么换", "膝盖疼挂哪个科"])
def test_a_word_of_what_was_told_does_not_make_it_ours(assistant: Assistant, asked: str) -> None:
    told = last(assistant, "淮安小巨人，引进的人才孩子上学能帮忙吗", asked)
    assert "我能帮您查" in told
