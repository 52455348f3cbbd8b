// Turns a reply of the assistant into what is shown: text, sources, cards, the next question and things to say next.
import { citationList, citationMark } from "./citations.js";
import { button, el } from "./dom.js";
import { feedbackRow } from "./feedback.js";
import { findingGroups } from "./findings.js";
import { renderMarkdown } from "./markdown.js";
import { questionPanel } from "./questions.js";

export function ownMessage(text) {
  return el("div", { class: "message mine" }, el("span", { class: "unseen" }, "我："), el("div", { class: "bubble" }, text));
}

export function draftMessage() {
  const words = el("p", null, "正在核对政策原文");
  const bubble = el("div", { class: "bubble typing", role: "status" }, el("span", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i")), words);
  const node = el("div", { class: "message theirs draft" }, bubble);
  words.classList.add("unseen");
  const timers = [
    setTimeout(() => words.classList.remove("unseen"), 3000),
    setTimeout(() => (words.textContent = "还在核对，请再等一下"), 15000),
  ];
  return {
    node,
    write(text) {
      timers.forEach(clearTimeout);
      bubble.className = "bubble";
      bubble.removeAttribute("role");
      bubble.setAttribute("aria-busy", "true");
      bubble.replaceChildren(...renderMarkdown(text, (number) => el("span", { class: "mark" }, number)));
    },
    remove() {
      timers.forEach(clearTimeout);
      node.remove();
    },
  };
}

const STAFF = /^\*\*工作人员\*\*：\s*/;
const NOTICE = "notice";
const HANDED = ["handed_over", "with_staff"];

export const isHanded = ({ outcome }) => HANDED.includes(outcome);

// `say(text)` sends words, `choose(options)` answers the question, `rate(reply, opinion)` tells what a person thinks of
// it. An `author` has said it unasked: staff under their name, or a reminder.
export function replyMessage(reply, { say, choose, rate }, author) {
  const isStaff = Boolean(author) && STAFF.test(reply.text);
  const who = isStaff ? "工作人员" : author === NOTICE ? "政策提醒" : "";
  const kind = [author && "unasked", isStaff && "staff", author === NOTICE && "reminder", isHanded(reply) && "handed"];
  const citations = reply.citations || [];
  const findings = reply.findings || [];
  const cite = (number) => {
    const citation = citations.find(({ marker }) => marker === number);
    return citation ? citationMark(citation) : null;
  };
  const offers = el("div", { class: "offers" });
  if (reply.question) offers.append(questionPanel(reply.question, squeeze(reply.text).includes(squeeze(reply.question.text)), choose));
  if ((reply.suggestions || []).length) {
    offers.append(
      el("div", { class: "chips", role: "group", "aria-label": "可以接着说" }, reply.suggestions.map((text) => button(text, () => say(text), "chip"))),
    );
  }
  return el(
    "div",
    { class: ["message theirs", ...kind].filter(Boolean).join(" ") },
    who ? el("p", { class: "who" }, who, el("span", { class: "unseen" }, "：")) : el("span", { class: "unseen" }, "惠企："),
    el("div", { class: "bubble" }, renderMarkdown(isStaff ? reply.text.replace(STAFF, "") : reply.text, cite), citationList(citations)),
    findingGroups(findings, citations),
    findings.length ? el("p", { class: "quiet" }, `${reply.as_of ? `截至 ${reply.as_of}，` : ""}供参考，以主管部门认定为准`) : "",
    ...(reply.notes || []).map((note) => el("p", { class: "quiet" }, note)),
    citations.length && !author && reply.message_id ? feedbackRow((opinion) => rate(reply, opinion)) : "",
    offers,
  );
}

const squeeze = (text) => text.replace(/[\s*]/g, "");
