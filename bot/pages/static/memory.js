// What this browser keeps between visits: the conversation's key, messages not yet sent, words not yet finished.

const KEY = "huiqi";

let kept = read();

function read() {
  let stored;
  try {
    stored = JSON.parse(localStorage.getItem(KEY)) || {};
  } catch {
    stored = {};
  }
  const { conversation, outbox, draft } = stored;
  return {
    conversation: conversation && conversation.id && conversation.token ? conversation : null,
    outbox: Array.isArray(outbox) ? outbox : [],
    draft: typeof draft === "string" ? draft : "",
  };
}

export const recall = () => kept;

export function remember(changes) {
  kept = { ...kept, ...changes };
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // A window without storage: the conversation lasts as long as the page.
  }
}

// Calls back when another window of this browser has started or erased a conversation.
export function onChangeElsewhere(react) {
  addEventListener("storage", (event) => {
    if (event.key !== KEY) return;
    const before = kept.conversation;
    kept = { ...kept, conversation: read().conversation };
    if ((before && before.id) !== (kept.conversation && kept.conversation.id)) react();
  });
}
