/* Triage by keyboard, by dragging, and told of what others do. Each of it has a plain way too. */
(() => {
  "use strict";

  const EVERY = 30000;
  const SOONEST = 2000;
  const FIELDS = "input:not([type=checkbox]), textarea, select, [contenteditable]";
  const live = document.getElementById("gm-live");
  const status = document.getElementById("gm-status");
  const find = (selector) => document.querySelector(selector);
  const news = () => find("[data-gm-news]");
  const say = (text) => {
    status.textContent = "";
    setTimeout(() => { status.textContent = text; }, 50);
  };

  /* Keys: single letters, so they act in no field and can be switched off (WCAG 2.1.4). */
  const ones = () => [...document.querySelectorAll("[data-gm-one]")];
  const current = () => document.activeElement?.closest?.("[data-gm-one]");
  let last = null;

  const step = (by) => {
    const all = ones();
    if (!all.length) return;
    const at = all.findIndex((one) => one.dataset.gmOne === (current()?.dataset.gmOne ?? last));
    const next = at < 0 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1);
    last = all[next].dataset.gmOne;
    all[next].querySelector("a").focus();
  };

  const here = () => current() ?? ones().find((one) => one.dataset.gmOne === last);

  const count = () => {
    const shown = find("[data-gm-count]");
    if (!shown) return "";
    const number = document.querySelectorAll("[data-gm-one] input:checked").length;
    shown.hidden = !number;
    shown.textContent = news().dataset.gmChosen.replace("{n}", number);
    return shown.textContent;
  };

  const choose = () => {
    const box = here()?.querySelector("input[type=checkbox]");
    if (!box) return;
    box.checked = !box.checked;
    say(count());
  };

  const edit = () => (here()?.querySelector("select") ?? find("#f-act"))?.focus();

  const search = () => {
    const box = find("#triage-q");
    box.focus();
    box.select();
  };

  const help = () => {
    const fold = find("#triage-keys");
    if (!fold) return;
    fold.open = true;
    fold.querySelector("summary").focus();
  };

  const keys = {
    j: () => step(1), k: () => step(-1), x: choose, e: edit, "/": search, "?": help,
  };

  document.addEventListener("keydown", (event) => {
    const fold = find("#triage-keys");
    if (event.defaultPrevented || event.isComposing || event.repeat && event.key === "x") return;
    if (event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(keys, event.key)) return;
    if (event.target.closest(FIELDS)) return;
    if (fold?.dataset.gmKeys !== "on") return;
    event.preventDefault();
    keys[event.key]();
  });

  document.addEventListener("change", ({ target }) => {
    if (target.matches("[data-gm-one] input")) count();
  });

  /* Dragging a card posts the form that it has anyway. */
  let dragged = null;
  let over = null;
  const allows = (pile) => {
    const choice = dragged?.querySelector("select[name=state]");
    return choice && [...choice.options].some((one) => one.value === pile.dataset.gmPile);
  };
  document.addEventListener("dragstart", ({ target, dataTransfer }) => {
    dragged = target.closest?.("[data-gm-one][draggable]");
    if (!dragged) return;
    dataTransfer.effectAllowed = "move";
    dataTransfer.setData("text/plain", dragged.dataset.gmOne);
  });
  document.addEventListener("dragover", (event) => {
    const pile = event.target.closest?.("[data-gm-pile]");
    over = pile;
    if (!dragged || !pile) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = allows(pile) ? "move" : "none";
    document.querySelectorAll("[data-gm-pile]").forEach((one) => {
      one.classList.toggle("gm-pile--here", one === pile && allows(pile));
    });
  });
  document.addEventListener("dragend", () => {
    if (dragged && over && !over.contains(dragged) && !allows(over)) say(news().dataset.gmNo);
    over = null;
    document.querySelectorAll(".gm-pile--here").forEach((one) => {
      one.classList.remove("gm-pile--here");
    });
    dragged = null;
  });
  document.addEventListener("drop", (event) => {
    const pile = event.target.closest?.("[data-gm-pile]");
    if (!dragged || !pile) return;
    event.preventDefault();
    if (!allows(pile)) return;
    const form = dragged.querySelector("form");
    form.querySelector("select[name=state]").value = pile.dataset.gmPile;
    form.requestSubmit();
  });

  /* What others changed is said, and nothing moves under the reader. */
  let tag = "";
  let asked = 0;
  let told = "";

  const tell = ({ said }) => {
    if (said === told) return;
    told = said;
    live.querySelector(".gm-live__box")?.remove();
    if (!said) return;
    const box = document.createElement("div");
    box.className = "gm-live__box";
    const words = document.createElement("p");
    words.textContent = said;
    const show = document.createElement("a");
    show.href = news().dataset.gmHere;
    show.textContent = news().dataset.gmShow;
    const later = document.createElement("button");
    later.type = "button";
    later.textContent = news().dataset.gmLater;
    later.addEventListener("click", () => box.remove());
    box.append(words, show, later);
    live.append(box);
    say(said);
  };

  const ask = async () => {
    if (document.hidden || !news() || Date.now() - asked < SOONEST) return;
    asked = Date.now();
    const address = new URL(news().dataset.gmNews, location.href);
    address.searchParams.set("shown", ones().map((one) => one.dataset.gmOne).join(" "));
    try {
      const answer = await fetch(address, {
        cache: "no-store", headers: tag ? { "If-None-Match": tag } : {},
      });
      if (answer.status !== 200) return;
      tag = answer.headers.get("ETag") ?? "";
      tell(await answer.json());
    } catch {
      /* The network is gone; the page says what it said. */
    }
  };

  const start = () => {
    const fold = find("#triage-keys");
    if (fold) fold.hidden = false;
    document.querySelectorAll("[data-gm-one]").forEach((one) => {
      if (one.querySelector("select[name=state]")) one.draggable = true;
    });
    count();
    tag = "";
    told = "";
  };

  document.addEventListener("htmx:after:swap", start);
  addEventListener("pageshow", count);
  addEventListener("focus", ask);
  setInterval(ask, EVERY);
  start();
})();
