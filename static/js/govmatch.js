/* What scripts add to pages that already work without them. No evaluation, no inline code. */
(() => {
  "use strict";

  const live = document.getElementById("gm-live");
  const status = document.getElementById("gm-status");
  const all = (root, selector) => [
    ...(root.matches?.(selector) ? [root] : []),
    ...root.querySelectorAll(selector),
  ];

  /* Saying things: quietly for progress, as an alert when something failed. */
  const say = (text) => {
    status.textContent = "";
    setTimeout(() => { status.textContent = text; }, 50);
  };

  const clearAlert = () => live.querySelector(".gm-live__box")?.remove();

  const makeButton = (label, action) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = label;
    made.addEventListener("click", action);
    return made;
  };

  const alertOnce = (text) => {
    clearAlert();
    const box = document.createElement("div");
    box.className = "gm-live__box";
    box.setAttribute("role", "alert");
    const words = document.createElement("p");
    words.textContent = text;
    box.append(
      words,
      makeButton(live.dataset.reload, () => location.reload()),
      makeButton(live.dataset.close, clearAlert),
    );
    live.append(box);
  };

  /* An error page's heading says what went wrong, in the reader's language. */
  const headingOf = (html) => {
    const page = new DOMParser().parseFromString(html || "", "text/html");
    return page.querySelector("[data-gm-problem], h1")?.textContent.trim();
  };

  /* Counting words or characters while somebody writes. */
  const words = (text) => (text.trim() ? text.trim().split(/\s+/).length : 0);

  const startCounter = (field) => {
    const hint = document.getElementById(`${field.id}-count`);
    if (!hint || hint.dataset.on) return;
    hint.dataset.on = "yes";
    const limit = Number(field.dataset.gmWords || field.dataset.gmChars);
    const measure = field.dataset.gmWords ? words : (text) => [...text].length;
    const spoken = document.createElement("span");
    spoken.className = "kern-sr-only";
    spoken.setAttribute("aria-live", "polite");
    hint.after(spoken);
    let later = 0;
    const show = (aloud) => {
      const left = limit - measure(field.value);
      const form = left < 0 ? hint.dataset.over : hint.dataset.left;
      const number = new Intl.NumberFormat(document.documentElement.lang).format(Math.abs(left));
      hint.textContent = form.replace("{n}", number);
      hint.classList.toggle("gm-counter--over", left < 0);
      clearTimeout(later);
      if (aloud) later = setTimeout(() => { spoken.textContent = hint.textContent; }, 1200);
    };
    field.addEventListener("input", () => show(true));
    show(false);
  };

  /* Unsaved changes: asked about only while there are some. */
  const unsaved = new Set();
  const askBeforeLeaving = (event) => event.preventDefault();
  const setUnsaved = (form, yes) => {
    if (yes) unsaved.add(form);
    else unsaved.delete(form);
    for (const known of unsaved) if (!known.isConnected) unsaved.delete(known);
    if (unsaved.size) addEventListener("beforeunload", askBeforeLeaving);
    else removeEventListener("beforeunload", askBeforeLeaving);
  };

  /* Copying a value. The button is hidden until we know that it can do something. */
  const startCopy = (button) => {
    if (!navigator.clipboard) return;
    const label = button.querySelector(".kern-label");
    const before = label.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(
          document.getElementById(button.dataset.gmCopy).textContent.trim(),
        );
      } catch {
        return;
      }
      label.textContent = button.dataset.done;
      say(button.dataset.done);
      setTimeout(() => { label.textContent = before; }, 3000);
    });
  };

  const start = (root) => {
    all(root, "[data-gm-words], [data-gm-chars]").forEach(startCounter);
    all(root, "[data-gm-copy]").forEach((button) => {
      if (button.hidden) startCopy(button);
    });
    all(root, "[data-gm-print]").forEach((button) => { button.hidden = false; });
    const focus = all(root, "[data-gm-focus]")[0];
    focus?.focus();
    if (!focus?.matches(".gm-errors")) return;
    if (!document.title.startsWith(live.dataset.error)) {
      document.title = `${live.dataset.error} ${document.title}`;
    }
    /* What was typed came back with errors: it is shown, and nowhere saved. */
    document.querySelectorAll("form[data-gm-guard]").forEach((form) => setUnsaved(form, true));
  };

  /* Printing by the browser; its button is hidden where there are no scripts. */
  document.addEventListener("click", ({ target }) => {
    if (target.closest?.("[data-gm-print]")) print();
  });

  /* Forms */
  document.addEventListener("input", ({ target }) => {
    const form = target.closest?.("form[data-gm-guard]");
    if (form) setUnsaved(form, true);
  });

  let waiting = 0;
  document.addEventListener("change", ({ target }) => {
    const form = target.form;
    if (!form?.matches("[data-gm-auto]") || target.type === "search") return;
    clearTimeout(waiting);
    waiting = setTimeout(() => form.requestSubmit(), 200);
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented) return;
    setUnsaved(form, false);
    if (form.method !== "post") return;
    /* The second press of an impatient finger; the server would answer it the same way. */
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    setTimeout(() => { delete form.dataset.sent; }, 4000);
  });

  /* Shorter addresses: theme=a reads better than theme%5B%5D=a and means the same here. */
  document.addEventListener("formdata", ({ target, formData }) => {
    if (target.method !== "get") return;
    for (const name of new Set([...formData.keys()].filter((key) => key.endsWith("[]")))) {
      formData.getAll(name).forEach((value) => formData.append(name.slice(0, -2), value));
      formData.delete(name);
    }
  });

  addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach((form) => { delete form.dataset.sent; });
  });

  /* Menus close when attention moves away. */
  const openMenus = () => document.querySelectorAll("details[data-gm-menu][open]");
  document.addEventListener("click", ({ target }) => {
    openMenus().forEach((menu) => { if (!menu.contains(target)) menu.open = false; });
  });
  document.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    openMenus().forEach((menu) => {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
    clearAlert();
  });

  /* htmx: keep what the reader had opened, say what changed, say what failed. */
  let opened = new Map();
  document.addEventListener("htmx:before:swap", () => {
    opened = new Map([...document.querySelectorAll("details[id]")].map((d) => [d.id, d.open]));
  });
  document.addEventListener("htmx:after:swap", ({ detail }) => {
    opened.forEach((open, id) => {
      const found = document.getElementById(id);
      if (found) found.open = open;
    });
    if (detail.ctx.swap === "none") return;
    clearAlert();
    const target = detail.ctx.target;
    const root = target?.isConnected ? target : document.getElementById("main");
    const news = root.querySelector("[data-gm-announce]");
    if (news) say(news.textContent.trim());
    start(root);
  });
  document.addEventListener("htmx:after:request", ({ detail }) => {
    const source = detail.ctx.sourceElement;
    const form = source?.closest?.("form[data-gm-guard]");
    const saved = detail.ctx.response.status < 400 && !source?.matches("[data-gm-look]");
    if (form && saved) setUnsaved(form, false);
  });
  document.addEventListener("htmx:response:error", ({ detail }) => {
    const code = detail.ctx.response.status;
    if (code === 422 || code === 409) return;
    alertOnce((code < 500 && headingOf(detail.ctx.text)) || live.dataset.failed);
  });
  document.addEventListener("htmx:error", ({ detail }) => {
    if (detail.ctx?.response === undefined) alertOnce(live.dataset.offline);
  });

  /* A search box proposes what there is; what that takes comes when a box gets the focus. */
  document.addEventListener("focusin", async ({ target }) => {
    const { gmCombobox } = target.dataset;
    if (gmCombobox) (await import(gmCombobox)).start(target);
  });

  document.addEventListener("gm:page", () => start(document));
  start(document);
})();
