// The one sheet that rises from the lower edge: a modal dialog whose content changes. Going back closes it.
import { button, el, icon } from "./dom.js";

const heading = el("h2", { id: "sheet-title", tabindex: "-1" });
const body = el("div", { class: "sheet-body" });
const dialog = el(
  "dialog",
  { class: "sheet", "aria-labelledby": "sheet-title" },
  el(
    "div",
    { class: "sheet-head" },
    heading,
    el("button", { type: "button", class: "icon-button", "aria-label": "关闭", click: closeSheet }, icon("cross")),
  ),
  body,
);
document.body.append(dialog);

dialog.addEventListener("click", (event) => {
  if (event.target === dialog) closeSheet();
});
dialog.addEventListener("close", () => {
  if (history.state && history.state.sheet) history.back();
});
addEventListener("popstate", () => {
  if (dialog.open) dialog.close();
});
if (history.state && history.state.sheet) history.replaceState(null, "");

export function openSheet(title, ...content) {
  heading.textContent = title;
  body.replaceChildren(...content);
  if (!dialog.open) {
    dialog.showModal();
    history.pushState({ sheet: true }, "");
  }
  dialog.scrollTop = 0;
  heading.focus({ preventScroll: true });
}

export function closeSheet() {
  dialog.close();
}

// `act` may fail: the sheet then stays open and says `sorry`.
export function confirmSheet(title, words, label, act, sorry) {
  const note = el("p", { class: "notice", role: "alert", hidden: true });
  const go = button(label, async () => {
    go.disabled = true;
    note.hidden = true;
    try {
      await act();
      closeSheet();
    } catch {
      note.textContent = sorry;
      note.hidden = false;
      go.disabled = false;
    }
  }, "button danger");
  openSheet(title, el("p", null, words), note, el("div", { class: "actions" }, go, button("取消", closeSheet, "button plain")));
}
