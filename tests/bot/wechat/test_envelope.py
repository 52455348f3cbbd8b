"""XML goes out whole whatever is in it, and comes in without anything that does more than carry text."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.wechat.envelope import Gate, Refused, read_xml, write_xml
from tests.bot.wechat.fake_wechat import APP_TOKEN, START
from tests.bot.wechat.phones import fields_of, sign

# What XML can carry; a carriage return is read as a line break, as XML says.
carried = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"))
with_endings = st.lists(st.one_of(carried, st.sampled_from(["]]>", "]]", ">", "<![CDATA[", "&amp;", "\n", "</xml>"])))


@given(with_endings.map("".join))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    assert read_xml(write_xml({"Content": text, "CreateTime": 7})) == {"Content": text, "CreateTime": "7"}


@given(st.text())
def test_text_that_xml_cannot_carry_does_not_break_it(text: str) -> None:
    ElementTree.fromstring(write_xml({"Content": text.encode(errors="replace").decode()}))


def test_the_end_of_a_cdata_section_is_two_sections() -> None:
    xml = write_xml({"Content": "a]]>b]]]]>>"})
    assert xml == "<xml><Content><![CDATA[a]]]]><![CDATA[>b]]]]]]><![CDATA[>>]]></Content></xml>"
    assert fields_of(xml) == {"Content": "a]]>b]]]]>>"}


def test_nested_elements_are_no_text_and_the_first_of_a_name_counts() -> None:
    xml = "<xml><A>1</A><A>2</A><Scan><Type>qr</Type></Scan><B/></xml>"
    assert read_xml(xml) == {"A": "1", "Scan": "", "B": ""}


MALFORMED = {
    "nothing": b"",
    "words": b"hello",
    "JSON": b"{}",
    "no end": b"<xml>",
    "two roots": b"<xml></xml><xml></xml>",
    "noise": b"\xff\xfe\x00",
    "an unknown encoding": b'<?xml version="1.0" encoding="no-such"?><xml/>',
    "a null byte": b"<xml><A>\x00</A></xml>",
    "an unknown entity": b"<xml><A>&nbsp;</A></xml>",
    "a bomb": b'<!DOCTYPE b [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><xml><Content>&b;</Content></xml>',
    "a file": b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><xml><Content>&f;</Content></xml>',
    "a foreign DTD": b'<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd"><xml/>',
    "any DTD": b"<!DOCTYPE xml><xml/>",
    "a parameter entity": b'<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1/p"> %p;]><xml/>',
}


@pytest.mark.parametrize("name", MALFORMED)
def test_anything_but_simple_xml_is_malformed(name: str) -> None:
    with pytest.raises(Refused) as refused:
        read_xml(MALFORMED[name])
    assert refused.value.status == 400


def query(nonce: str, at: int = int(START.timestamp())) -> dict[str, str]:
    return {"signature": sign(APP_TOKEN, str(at), nonce), "timestamp": str(at), "nonce": nonce}


def test_what_was_signed_comes_in_again_but_nothing_else_under_its_signature() -> None:
    gate = Gate(APP_TOKEN, None)
    assert gate.admit(query("1"), b"<xml><A>1</A></xml>", START).fields == {"A": "1"}
    assert gate.admit(query("1"), b"<xml><A>1</A></xml>", START).fields == {"A": "1"}
    with pytest.raises(Refused) as refused:
        gate.admit(query("1"), b"<xml><A>2</A></xml>", START)
    assert refused.value.status == 403
    assert gate.admit(query("2"), b"<xml><A>2</A></xml>", START).fields == {"A": "2"}


@pytest.mark.parametrize(("off", "taken"), [(-301, False), (-300, True), (0, True), (300, True), (301, False)])
def test_a_signature_holds_for_five_minutes(off: int, taken: bool) -> None:
    gate = Gate(APP_TOKEN, None)
    signed = query("1", int(START.timestamp()) + off)
    if taken:
        assert gate.echo_plain(signed | {"echostr": "42"}, START) == "42"
    else:
        with pytest.raises(Refused):
            gate.echo_plain(signed | {"echostr": "42"}, START)


def test_what_is_remembered_is_forgotten_in_time() -> None:
    gate = Gate(APP_TOKEN, None)
    for second in range(0, 3000, 10):
        at = int(START.timestamp()) + second
        gate.admit(query(str(second), at), b"<xml/>", START.fromtimestamp(at, START.tzinfo))
    assert len(gate._seen) <= 62
