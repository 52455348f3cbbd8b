// Citations: the number in the text, the list under it, and the sheet with the quote in its provision.
import { fetchDocument } from "./api.js";
import { LIFECYCLES, cut, el, icon, lifecycleBadge } from "./dom.js";
import { openSheet } from "./sheet.js";

const place = ({ label, heading }) => `${label}${/[、）]$/.test(label) ? "" : " "}${heading}`.trim();

export function citationMark(citation) {
  return el(
    "button",
    {
      type: "button",
      class: "mark",
      "aria-haspopup": "dialog",
      "aria-label": `依据 ${citation.marker}：${citation.document_title} ${place(citation)}`,
      click: () => showCitation(citation),
    },
    String(citation.marker),
  );
}

export function citationRow(citation) {
  return el(
    "button",
    { type: "button", class: "row", "aria-haspopup": "dialog", click: () => showCitation(citation) },
    el("span", { class: "number" }, String(citation.marker)),
    el(
      "span",
      { class: "grow" },
      place(citation) || citation.document_title,
      el("span", { class: "quiet" }, place(citation) ? citation.document_title : "", citation.lifecycle === "in_force" ? "" : lifecycleBadge(citation.lifecycle)),
    ),
  );
}

export function citationList(citations) {
  if (!citations.length) return "";
  return el(
    "details",
    { class: "sources" },
    el("summary", null, `依据 ${citations.length} 条`, icon("down")),
    el("div", { class: "rows" }, citations.map(citationRow)),
  );
}

export function documentAddress(documentId, provision, citation) {
  const mark = citation ? `?mark=${Number(citation.start)}-${Number(citation.end)}` : "";
  return `/documents/${encodeURIComponent(documentId)}${mark}${provision ? `#${encodeURI(provision)}` : ""}`;
}

async function showCitation(citation) {
  const words = el("blockquote", { class: "words" }, el("mark", null, citation.quote));
  const state = el("p", { class: "quiet", role: "status" }, "正在取原文…");
  const known = LIFECYCLES[citation.lifecycle];
  openSheet(
    citation.document_title,
    el("p", { class: "place" }, lifecycleBadge(citation.lifecycle), place(citation)),
    known && known.note ? el("p", { class: "caution" }, icon("alert"), known.note) : "",
    words,
    state,
    el("a", { class: "button", href: documentAddress(citation.document_id, citation.provision, citation) }, "打开原文"),
  );
  try {
    const found = await fetchDocument(citation.document_id);
    const provision = found.provisions.find((one) => one.provision === citation.provision);
    state.textContent = "";
    if (!provision || cut(found.text, citation.start, citation.end) !== citation.quote) return;
    const mark = el("mark", null, citation.quote);
    const { start, end } = provision;
    words.replaceChildren(
      cut(found.text, Math.min(start, citation.start), citation.start).trimStart(),
      mark,
      cut(found.text, citation.end, Math.max(end, citation.end)).trimEnd(),
    );
    mark.scrollIntoView({ block: "center" });
  } catch {
    state.textContent = "暂时取不到整条原文，上面是引用的原话。";
  }
}
