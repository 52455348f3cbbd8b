"""The first line answers: yes, no, or that the document leaves open the very thing that was asked."""

import pytest

from tests.chains.visitor import Visitor, first

PILOT = "参与建设中试平台资助"


# A document that is not in force.


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ("连云港的企业，没称号，有什么政策", "说错了，有省专"),
        ("盐城的省专，能申请什么", "不对，是小巨人"),
        ("盐城的，都没有称号，有啥", "不好意思，我们是小巨人来着"),
    ],
)
def test_what_follows_from_a_correction_is_no_offer_of_a_plan_that_is_over(
    visitor: Visitor, known: str, said: str
) -> None:
    reply = visitor.says(known, said)
    consequences = [line for line in reply.text.split("\n") if line.startswith("因此")]
    assert consequences
    assert not any(line.endswith("可以申请。") for line in consequences)
    assert any("按文件的条件" in line for line in consequences)


def test_what_follows_from_a_correction_is_an_offer_where_the_document_is_in_force(visitor: Visitor) -> None:
    reply = visitor.says("南京的省专，能申请什么", "不对，是小巨人")
    assert any(line.startswith("因此") and line.endswith("可以申请。") for line in reply.text.split("\n"))


# What the document leaves open.


@pytest.mark.parametrize(
    ("topic", "asked", "point"),
    [
        ("南京C类人才", "三个人里含不含研发负责人", "三名是否连同技术研发负责人一起算"),
        ("南京技改补助", "8000万的项目算重大不", "多大的项目算重大技术改造"),
        ("南京标准奖励", "是每项都50万吗", "按项还是按企业算"),
        ("南京APEC卡", "拿到手要几个星期", "快多少天"),
        ("南京APEC卡", "要钱不", "费用"),
        ("南京APEC卡", "只能老板办还是员工也能办", "持卡人条件"),
        ("南京算力券", "买腾讯云的机时可以不", "哪些算力服务商可用"),
        ("南京租房补贴", "来的是研究生，本科生有没有呢", "本科生是否上浮"),
        ("连云港职称评定绿色通道", "副高级能走这个吗", "可申报的职称级别"),
    ],
)
def test_an_open_point_that_is_asked_for_is_the_first_line(
    visitor: Visitor, topic: str, asked: str, point: str
) -> None:
    line = first(visitor.says(topic, asked).text)
    assert line.startswith("文件没有写")
    assert point in line


@pytest.mark.parametrize(
    ("topic", "asked"),
    [
        ("南京小巨人奖励", "会不会上门核查"),
        ("南京小巨人奖励", "去年亏损能申请吗"),
        ("南京单项冠军奖励", "要刻公章吗"),
    ],
)
def test_what_the_document_has_no_word_of_is_said_so_in_the_words_asked(
    visitor: Visitor, topic: str, asked: str
) -> None:
    reply = visitor.says(topic, asked)
    assert first(reply.text).startswith(f"文件没有直接写“{asked}”")


@pytest.mark.parametrize("asked", ["真的吗", "靠谱吗", "要首次才行吗", "怎么申请", "国际标准也算吗", "首次是啥意思"])
def test_what_the_document_answers_or_nothing_is_named_in_is_not_said_to_be_left_out(
    visitor: Visitor, asked: str
) -> None:
    assert "没有直接写" not in visitor.says("南京小巨人奖励", asked).text


def test_another_case_of_what_was_told_is_named_where_the_document_has_it_not(visitor: Visitor) -> None:
    reply = visitor.says("南京研究生租房补贴", "发给公司还是发给个人", "国外回来的博士后呢")
    assert first(reply.text) == "文件里没有提到“博士后”，写的是："
    assert "发给企业还是个人" not in reply.text


def test_what_if_it_is_refused_is_no_question_of_the_procedure(visitor: Visitor) -> None:
    reply = visitor.says("南京政府采购扣除", "人家采购单位不肯给咋办")
    assert "办理流程" not in first(reply.text)
    assert "采购人" in first(reply.text)


def test_some_of_ones_people_are_not_counted(visitor: Visitor) -> None:
    assert "文件没有写数量" not in visitor.say("连云港省专，厂里几个技术员准备评职称").text


# Yes and no.


@pytest.mark.parametrize(
    ("topic", "asked", "answer"),
    [
        ("淮安担保费率", "给我报2.5%，算不算违规", "不能这么说"),
        ("淮安担保费率", "我记得是不超过3%", "不是这个数"),
        ("南京租房补贴", "硕士960是按年吗", "不是，文件写的是按月"),
        ("南京转贷基金", "不是光给小巨人的吧", "不只是“小巨人”"),
        ("南京政府采购扣除", "20%是固定的还是封顶", "文件写的是“上限”，不是定数"),
        ("南京中试平台", "最高200万没记错吧", "是的"),
        ("南京大模型备案奖励", "20万是吧", "是的"),
        ("南京中试平台", "跟研究所合着建，算不算参与", "文件没有写怎样才算“参与”"),
    ],
)
def test_what_is_put_as_yes_or_no_is_answered_first(visitor: Visitor, topic: str, asked: str, answer: str) -> None:
    assert first(visitor.says(topic, asked).text).startswith(answer)


def test_a_cap_is_not_confirmed_as_a_sum(visitor: Visitor) -> None:
    assert not first(visitor.says("南京中试平台", "200万对吧").text).startswith("是的")


# Sums of one's own.


@pytest.mark.parametrize("spent", ["我们准备投300万", "投了100万", "我们计划投入1000万", "建设费300万"])
def test_what_is_spent_does_not_choose_another_award(visitor: Visitor, spent: str) -> None:
    reply = visitor.says("建中试平台补多少", spent)
    assert PILOT in reply.text
    assert "单项冠军" not in reply.text and "小巨人" not in reply.text
    assert first(visitor.say("那最多200万封顶是吧").text).startswith("是的")


def test_what_is_wanted_does_not_choose_an_award_either(visitor: Visitor) -> None:
    assert "转贷基金" in visitor.says("转贷基金", "想借300万").text


# What all of it comes to.


@pytest.mark.parametrize(
    "asked",
    [
        "我们是南京的小巨人，今年首次评上，也是单项冠军首次，一共能拿多少钱",
        "南京小巨人和单项冠军，都是首次，奖励累计能有多少",
        "我公司南京的，单项冠军和小巨人第一次获评，统共能领几个钱",
    ],
)
def test_a_total_is_told_not_to_be_written_with_the_sums_one_can_have(visitor: Visitor, asked: str) -> None:
    text = visitor.say(asked).text
    assert "文件没有写加起来是多少" in text
    assert "300万元" in text and "100万元" in text


def test_where_two_titles_are_added_no_parts_of_a_document_are_counted(visitor: Visitor) -> None:
    assert "文件没有写加起来是多少" in visitor.say("南京小巨人和单项冠军加在一块是多少钱").text


@pytest.mark.parametrize(
    "said", ["南京小巨人被取消了，奖励要退吗", "南京单项冠军奖励要不要还", "镇江小巨人的奖金用退吗"]
)
def test_whether_it_has_to_be_given_back_is_not_written(visitor: Visitor, said: str) -> None:
    assert "文件没有写要不要退回" in visitor.say(said).text


# What is put to be confirmed, and what is asked of the text itself.


@pytest.mark.parametrize(
    ("topic", "asked", "answer"),
    [
        ("镇江小巨人奖励", "随便哪个区的都给吗", "不是，文件要求企业在镇江市区"),
        ("镇江单项冠军奖励", "整个市的企业都给吗", "不是，文件要求企业在镇江市区"),
        ("南京小巨人奖励", "每个区的企业都可以拿吗", "文件没有限定在哪个区"),
        ("南京小巨人奖励", "单项冠军才有吗", "是，文件要求是国家制造业单项冠军企业"),
        ("南京技改补助放宽门槛", "小巨人才行吗", "不只是“小巨人”，文件要求"),
        ("盐城举荐权", "只有小巨人有是吧", "是，文件要求"),
        ("南京标准奖励", "有没有规定名列第几才算", "没有，文件没有写名列第几"),
        ("南京算力券", "有没有写只能买国产的芯片", "没有，文件没有写只能买国产的芯片"),
        ("淮安担保费率", "担保公司收我们1.6个点，咋搞的", "文件写的是“平均”，没有写每一笔都这样"),
        ("南京小巨人奖励", "找市里还是找区里要这笔钱", "文件写的是市里的责任单位"),
        ("南京降低购气价格", "供电公司那边就行对吧", "是，供电公司在责任单位里"),
    ],
)
def test_what_is_put_to_be_decided_is_decided_first(visitor: Visitor, topic: str, asked: str, answer: str) -> None:
    assert first(visitor.says(topic, asked).text).startswith(answer)


@pytest.mark.parametrize(
    ("topic", "asked"),
    [
        ("南京省专区级奖励", "每个区的企业都可以拿吗"),
        ("南京小巨人奖励", "各区都有哪些部门"),
        ("南京技改补助放宽门槛", "省专能用吗"),
        ("南京标准奖励", "有没有写国际标准"),
        ("南京转贷基金", "有没有说国企不行"),
        ("南京转贷基金", "文件有没有写该找谁"),
        ("南京算力券", "有没有写什么时候截止"),
        ("淮安担保费率", "是多少个点"),
    ],
)
def test_what_asks_otherwise_is_not_taken_for_such_a_question(visitor: Visitor, topic: str, asked: str) -> None:
    line = first(visitor.says(topic, asked).text)
    assert not line.startswith(
        ("不是，文件要求", "文件没有限定", "是，文件要求", "没有，文件没有写", "文件写的是“平均”")
    )


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("镇江单项冠军没有奖金是真的吧", "不是，文件写了"),
        ("镇江省专没有写奖多少钱是吧", "对，镇江的文件里没有写给省级专精特新的奖励"),
        ("盐城小巨人到底有没有现金奖励", "没有。盐城的文件里没有写给国家级专精特新“小巨人”的奖励"),
        ("淮安小巨人有没有现金奖励，有还是没有", "淮安的文件没有写给国家级专精特新“小巨人”多少奖金"),
        ("南京省专没有直接的奖金，是不是真的", "对，南京的文件没有写给省级专精特新多少奖金"),
        ("连云港小巨人给多少万", "连云港的文件里没有写给国家级专精特新“小巨人”的奖励"),
        ("南京创新型中小企业有没有奖", "没有。南京的文件里没有写给创新型中小企业的奖励"),
    ],
)
def test_whether_a_title_is_given_money_is_answered_first(visitor: Visitor, said: str, answer: str) -> None:
    assert first(visitor.say(said).text).startswith(answer)


@pytest.mark.parametrize("said", ["南京小巨人有没有现金奖励", "镇江小巨人给多少钱", "南京单项冠军奖多少万"])
def test_a_sum_that_is_given_is_told_all_the_same(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert "万元奖励" in reply.text and not reply.abstained


def test_who_asks_bluntly_is_told_no_more_than_the_answer(visitor: Visitor) -> None:
    told = visitor.says("连云港智改数转奖补", "我们是创新型，够不够格").text
    blunt = visitor.says("连云港智改数转奖补", "我们是创新型，够格还是不够格你直说").text
    assert "文件没有限定要哪个称号" in blunt
    assert "没有写具体标准" in told and "没有写具体标准" not in blunt


# What people tell of a firm or a person, and the text says nothing of.


@pytest.mark.parametrize(
    ("topic", "asked", "matter"),
    [
        ("我们是淮安的省级专精特新，职称绿色通道", "要什么条件，他是中专毕业的", "学历"),
        ("南京AEO", "我们是今年夏天刚成立的公司，满打满算才三个月，这样能申请吗", "成立年限"),
        ("南京标准奖励", "我们参与起草，排在第四，有份吗", "名次"),
        ("南京政府采购价格扣除", "以前是多少", "以前的数"),
        ("南京标准奖励", "最低给多少", "最低数"),
    ],
)
def test_what_the_text_says_nothing_of_is_named(visitor: Visitor, topic: str, asked: str, matter: str) -> None:
    assert first(visitor.says(topic, asked).text).startswith(f"关于{matter}，文件没有写")


@pytest.mark.parametrize(
    ("topic", "asked"),
    [
        ("南京职称评审", "没有论文行吗"),
        ("南京租房补贴", "博士学历给多少"),
        ("淮安轻资产质押贷款", "没有房子抵押能贷吗"),
        ("南京标准奖励", "主导和参与各给多少"),
    ],
)
def test_what_the_text_does_write_of_is_not_said_to_be_left_out(visitor: Visitor, topic: str, asked: str) -> None:
    assert "关于" not in first(visitor.says(topic, asked).text)


@pytest.mark.parametrize(
    ("known", "asked"),
    [
        ("南京小型的省级专精特新，政府采购有什么优惠", "我们投的是工程类项目，能享受吗"),
        ("我们是南京的省专，参与制定了国家标准，标准奖励", "排在第五，能拿吗"),
    ],
)
def test_of_what_is_not_written_no_more_is_promised_than_the_text_says(
    visitor: Visitor, known: str, asked: str
) -> None:
    text = visitor.says(known, asked).text
    assert "没有写" in first(text)
    assert "**可以申请**" not in text and "**按写了的条件符合**" in text


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("盐城人才卡是什么，有卡能干啥", "文件没有写：人才卡条件、人才卡待遇"),
        ("连云港专精特新板是咋回事", "文件没有解释“专精特新板”是什么意思"),
        ("南京一户一档是啥", "文件没有写：“一户一档”包含哪些服务"),
        ("淮安引进人才补贴，什么样的人才能享受", "文件没有写：人才条件"),
    ],
)
def test_a_thing_of_which_the_text_has_the_name_alone_is_said_to_be_unexplained(
    visitor: Visitor, said: str, answer: str
) -> None:
    assert first(visitor.say(said).text).startswith(answer)


@pytest.mark.parametrize("said", ["南京算力券是怎么回事", "盐城小快轻准是什么", "南京转贷基金是什么"])
def test_a_thing_that_the_text_tells_of_is_told(visitor: Visitor, said: str) -> None:
    assert first(visitor.say(said).text).startswith("**")


def test_of_several_that_were_told_the_one_that_is_called_so_is_meant(visitor: Visitor) -> None:
    reply = visitor.says("盐城的，省专精特新，想贷款", "设备担是什么意思")
    assert "**设备担**" in reply.text and "**专精特新贷**" not in reply.text


@pytest.mark.parametrize(
    ("topic", "asked", "point"),
    [
        ("连云港推荐企业参加展会", "那展位费报几成", "展位费是否补贴"),
        ("南京转贷基金零成本", "零成本包括哪些，手续费担保费也不收吗", "“零成本”包括哪些费用"),
        ("南京降低综合购气价格", "一方能便宜几毛钱", "降多少"),
    ],
)
def test_what_is_asked_of_what_was_told_is_not_called_missing(
    visitor: Visitor, topic: str, asked: str, point: str
) -> None:
    reply = visitor.says(topic, asked)
    assert point in reply.text and not reply.abstained


def test_what_is_given_for_the_same_field_elsewhere_is_named_where_nothing_is_given_here(visitor: Visitor) -> None:
    text = visitor.say("连云港建智能车间有奖励吗").text
    assert "没有写奖励或补贴" in text and "另外写到奖补的有：智改数转资金奖补" in text
    assert "另外写到奖补的有" not in visitor.say("盐城绿色工厂有奖励吗").text


def test_a_first_loan_is_no_loan_to_be_renewed(visitor: Visitor) -> None:
    reply = visitor.says("盐城的省专，首贷贴息", "我们以前没贷过款，能贴多少")
    assert "needs_refinancing" not in reply.profile


@pytest.mark.parametrize("said", ["我们做养殖的，盐城，能评专精特新不", "南京，开饭店的，能评省专吗"])
def test_that_trades_are_not_limited_in_writing_is_said(visitor: Visitor, said: str) -> None:
    assert "限不限行业" in visitor.say(said).text


def test_who_asks_how_a_title_is_got_is_told_nothing_of_trades(visitor: Visitor) -> None:
    assert "限不限行业" not in visitor.say("南京省专怎么评").text


def test_a_telephone_is_not_told_with_the_name_of_a_document(visitor: Visitor) -> None:
    reply = visitor.says("连云港的计划到期了没", "工信局的电话是几号")
    assert "联系电话" in reply.text and not reply.citations


@pytest.mark.parametrize("said", ["市区包不包括丹徒", "市区含不含京口"])
def test_whether_the_area_holds_a_district_is_answered_first(visitor: Visitor, said: str) -> None:
    reply = visitor.says("镇江小巨人首次认定多少钱", said)
    assert "算镇江市区" in first(reply.text)
