// Renders light Markdown (bold, lists, tables, line breaks) as elements; whatever else it finds stays plain text.
import { el } from "./dom.js";

const ITEM = /^\s*(?:([-*•·])|(\d{1,3})[.)])\s+(.*)$/;
const ROW = /^\s*\|(.*)\|\s*$/;
const RULE = /^\s*\|[\s:|-]+\|\s*$/;
const HEADING = /^#{1,6}\s+(.*)$/;
const RUN = /\*\*(.+?)\*\*|\[(\d{1,3})\]/g;

// `cite(number)` gives the element for a marker such as [1], or null where there is no such citation.
export function renderMarkdown(text, cite = () => null) {
  const blocks = [];
  const lines = String(text).split(/\r?\n/);
  let paragraph = null;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at];
    const item = ITEM.exec(line);
    const heading = HEADING.exec(line);
    if (item) {
      appendItem(blocks, item, cite);
      paragraph = null;
    } else if (ROW.test(line) && RULE.test(lines[at + 1] || "")) {
      const last = lines.findIndex((row, index) => index > at && !ROW.test(row));
      const end = last < 0 ? lines.length : last;
      blocks.push(table(lines.slice(at, end).filter((row) => !RULE.test(row)), cite));
      at = end - 1;
      paragraph = null;
    } else if (heading) {
      blocks.push(el("p", { class: "heading" }, el("strong", null, inline(heading[1], cite))));
      paragraph = null;
    } else if (!line.trim()) {
      paragraph = null;
    } else if (paragraph) {
      paragraph.append(el("br"), ...inline(line, cite));
    } else {
      paragraph = el("p", null, inline(line, cite));
      blocks.push(paragraph);
    }
  }
  return blocks;
}

function appendItem(blocks, [, bullet, number, words], cite) {
  const tag = bullet ? "UL" : "OL";
  let list = blocks[blocks.length - 1];
  if (!list || list.tagName !== tag) {
    list = el(tag, { start: number });
    blocks.push(list);
  }
  list.append(el("li", null, inline(words, cite)));
}

function table(rows, cite) {
  const cells = (row, tag) => ROW.exec(row)[1].split("|").map((cell) => el(tag, null, inline(cell.trim(), cite)));
  const [head, ...body] = rows;
  return el(
    "div",
    { class: "table", tabindex: "0", role: "group", "aria-label": "表格" },
    el(
      "table",
      null,
      el("thead", null, el("tr", null, cells(head, "th"))),
      el("tbody", null, body.map((row) => el("tr", null, cells(row, "td")))),
    ),
  );
}

function inline(text, cite) {
  const nodes = [];
  let done = 0;
  for (const match of text.matchAll(RUN)) {
    const [whole, bold, number] = match;
    const mark = bold === undefined ? cite(Number(number)) : null;
    if (bold === undefined && !mark) continue;
    const before = afterMark(nodes, text.slice(done, match.index));
    done = match.index + whole.length;
    if (mark) appendMark(nodes, before, mark);
    else nodes.push(before, el("strong", null, inline(bold, cite)));
  }
  nodes.push(afterMark(nodes, text.slice(done)));
  return nodes;
}

const isBound = (node) => Boolean(node) && node.className === "bound";

// A mark stays on the line of the character before it …
function appendMark(nodes, before, mark) {
  const last = nodes[nodes.length - 1];
  if (!before && isBound(last)) {
    last.append(mark);
    return;
  }
  const [character] = /.?$/u.exec(before);
  nodes.push(before.slice(0, before.length - character.length), el("span", { class: "bound" }, character, mark));
}

// … and punctuation after it does not begin a line.
function afterMark(nodes, text) {
  const last = nodes[nodes.length - 1];
  const [stop] = /^[、，。；：！？）”》]*/.exec(text);
  if (!stop || !isBound(last)) return text;
  last.append(stop);
  return text.slice(stop.length);
}
