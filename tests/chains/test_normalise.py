"""What a person typed is read in one plain form, whatever the keyboard, and no text can stop the reading."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chains.language.normalise import normalise

ALIKE = [
    # Width.
    ("ＡＥＯ认证", "aeo认证"),
    ("２０００万元", "2000万元"),
    ("奖励５０％", "奖励50%"),
    ("能领吗？！", "能领吗？！"),
    ("能领吗?!", "能领吗？！"),
    ("南京,省专,民营", "南京，省专，民营"),
    ("我们是:小巨人", "我们是：小巨人"),
    ("（责任单位）", "(责任单位)"),
    ("①", "1"),
    ("㎡", "m2"),
    # Numbers keep their commas, points and times.
    ("1,000万元", "1,000万元"),
    ("0.2亿", "0.2亿"),
    ("12:30", "12:30"),
    # Script.
    ("南京的民營企業能申請什麼", "南京的民营企业能申请什么"),
    ("專精特新「小巨人」", "专精特新「小巨人」"),
    ("連雲港", "连云港"),
    # Invisible marks and blanks.
    ("小\u200b巨\u200c人", "小巨人"),
    ("算\u00ad力\u2060券", "算力券"),
    ("\u202e南京\u202c", "南京"),
    ("\ufeff我们", "我们"),
    ("南京\x00省专", "南京省专"),
    ("南京\x07\x1b", "南京"),
    ("  南京 \u3000  省专\t民营  ", "南京 省专 民营"),
    ("南京\r\n省专", "南京\n省专"),
    ("小\ufe0f巨人", "小巨人"),
    ("南\ue000京", "南京"),
    # Combining marks.
    ("小̶巨̶人̶", "小巨人"),
    # Case and repetition.
    ("Aeo", "aeo"),
    ("能领吗？？？？", "能领吗？"),
    ("好的。。。。。", "好的。"),
    # Spelling and sound.
    ("算力劵怎么领", "算力券怎么领"),
    ("专精特薪小聚人", "专精特新小巨人"),
    ("xiaojuren奖多少", "小巨人奖多少"),
    ("NJ的省专", "南京的省专"),
    ("连云岗", "连云港"),
    ("小距人", "小巨人"),
    ("转贷鸡金", "转贷基金"),
    # Letters spoken one by one.
    ("那个诶伊欧的牌子", "那个aeo的牌子"),
    ("A伊欧难不难", "aeo难不难"),
    ("艾皮易西商务卡", "apec商务卡"),
    ("上艾姆伊艾斯", "上mes"),
    ("阿西伊皮成员国", "rcep成员国"),
    ("伊艾斯吉报告", "esg报告"),
]
LEFT_ALONE = [
    "南京是不是有先用后付的",
    *("我阿姨偶尔来帮忙", "一二批设备", "哎一口价多少", "我爱一个人干", "意思几个意思", "一思考就头疼"),
    *(
        "我们公司在南京，是省级专精特新企业，想了解算力券。",
        "政府采购价格扣除",
        "研发机构全覆盖",
        "njust",
        "zjtxx",
        "slqa",
        "江苏精品",
        "城市",
        "今年",
    ),
    *("现在企业很难经营", "科研成果先用后付", "真奖励吗", "严惩骗补", "坏案例", "算力全靠自己机房", "就近代理"),
    *("正在将军大道", "准备申请", "转让专利", "首套设备", "关于职称评审", "租房补贴博士2400元", ""),
]


@pytest.mark.parametrize(("typed", "plain"), ALIKE, ids=ascii)
def test_what_was_typed_is_written_plainly(typed: str, plain: str) -> None:
    assert normalise(typed) == plain


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_plain_words_stay_as_they_are(text: str) -> None:
    assert normalise(text) == text


@pytest.mark.parametrize("text", ["\ud83d", "南京\udc00省专", "\ud800" * 50, "\udfff\ud800", "😀\ud83d"], ids=ascii)
def test_lone_surrogates_do_no_harm(text: str) -> None:
    normalise(text).encode("utf-8")


HOSTILE = {
    "2000 combining marks": "a" + "\u0301" * 100_000,
    "marks out of order": "a" + "\u0301\u0316" * 50_000,
    "zero width joiners": "👨\u200d👩\u200d👧" * 20_000,
    "exclamation marks": "！" * 100_000,
    "blanks": " " * 100_000,
    "nothing but NUL": "\x00" * 100_000,
    "commas between digits": "1," * 50_000,
    "misspelt words": "算力劵" * 33_000,
    "words heard": "小距人" * 33_000,
    "latin": "nj" * 50_000,
    "traditional": "專" * 100_000,
    "ligatures": "ﷺ" * 20_000,
    "arabic, bidi": "\u202eابجد\u202c" * 15_000,
    "any Chinese": "".join(chr(0x4E00 + i % 20_000) for i in range(100_000)),
    "surrogates": "\ud800" * 100_000,
}


def seconds(text: str) -> float:
    started = time.process_time()
    normalise(text)
    return time.process_time() - started


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hundred_thousand_characters_take_a_moment(name: str) -> None:
    normalise("小巨人專")
    assert seconds(HOSTILE[name]) < 3


@pytest.mark.parametrize("name", HOSTILE)
def test_a_message_of_the_longest_length_allowed_takes_50_ms(name: str) -> None:
    text = HOSTILE[name][:2000]
    normalise(text)
    assert min(seconds(text) for _ in range(3)) < 0.05


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_any_text_becomes_plain(text: str) -> None:
    plain = normalise(text)
    plain.encode("utf-8")
    assert not any(ord(c) < 32 and c != "\n" for c in plain)
    assert plain == plain.strip()
    assert "  " not in plain


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.characters(codec=None), max_size=60))
def test_any_code_points_can_be_read(text: str) -> None:
    normalise(text).encode("utf-8")


WORDS = st.sampled_from(["南京", "算力劵", "NJ", "小距人", "！！", "  ", "專精特新", ",", "我们", "\u200b", "?"])


@settings(max_examples=200, deadline=None)
@given(st.lists(WORDS, max_size=12).map("".join))
def test_plain_text_stays_plain(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)
