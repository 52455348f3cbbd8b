// Talks to the API of the assistant, and says in one word why a call failed.

const ROOT = "/api/v1";
const SILENCE_MS = 45000;

// kind: unreachable (try again) · busy (try again after `wait` seconds) · gone (no such conversation) · refused
export class Failure extends Error {
  constructor(kind, wait = 0) {
    super(kind);
    this.kind = kind;
    this.wait = wait;
  }
}

export const startConversation = (signal) => json("/conversations", { method: "POST", body: {}, signal });
export const listDocuments = () => json("/documents", {});
export const issueCode = ({ id, token }) => json(`${at(id)}/links`, { method: "POST", token });
export const listLinks = ({ id, token }) => json(`${at(id)}/links`, { token });
export const unlinkAll = ({ id, token }) => call(`${at(id)}/links`, { method: "DELETE", token });
export const rateAnswer = ({ id, token }, message, body) =>
  call(`${at(id)}/messages/${encodeURIComponent(message)}/feedback`, { method: "POST", token, body });

const at = (id) => `/conversations/${encodeURIComponent(id)}`;

// What has been said, with the `state` it is in; null if nothing has happened since the state given.
export async function fetchHistory({ id, token }, state) {
  const watch = watchdog();
  try {
    const response = await call(at(id), { token, state, signal: watch.signal });
    return response.status === 304 ? null : { ...(await response.json()), state: response.headers.get("etag") };
  } catch (error) {
    throw error instanceof Failure ? error : new Failure("unreachable");
  } finally {
    watch.stop();
  }
}

export async function eraseConversation({ id, token }) {
  try {
    await call(at(id), { method: "DELETE", token });
  } catch (failure) {
    if (failure.kind !== "gone") throw failure;
  }
}

const documents = new Map();

export function fetchDocument(id) {
  if (!documents.has(id)) {
    const answer = json(`/documents/${encodeURIComponent(id)}`, {});
    answer.catch(() => documents.delete(id));
    documents.set(id, answer);
  }
  return documents.get(id);
}

// Sends one message; `onDelta` gets the text so far. Without `streaming` the answer comes in one piece.
export async function sendMessage({ id, token }, message, { streaming, onDelta, signal }) {
  const watch = watchdog(signal);
  try {
    const response = await call(`${at(id)}/messages`, {
      method: "POST",
      token,
      signal: watch.signal,
      accept: streaming ? "text/event-stream" : "application/json",
      body: { text: message.text, choices: message.choices, client_message_id: message.id },
    });
    watch.alive();
    const streamed = (response.headers.get("content-type") || "").startsWith("text/event-stream");
    return streamed ? await readEvents(response, watch, onDelta) : await response.json();
  } catch (error) {
    if (signal.aborted || error instanceof Failure) throw error;
    throw new Failure("unreachable");
  } finally {
    watch.stop();
  }
}

async function readEvents(response, watch, onDelta) {
  let text = "";
  let reply = null;
  const take = (block) => {
    const { event, data } = parseEvent(block);
    if (event === "error") throw new Failure("unreachable");
    if (event === "reply") reply = JSON.parse(data);
    if (event === "status") onDelta(JSON.parse(data).text);
    if (event === "delta") {
      text += JSON.parse(data).text;
      onDelta(text);
    }
  };
  if (!response.body || !window.TextDecoder) {
    (await response.text()).split(/\r?\n\r?\n/).forEach(take);
  } else {
    const reader = response.body.getReader();
    const decoder = new TextDecoder();
    let pending = "";
    while (!reply) {
      const { done, value } = await reader.read();
      watch.alive();
      pending += decoder.decode(value, { stream: !done });
      const blocks = pending.split(/\r?\n\r?\n/);
      pending = blocks.pop();
      blocks.forEach(take);
      if (done) break;
    }
    reader.cancel().catch(() => {});
  }
  if (!reply) throw new Failure("unreachable");
  return reply;
}

function parseEvent(block) {
  let event = "message";
  const data = [];
  for (const line of block.split(/\r?\n/)) {
    const [, field, value] = /^([a-z]+):? ?(.*)$/.exec(line) || [];
    if (field === "event") event = value;
    if (field === "data") data.push(value);
  }
  return { event, data: data.join("\n") };
}

async function json(path, options) {
  const response = await call(path, options);
  try {
    return await response.json();
  } catch {
    throw new Failure("unreachable");
  }
}

async function call(path, { method = "GET", token, body, accept = "application/json", state, signal }) {
  const headers = { Accept: accept };
  if (token) headers.Authorization = `Bearer ${token}`;
  if (state) headers["If-None-Match"] = state;
  if (body) headers["Content-Type"] = "application/json";
  let response;
  try {
    response = await fetch(ROOT + path, { method, headers, signal, cache: "no-store", body: body && JSON.stringify(body) });
  } catch (error) {
    if (signal && signal.aborted) throw error;
    throw new Failure("unreachable");
  }
  if (response.ok || response.status === 304) return response;
  const wait = Number(response.headers.get("retry-after"));
  if (response.status === 429 || (response.status === 503 && wait)) throw new Failure("busy", wait > 0 ? wait : 5);
  if (response.status >= 500 || response.status === 408) throw new Failure("unreachable");
  throw new Failure(response.status === 401 || response.status === 404 ? "gone" : "refused");
}

// Aborts a call on which nothing has been heard for a while; a call that the page gave up is aborted at once.
function watchdog(outer = new AbortController().signal) {
  const controller = new AbortController();
  const abort = () => controller.abort();
  let timer = setTimeout(abort, SILENCE_MS);
  outer.addEventListener("abort", abort);
  return {
    signal: controller.signal,
    alive() {
      clearTimeout(timer);
      timer = setTimeout(abort, SILENCE_MS);
    },
    stop() {
      clearTimeout(timer);
      outer.removeEventListener("abort", abort);
    },
  };
}
