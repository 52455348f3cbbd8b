// Single keys that do things: never while an input method composes, never inside a field, never with Ctrl, Alt or Meta.

const bound = new Map();

// Inside of these, keys are text or belong to the control itself.
const FIELDS = "input:not([type=checkbox]):not([type=radio]):not([type=button]):not([type=submit]), textarea, select, [contenteditable]";

export function isTyping(event) {
  if (event.isComposing || event.keyCode === 229) return true;
  if (event.ctrlKey || event.altKey || event.metaKey) return true;
  if ((event.key === "Enter" || event.key === " ") && event.target !== document.body) return true; // theirs who has the focus
  return event.target instanceof Element && event.target.closest(FIELDS) !== null;
}

// `label` is what the overlay says; an empty one is not told.
export function bind(key, label, act) {
  bound.set(key, { label, act });
}

// What stands in the page: an element with data-key is clicked, a field with it is entered.
function find(key) {
  const elements = document.querySelectorAll("[data-key]");
  return [...elements].find((element) => element.dataset.key === key && element.getClientRects().length > 0 && !element.disabled);
}

function press(element) {
  if (element.matches(FIELDS)) element.focus();
  else element.click();
}

function told() {
  const inPage = [...document.querySelectorAll("[data-key]")]
    .filter((element) => element.getClientRects().length > 0)
    .map((element) => [element.dataset.key, element.dataset.keyLabel || element.textContent.trim()]);
  const inCode = [...bound].filter(([, { label }]) => label).map(([key, { label }]) => [key, label]);
  return [...new Map([...inPage, ...inCode])];
}

export function showKeys() {
  const dialog = document.getElementById("keys");
  if (dialog.open) return dialog.close();
  const list = dialog.querySelector("dl");
  list.replaceChildren();
  for (const [key, label] of told()) {
    const term = document.createElement("dt");
    const sign = document.createElement("kbd");
    sign.textContent = key;
    term.append(sign);
    const meaning = document.createElement("dd");
    meaning.textContent = label;
    list.append(term, meaning);
  }
  dialog.showModal();
}

export function listen() {
  bind("?", "显示或收起这张表", showKeys);
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.repeat || isTyping(event)) return;
    const key = event.key === "？" ? "?" : event.key;
    if (key !== "?" && document.querySelector("dialog[open]")) return;
    const known = bound.get(key);
    const element = known ? null : find(key);
    if (!known && !element) return;
    event.preventDefault();
    if (known) known.act(event);
    else press(element);
  });
}
