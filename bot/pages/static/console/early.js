// Keys pressed while the page's scripts are still on their way are kept, and pressed again once all of them are there.

(() => {
  const held = [];
  // Theirs who has the focus: text in a field, and pressing a button.
  const isOwn = (event) =>
    event.target !== document.body && (["Enter", " "].includes(event.key) || event.target.closest("input, textarea, select, [contenteditable]"));
  const hold = (event) => {
    if (isOwn(event) || event.isComposing || event.keyCode === 229) return;
    event.stopImmediatePropagation();
    if (!event.repeat) held.push(event);
  };
  window.addEventListener("keydown", hold, true);
  // Modules have run by then.
  document.addEventListener("DOMContentLoaded", () => {
    window.removeEventListener("keydown", hold, true);
    for (const event of held) (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent(event.type, event));
  });
})();
