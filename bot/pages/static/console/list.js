// The list: up and down by keys, what is ticked is what is taken away, and no empty field stands in the address.

import { bind } from "./keys.js";

const rows = [...document.querySelectorAll("a.row")];

function step(by) {
  const at = rows.indexOf(document.activeElement);
  const next = rows[Math.min(Math.max(at + by, 0), rows.length - 1)];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

bind("j", "下一行", () => step(1));
bind("k", "上一行", () => step(-1));
bind("x", "勾选这一行", () => document.activeElement.closest("tr")?.querySelector('input[type="checkbox"]')?.click());

document.getElementById("filters").addEventListener("submit", (event) => {
  for (const field of event.target.elements) if (field.name && !field.value) field.disabled = true;
});

const ticked = document.getElementById("ticked");
document.addEventListener("change", () => {
  const count = document.querySelectorAll('input[name="item"]:checked').length;
  if (ticked) ticked.textContent = count ? `勾选的 ${count} 条` : "筛选结果";
});
