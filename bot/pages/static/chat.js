// The chat page: what is said, in order, and where words are typed. Everything else is in the modules it calls.
import { eraseConversation, fetchHistory, rateAnswer } from "./api.js";
import { button, el } from "./dom.js";
import { openLinks } from "./links.js";
import { onChangeElsewhere, recall, remember } from "./memory.js";
import { openMenu } from "./menu.js";
import { newId, openOutbox } from "./outbox.js";
import { openProfile, showFacts } from "./profile.js";
import { draftMessage, isHanded, ownMessage, replyMessage } from "./replies.js";
import { openWatch } from "./watch.js";

const LONGEST = 2000;
const COUNT_FROM = 1800;
const STAMP_AFTER_MS = 5 * 60 * 1000;

const [log, strip, examples, composer, words, send, count, newer, offline, served] = [
  "log", "facts", "examples", "composer", "words", "send", "count", "newer", "offline", "served",
].map((id) => document.getElementById(id));
const greeting = [...log.children];

const onTheWay = new Map(); // own id of a message → { node, status, draft }
const placed = new Map(); // id of a message, its own or the server's → its node
let restored = false; // whether what the server had when the page was opened is on it
let turns = 0; // how often something was said or answered here
let seen = null; // the state of the history shown last
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
    showReply(reply, known.node);
    dropDraft(known);
  },
  refused(message) {
    const known = onTheWay.get(message.id);
    dropDraft(known);
    onTheWay.delete(message.id);
    known.status.replaceChildren(
      button("没有发成，改一改再发", () => {
        known.node.remove();
        placed.delete(message.id);
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
  placed.set(message.id, node);
  reveal(node);
  return onTheWay.get(message.id);
}

function showReply(reply, own) {
  const follow = isNearEnd();
  withdrawOffers();
  const node = replyMessage(reply, taps);
  own.after(node);
  if (outbox.waiting.length) withdrawOffers();
  placed.set(reply.message_id, node);
  noteServing(reply);
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
function withdrawOffers(last) {
  newer.hidden = true;
  log.querySelectorAll(".offers").forEach((offers) => last && last.contains(offers) || offers.remove());
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
  turns += 1;
  outbox.post({ ...message, id: newId(), at: new Date().toISOString() });
  if (!focused) log.focus({ preventScroll: true });
}

const taps = { say, choose, rate: ({ message_id: id }, opinion) => rateAnswer(recall().conversation, id, opinion) };

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
  restored = !conversation;
  if (conversation) {
    examples.hidden = true;
    const loading = notice("正在取回之前的对话…");
    try {
      const history = await fetchHistory(conversation);
      loading.remove();
      restored = true;
      showHistory(history);
      reveal(log.lastElementChild);
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

// Brings the log up to what the server has: what stands there stays, what is missing takes its place.
// Returns whether anything was missing.
function showHistory({ messages, profile: facts, with_staff: isServed, state }) {
  const follow = isNearEnd();
  const fresh = [];
  let [last, own, question] = [greeting[0], null, null];
  messages.forEach(({ message_id: id, client_message_id: sent, role, author, ...message }, index) => {
    let node = placed.get(id) || placed.get(sent);
    const reply = message.reply || { text: message.text };
    if (!node && role === "user") {
      node = takeUp(sent, messages[index + 1]) || put(ownMessage(message.text || labels(question, message.choices)), last, message.at);
      fresh.push(node);
    } else if (!node && (author || !onTheWay.has(own))) {
      node = put(replyMessage({ ...reply, message_id: id }, taps, author), last, message.at);
      fresh.push(node);
    }
    if (role === "user") own = sent;
    else if (!author) [own, question] = [null, reply.question];
    if (!node) return; // the answer to a message that is on its way comes with it
    placed.set(id, node);
    last = node;
  });
  seen = state;
  profile = facts || {};
  showFacts(strip, profile, say);
  if (fresh.length) {
    examples.hidden = true;
    withdrawOffers([...log.querySelectorAll(".mine, .theirs:not(.unasked)")].pop());
    if (follow) reveal(fresh[0]);
    else pointTo(fresh[0], "新消息");
  }
  if (Boolean(isServed) === served.hidden) serve(Boolean(isServed));
  if (!isServed) withdrawHanded();
  return fresh.length > 0;
}

// After the message before it; at the end of the log under the time of day.
function put(node, last, at) {
  let next = last.nextElementSibling;
  while (next && !next.matches(".message")) next = next.nextElementSibling;
  if (next) {
    last.after(node);
    return node;
  }
  stamp(at);
  return add(node);
}

// A message that had arrived before the page was left: with its answer it is done, without one it is still on its way.
function takeUp(sent, next) {
  const same = outbox.waiting.find(({ id }) => id === sent);
  if (!same) return null;
  if (next && next.role === "assistant" && !next.author) {
    outbox.drop(({ id }) => id === same.id);
    return null;
  }
  return showOwn(same).node;
}

// --- while staff serve the conversation

const watch = openWatch(async () => {
  const { conversation } = recall();
  if (!conversation || !restored) return false;
  let [history, before] = [null, turns];
  try {
    do {
      before = turns;
      history = await fetchHistory(conversation, seen);
    } while (before !== turns && recall().conversation === conversation); // what was said meanwhile is not in it
  } catch (failure) {
    if (failure.kind === "gone" && recall().conversation === conversation) lose(outbox.waiting);
    throw failure;
  }
  return history !== null && recall().conversation === conversation && showHistory(history);
});

function serve(now) {
  served.hidden = !now;
  watch.serve(now);
}

function noteServing(reply) {
  turns += 1;
  if (isHanded(reply)) serve(true);
  else if (reply.outcome === "handed_back") serve(false);
  else if (!served.hidden) watch.look();
}

function withdrawHanded() {
  log.querySelectorAll(".handed .offers").forEach((offers) => offers.remove());
}

function labels(question, choices) {
  const chosen = ((question && question.options) || []).filter(({ id }) => (choices || []).includes(id));
  return chosen.map(({ label }) => label).join("、") || "（已选择）";
}

function startAfresh() {
  onTheWay.forEach(dropDraft);
  onTheWay.clear();
  placed.clear();
  seen = null;
  serve(false);
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
  serve(false);
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
  openMenu({
    erase,
    showProfile: () => openProfile(profile, say),
    showLinks: () => openLinks(recall().conversation, () => notice("其他渠道已经断开。")),
  }));
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
