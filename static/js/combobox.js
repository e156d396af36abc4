/* The search box proposes while somebody types: a combobox with a list (ARIA 1.2).
   Loaded when a box gets the focus for the first time; without it the box is a plain form. */

const LEAST = 2;
const WAIT = 150;
const known = new WeakSet();
let number = 0;

const made = (tag, attributes, text) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (text) element.textContent = text;
  return element;
};

const addStyle = (href) => {
  if (document.querySelector(`link[href="${href}"]`)) return;
  document.head.append(made("link", { rel: "stylesheet", href }));
};

export const start = (box) => {
  if (known.has(box)) return;
  known.add(box);
  const { gmStyle, gmSuggest, gmName } = box.dataset;
  addStyle(gmStyle);
  number += 1;
  const id = `gm-options-${number}`;
  const status = document.getElementById("gm-status");
  const list = made("div", { id, class: "gm-options", role: "listbox", "aria-label": gmName });
  list.hidden = true;
  box.form.append(list);
  /* A search field may be no combobox; a text field may. The keyboard still says "search". */
  box.type = "text";
  box.enterKeyHint = "search";
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id,
  })) box.setAttribute(name, value);

  let options = [];
  let active = -1;
  let later = 0;
  let asking = new AbortController();
  let asked = "";

  const setActive = (place) => {
    options[active]?.setAttribute("aria-selected", "false");
    active = place;
    const option = options[active];
    if (!option) {
      box.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    box.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };

  const setOpen = (open) => {
    list.hidden = !open;
    box.setAttribute("aria-expanded", String(open));
    if (!open) setActive(-1);
  };

  const stop = () => {
    clearTimeout(later);
    asking.abort();
  };

  const choose = (option) => {
    if (option.dataset.url) {
      location.assign(option.dataset.url);
      return;
    }
    box.value = option.dataset.fill;
    box.focus();
    setOpen(false);
    ask();
  };

  const show = ({ said, groups }) => {
    list.replaceChildren();
    setActive(-1);
    options = [];
    groups.forEach(({ name, items }, place) => {
      const label = `${id}-${place}`;
      const group = made("div", { role: "group", "aria-labelledby": label });
      group.append(made("div", { id: label, class: "gm-options__name" }, name));
      for (const { text, url, fill, lang } of items) {
        const option = made("div", {
          id: `${id}-option-${options.length}`, class: "gm-options__one", role: "option",
          "aria-selected": "false", ...(lang && { lang }),
          ...(url ? { "data-url": url } : { "data-fill": fill }),
        }, text);
        options.push(option);
        group.append(option);
      }
      list.append(group);
    });
    setOpen(options.length > 0 && document.activeElement === box);
    status.textContent = said;
  };

  const ask = () => {
    stop();
    asked = box.value;
    if (asked.trim().length < LEAST) {
      setOpen(false);
      return;
    }
    later = setTimeout(async () => {
      asking = new AbortController();
      const address = new URL(gmSuggest, location.href);
      address.searchParams.set("q", asked);
      try {
        const answer = await fetch(address, { signal: asking.signal });
        if (answer.ok) show(await answer.json());
      } catch {
        /* Given up for a newer question, or the network is gone: the form still works. */
      }
    }, WAIT);
  };

  const step = (by) => {
    if (list.hidden) {
      if (options.length && asked === box.value) setOpen(true);
      else ask();
      if (list.hidden) return;
    }
    /* One place more than options: the box itself stands between the last and the first. */
    const places = options.length + 1;
    setActive(((active + 1 + by + places) % places) - 1);
  };

  const keys = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Home: () => active >= 0 && setActive(0),
    End: () => active >= 0 && setActive(options.length - 1),
    Enter: () => active >= 0 && choose(options[active]),
    Escape: () => !list.hidden && setOpen(false),
  };

  box.addEventListener("input", ask);
  box.addEventListener("blur", () => {
    stop();
    setOpen(false);
  });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || !(event.key in keys)) return;
    if (keys[event.key]() === false) return;
    event.preventDefault();
    if (event.key === "Escape") event.stopPropagation();
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", ({ target }) => {
    const option = target.closest("[role=option]");
    if (option) choose(option);
  });
  box.form.addEventListener("submit", stop);
};
