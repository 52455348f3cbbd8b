// Messages on their way: sent one after the other, tried again when the connection fails, kept until they are answered.
import { Failure, sendMessage, startConversation } from "./api.js";
import { recall, remember } from "./memory.js";

const PAUSES_MS = [800, 2500];

// on.state(message, state, seconds): waiting · sending · later · failed;  on.delta(message, text)
// on.reply(message, reply) · on.refused(message) · on.gone(messages): the conversation no longer exists
export function openOutbox(on) {
  let queue = recall().outbox;
  let busy = false;
  let life = new AbortController();

  const keep = () => remember({ outbox: queue });

  async function deliver() {
    if (busy || !queue.length) return;
    busy = true;
    const { signal } = life;
    try {
      while (queue.length && !signal.aborted) {
        const message = queue[0];
        const reply = await attempt(message, signal);
        queue = queue.filter((other) => other !== message);
        keep();
        if (reply) on.reply(message, reply);
        else on.refused(message);
      }
    } catch (failure) {
      if (signal.aborted) return;
      if (failure.kind === "gone") on.gone(queue);
      else queue.forEach((message) => on.state(message, "failed"));
    } finally {
      if (!signal.aborted) busy = false;
    }
  }

  async function attempt(message, signal) {
    for (let round = 0; ; ) {
      on.state(message, "sending");
      try {
        const conversation = recall().conversation || (await begin(signal));
        return await sendMessage(conversation, message, {
          streaming: round === 0,
          onDelta: (text) => on.delta(message, text),
          signal,
        });
      } catch (failure) {
        if (signal.aborted || !(failure instanceof Failure)) throw failure;
        if (failure.kind === "refused") return null;
        if (failure.kind === "busy") {
          await countDown(message, failure.wait, signal);
        } else if (failure.kind === "unreachable" && round < PAUSES_MS.length && navigator.onLine) {
          await pause(PAUSES_MS[round], signal);
          round += 1;
        } else {
          throw failure;
        }
      }
    }
  }

  async function begin(signal) {
    const { id, token } = await startConversation(signal);
    remember({ conversation: { id, token } });
    return { id, token };
  }

  async function countDown(message, seconds, signal) {
    for (let left = Math.ceil(seconds); left > 0; left -= 1) {
      on.state(message, "later", left);
      await pause(1000, signal);
    }
  }

  return {
    get waiting() {
      return queue;
    },
    deliver,
    post(message) {
      queue = [...queue, message];
      keep();
      on.state(message, "waiting");
      deliver();
    },
    drop(gone) {
      queue = queue.filter((message) => !gone(message));
      keep();
    },
    close() {
      life.abort();
      life = new AbortController();
      busy = false;
      queue = [];
      keep();
    },
  };
}

function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const stop = () => reject(new Failure("unreachable"));
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      stop();
    }, { once: true });
  });
}

export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
