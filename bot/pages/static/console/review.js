// One answer with its evidence: a verdict by one key, why it is wrong, what it should say, and holding it while it is open.

import { bind } from "./keys.js";
import { csrf } from "./console.js";
import { difference } from "./difference.js";

const item = document.getElementById("item");
const form = document.getElementById("judge");
document.querySelectorAll("[data-current]").forEach((said) => said.scrollIntoView({ block: "nearest" }));

if (form) {
  const opened = performance.now();
  const why = document.getElementById("why");
  const hint = document.getElementById("hint");
  const changed = document.getElementById("changed");
  const answer = document.getElementById("answer")?.content.textContent ?? "";
  const corrected = form.elements.corrected;
  const buttons = [...form.querySelectorAll("button.verdict")];
  let chosen = null;

  const isEmpty = () => !corrected.value && !form.elements.comment.value && !form.querySelector(":checked");
  why.hidden = isEmpty(); // a draft that was restored is shown

  const choose = (button) => {
    chosen = button;
    why.hidden = false;
    for (const one of buttons) one.setAttribute("aria-pressed", String(one === button));
    hint.textContent = "选好原因后按 Enter 记下；再按一次同样的数字也行";
  };
  const send = () => chosen && form.requestSubmit(chosen);
  form.addEventListener("submit", () => {
    if (corrected.value.trim() === answer.trim()) corrected.value = "";
    form.elements.seconds.value = Math.round((performance.now() - opened) / 1000);
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button.verdict");
    if (!button || button === chosen || button.value === "right") return; // it is sent
    event.preventDefault();
    choose(button);
  });
  bind("Enter", "记下这个判断", (event) => {
    if (event.target.closest("a, summary, button:not(.verdict)")) event.target.click();
    else send();
  });
  form.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape") event.target.blur();
    if (event.key !== "Enter" || event.target.matches("button")) return;
    if (event.target === corrected && !event.ctrlKey) return; // a new line
    event.preventDefault();
    event.stopPropagation();
    if (chosen) send();
    else hint.textContent = "先按 1 到 4 选一个判断";
  });
  bind("c", "写说明", () => enter(form.elements.comment));
  bind("e", "写更正后的回答", () => enter(corrected));
  const enter = (field) => {
    why.hidden = false;
    if (field === corrected && !corrected.value) corrected.value = answer;
    field.focus();
  };
  corrected.addEventListener("input", () => {
    changed.hidden = !corrected.value || corrected.value === answer;
    changed.replaceChildren(...difference(answer, corrected.value));
  });
}

// Held on while somebody is here: every two minutes, if anything was done in them.
if (item?.dataset.held) {
  let isBusy = true;
  for (const kind of ["keydown", "pointermove", "wheel"]) document.addEventListener(kind, () => (isBusy = true), { passive: true });
  const timer = setInterval(async () => {
    if (!isBusy) return;
    isBusy = false;
    const answered = await fetch(`/console/items/${item.dataset.id}/hold`, { method: "POST", headers: { "X-CSRF-Token": csrf() } }).catch(() => null);
    if (answered?.status !== 409) return;
    clearInterval(timer);
    const lease = document.querySelector(".lease");
    lease.className = "lease";
    lease.textContent = "离开太久，这一条已由别人取走；您的判断仍会记下";
  }, 120000);
}
