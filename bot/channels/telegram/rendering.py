"""A sheet as calls of the Bot API: text as HTML in pieces that fit, buttons under the last. Nothing is sent here."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape, unescape
from math import ceil

from bot.channels.platform import Parcel
from bot.channels.telegram.pieces import pieces
from bot.channels.telegram.wording import wording
from bot.messages import Action, Button, Sheet
from bot.rendering import bold_runs, cells_of
from bot.text import readable
from chains.reply import Question

ABOUT = 8  # so many characters of a message's id go into what a button sends
TOPIC = "/"  # stands in an address between the chat and the topic in it
BACK = "back"  # what 上一题 says

_MOST_DATA_BYTES = 64
_HINT_LENGTH = 200
_ROW_CELLS = 30  # what a row of buttons holds on a phone, in cells of half a Chinese character
_BUTTON_CELLS = 2  # the frame of a button, in the same measure
_MOST_IN_ROW = 3
_MOST_CITATIONS = 8
_CITATIONS_IN_ROW = 5
_TAG = re.compile(r"<[^<>]*>")
_EMPTY_LINES = re.compile(r"\n{3,}")

_Key = dict[str, str]
_Rows = list[list[_Key]]


def render(sheet: Sheet, address: str) -> list[Parcel]:
    """The calls that show a sheet, in order; the same ones for the same sheet.

    A tap is answered first: with the text, if that is all there is to it, else silently. A message that is to be
    replaced gets the sheet's text and buttons, or only the buttons when there is no text.
    """
    calls: list[Parcel] = []
    if sheet.receipt:
        is_all = not sheet.replaces and not sheet.message_id
        calls.append(_receipt(sheet.receipt, sheet.text if is_all else ""))
        if is_all:
            return calls
    place = place_of(address)
    keyboard = {"inline_keyboard": _keyboard(sheet)}
    stands_there = (
        {"chat_id": place["chat_id"], "message_id": int(sheet.replaces)} if sheet.replaces.isdecimal() else None
    )
    if sheet.replaces and not sheet.text.strip():
        edit: Parcel = {"method": "editMessageReplyMarkup", **(stands_there or {}), "reply_markup": keyboard}
        return [*calls, edit] if stands_there else calls
    parts = html_parts(_words(sheet))
    for number, part in enumerate(parts, start=1):
        call: dict[str, object] = {"method": "sendMessage", **place}
        if sheet.quote.isdecimal() and number == 1:
            call["reply_parameters"] = {"message_id": int(sheet.quote), "allow_sending_without_reply": True}
        if stands_there and number == 1:
            call = {"method": "editMessageText", **stands_there}
        call |= {"text": part, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}
        if number == len(parts) and keyboard["inline_keyboard"]:
            call["reply_markup"] = keyboard
        calls.append(call)
    return calls


def place_of(address: str) -> dict[str, object]:
    """Where a message goes: the chat, and the topic in it if there is one."""
    chat, _, topic = address.partition(TOPIC)
    return {"chat_id": chat, "message_thread_id": int(topic)} if topic else {"chat_id": chat}


def plainer(parcel: Parcel) -> Parcel | None:
    """The same call with its text as plain text; None if there is no markup to leave out."""
    if "parse_mode" not in parcel:
        return None
    plain = {name: value for name, value in parcel.items() if name != "parse_mode"}
    return plain | {"text": unescape(_TAG.sub("", str(parcel["text"])))}


def html_parts(text: str) -> list[str]:
    """Light Markdown as Telegram's HTML, in parts each of which is whole by itself and fits a message."""
    styled = _style(_EMPTY_LINES.sub("\n\n", readable(text)).strip())
    parts = []
    start = 0
    for piece in pieces(styled.text):
        if piece.strip():
            parts.append(_html(piece, styled.bold_within(start, start + len(piece))))
        start += len(piece)
    return parts


@dataclass(frozen=True, slots=True)
class _Styled:
    """A text as it is seen, and which stretches of it are bold."""

    text: str
    bold: tuple[tuple[int, int], ...]

    def bold_within(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The bold stretches between two offsets, counted from the first of them."""
        for begins, ends in self.bold:
            if begins < end and ends > start:
                yield max(begins, start) - start, min(ends, end) - start


def _style(text: str) -> _Styled:
    seen = ""
    bold = []
    for number, line in enumerate(text.split("\n")):
        seen += "\n" if number else ""
        for run, is_bold in bold_runs(line):
            if is_bold and run.strip():
                bold.append((len(seen), len(seen) + len(run)))
            seen += run
    return _Styled(seen, tuple(bold))


def _html(piece: str, bold: Iterator[tuple[int, int]]) -> str:
    written = ""
    done = 0
    for start, end in bold:
        written += f"{escape(piece[done:start], quote=False)}<b>{escape(piece[start:end], quote=False)}</b>"
        done = end
    return written + escape(piece[done:], quote=False)


def _words(sheet: Sheet) -> str:
    """The text, and the question below it if it does not say it already."""
    question = sheet.question.text if sheet.question else ""
    told = [part for part in (sheet.text, question if question not in sheet.text else "") if part.strip()]
    if not told and _keyboard(sheet):
        return wording().choose
    return "\n\n".join(told)


def _receipt(receipt: str, hint: str) -> Parcel:
    call: Parcel = {"method": "answerCallbackQuery", "callback_query_id": receipt}
    text = pieces(_style(readable(hint).strip()).text, _HINT_LENGTH)[0]
    return {**call, "text": text} if text else call


def _keyboard(sheet: Sheet) -> _Rows:
    about = sheet.message_id[:ABOUT]
    rows: _Rows = []
    last: list[Button] = []
    if sheet.question:
        rows += _answers(sheet.question, about, sheet.ticked)
        last.append(Button(action=Action.SAY, value=BACK, label=wording().back))
    marks = [
        Button(action=Action.CITE, value=str(c.marker), label=wording().citation.format(marker=c.marker))
        for c in sheet.citations[:_MOST_CITATIONS]
    ]
    lines = ceil(len(marks) / _CITATIONS_IN_ROW) or 1
    in_row = ceil(len(marks) / lines) or 1
    rows += [_keys(marks[i : i + in_row], about) for i in range(0, len(marks), in_row)]
    rows += _fitted(sheet.buttons, about)
    if sheet.question is None:
        says = (Button(action=Action.SAY, value=str(i), label=s) for i, s in enumerate(sheet.suggestions))
        rows += [_keys([button], about) for button in says]
    if sheet.takes_feedback:
        last.append(Button(action=Action.HELPFUL, value="", label=wording().helpful))
        last.append(Button(action=Action.UNHELPFUL, value="", label=wording().unhelpful))
    return [row for row in (*rows, _keys(last, about)) if row]


def _answers(question: Question, about: str, ticked: Sequence[str]) -> _Rows:
    if not question.multiple:
        return _fitted([Button(action=Action.CHOOSE, value=o.id, label=o.label) for o in question.options], about)
    words = wording()
    boxes = []
    for option in question.options:
        label = (words.ticked if option.id in ticked else words.unticked).format(label=option.label)
        boxes.append(Button(action=Action.TICK, value=option.id, label=label))
    submit = _keys([Button(action=Action.SUBMIT, value="", label=words.submit)], about)
    return [*(_keys(pair, about) for pair in _paired(boxes)), submit]


def _paired(buttons: Sequence[Button]) -> Iterator[list[Button]]:
    """Two short neighbours in a row, so that a long list stays on one screen."""
    waiting: list[Button] = []
    for button in buttons:
        is_short = sum(map(cells_of, button.label)) + _BUTTON_CELLS <= _ROW_CELLS // 2
        if waiting and is_short:
            yield [*waiting, button]
            waiting = []
            continue
        if waiting:
            yield waiting
        waiting = [button] if is_short else []
        if not is_short:
            yield [button]
    if waiting:
        yield waiting


def _fitted(buttons: Sequence[Button], about: str) -> _Rows:
    """Buttons in rows of one width, as many to a row as the longest label allows on a phone."""
    if not buttons:
        return []
    widest = max(sum(map(cells_of, button.label)) for button in buttons) + _BUTTON_CELLS
    in_row = max(1, min(_MOST_IN_ROW, _ROW_CELLS // widest))
    return [_keys(buttons[i : i + in_row], about) for i in range(0, len(buttons), in_row)]


def _keys(buttons: Sequence[Button], about: str) -> list[_Key]:
    """One row. What does not fit into a button is left out: it can be said in words."""
    keys = []
    for button in buttons:
        data = f"{button.action}:{about}:{button.value}"
        label = readable(button.label).replace("\n", " ").strip()
        if label and len(data.encode()) <= _MOST_DATA_BYTES:
            keys.append({"text": label, "callback_data": data})
    return keys
