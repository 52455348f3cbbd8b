// Builds elements. Text is only ever set as text, never parsed as HTML.

export function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") node.addEventListener(name, value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

const PATHS = {
  check: "M5 13l4 4L19 7",
  cross: "M7 7l10 10M17 7L7 17",
  question: "M9 9a3 3 0 1 1 4 2.8c-.7.4-1 .9-1 1.7v.5M12 17.5v.01",
  diamond: "M12 5l7 7-7 7-7-7z",
  clock: "M12 8v4l3 2M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16z",
  down: "M6 9l6 6 6-6",
  pencil: "M5 19l1-4L16 5l3 3L9 18z",
  alert: "M12 8v5M12 16.5v.01M12 4l9 16H3z",
  restart: "M5 12a7 7 0 1 0 2-5M5 5v4h4",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM5 20c1-4 4-5 7-5s6 1 7 5",
  bin: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13",
  link: "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1",
  thumb: "M7 11v9H4v-9zM7 12l4-8c1.6 0 2.3 1 2.2 2.5L13 10h5c1.3 0 2 1 1.8 2.2l-1.2 6c-.2 1.1-1 1.8-2.1 1.8H7",
  info: "M12 11v5M12 8v.01M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16z",
};

const SVG = "http://www.w3.org/2000/svg";

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

export function button(label, click, kind = "button") {
  return el("button", { type: "button", class: kind, click }, label);
}

// Offsets in documents count characters; JavaScript's strings count UTF-16 units.
export function cut(text, start, end) {
  return /[\ud800-\udfff]/.test(text) ? Array.from(text).slice(start, end).join("") : text.slice(start, end);
}

export const LIFECYCLES = {
  in_force: { label: "现行有效", note: "" },
  draft: { label: "征求意见稿", note: "这是征求意见稿，不是正式文件，现在不能照此申请。" },
  expired: { label: "已到期", note: "这份文件的执行期已过，现在不能照此申请。" },
  repealed: { label: "已废止", note: "这份文件已经废止，现在不能照此申请。" },
  not_yet: { label: "尚未施行", note: "这份文件还没有开始施行。" },
};

export function lifecycleBadge(lifecycle) {
  const known = LIFECYCLES[lifecycle];
  return known ? el("span", { class: `badge ${lifecycle}` }, known.label) : "";
}
