// The question asked last: options as chips, or several of them to tick and confirm in one tap.
import { button, el } from "./dom.js";

const NONE = "none";
const UNKNOWN = "unknown";

// `answer(options)` gets the options chosen.
export function questionPanel(question, isSaid, answer) {
  const words = isSaid ? el("span", { class: "unseen" }, question.text) : question.text;
  if (question.multiple) return checklist(question, words, answer);
  return el(
    "div",
    { class: "question", role: "group", "aria-label": question.text },
    isSaid ? "" : el("p", null, words),
    el("div", { class: "chips" }, question.options.map((option) => button(option.label, () => answer([option]), "chip"))),
  );
}

// None of them excludes all others; 其余不清楚 of a checklist goes with what is ticked, elsewhere it stands alone.
export function checklist(question, words, answer, ticked = []) {
  const confirm = button("确定", () => answer(question.options.filter((_, index) => boxes[index].checked)), "button confirm");
  const boxes = question.options.map(({ id }) => el("input", { type: "checkbox", value: id, checked: ticked.includes(id) }));
  const excludes = (one, other) => {
    const alone = question.slot === "checklist" ? [NONE] : [NONE, UNKNOWN];
    return one !== other && (alone.includes(one) || alone.includes(other));
  };
  const update = () => {
    const count = boxes.filter((box) => box.checked).length;
    confirm.disabled = !count;
    confirm.textContent = count ? `确定（已选 ${count} 项）` : "先勾选，再确定";
  };
  for (const box of boxes) {
    box.addEventListener("change", () => {
      if (box.checked) boxes.filter((other) => excludes(box.value, other.value)).forEach((other) => (other.checked = false));
      update();
    });
  }
  update();
  const rows = question.options.map(({ label }, index) => el("label", { class: "tick" }, boxes[index], el("span", null, label)));
  return el("fieldset", { class: "question" }, el("legend", null, words), rows, confirm);
}
