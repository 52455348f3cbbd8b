"""What a document's state means for who asks today: nothing can be had, what came of it is not known, whom to ask."""

import pytest

from tests.chains.visitor import Visitor, profile


@pytest.mark.parametrize(
    "said",
    [
        ("连云港赣榆 省专 职称绿色通道还能办不", "那就是啥都没有咯"),
        ("我问现在我们连云港的企业是不是什么都拿不到",),
        ("盐城的文件现在是不是一项都用不了",),
        ("盐城射阳的 做渔网 啥也没评过", "那是不是一点都没得搞"),
    ],
)
def test_of_a_document_that_does_not_hold_nothing_can_be_had_now(visitor: Visitor, said: tuple[str, ...]) -> None:
    reply = visitor.says(*said)
    assert reply.text.startswith("对，")
    assert "现在一项都不能照它申请" in reply.text
    assert reply.citations


def test_of_a_document_in_force_it_is_denied_and_told_what_there_is(visitor: Visitor) -> None:
    reply = visitor.say("南京省专 那是不是啥都没有")
    assert reply.text.startswith("不是。南京的文件还在执行")
    assert reply.outcome == "overview"


def test_what_there_is_elsewhere_is_told_of_another_city_and_noted_of_none(visitor: Visitor) -> None:
    reply = visitor.says("盐城 省专", "那南京是不是啥都没有")
    assert reply.text.startswith("南京的政策只给南京的企业，您的企业在盐城")
    assert profile(reply)["city"] == "yancheng"


def test_a_firm_of_no_document_is_told_what_there_is_elsewhere(visitor: Visitor) -> None:
    reply = visitor.says("我徐州的", "南京是不是啥都没有")
    assert reply.text.startswith("南京的政策只给南京的企业，您的企业在徐州")
    assert profile(reply)["city"] == "other"


def test_a_city_only_asked_of_is_not_said_to_be_the_firms(visitor: Visitor) -> None:
    assert visitor.say("南京是不是啥都没有").profile["city"].source == "inferred"


def test_what_suited_then_is_not_said_to_suit_now(visitor: Visitor) -> None:
    assert "当时的条件对得上" in visitor.says("淮安涟水 省级专精特新", "都到期了你还说符合").text


def test_whether_one_can_still_apply_by_an_expired_plan_is_another_question(visitor: Visitor) -> None:
    reply = visitor.say("镇江的计划到期没有啊 我们还能照着它申报吗")
    assert "当时的条件对得上" not in reply.text


@pytest.mark.parametrize(
    "said",
    [
        ("淮安小巨人目标多少家", "26家完成了没"),
        ("淮安小巨人目标多少家", "现在有几家了"),
        ("淮安小巨人目标多少家", "达标没有"),
        ("淮安那个26家完成了没",),
    ],
)
def test_what_came_of_an_aim_is_said_not_to_be_known(visitor: Visitor, said: tuple[str, ...]) -> None:
    reply = visitor.says(*said)
    assert reply.abstained
    assert "26家" in reply.text
    assert "我这里也没有数据" in reply.text


@pytest.mark.parametrize("asked", ["淮安省级专精特新要做到多少家", "连云港的数字化研发设计工具普及率要达到多少"])
def test_what_is_to_come_of_an_aim_is_told(visitor: Visitor, asked: str) -> None:
    assert not visitor.say(asked).abstained


@pytest.mark.parametrize("asked", ["听说淮安的计划延长到2027年了", "南京的若干措施取消了是不是真的"])
def test_a_rumour_of_a_document_is_held_against_its_term(visitor: Visitor, asked: str) -> None:
    assert "12月31日" in visitor.say(asked).text


def test_after_a_change_it_is_told_what_is_left(visitor: Visitor) -> None:
    visitor.says("南京 小巨人 民营 首次", "有贷款要续 能用转贷基金不", "哦不对 我们是国有控股的")
    assert visitor.say("那是不是全没了").text.startswith("不是。")


def test_what_one_can_do_now_is_told_by_the_state_of_the_document(visitor: Visitor) -> None:
    reply = visitor.says("淮安 小巨人", "那你说我今年能干点啥")
    assert "现在一项都不能照它申请" in reply.text


def test_when_the_final_text_comes_is_told_of_the_draft(visitor: Visitor) -> None:
    reply = visitor.says("盐城 小巨人 有补贴吗", "正式的什么时候出")
    assert "正式文件已于2025年10月31日发布" in reply.text
    assert "首贷贴息" not in reply.text


@pytest.mark.parametrize(
    ("told", "first"), [("连云港 创新型 有啥能领的", "问连云港市工信局"), ("淮安 小巨人 有啥", "问淮安市工信局")]
)
def test_what_comes_first_of_a_plan_that_is_over_is_to_ask(visitor: Visitor, told: str, first: str) -> None:
    reply = visitor.says(told, "我现在最该办哪个")
    assert f"**第一步**：{first}" in reply.text
    assert "先看这一个" not in reply.text


def test_whether_it_is_paid_afterwards_is_not_written(visitor: Visitor) -> None:
    text = visitor.say("淮安过期了 但我23年评的小巨人 当时没领 现在能补不").text
    assert "到期以后还兑不兑付，文件没有写" in text
    assert "记下了：淮安 · 国家级小巨人" in text


@pytest.mark.parametrize(
    ("asked", "told"),
    [("盐城这份是不是已经开始照着执行啦", "征求意见稿"), ("淮安那三年计划能不能当现行政策写进汇报", "已经到期")],
)
def test_whether_a_text_is_in_force_is_heard_in_other_words(visitor: Visitor, asked: str, told: str) -> None:
    assert told in visitor.say(asked).text


@pytest.mark.parametrize("asked", ["你别老说当时 现在呢", "我问到期了银行还认不认1%"])
def test_what_holds_now_is_answered_by_the_state_of_the_document(visitor: Visitor, asked: str) -> None:
    text = visitor.says("淮安 省专 担保费优惠", asked).text
    assert "已经到期" in text
    assert "聊不来" not in text


@pytest.mark.parametrize("said", ["这些现在一个都不能用是吧", "刚说的那些现在一个都不能用是吧"])
def test_that_none_of_a_list_can_be_had_now_is_confirmed(visitor: Visitor, said: str) -> None:
    assert visitor.says("淮安 省专", said).text.startswith("对，淮安这份文件里的项目，现在一项都不能照它申请")


def test_what_there_is_now_in_place_of_a_plan_that_is_over_is_to_be_asked(visitor: Visitor) -> None:
    text = visitor.says("淮安 省专 担保费优惠", "那现在还有没有类似的政策呢 找谁问").text
    assert "是否有新的办法，请问淮安市工信局" in text
    assert "可以申请" not in text


def test_a_former_document_that_is_asked_to_be_applied_by_is_said_to_be_repealed(visitor: Visitor) -> None:
    text = visitor.say("翻出来一份2021年南京的专精特新措施，还可以照着它去报吗").text
    assert text.startswith("宁政办发〔2021〕61号已经废止")


def test_from_when_the_new_document_holds_is_told_after_the_former_one(visitor: Visitor) -> None:
    text = visitor.says("南京2021年那份措施听说不用了", "新的什么时候开始算").text
    assert text.startswith("从哪天起：文件写的是“自公布之日起施行”")
