"""What tells two sets of examples apart, learnt from them."""

import pytest

from chains.finding.logistic import Logistic

_YES = ["帮我改日期", "帮我改金额", "替我改名字", "帮我改一下年份"]
_NO = ["日期怎么填", "金额是多少", "名字写错了找谁", "年份不对怎么办", "奖多少", "找哪个局"]


@pytest.fixture(scope="module")
def learnt() -> Logistic:
    return Logistic.learnt(_YES, _NO, list)


def test_a_text_like_the_first_set_scores_above_one_like_the_second(learnt: Logistic) -> None:
    assert learnt.score("替我改金额") > 0 > learnt.score("金额怎么填")


def test_what_is_learnt_is_the_same_each_time(learnt: Logistic) -> None:
    assert Logistic.learnt(_YES, _NO, list).weights.tolist() == learnt.weights.tolist()


def test_a_text_of_unknown_words_is_rather_of_the_larger_set(learnt: Logistic) -> None:
    assert learnt.score("xyz") < 0
    assert learnt.score("") == learnt.bias
