// Hand-overs: says when something has changed, puts words and quotes into the answer. It decides nothing.

const EVERY = 20_000;

const watched = document.querySelector("[data-state-at]");
async function look() {
  if (document.visibilityState !== "visible") return;
  try {
    const response = await fetch(watched.dataset.stateAt, { headers: { accept: "application/json" } });
    if (!response.ok) return;
    const { state } = await response.json();
    document.getElementById("changed").hidden = state === watched.dataset.state;
  } catch {
    // out of reach: the next look will tell
  }
}
if (watched) setInterval(look, EVERY);

// The last words are what is to be answered.
const talk = document.querySelector(".talk");
if (talk) talk.scrollTop = talk.scrollHeight;

const text = document.getElementById("text");

// What is put in stands on lines of its own, where the cursor is; the browser's own undo takes it back.
function insert(words) {
  if (!text) return;
  text.focus();
  const before = text.value.slice(0, text.selectionStart);
  const after = text.value.slice(text.selectionEnd);
  const put = (before && !before.endsWith("\n") ? "\n" : "") + words + (after && !after.startsWith("\n") ? "\n" : "");
  if (!document.execCommand("insertText", false, put)) {
    text.setRangeText(put, text.selectionStart, text.selectionEnd, "end");
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

const templates = document.getElementById("templates");
templates?.addEventListener("change", () => {
  if (templates.value) insert(templates.value);
  templates.value = "";
});

function element(tag, className, words) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (words) made.textContent = words;
  return made;
}

function shown(passage) {
  const item = element("li");
  const where = element("p", "quiet");
  const source = element("a", "", `《${passage.title}》${passage.place}`);
  source.href = passage.address;
  source.target = "_blank";
  source.rel = "noopener";
  const state = element("span", passage.in_force ? "tag" : "tag past", passage.lifecycle);
  where.append(source, " ", state);
  item.append(where, element("p", "", passage.quote));
  if (text) {
    const button = element("button", "small", "引用");
    button.type = "button";
    button.addEventListener("click", () => insert(passage.words));
    item.append(button);
  }
  return item;
}

const search = document.getElementById("passages-form");
search?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const state = document.getElementById("passages-state");
  const list = document.getElementById("passages");
  const words = document.getElementById("q").value.trim();
  list.replaceChildren();
  if (!words) return;
  state.textContent = "正在找…";
  try {
    const response = await fetch(`/console/passages?q=${encodeURIComponent(words)}`, { headers: { accept: "application/json" } });
    if (response.status === 401) {
      state.textContent = "登录已过期：请在另一个标签页重新登录，再回来接着写。";
      return;
    }
    if (!response.ok) throw new Error(String(response.status));
    const found = await response.json();
    list.append(...found.map(shown));
    state.textContent = found.length ? `${found.length} 段，现行的在前` : "没有找到，换个词试试。";
  } catch {
    state.textContent = "没有找成，请再试一次。";
  }
});
