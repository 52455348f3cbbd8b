"""Sums and sizes that are worked out of what the text and the person say: openly, rightly, or not at all."""

import pytest

from chains.reply import Citation
from chains.verification import verify
from evals.figures import unsupported
from knowledge.library import Library
from tests.chains.visitor import Visitor, first, profile, statuses

RENT = "nanjing-graduate-rent"
RENT_QUOTE = (
    "将到国家制造业单项冠军企业、国家专精特新“小巨人”企业就业的高校毕业生租房补贴博士上浮至 2400 元/月、"
    "硕士上浮至 960 元/月"
)


# Sums that are worked out.


def test_counts_and_sums_of_the_text_are_worked_out_openly(visitor: Visitor) -> None:
    reply = visitor.say("南京小巨人招了两个硕士一个博士，租房补贴一共多少")
    assert "960元×2+2400元×1=4320元/月[1]" in first(reply.text)
    assert "文件没有写总数" in reply.text


def test_counts_are_kept_until_the_sum_is_asked(visitor: Visitor) -> None:
    visitor.says("招了三个博士，租房补贴能领多少", "南京的单项冠军，帮我加一下")
    assert "2400元×3=7200元/月" in visitor.say("我问一共多少").text
    assert visitor.say("7200对不对").text.startswith("对，")
    assert visitor.say("是不是8000").text.startswith("不是这个数，")


@pytest.mark.parametrize("said", ["那一年呢", "就是960*2*12", "一年是23040对吧"])
def test_a_year_has_twelve_months(visitor: Visitor, said: str) -> None:
    text = visitor.says("南京小巨人招两个硕士，租房补贴多少", said).text
    assert "960元×2×12个月=23040元" in text and "发满一年" in text


@pytest.mark.parametrize(
    "said",
    [
        "南京省专招了5个硕士，租房补贴一共能领多少",
        "南京小巨人招了两个硕士三个本科生，租房补贴一共多少",
        "盐城的企业有2个博士，人才补贴一共多少",
    ],
)
def test_what_cannot_be_had_is_not_worked_out(visitor: Visitor, said: str) -> None:
    assert "按文件的数字算" not in visitor.say(said).text


@pytest.mark.parametrize("said", ["硕士一个月补多少", "招了一个博士，每个月补多少", "两个硕士一个博士，每月各是多少"])
def test_what_needs_no_sum_is_not_worked_out(visitor: Visitor, said: str) -> None:
    assert "按文件的数字算" not in visitor.says("南京小巨人的租房补贴", said).text


def test_awards_are_not_added_up(visitor: Visitor) -> None:
    text = visitor.says("南京小巨人首次，也做完大模型备案了，能拿什么", "100万加20万一共多少").text
    assert "120万" not in text


SUMS = [
    ("960元×2+2400元×1=4320元/月[1]", True),
    ("960元×2×12个月=23040元[1]", True),
    ("960元×2+2400元×1=4420元/月[1]", False),  # wrongly added
    ("960元×3=2880元/月[1]", False),  # a count that nobody told
    ("980元×2=1960元/月[1]", False),  # no sum of the quote
    ("960元×2×11个月=21120元[1]", False),  # no year
    ("960元×2=1920元/月", False),  # nothing cited
]


@pytest.mark.parametrize(("line", "is_right"), SUMS)
def test_a_sum_is_shown_only_with_sourced_parts_and_worked_out_rightly(
    library: Library, line: str, is_right: bool
) -> None:
    support = library.supports[RENT]
    document = library.document(RENT)
    place = document.locate(support.benefit.quote, support.provision)
    assert place is not None
    citation = Citation(
        marker=1,
        document_id=document.id,
        document_title=document.record.title,
        provision=support.provision,
        label="",
        heading="",
        quote=support.benefit.quote,
        start=place[0],
        end=place[1],
        lifecycle="in_force",
    )
    assert (verify(line, [citation], library, "两个硕士一个博士").text == line) is is_right


@pytest.mark.parametrize(("line", "is_right"), SUMS[:-1])
def test_the_judge_reads_a_sum_by_itself(line: str, is_right: bool) -> None:
    said = ["两个硕士一个博士一共多少"]
    assert (unsupported(line, [RENT_QUOTE, *said], said=said) == []) is is_right


def test_a_sum_of_the_persons_own_is_no_part(library: Library) -> None:
    said = ["两个硕士每人给1000元吧"]
    assert unsupported("1000元×2=2000元", [RENT_QUOTE, *said], said=said)


# Size.


@pytest.mark.parametrize(
    ("said", "size"),
    [
        ("120人 8500万 制造业，小型还是中型？", "小型企业"),
        ("做机械加工，320人，营收2.5个亿，算什么规模", "中型企业"),
        ("一百多人，营收8000多万，注塑厂，算小型还是中型", "小型企业"),
    ],
)
def test_a_size_that_is_asked_outright_is_worked_out(visitor: Visitor, said: str, size: str) -> None:
    reply = visitor.say(said)
    assert f"是**{size}**" in reply.text and "《中小企业划型标准规定》" in reply.text


def test_a_size_that_was_worked_out_is_used(visitor: Visitor) -> None:
    visitor.say("做阀门的，120人 8500万，小型还是中型")
    reply = visitor.say("我们在南京，省专，政府采购20%能用吗")
    assert statuses(reply) == {"nanjing-procurement-discount": "eligible"}


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("我们50人 制造业 营收5000万，还算小微吗", "算小微企业。"),
        ("我们400人 制造业 营收5000万，还算小微吗", "不算小微企业。"),
        ("我们120人 营收8500万 做注塑的 属于中型企业吗", "不算中型企业。"),
    ],
)
def test_whether_one_is_of_a_size_is_answered(visitor: Visitor, said: str, line: str) -> None:
    assert first(visitor.say(said).text).startswith(line)


def test_a_size_needs_the_industry(visitor: Visitor) -> None:
    reply = visitor.say("100多人，8000多万，算小型还是中型")
    assert "人数、年营业收入记下了，再说一下行业" in reply.text
    assert "size" not in profile(reply)


@pytest.mark.parametrize(
    "told",
    [
        ("我们五十来号人", "营收去年一千二百万", "写软件的"),
        ("50个人算小微吗", "做软件的", "去年收入八百万"),
        ("做阀门的", "一年五百万", "30个人"),
        ("去年又招了5个人，收入三千万", "我们总共六十个人", "做模具"),
    ],
)
def test_a_size_is_worked_out_from_what_several_messages_tell(visitor: Visitor, told: tuple[str, ...]) -> None:
    visitor.say("南京省专，政府采购那个价格扣除我们能用吗")
    *before, last = told
    for said in before:
        reply = visitor.say(said)
        assert "size" not in profile(reply) and "记下了" in reply.text, said
    assert profile(visitor.say(last))["size"] == "small"


def test_a_size_told_by_its_name_is_not_worked_out_anew_from_a_headcount(visitor: Visitor) -> None:
    visitor.says("南京省专，中型企业，做软件的，政府采购价格扣除能用吗", "我们60人")
    assert profile(visitor.say("收入八百万"))["size"] == "medium"


@pytest.mark.parametrize("told", ["我们打算招60个人", "想把收入做到八百万", "新招了8个人"])
def test_what_is_meant_to_be_and_who_was_hired_tell_no_headcount(visitor: Visitor, told: str) -> None:
    visitor.say("南京省专，做软件的，政府采购价格扣除能用吗")
    assert "记下了" not in visitor.say(told).text


@pytest.mark.parametrize("said", ["员工20个，一年营收一千来万，做软件外包的", "我们搞软件的，30号人，年收入800多万"])
def test_about_so_much_tells_a_size_where_it_is_no_close_thing(visitor: Visitor, said: str) -> None:
    assert profile(visitor.say(said))["size"] == "small"


def test_about_so_much_tells_no_size_at_a_border(visitor: Visitor) -> None:
    assert "size" not in profile(visitor.say("我们搞软件的，120人，年收入一千来万"))


def test_what_is_invested_is_no_turnover(visitor: Visitor) -> None:
    assert "小型企业" not in visitor.say("我们做阀门的，投了8500万，算小型还是中型").text
