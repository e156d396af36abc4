/* Buttons and keys that write Markdown into a text field. The field works without them; loaded only
   on pages that have one (ui.writing_head). What they type can be undone like what a hand typed. */
(() => {
  "use strict";

  const known = new WeakSet();

  /* Type `text` over [from, to), then select [first, last) of it. insertText is the one way that
     keeps the browser's undo; where it is refused, the text is put there without. */
  const type = (field, from, to, text, first, last) => {
    field.focus();
    field.setSelectionRange(from, to);
    const done = text
      ? document.execCommand("insertText", false, text)
      : from === to || document.execCommand("delete");
    if (!done) {
      field.setRangeText(text, from, to, "end");
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }
    field.setSelectionRange(from + first, from + last);
  };

  const selected = ({ value, selectionStart, selectionEnd }) => {
    const text = value.slice(selectionStart, selectionEnd);
    const before = text.length - text.trimStart().length;
    const after = text.trim() ? text.length - text.trimEnd().length : 0;
    return text.trim()
      ? [selectionStart + before, selectionEnd - after]
      : [selectionStart, selectionStart];
  };

  /* **bold** and *italic*: pressed on what has the marks already, they are taken away. */
  const wrap = (mark) => (field) => {
    const [from, to] = selected(field);
    const { value } = field;
    const size = mark.length;
    const text = value.slice(from, to);
    const marksAt = (place, step) => {
      let n = 0;
      while (value[place + step * n] === "*") n += 1;
      return n;
    };
    const around = Math.min(marksAt(from - 1, -1), marksAt(to, 1));
    const inside = text.length > 2 * size && text.startsWith(mark) && text.endsWith(mark)
      && (size === 2 || !text.startsWith("**") || text.startsWith("***"));
    if (size === 1 ? around % 2 === 1 : around >= 2) {
      type(field, from - size, to + size, text, 0, text.length);
    } else if (inside) {
      const bare = text.slice(size, -size);
      type(field, from, to, bare, 0, bare.length);
    } else {
      type(field, from, to, `${mark}${text}${mark}`, size, size + text.length);
    }
  };

  const MARK = /^(#{1,6} |[-*+] |\d{1,3}[.)] )/;
  const kindOf = (line) => {
    const [found] = MARK.exec(line) ?? [""];
    if (found.startsWith("#")) return "heading";
    return found && (/\d/.test(found) ? "numbers" : "list");
  };

  /* A mark before each line that the selection touches; all of them gone when all have it. */
  const begin = (kind, markOf) => (field) => {
    const { value, selectionStart, selectionEnd } = field;
    const from = value.lastIndexOf("\n", selectionStart - 1) + 1;
    const end = value.indexOf("\n", Math.max(selectionEnd - 1, selectionStart));
    const to = end < 0 ? value.length : end;
    const lines = value.slice(from, to).split("\n");
    const written = lines.filter((line) => line.trim());
    const off = written.length > 0 && written.every((line) => kindOf(line) === kind);
    let number = 0;
    const made = lines.map((line) => {
      if (!line.trim() && lines.length > 1) return line;
      number += 1;
      return (off ? "" : markOf(number)) + line.replace(MARK, "");
    }).join("\n");
    /* A list or heading right below a line of text would be taken as part of its paragraph. */
    const above = value.slice(value.lastIndexOf("\n", from - 2) + 1, Math.max(from - 1, 0));
    const gap = !off && above.trim() && kindOf(above) !== kind ? "\n" : "";
    const alone = selectionStart === selectionEnd;
    const length = gap.length + made.length;
    const caret = Math.max(
      gap.length,
      selectionStart - from + length - (to - from),
    );
    type(field, from, to, gap + made, alone ? caret : gap.length, alone ? caret : length);
  };

  const link = (field) => {
    const [from, to] = selected(field);
    const text = field.value.slice(from, to);
    const isAddress = /^(https?:\/\/|mailto:)\S+$/i.test(text);
    const { words } = boxOf(field).dataset;
    const label = isAddress || !text ? words : text;
    const address = isAddress ? text : "https://";
    const made = `[${label}](${address})`;
    const begins = isAddress || !text ? 1 : label.length + 3;
    const ends = isAddress || !text ? 1 + label.length : made.length - 1;
    type(field, from, to, made, begins, ends);
  };

  const table = (field) => {
    const { value, selectionEnd } = field;
    const { column } = boxOf(field).dataset;
    const end = value.indexOf("\n", selectionEnd);
    const at = end < 0 ? value.length : end;
    const before = value.slice(0, at);
    const gap = before.trim() ? "\n\n".slice(/\n{0,2}$/.exec(before)[0].length) : "";
    const head = `| ${column} 1 | ${column} 2 |`;
    const made = `${gap}${head}\n| --- | --- |\n|  |  |\n|  |  |\n`;
    type(field, at, at, made, gap.length + 2, gap.length + 2 + column.length + 2);
  };

  const ACTS = {
    bold: wrap("**"),
    italic: wrap("*"),
    heading: begin("heading", () => "## "),
    list: begin("list", () => "- "),
    numbers: begin("numbers", (n) => `${n}. `),
    link,
    table,
  };
  const KEYS = { b: "bold", i: "italic", k: "link" };

  /* Enter goes on with a list; on an empty item it ends the list. */
  const goOn = (field, event) => {
    const { value, selectionStart, selectionEnd } = field;
    if (selectionStart !== selectionEnd) return;
    const from = value.lastIndexOf("\n", selectionStart - 1) + 1;
    const found = /^(\s{0,3})([-*+]|(\d{1,3})([.)])) (.*)$/.exec(value.slice(from, selectionStart));
    if (!found) return;
    event.preventDefault();
    const [, indent, sign, number, stop, text] = found;
    if (text.trim()) {
      const next = number ? `${Number(number) + 1}${stop}` : sign;
      const made = `\n${indent}${next} `;
      type(field, selectionStart, selectionStart, made, made.length, made.length);
    } else {
      type(field, from, selectionStart, "", 0, 0);
    }
  };

  const boxOf = (field) => field.closest("[data-gm-write]");

  /* One stop for the Tab key; arrows, Home and End go from button to button (ARIA: toolbar). */
  const startToolbar = (bar, field) => {
    const buttons = [...bar.querySelectorAll("button")];
    const setStop = (one) => buttons.forEach((b) => { b.tabIndex = b === one ? 0 : -1; });
    setStop(buttons[0]);
    bar.hidden = false;
    bar.addEventListener("focusin", ({ target }) => setStop(target));
    bar.addEventListener("keydown", (event) => {
      const place = buttons.indexOf(document.activeElement);
      const last = buttons.length - 1;
      const to = {
        ArrowRight: place === last ? 0 : place + 1,
        ArrowLeft: place === 0 ? last : place - 1,
        Home: 0,
        End: last,
      }[event.key];
      if (place < 0 || to === undefined) return;
      event.preventDefault();
      buttons[to].focus();
    });
    /* The field keeps its selection when a button is pressed by hand. */
    bar.addEventListener("mousedown", (event) => event.preventDefault());
    bar.addEventListener("click", ({ target }) => {
      const button = target.closest("button");
      if (button) ACTS[button.dataset.gmMark](field);
    });
  };

  const startCount = (field, place) => {
    const number = new Intl.NumberFormat(document.documentElement.lang);
    const show = () => {
      const words = field.value.trim() ? field.value.trim().split(/\s+/).length : 0;
      place.textContent = place.dataset.form.replace("{n}", number.format(words));
    };
    place.hidden = false;
    field.addEventListener("input", show);
    show();
  };

  const start = (box) => {
    if (known.has(box)) return;
    known.add(box);
    const field = box.querySelector("textarea");
    const count = box.querySelector("[data-gm-count]");
    startToolbar(box.querySelector("[role=toolbar]"), field);
    if (count) startCount(field, count);
    field.addEventListener("keydown", (event) => {
      if (event.isComposing || event.altKey || event.shiftKey) return;
      const key = event.key.toLowerCase();
      if ((event.ctrlKey || event.metaKey) && Object.hasOwn(KEYS, key)) {
        event.preventDefault();
        ACTS[KEYS[key]](field);
      } else if (key === "enter" && !event.ctrlKey && !event.metaKey) {
        goOn(field, event);
      }
    });
  };

  const startAll = () => document.querySelectorAll("[data-gm-write]").forEach(start);
  document.addEventListener("htmx:after:swap", startAll);
  startAll();
})();
