// What is known of the enterprise, as chips; a tap on one offers the other values and says the correction in words.
import { button, el, icon } from "./dom.js";
import { checklist } from "./questions.js";
import { closeSheet, openSheet } from "./sheet.js";
import { SLOTS } from "./slots.js";

const SOURCES = { stated: "您说的", chosen: "您选的", inferred: "由您的话推断" };

// `correct(words)` sends the correction.
export function showFacts(strip, profile, correct) {
  const slots = Object.keys(profile);
  strip.hidden = !slots.length;
  strip.replaceChildren(
    ...slots.map((slot) => {
      const name = nameOf(slot);
      const value = valueOf(slot, profile[slot]);
      return el(
        "button",
        { type: "button", class: "fact", "aria-haspopup": "dialog", "aria-label": `${name}：${value}，点一下更正`, click: () => editFact(slot, profile, correct) },
        el("span", null, value, icon("pencil")),
      );
    }),
  );
}

export function openProfile(profile, correct) {
  const slots = Object.keys(profile);
  const rows = slots.map((slot) =>
    el(
      "button",
      { type: "button", class: "row", click: () => editFact(slot, profile, correct) },
      el("span", { class: "grow" }, valueOf(slot, profile[slot]), el("span", { class: "quiet" }, `${nameOf(slot)} · ${SOURCES[profile[slot].source] || ""}`)),
      icon("pencil"),
    ),
  );
  openSheet(
    "我的资料",
    el("p", { class: "quiet" }, slots.length ? "这些是您在对话里说过的，点一项可以更正。" : "还没有记下什么。告诉我城市和资质，就能开始判断。"),
    el("div", { class: "rows" }, rows),
  );
}

function editFact(slot, profile, correct) {
  const known = knownSlot(slot);
  const current = [profile[slot].value].flat();
  const send = (words) => {
    closeSheet();
    correct(`更正：${words}`);
  };
  const say = (label) => send(known.say.replace("{}", label));
  const options = Object.entries(known.values).map(([id, label]) => ({ id, label }));
  const unsure = button("不清楚", () => send(`${nameOf(slot)}不清楚`), "chip");
  let choices;
  if (known.several) {
    choices = checklist({ slot, options }, el("span", { class: "unseen" }, nameOf(slot)), (chosen) => say(chosen.map(({ label }) => label).join("、")), current);
  } else if (options.length) {
    choices = el(
      "div",
      { class: "chips" },
      options.map(({ id, label }) => {
        const chip = button(label, () => say(label), "chip");
        if (current.includes(id)) chip.setAttribute("aria-current", "true");
        return chip;
      }),
    );
  } else {
    choices = ownWords(nameOf(slot), profile[slot].label, say);
  }
  openSheet(`更正${nameOf(slot)}`, el("p", { class: "quiet" }, `现在记的是：${valueOf(slot, profile[slot])}`), choices, el("div", { class: "chips" }, unsure));
}

function ownWords(name, label, say) {
  const input = el("input", { class: "line", maxlength: "60", value: label, "aria-label": name, autocomplete: "off" });
  return el(
    "form",
    {
      class: "own-words",
      submit: (event) => {
        event.preventDefault();
        if (input.value.trim()) say(input.value.trim());
      },
    },
    input,
    el("button", { class: "button" }, "更正"),
  );
}

// A slot that this page does not know yet is corrected in the person's own words.
function knownSlot(slot) {
  return Object.prototype.hasOwnProperty.call(SLOTS, slot) ? SLOTS[slot] : { name: "这一项", say: "{}", values: {} };
}

const nameOf = (slot) => knownSlot(slot).name;

// A value's own name where the label alone (是, 否) would not say what it is about.
function valueOf(slot, entry) {
  const { say, values } = knownSlot(slot);
  const named = say === "{}" && Object.keys(values).includes(entry.value);
  return named ? values[entry.value] : entry.label;
}
