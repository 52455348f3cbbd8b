// The menu: a fresh start, what is known of the enterprise, other channels, erasure, and what this is.
import { listDocuments } from "./api.js";
import { documentAddress } from "./citations.js";
import { el, icon, lifecycleBadge } from "./dom.js";
import { confirmSheet, openSheet } from "./sheet.js";

const SORRY = "暂时连不上，没有删除。请稍后再试。";

// `erase()` removes the conversation here and at the server; the others open their sheets.
export function openMenu({ erase, showProfile, showLinks }) {
  const item = (sign, label, click) => el("button", { type: "button", class: "row", click }, icon(sign), el("span", { class: "grow" }, label));
  openSheet(
    "菜单",
    el(
      "div",
      { class: "rows" },
      item("restart", "重新开始", () =>
        confirmSheet("重新开始", "这段对话和记下的企业情况会清空，提醒和绑定的其他渠道也一起清掉，从头再来。", "清空并重新开始", () => erase(""), SORRY)),
      item("person", "我的资料", showProfile),
      item("link", "在微信或 Telegram 上接着聊", showLinks),
      item("bin", "删除我的数据", () =>
        confirmSheet("删除我的数据", "将从服务器删除这段对话、记下的企业情况、提醒和转人工记录，绑定的其他渠道也一并删除，删除后不能恢复。", "确定删除", () => erase("已删除您的对话和资料。"), SORRY)),
      item("info", "关于", openAbout),
    ),
  );
}

async function openAbout() {
  const list = el("div", { class: "rows" }, el("p", { class: "quiet", role: "status" }, "正在取文件目录…"));
  openSheet(
    "关于惠企",
    el("p", null, "惠企对照政策原文，按写明的规则判断企业能申请什么，每个结论都附原文依据。文件没写的，会直接告诉您没写。"),
    el("p", null, "内容供参考，不是行政决定，以主管部门认定为准。"),
    el("p", null, "我们为答复您而保存对话和企业情况，随时可以在菜单里删除。请不要发身份证号、银行卡号。"),
    el("h3", null, "收录的文件"),
    list,
  );
  try {
    const documents = await listDocuments();
    list.replaceChildren(
      ...documents.map((one) =>
        el(
          "a",
          { class: "row", href: documentAddress(one.id, "") },
          el("span", { class: "grow" }, one.title, el("span", { class: "quiet" }, lifecycleBadge(one.lifecycle))),
        ),
      ),
    );
  } catch {
    list.replaceChildren(el("p", { class: "quiet" }, "暂时取不到文件目录。"));
  }
}
