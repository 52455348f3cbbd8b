// Keeps what is being written in a form with data-draft until it has been handed in: an expired session loses nothing.
// Drafts belong to one person, go when they sign out, and after a week.

const WEEK = 7 * 24 * 3600 * 1000;

function told(name) {
  const meta = document.querySelector(`meta[name="${name}"]`);
  return meta ? meta.content : "";
}

const mine = `draft:${told("staff")}:`;

function each(act) {
  for (const key of Object.keys(localStorage)) if (key.startsWith("draft:")) act(key);
}

function fields(form) {
  return [...form.elements].filter((field) => field.name && field.name !== "csrf" && field.type !== "hidden" && field.type !== "password" && field.type !== "file" && field.type !== "submit");
}

function isTicked(field) {
  return field.type === "checkbox" || field.type === "radio";
}

function read(form) {
  return fields(form).map((field) => (isTicked(field) ? field.checked : field.value));
}

function fill(form, values) {
  fields(form).forEach((field, i) => {
    if (isTicked(field)) field.checked = values[i] === true;
    else if (typeof values[i] === "string") field.value = values[i];
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

function load(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function tell(form, key, original) {
  const note = document.createElement("p");
  note.className = "draft-note";
  note.setAttribute("role", "status");
  const words = document.createElement("span");
  words.textContent = "已恢复上次写了没交的内容。";
  const drop = document.createElement("button");
  drop.type = "button";
  drop.className = "small";
  drop.textContent = "不要了";
  drop.addEventListener("click", () => {
    fill(form, original);
    localStorage.removeItem(key);
    note.remove();
  });
  note.append(words, drop);
  form.prepend(note);
}

function keep(form) {
  const key = mine + form.dataset.draft;
  const original = read(form);
  const blank = JSON.stringify(original);
  const kept = load(key);
  if (kept && Array.isArray(kept.values) && kept.values.length === original.length && JSON.stringify(kept.values) !== blank) {
    fill(form, kept.values);
    tell(form, key, original);
  }
  form.addEventListener("input", () => {
    const values = read(form);
    try {
      if (JSON.stringify(values) === blank) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify({ at: Date.now(), values }));
    } catch {
      // a full or forbidden store: the form itself still holds the words
    }
  });
}

export function keepDrafts() {
  if (!told("staff")) return;
  const done = told("draft-done");
  if (done) localStorage.removeItem(mine + done);
  each((key) => {
    const kept = load(key);
    if (!kept || !(Date.now() - kept.at < WEEK)) localStorage.removeItem(key);
  });
  document.querySelectorAll("form[data-draft]").forEach(keep);
  const logout = document.getElementById("logout");
  logout?.addEventListener("submit", () => each((key) => key.startsWith(mine) && localStorage.removeItem(key)));
}
