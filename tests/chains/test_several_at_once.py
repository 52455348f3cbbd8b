"""Several things asked or told at once, each of which is told: figures, titles, firms, cities."""

from tests.chains.visitor import Visitor, profile


def test_an_amount_that_is_not_written_is_said_of_the_second_as_well(visitor: Visitor) -> None:
    text = visitor.says("我们南京做大模型的，省专", "备案过了给多少？算力券写没写面值？").text
    assert "20万元" in text
    assert "没有写金额" in text


def test_two_figures_told_in_turn_are_told_of_another_city(visitor: Visitor) -> None:
    text = visitor.says("连云港研发投入强度要到几", "专利户均呢", "那这两样淮安是多少").text
    assert "研发投入超过4%" in text
    assert "户均发明专利达2件" in text


def test_the_level_of_another_title_is_told_of_the_same_aim(visitor: Visitor) -> None:
    assert "三级以上" in visitor.says("盐城数字化，小巨人要做到几级", "省专呢").text


def test_two_firms_told_apart_by_their_cities_are_each_told(visitor: Visitor) -> None:
    text = visitor.says("我淮安有个厂 南京也有个公司 哪边政策好点", "淮安那家是省专 南京那家没称号").text
    assert "**淮安 · 省级专精特新**" in text
    assert "**南京 · 没有专精特新资质**" in text


def test_the_parts_of_a_plan_are_named_whatever_they_are_wanted_for(visitor: Visitor) -> None:
    text = visitor.say("淮安说的八大工程，是哪八个，我背一下明天汇报").text
    assert "实施梯度培育工程" in text
    assert "实施服务提级工程" in text


def test_sums_are_listed_whatever_the_list_is_for(visitor: Visitor) -> None:
    reply = visitor.say("别的先不管，南京这份里头写明了多少钱的奖励、资助都有哪几笔，你给我列个单子，我贴老板门上")
    assert "共 8 项" in reply.text


def test_three_figures_in_one_breath_are_each_told(visitor: Visitor) -> None:
    text = visitor.say("镇江的三个数帮我核一下，省级以上工业设计中心几家、江苏精品几个、单项冠军奖多少").text
    for figure in ("30家", "10个以上", "50万元"):
        assert figure in text


def test_two_awards_of_two_titles_are_both_meant(visitor: Visitor) -> None:
    text = visitor.says("南京 小巨人 单项冠军 都有", "两个奖能都拿么").text
    assert text.startswith("文件没有写这几项能不能叠加享受")
    assert "大模型" not in text


def test_how_what_two_titles_are_given_differs_is_told_by_title(visitor: Visitor) -> None:
    text = visitor.say("盐城对小巨人和省专有啥不一样的待遇").text
    assert "**国家级专精特新“小巨人”**" in text
    assert "**省级专精特新**" in text


def test_the_other_of_two_firms_is_gone_on_with_by_its_city(visitor: Visitor) -> None:
    reply = visitor.says(
        "我淮安有个厂 南京也有个公司 哪边政策好点", "淮安那家是省专 南京那家没称号", "另一家在南京 没称号 那边呢"
    )
    assert "现在看您在南京的那家" in reply.text
    assert profile(reply)["tiers"] == ("none",)


def test_what_only_other_cities_write_is_one_line(visitor: Visitor) -> None:
    text = visitor.says("我们被环保罚了 是第一次 能不能免", "我在南京").text
    assert "写到的是" in text
    assert "现在不符合" not in text
