// Verdict cards: what is known of each support, grouped by status; a card shows its inside only when it is opened.
import { citationRow, documentAddress } from "./citations.js";
import { button, el, icon, lifecycleBadge } from "./dom.js";

const STATUSES = {
  eligible: { label: "可以申请", icon: "check" },
  conditional: { label: "原则上可以，要主管部门认定", icon: "diamond" },
  undetermined: { label: "还差信息", icon: "question" },
  ineligible: { label: "不符合", icon: "cross" },
  not_in_force: { label: "目前不在执行期", icon: "clock" },
};
const STATES = {
  met: { label: "符合", icon: "check" },
  unmet: { label: "不符合", icon: "cross" },
  unknown: { label: "还不知道", icon: "question" },
  open: { label: "由主管部门认定", icon: "diamond" },
};
const PERIODS = { once: " · 一次性", month: "/月", year: "/年" };
const SHOWN = 5;

export function findingGroups(findings, citations) {
  const groups = Object.keys(STATUSES)
    .map((status) => ({ status, found: findings.filter((finding) => finding.status === status) }))
    .filter(({ found }) => found.length);
  return groups.map(({ status, found }, index) => group(status, found, citations, index === 0));
}

function group(status, found, citations, first) {
  const { label, icon: sign } = STATUSES[status];
  const cards = el("div", { class: "cards" });
  const show = (part) => cards.append(...part.map((finding) => card(finding, citations)));
  show(found.length > SHOWN + 1 ? found.slice(0, SHOWN) : found);
  const rest = found.slice(cards.children.length);
  if (rest.length) {
    const more = button(`再看 ${rest.length} 项`, () => {
      const next = cards.children.length - 1;
      more.remove();
      show(rest);
      cards.children[next].querySelector("summary").focus();
    }, "more");
    cards.append(more);
  }
  return el(
    "details",
    { class: `group ${status}`, open: first || status === "eligible" || status === "conditional" },
    el("summary", null, icon(sign), el("span", { class: "grow" }, `${label} `, el("b", null, `${found.length} 项`)), icon("down")),
    cards,
  );
}

function card(finding, citations) {
  const amount = amountWords(finding.benefit);
  const details = el(
    "details",
    { class: `card ${finding.status}` },
    el(
      "summary",
      null,
      el("span", { class: "grow" }, el("span", { class: "title" }, finding.title), amount && el("span", { class: "amount" }, amount)),
      icon("down"),
    ),
  );
  details.addEventListener("toggle", () => details.append(inside(finding, citations)), { once: true });
  return details;
}

function inside(finding, citations) {
  const cited = citations.filter((citation) => (finding.markers || []).includes(citation.marker));
  const otherwise = STATUSES[finding.otherwise];
  return el(
    "dl",
    { class: "inside" },
    finding.status === "not_in_force" && otherwise
      ? part("执行期", el("p", null, lifecycleBadge(finding.lifecycle), `现在不能申请。如果还在执行，按您的情况是：${otherwise.label}`))
      : "",
    part("支持内容", el("p", null, finding.benefit.text)),
    finding.reasons.length ? part("条件", el("ul", { class: "reasons" }, finding.reasons.map(reason))) : "",
    finding.open_points.length ? part("文件没写明", el("p", null, finding.open_points.join("、"))) : "",
    finding.departments.length ? part("责任单位", el("p", null, finding.departments.join("、"))) : "",
    part(
      "依据",
      cited.length
        ? el("div", { class: "rows" }, cited.map(citationRow))
        : el("a", { class: "link", href: documentAddress(finding.document_id, finding.provision) }, "看政策原文"),
    ),
  );
}

const part = (name, content) => el("div", null, el("dt", null, name), el("dd", null, content));

function reason({ condition, state, fact }) {
  const { label, icon: sign } = STATES[state] || STATES.unknown;
  return el(
    "li",
    { class: state },
    icon(sign),
    el("span", null, el("b", null, label), `　${condition}`, fact ? el("span", { class: "quiet" }, `（已知：${fact}）`) : ""),
  );
}

// The sum of money of a benefit: 最高 1000 万元 · 一次性, 2400 元/月
function amountWords({ amount_cny: amount, is_cap: isCap, period }) {
  if (typeof amount !== "number") return "";
  const sum = amount >= 10000 && amount % 100 === 0 ? `${amount / 10000} 万元` : `${amount} 元`;
  return `${isCap ? "最高 " : ""}${sum}${PERIODS[period] || ""}`;
}
