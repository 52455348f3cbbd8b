// What every page of the console does: keys, drafts, and no form twice.

import { listen, showKeys } from "./keys.js";
import { keepDrafts } from "./drafts.js";

// For scripts that change something: the token that forms carry too.
export function csrf() {
  return document.querySelector('meta[name="csrf"]')?.content ?? "";
}

keepDrafts();
listen();
document.getElementById("show-keys")?.addEventListener("click", showKeys);

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
  setTimeout(() => delete form.dataset.sent, 3000); // the answer may be a file, and the page stays
});
