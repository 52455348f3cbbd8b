"""Conversations as tired managers hold them: typing errors, several facts at once, corrections, interruptions."""

from tests.chains.visitor import Visitor, profile, statuses


def test_the_agency_asks_whether_to_trust_it_and_then_for_a_client(visitor: Visitor) -> None:
    assert visitor.say("你们这个准不准啊").citations == ()
    reply = visitor.says("我是代账的，帮客户问，客户在镇江句容，省专", "客户能报啥")
    assert reply.outcome == "overview"
    assert profile(reply) == {"city": "zhenjiang", "district": "句容市", "tiers": ("provincial",)}


def test_the_group_with_two_firms_moves_from_one_district_to_the_other(visitor: Visitor) -> None:
    award = "zhenjiang-little-giant-award"
    refused = visitor.say("镇江丹阳小巨人，去年认定的，30w能领不")
    assert refused.findings[0].otherwise == "ineligible"
    reply = visitor.says("那京口区的子公司呢", "京口那家也是小巨人 今年头一次")
    assert "改好了：京口区" in reply.text
    assert (reply.findings[0].support_id, reply.findings[0].otherwise) == (award, "eligible")


def test_the_firm_of_another_city_is_told_for_whom_a_document_is(visitor: Visitor) -> None:
    reply = visitor.say("我们在昆山，南京有分公司，能不能报南京的")
    assert "南京的文件只给南京的企业" in reply.text
    assert "苏州" in reply.text
    assert visitor.say("那我搬到南京划算不").outcome == "talk"


def test_the_exporter_says_the_same_fact_again(visitor: Visitor) -> None:
    reply = visitor.says("俺们射阳的，出口占一半，AEO想办", "省专", "有外贸")
    assert list(statuses(reply)) == ["yancheng-aeo"]
    assert list(statuses(visitor.say("啥时候能办下来"))) == ["yancheng-aeo"]


def test_the_planner_asks_year_by_year_and_then_against_another_city(visitor: Visitor) -> None:
    assert "文件没有写2024年的数" in visitor.say("镇江 2024年 单冠目标多少家").text
    reply = visitor.say("2025年呢")
    assert "12家" in reply.text
    assert "没有写" not in reply.text
    assert "只有镇江写了数" in visitor.say("跟南京比呢").text


def test_thanks_after_all_is_well_ends_the_talk(visitor: Visitor) -> None:
    visitor.says(
        "我们溧水的，做模具的，58个人，省专今年刚下来，民营，有啥能拿的啊", "贷款年底到期", "那个转贷咋弄", "找谁"
    )
    reply = visitor.say("行吧 谢了")
    assert (reply.outcome, reply.text) == ("talk", "不客气，有需要随时问。")


def test_hearsay_of_another_city_is_no_seat(visitor: Visitor) -> None:
    reply = visitor.say("淮安洪泽，创新型，听客户说南京小巨人给100万，我们淮安有没有")
    assert profile(reply)["city"] == "huaian"
    assert reply.outcome != "contradiction"


def test_why_not_is_answered_with_the_proof(visitor: Visitor) -> None:
    reply = visitor.says("句容的，单项冠军，头一次评上，50万有没有我们的份", "为啥")
    assert reply.outcome == "proof"
    assert "✗ 企业在镇江市区" in reply.text


def test_titles_told_apart_are_compared_by_their_awards(visitor: Visitor) -> None:
    reply = visitor.say("小巨人跟省专有啥区别")
    assert "100万元" in reply.text
    assert "培育库" not in reply.text


def test_a_refusal_is_said_even_before_the_city_is_known(visitor: Visitor) -> None:
    assert "现在不符合" in visitor.says("转贷基金6000万是给我们一家的吗", "国企能用不").text
