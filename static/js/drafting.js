/* A form that is never lost: saved as it is typed, and kept in this browser until it is saved.

   Loaded only where an application is written. What is kept lies under a key that tells accounts
   apart, is offered to that account alone, goes when it is saved, when somebody signs out, and
   after seven days. On a device that others use the page gives no key, and nothing is kept. */
(() => {
  "use strict";

  const PREFIX = "gm-draft:";
  const WEEK = 7 * 24 * 3600 * 1000;
  const PAUSE = 2500; // after the last key
  const AT_MOST = 10000; // while somebody types on
  const THERE = 20000;
  const RETRIES = [3000, 6000, 12000, 20000, 30000];
  const OF_THE_PAGE = new Set(
    ["page", "typed_in", "sequence", "revision", "base", "form", "form_key"],
  );

  /* What the browser keeps. Private windows and full disks may refuse. */
  const store = {
    keys() {
      try {
        return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
      } catch { return []; }
    },
    get(key) {
      try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
    },
    set(key, value) {
      try {
        localStorage.setItem(key, JSON.stringify(value));
        return true;
      } catch { return false; }
    },
    drop(key) {
      try { localStorage.removeItem(key); } catch { /* nothing was kept either */ }
    },
  };

  for (const key of store.keys()) {
    const kept = store.get(key);
    if (!kept || !(Date.now() - kept.at < WEEK)) store.drop(key);
  }

  document.querySelector("form[data-gm-leave]")?.addEventListener("submit", () => {
    store.keys().forEach(store.drop);
  });

  /* This page was answered to a form that was sent from elsewhere: what was kept of it is saved. */
  const cameFrom = document.referrer && new URL(document.referrer).pathname;
  const wasWalkedTo = performance.getEntriesByType("navigation")[0]?.type === "navigate";
  if (cameFrom && wasWalkedTo && cameFrom !== location.pathname) {
    for (const key of store.keys()) {
      if (key.endsWith(`:${cameFrom}`) && store.get(key)?.sent) store.drop(key);
    }
  }

  const begin = () => {
    const form = document.querySelector("form[data-gm-draft]");
    if (!form) return;
    const life = new AbortController(); // ends when the form is left without a new page
    const listen = (target, name, act) => {
      target.addEventListener(name, act, { signal: life.signal });
    };
    const state = document.getElementById("draft-state");
    const said = { ...form.dataset, ...state.dataset };
    const saves = said.save === "yes";
    const key = said.account && `${PREFIX}${said.account}:${location.pathname}`;
    const savedLine = document.getElementById("saved");
    const status = document.getElementById("gm-status");
    const field = (name) => form.elements.namedItem(name);
    const typed = () => [...new FormData(form)].filter(
      ([name, value]) => typeof value === "string" && !OF_THE_PAGE.has(name),
    );
    const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

    /* Saying how it stands: below the fields for the eye, and once for who listens. */
    let lastSaid = "";
    const announce = (text) => {
      if (text === lastSaid) return;
      lastSaid = text;
      status.textContent = text;
    };
    const tell = (...parts) => {
      const shown = parts.filter(Boolean);
      state.hidden = !shown.length;
      const lines = shown.map((part) => {
        const line = document.createElement("p");
        line.append(part);
        return line;
      });
      const texts = lines.map((line) => line.textContent).join(" ");
      if (texts === state.textContent) return;
      state.replaceChildren(...lines);
      if (texts) announce(texts);
    };
    const reassurance = () => (isKept ? said.saidKept : said.saidUnkept);

    /* Keeping */
    const opened = typed();
    let isKept = false;
    let isDirty = false;
    let isSent = false;
    let keepLater = 0;
    const keep = (sent = false) => {
      clearTimeout(keepLater);
      keepLater = 0;
      if (!key) return;
      const hidden = Object.fromEntries(
        ["page", "revision", "base", "sequence"].map((name) => [name, field(name)?.value ?? ""]),
      );
      isKept = store.set(key, { at: Date.now(), sent, hidden, typed: typed() });
    };
    const keepSoon = () => { keepLater ||= setTimeout(keep, 300); };
    const forget = () => {
      clearTimeout(keepLater);
      keepLater = 0;
      if (key) store.drop(key);
      isKept = false;
    };

    /* Filling fields: a table's cells, boxes and texts alike. */
    const fill = (name, values) => {
      const found = [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
      for (const input of found) {
        if (input.type === "checkbox" || input.type === "radio") {
          const isNone = input.type === "radio" && !values.length && !input.value;
          input.checked = values.includes(input.value) || isNone;
        } else if (input.type !== "hidden" && input.type !== "file") {
          const next = values[0] ?? "";
          if (input.value !== next) {
            const [from, to] = [input.selectionStart, input.selectionEnd];
            const hasCursor = input === document.activeElement && from !== null;
            input.value = next;
            if (hasCursor) input.setSelectionRange?.(from, to);
          }
        }
      }
    };
    const valuesOf = (pairs, name) => pairs
      .filter(([one]) => one === name)
      .map(([, value]) => value);

    /* Saving by itself */
    let later = 0;
    let since = 0;
    let tries = 0;
    let isSaving = false;
    let isOver = false; // the button decides: the page was refused, or two texts have to be read
    let sequence = Number(field("sequence")?.value) || 0;

    const plan = (wait) => {
      if (!saves || isOver) return;
      clearTimeout(later);
      later = setTimeout(save, wait);
    };

    const changed = () => {
      isDirty = true;
      keepSoon();
      since ||= Date.now();
      plan(tries ? RETRIES[0] : Math.max(0, Math.min(PAUSE, since + AT_MOST - Date.now())));
    };

    const again = (message) => {
      tell(message, reassurance());
      plan(RETRIES[Math.min(tries, RETRIES.length - 1)]);
      tries += 1;
    };

    const save = async () => {
      if (isSaving || isOver || !isDirty) return;
      isSaving = true;
      isDirty = false;
      since = 0;
      sequence += 1;
      if (field("sequence")) field("sequence").value = sequence;
      const sent = typed();
      const body = new URLSearchParams(
        [...new FormData(form)].filter(([, value]) => typeof value === "string"),
      );
      let answer = null;
      let html = "";
      try {
        answer = await fetch(form.action, {
          method: "POST",
          body,
          headers: { "HX-Request": "true" },
          keepalive: body.toString().length < 60000, // browsers let no more outlive its page
        });
        html = await answer.text();
      } catch {
        answer = null;
      }
      isSaving = false;
      if (isSent || life.signal.aborted) return;
      if (!answer?.ok && answer?.status !== 409) isDirty = true;
      if (!answer) again(said.saidOffline);
      else if (answer.ok) succeed(html, sent);
      else if (answer.status === 409) clash(html);
      else if (answer.status >= 500 || answer.status === 429) again(said.saidFailed);
      else refuse(html);
    };

    const show = (html) => {
      const made = document.createElement("template");
      made.innerHTML = html;
      savedLine.replaceChildren(made.content);
    };

    const succeed = (html, sent) => {
      show(html);
      tell();
      tries = 0;
      const joined = savedLine.querySelector("[data-gm-joined]")?.dataset.gmJoined;
      const wentOn = isDirty || !same(sent, typed());
      if (joined) bringIn(JSON.parse(joined), sent);
      const words = savedLine.textContent.trim();
      if (words) announce(words);
      isDirty = wentOn;
      if (wentOn) {
        keep();
        plan(PAUSE);
      } else forget();
    };

    /* A colleague's text came back with ours in it. Where somebody typed on meanwhile, the field
       stays, and the next save is compared with what this one had sent. */
    const bringIn = (questions, sent) => {
      const now = typed();
      const base = new Map(field("base").value.split(";").map((part) => part.split("=", 2)));
      for (const { id, sent: marks, fields } of questions) {
        const names = Object.keys(fields);
        const isUntouched = names.every((name) => same(valuesOf(now, name), valuesOf(sent, name)));
        if (isUntouched) names.forEach((name) => fill(name, fields[name]));
        else base.set(id, marks);
      }
      field("base").value = [...base].filter(([id]) => id).map((pair) => pair.join("=")).join(";");
    };

    const clash = (html) => {
      isOver = true;
      isDirty = true;
      show(html);
      keep();
      announce(savedLine.textContent.trim());
    };

    const refuse = (html) => {
      const page = new DOMParser().parseFromString(html, "text/html");
      const signIn = page.querySelector(".gm-signin");
      keep();
      if (signIn) {
        const link = document.createElement("a");
        link.href = said.login;
        link.target = "_blank";
        link.rel = "noopener";
        link.className = "kern-link";
        link.textContent = said.saidSignIn;
        tell(said.saidOut, reassurance(), link);
        plan(RETRIES.at(-1));
        return;
      }
      isOver = true;
      const told = [...page.querySelectorAll("main h1, main h1 + p")];
      const why = told.map((one) => one.textContent.trim());
      tell(`${said.saidRefused} ${why.join(". ").replace("..", ".")}`, reassurance());
    };

    form.addEventListener("input", changed);
    form.addEventListener("change", changed);
    listen(window, "online", () => { if (isDirty) { tries = 0; plan(0); } });
    listen(document, "visibilitychange", () => {
      if (document.visibilityState === "hidden") {
        if (keepLater) keep();
        if (isDirty) save();
      } else {
        if (isDirty) plan(0);
        look();
      }
    });
    listen(window, "beforeunload", (event) => {
      if (isDirty && !isSent && !isKept) event.preventDefault();
    });
    form.addEventListener("submit", (event) => {
      if (event.submitter?.dataset.gmTake) return;
      isSent = true;
      clearTimeout(later);
      sequence += 1;
      if (field("sequence")) field("sequence").value = sequence;
      keep(true);
      /* Whoever comes back by the button "Back" goes on. */
      const isOnItsWay = () => form.getAttribute("aria-busy") === "true"; // with large files
      const goOn = () => {
        if (isOnItsWay()) setTimeout(goOn, 8000);
        else isSent = false;
      };
      setTimeout(goOn, 8000);
    });
    listen(window, "pageshow", (event) => { if (event.persisted) isSent = false; });

    /* Without a new page (static/js/stepping.js): it could not be sent, or this form is left. */
    form.addEventListener("gm:unsent", ({ detail }) => {
      isSent = false;
      isDirty = true;
      since ||= Date.now();
      if (!detail.status) again(said.saidOffline);
      else if (detail.status >= 500 || detail.status === 429) again(said.saidFailed);
      else refuse(detail.html);
    });
    listen(document, "gm:leaving", ({ detail }) => {
      if (!isDirty) return;
      keep();
      if (saves) detail.waits.push(save());
    });
    listen(document, "gm:leave", ({ detail }) => {
      clearTimeout(later);
      clearTimeout(keepLater);
      clearInterval(looking);
      if (key && detail.isSaved && store.get(key)?.sent) store.drop(key);
      life.abort();
    });

    /* An answer of before goes below what is typed. */
    listen(document, "click", (event) => {
      const button = event.target.closest?.("[data-gm-take]");
      const area = button && field(button.dataset.gmTake);
      if (!area) return;
      event.preventDefault();
      const text = document.getElementById(button.dataset.gmFrom).textContent;
      area.value = area.value.trim() ? `${area.value.trimEnd()}\n\n${text}` : text;
      area.dispatchEvent(new Event("input", { bubbles: true }));
      area.focus();
    });

    /* Who else is here */
    const writing = document.getElementById("writing");
    const look = async () => {
      if (!said.here || document.visibilityState === "hidden" || !navigator.onLine) return;
      try {
        const answer = await fetch(said.here, {
          method: "POST", body: new URLSearchParams(), headers: { "HX-Request": "true" },
        });
        if (!answer.ok) return;
        const made = document.createElement("template");
        made.innerHTML = await answer.text();
        if (life.signal.aborted) return;
        if (made.content.textContent.trim() !== writing.textContent.trim()) {
          writing.replaceChildren(made.content);
          if (writing.textContent.trim()) announce(writing.textContent.trim());
        }
      } catch { /* the next look finds out */ }
    };
    let looking = 0;
    if (said.here) {
      look();
      looking = setInterval(look, THERE);
    }

    /* What an earlier visit left behind */
    const kept = key && store.get(key);
    const box = document.getElementById("draft-kept");
    const offer = () => {
      const when = new Intl.DateTimeFormat(document.documentElement.lang, {
        dateStyle: "medium", timeStyle: "short", timeZone: said.zone,
      }).format(kept.at);
      box.querySelector("[data-gm-kept-at]").textContent = said.saidAt.replace("{when}", when);
      box.querySelector("[data-gm-kept-text]").textContent = kept.typed
        .filter(([name, value]) => value.trim() && !opened.some(
          ([one, there]) => one === name && there === value,
        ))
        .map(([, value]) => value)
        .join("\n\n");
      box.hidden = false;
      box.focus();
    };
    const putBack = () => {
      for (const name of new Set([...opened, ...kept.typed].map(([one]) => one))) {
        fill(name, valuesOf(kept.typed, name));
      }
      for (const [name, value] of Object.entries(kept.hidden)) {
        if (field(name)) field(name).value = value;
      }
      sequence = Number(kept.hidden.sequence) || 0;
      box.hidden = true;
      changed();
      form.querySelector("input:not([type=hidden]), textarea, select")?.focus();
    };
    if (said.state === "unsaved") changed();
    else if (kept) {
      if (said.state === "saved" || same(kept.typed, opened)) store.drop(key);
      else offer();
      box?.addEventListener("click", ({ target }) => {
        const what = target.closest("[data-gm-kept]")?.dataset.gmKept;
        if (what === "back") putBack();
        if (what === "away") {
          store.drop(key);
          box.hidden = true;
          form.querySelector("input:not([type=hidden]), textarea, select")?.focus();
        }
      });
    }
  };

  document.addEventListener("gm:page", begin);
  begin();
})();
