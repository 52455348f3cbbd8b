// The sheet that leads to other channels: a code to be sent there, who is linked, and how to part again.
import { issueCode, listLinks, unlinkAll } from "./api.js";
import { button, el, icon } from "./dom.js";
import { confirmSheet, openSheet } from "./sheet.js";

const TITLE = "在微信或 Telegram 上接着聊";
const CHANNELS = {
  web: "网页",
  terminal: "终端",
  telegram: "Telegram",
  wechat: "微信公众号",
  wecom: "企业微信",
  wecom_service: "微信客服",
  api: "接口",
};
const MOST_MINUTES = 10;

let look = () => {};

// `parted()` is called once the other channels have let go.
export function openLinks(conversation, parted) {
  if (!conversation) {
    openSheet(TITLE, el("p", null, "这里还没有开始聊。先说一句，再来拿绑定码，换个渠道接着聊。"));
    return;
  }
  const code = el("div", { class: "code-box", role: "status" }, "正在取绑定码…");
  const linked = el("div", { class: "linked", role: "status" });
  const part = button("断开其他渠道", () =>
    confirmSheet("断开其他渠道", "其他渠道会断开，看不到这段对话和企业资料；这里照旧。", "断开", async () => {
      await unlinkAll(conversation);
      parted();
    }, "暂时连不上，没有断开。请稍后再试。"), "button plain");
  part.hidden = true;
  openSheet(
    TITLE,
    el("p", { class: "quiet" }, "在微信公众号、企业微信或 Telegram 里把下面这句话发给惠企，两边就是同一份对话和企业资料。"),
    code,
    el("h3", null, "已接上的渠道"),
    linked,
    part,
  );
  look = () => showLinked(conversation, linked, part);
  showCode(conversation, code);
  look();
}

// Who binds in another app comes back to this sheet.
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) look();
});

async function showCode(conversation, box) {
  const again = (label) => button(label, () => showCode(conversation, box), "button plain");
  let issued;
  try {
    issued = await issueCode(conversation);
  } catch {
    box.replaceChildren(el("p", null, "暂时取不到绑定码。"), again("再试一次"));
    return;
  }
  const words = el("b", null, `绑定 ${issued.code}`);
  const validity = el("p", { class: "quiet" });
  box.replaceChildren(
    el("p", { class: "code" }, issued.code),
    el("p", null, "发“", words, "”"),
    button("复制这句话", ({ target }) => copy(words, target)),
    validity,
  );
  let minutes = Math.min(MOST_MINUTES, Math.max(1, Math.ceil((new Date(issued.expires_at) - Date.now()) / 60e3)));
  const count = () => {
    validity.textContent = `${minutes} 分钟内有效，只能用一次，请不要给别人。`;
    setTimeout(() => {
      minutes -= 1;
      if (!validity.isConnected) return;
      if (minutes) count();
      else box.replaceChildren(el("p", null, "这个绑定码已经过期。"), again("换一个"));
    }, 60e3);
  };
  count();
}

async function copy(words, told) {
  try {
    await navigator.clipboard.writeText(words.textContent);
    told.textContent = "已复制";
  } catch {
    getSelection().selectAllChildren(words);
    told.textContent = document.execCommand("copy") ? "已复制" : "请长按上面的字复制";
  }
}

async function showLinked(conversation, list, part) {
  if (!list.isConnected) return;
  try {
    const links = await listLinks(conversation);
    const names = [...new Set(links.map(({ channel }) => CHANNELS[channel] || "其他渠道"))];
    list.replaceChildren(
      names.length
        ? el("ul", { class: "rows" }, names.map((name) => el("li", { class: "row" }, icon("check"), name)))
        : el("p", { class: "quiet" }, "还没有接上别的渠道。"),
    );
    part.hidden = !names.length;
  } catch {
    list.replaceChildren(el("p", { class: "quiet" }, "暂时查不到。"));
  }
}
