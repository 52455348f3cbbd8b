// The chat page: what is said, in order, and where words are typed. Everything else is in the modules it calls.
import { eraseConversation, fetchHistory } from "./api.js";
import { button, el } from "./dom.js";
import { onChangeElsewhere, recall, remember } from "./memory.js";
import { openMenu } from "./menu.js";
import { newId, openOutbox } from "./outbox.js";
import { openProfile, showFacts } from "./profile.js";
import { draftMessage, ownMessage, replyMessage } from "./replies.js";

const LONGEST = 2000;
const COUNT_FROM = 1800;
const STAMP_AFTER_MS = 5 * 60 * 1000;

const [log, strip, examples, composer, words, send, count, newer, offline] = [
  "log", "facts", "examples", "composer", "words", "send", "count", "newer", "offline",
].map((id) => document.getElementById(id));
const greeting = [...log.children];

const onTheWay = new Map(); // message id → { node, status, draft }
let shown = new Set(); // ids of replies on the page
let lastAt = 0;
let ahead = null;
let profile = {};

const outbox = openOutbox({
  state(message, state, seconds) {
    const known = onTheWay.get(message.id) || showOwn(message);
    if (state === "sending" && !known.draft) {
      known.draft = draftMessage();
      known.node.after(known.draft.node);
      reveal(known.draft.node);
    }
    if (state === "failed" || state === "later") dropDraft(known);
    if (state === "failed") known.status.replaceChildren(button("未发送，点此重试", outbox.deliver, "retry"));
    else known.status.textContent = state === "later" ? `这会儿有点忙，${seconds} 秒后自动再发` : "";
  },
  delta(message, text) {
    const { draft } = onTheWay.get(message.id);
    const follow = isNearEnd();
    draft.write(text);
    if (follow) reveal(draft.node);
  },
  reply(message, reply) {
    const known = onTheWay.get(message.id);
    onTheWay.delete(message.id);
    known.status.remove();
    if (shown.has(reply.message_id)) known.node.remove();
    else showReply(reply, known.node);
    dropDraft(known);
  },
  refused(message) {
    const known = onTheWay.get(message.id);
    dropDraft(known);
    onTheWay.delete(message.id);
    known.status.replaceChildren(
      button("没有发成，改一改再发", () => {
        known.node.remove();
        giveBack([message]);
        words.focus();
      }, "retry"),
    );
  },
  gone: lose,
});

// --- the log

function add(node) {
  log.append(node);
  return node;
}

function isNearEnd() {
  return log.scrollHeight - log.scrollTop - log.clientHeight < 120;
}

// Shows a message from its beginning, below the short question it answers; the browser stops at the log's end by itself.
function reveal(node) {
  const asked = node.previousElementSibling;
  const first = asked && asked.matches(".mine") && asked.offsetHeight < 160 ? asked : node;
  log.scrollTo({ top: first.offsetTop - 12 });
}

function stamp(at) {
  const time = new Date(at);
  if (Number.isNaN(time.getTime())) return;
  if (time.getTime() - lastAt > STAMP_AFTER_MS) {
    const clock = `${time.getHours()}:${String(time.getMinutes()).padStart(2, "0")}`;
    const sameDay = time.toDateString() === new Date().toDateString();
    add(el("p", { class: "stamp" }, sameDay ? clock : `${time.getMonth() + 1}月${time.getDate()}日 ${clock}`));
  }
  lastAt = time.getTime();
}

function showOwn(message) {
  examples.hidden = true;
  withdrawOffers();
  stamp(message.at);
  const status = el("p", { class: "status", role: "status" });
  const node = add(ownMessage(message.shown));
  node.append(status);
  onTheWay.set(message.id, { node, status, draft: null });
  reveal(node);
  return onTheWay.get(message.id);
}

function showReply(reply, own) {
  const follow = isNearEnd();
  withdrawOffers();
  const node = replyMessage(reply, { say, choose });
  own.after(node);
  if (outbox.waiting.length) withdrawOffers();
  shown.add(reply.message_id);
  profile = reply.profile || {};
  showFacts(strip, profile, say);
  const question = node.querySelector(".question");
  if (follow) reveal(node);
  if (!follow) pointTo(node, "新回复");
  else if (question) pointTo(question, "还要问您一句");
}

// A button that leads to what lies below the edge of the screen.
function pointTo(node, label) {
  ahead = node;
  newer.lastChild.textContent = label;
  newer.hidden = isInView(node);
}

function isInView(node) {
  return node.getBoundingClientRect().top < log.getBoundingClientRect().bottom - 60;
}

// Only the last reply's question and suggestions can still be tapped.
function withdrawOffers() {
  newer.hidden = true;
  log.querySelectorAll(".offers").forEach((offers) => offers.remove());
}

function dropDraft(known) {
  if (known.draft) known.draft.remove();
  known.draft = null;
}

function notice(text, action) {
  const node = add(el("div", { class: "notice", role: "status" }, el("p", null, text), action || ""));
  reveal(node);
  return node;
}

// --- saying something

function say(text) {
  post({ text, choices: [], shown: text });
}

function choose(options) {
  post({ text: "", choices: options.map(({ id }) => id), shown: options.map(({ label }) => label).join("、") });
}

function sayWords() {
  if (send.disabled) return;
  const text = words.value.trim();
  words.value = "";
  measure();
  say(text);
}

function post(message) {
  const focused = document.activeElement === words;
  outbox.post({ ...message, id: newId(), at: new Date().toISOString() });
  if (!focused) log.focus({ preventScroll: true });
}

function giveBack(messages) {
  words.value = [...messages.map((message) => message.shown), words.value].filter(Boolean).join("\n");
  measure();
}

function measure() {
  const length = Array.from(words.value).length;
  words.style.height = "auto";
  words.style.height = `${Math.min(words.scrollHeight + 2, 140)}px`;
  count.hidden = length < COUNT_FROM;
  count.classList.toggle("over", length > LONGEST);
  count.textContent = length > LONGEST ? `超出 ${length - LONGEST} 字，请删短一些` : `${length}/${LONGEST}`;
  send.disabled = !words.value.trim() || length > LONGEST;
  remember({ draft: words.value });
}

words.addEventListener("input", measure);
words.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  sayWords();
});
composer.addEventListener("submit", (event) => {
  event.preventDefault();
  sayWords();
});
examples.addEventListener("click", ({ target }) => {
  if (target.matches("button")) say(target.textContent);
});

// --- coming back, starting afresh

async function restore() {
  const { conversation } = recall();
  const waiting = outbox.waiting;
  if (conversation) {
    examples.hidden = true;
    const loading = notice("正在取回之前的对话…");
    try {
      const history = await fetchHistory(conversation);
      loading.remove();
      showHistory(history);
    } catch (failure) {
      loading.remove();
      if (failure.kind === "gone") return lose(waiting);
      const failed = notice("暂时取不到之前的对话。", button("再试一次", () => {
        failed.remove();
        startAfresh();
        restore();
      }, "button plain"));
    }
  }
  waiting.filter((message) => outbox.waiting.includes(message)).forEach((message) => onTheWay.has(message.id) || showOwn(message));
  return outbox.deliver();
}

function showHistory({ messages, profile: known }) {
  let question = null;
  messages.forEach((message, index) => {
    stamp(message.at);
    const isLast = index === messages.length - 1;
    if (message.role === "user") {
      const isWaiting = takeUp(message, isLast, messages[index + 1]);
      if (!isWaiting) add(ownMessage(message.text || labels(question, message.choices)));
    } else {
      const reply = message.reply || { text: message.text };
      question = reply.question;
      add(replyMessage(reply, { say, choose }));
      shown.add(message.message_id);
      if (!isLast) withdrawOffers();
    }
  });
  profile = known || {};
  showFacts(strip, profile, say);
  if (log.lastElementChild) reveal(log.lastElementChild);
}

// A message that had arrived before the page was left: with its answer it is done, without one it is still on its way.
function takeUp(message, isLast, next) {
  const same = outbox.waiting.find(({ id, text }) =>
    message.client_message_id ? id === message.client_message_id : isLast && text && text === message.text);
  if (!same) return false;
  if (next && next.role === "assistant") {
    outbox.drop(({ id }) => id === same.id);
    return false;
  }
  showOwn(same);
  return true;
}

function labels(question, choices) {
  const chosen = ((question && question.options) || []).filter(({ id }) => (choices || []).includes(id));
  return chosen.map(({ label }) => label).join("、") || "（已选择）";
}

function startAfresh() {
  onTheWay.forEach(dropDraft);
  onTheWay.clear();
  shown = new Set();
  lastAt = 0;
  profile = {};
  log.replaceChildren(...greeting);
  showFacts(strip, profile, say);
}

function lose(messages) {
  onTheWay.forEach((known) => {
    dropDraft(known);
    known.status.textContent = "未发送";
  });
  onTheWay.clear();
  giveBack(messages);
  outbox.close();
  remember({ conversation: null });
  notice(
    `这段对话已经不在了，可能已被删除或过期。${messages.length ? "没发出的话已放回输入框，" : ""}再发送就是新的对话。`,
    button("开始新对话", () => {
      forget();
      words.focus();
    }),
  );
}

function forget() {
  outbox.close();
  remember({ conversation: null });
  startAfresh();
  examples.hidden = false;
}

async function erase(receipt) {
  const { conversation } = recall();
  if (conversation) await eraseConversation(conversation);
  forget();
  words.value = "";
  measure();
  if (receipt) notice(receipt);
  log.scrollTop = 0;
}

document.getElementById("menu").addEventListener("click", () =>
  openMenu({ erase, showProfile: () => openProfile(profile, say) }));
onChangeElsewhere(() => location.reload());

// --- the connection, the screen

const showConnection = () => (offline.hidden = navigator.onLine);
addEventListener("online", () => {
  showConnection();
  outbox.deliver();
});
addEventListener("offline", showConnection);
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) outbox.deliver();
});
newer.addEventListener("click", () => {
  reveal(ahead);
  newer.hidden = true;
});
log.addEventListener("scroll", () => {
  if (ahead && isInView(ahead)) newer.hidden = true;
}, { passive: true });
if (window.visualViewport) {
  const fit = () => {
    if (visualViewport.scale > 1.01) return;
    document.documentElement.style.setProperty("--height", `${Math.round(visualViewport.height)}px`);
    scrollTo(0, 0);
  };
  visualViewport.addEventListener("resize", fit);
}

words.value = recall().draft;
measure();
showConnection();
restore();
