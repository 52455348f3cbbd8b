// What a person thinks of an answer: two thumbs, and a reason for the one that points down. It lasts as long as the page.
import { button, el, icon } from "./dom.js";

const REASONS = {
  amount: "金额或日期不对",
  verdict: "判定不对",
  misheard: "没听懂我的话",
  not_found: "没找到要的",
  other: "其他",
};
const THANKS = "谢谢，记下了。";
const WHY = "抱歉没帮上。是哪里不对？";
const SORRY = "没有记上，请再点一次。";

// `rate({ helpful, reason })` keeps the opinion at the server; one is kept after the other.
export function feedbackRow(rate) {
  const thumb = (label, helpful) =>
    el("button", { type: "button", class: helpful ? "icon-button thumb" : "icon-button thumb down", "aria-label": label, "aria-pressed": "false", click: () => tell(helpful, null) }, icon("thumb"));
  const up = thumb("有帮助", true);
  const down = thumb("没帮上", false);
  const said = el("span", { class: "grow", role: "status" });
  const reasons = Object.entries(REASONS).map(([reason, label]) => button(label, () => {
    tell(false, reason);
    down.focus({ preventScroll: true });
  }, "chip"));
  const why = el("div", { class: "chips", role: "group", "aria-label": WHY, hidden: true }, reasons);
  let before = Promise.resolve();

  function show(words, helpful) {
    said.textContent = words;
    why.hidden = words !== WHY;
    up.setAttribute("aria-pressed", String(helpful === true));
    down.setAttribute("aria-pressed", String(helpful === false));
    if (!why.hidden) why.scrollIntoView({ block: "nearest" });
  }

  function tell(helpful, reason) {
    show(helpful || reason ? THANKS : WHY, helpful);
    before = before.then(() => rate({ helpful, reason })).catch(() => show(SORRY));
  }

  return el("div", { class: "feedback", role: "group", "aria-label": "这条回答" }, el("div", { class: "thumbs quiet" }, up, down, said), why);
}
