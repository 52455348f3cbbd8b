// What was changed in a text, as elements: <del> what went, <ins> what came. By character, for answers of usual length.

const LONGEST = 4000;

export function difference(before, after) {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head += 1;
  let tail = 0;
  const room = Math.min(before.length, after.length) - head;
  while (tail < room && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const gone = before.slice(head, before.length - tail);
  const come = after.slice(head, after.length - tail);
  const parts = gone.length + come.length > LONGEST ? [["del", gone], ["ins", come]] : middle(gone, come);
  return [["", before.slice(0, head)], ...parts, ["", before.slice(before.length - tail)]].filter(([, text]) => text).map(node);
}

function node([tag, text]) {
  if (!tag) return document.createTextNode(text);
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}

// The longest common subsequence, read off its table.
function middle(a, b) {
  const width = b.length + 1;
  const table = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      table[i * width + j] = a[i] === b[j] ? table[(i + 1) * width + j + 1] + 1 : Math.max(table[(i + 1) * width + j], table[i * width + j + 1]);
  const parts = [];
  const add = (tag, text) => {
    const last = parts[parts.length - 1];
    if (last && last[0] === tag) last[1] += text;
    else parts.push([tag, text]);
  };
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      add("", a[i]);
      i += 1;
      j += 1;
    } else if (j >= b.length || (i < a.length && table[(i + 1) * width + j] >= table[i * width + j + 1])) {
      add("del", a[i]);
      i += 1;
    } else {
      add("ins", b[j]);
      j += 1;
    }
  }
  return parts;
}
