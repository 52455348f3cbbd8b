"""A filter lives in an address; what is looked for is cut into words."""

from datetime import date

from bot.review.index import sought, words_of
from bot.review.search import Filter


def test_a_filter_and_its_address_say_the_same() -> None:
    wanted = Filter(channel=("web", "wechat"), words="算力券 & 贷款", since=date(2026, 11, 1))
    assert (
        wanted.address
        == "channel=web&channel=wechat&words=%E7%AE%97%E5%8A%9B%E5%88%B8+%26+%E8%B4%B7%E6%AC%BE&since=2026-11-01"
    )
    pairs = [("channel", "web"), ("channel", "wechat"), ("words", "算力券 & 贷款"), ("since", "2026-11-01")]
    assert Filter.read(pairs) == wanted


def test_what_an_address_should_not_hold_is_passed_over() -> None:
    assert Filter.read([("since", "gestern"), ("channel", ""), ("evil", "1"), ("before", "7")]) == Filter()
    assert len(Filter.read([("words", "长" * 500)]).words) == 100


def test_words_and_labels_are_told_apart() -> None:
    assert words_of("channel:web 南京AEO") == {"channel", "web", "南京", "京", "aeo"}
    assert sought("南京市aeo 券") == ["南京", "京市", "aeo*", "券*"]
