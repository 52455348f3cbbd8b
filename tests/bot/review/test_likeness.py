"""What people ask in many ways is put together; what is different is not."""

import random

from hypothesis import given
from hypothesis import strategies as st

from bot.review.index import words_of
from bot.review.likeness import clusters

CANTEEN = ("企业食堂有补贴吗", "食堂补贴怎么申请", "员工食堂补贴", "我们厂的食堂能不能补贴")
LISTING = ("上市有什么奖励", "上市奖励多少", "企业上市奖励怎么领")
WEATHER = ("今天天气怎么样", "今天天气如何")


def numbered(*texts: str) -> list[tuple[int, str]]:
    return list(enumerate(texts, 1))


def test_questions_about_one_thing_stand_together_the_commonest_first() -> None:
    found = clusters(numbered(*CANTEEN, *LISTING, *WEATHER, "高新技术企业税率"))
    assert [cluster.count for cluster in found] == [4, 3, 2, 1]
    assert found[0].label in CANTEEN and found[1].label in LISTING and found[2].label in WEATHER


def test_the_label_is_the_question_that_is_nearest_to_all() -> None:
    [found] = clusters(numbered("食堂补贴", "食堂补贴", "食堂补贴", "食堂补贴和员工宿舍"))
    assert (found.count, found.label, found.item_id) == (4, "食堂补贴", 3)


def test_what_only_shares_the_words_of_every_question_stands_apart() -> None:
    assert len(clusters(numbered("请问食堂有补贴吗", "请问电费有补贴吗", "请问租房有补贴吗"))) == 3


def test_clusters_do_not_depend_on_the_order_in_which_they_come() -> None:
    asked = numbered(*CANTEEN, *LISTING, *WEATHER)
    shuffled = random.Random(3).sample(asked, len(asked))
    assert clusters(asked) == clusters(shuffled)


def test_personal_data_is_hidden_in_labels_and_binds_no_questions() -> None:
    found = clusters(
        numbered(
            "我叫王小明，电话13800138000，食堂补贴给吗", "电话13800138000，今天天气怎么样", "a.b@example.com 电费优惠"
        )
    )
    assert len(found) == 3
    said = " ".join(cluster.label + cluster.words for cluster in found)
    for secret in ("13800138000", "王小明", "a.b@", "138"):
        assert secret not in said.replace("138********00", "").replace("138******00", "")


def test_the_words_of_a_cluster_are_in_all_of_its_questions() -> None:
    [found] = clusters(numbered(*CANTEEN[:3]))
    assert found.words
    assert all(set(found.words.split()) <= words_of(text) for text in CANTEEN[:3])


def test_questions_without_words_are_counted_as_well() -> None:
    assert [cluster.count for cluster in clusters(numbered("？？？", "", "！", "13800138000"))] == [4]
    assert clusters([]) == []


@given(st.lists(st.text(max_size=30), max_size=30))
def test_every_question_is_in_one_cluster(texts: list[str]) -> None:
    found = clusters(numbered(*texts))
    assert sum(cluster.count for cluster in found) == len(texts)
    assert len({cluster.item_id for cluster in found}) == len(found)
