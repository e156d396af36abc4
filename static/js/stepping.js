/* From section to section without a new page: "Save and continue" saves, and puts what the site
   answers into the page at hand; a link to a section does the same. Address, title, focus and the
   button "Back" are as after a load.

   Loaded only by the pages on which an application is written. Whatever is out of the ordinary goes
   the usual way: files, other buttons, other pages. static/js/drafting.js keeps what was typed. */
(() => {
  "use strict";

  const PARTS = [".gm-langs", ".gm-page"]; // what differs from page to page
  const status = document.getElementById("gm-status");
  const loaded = new Set([...document.scripts].map((script) => script.src));
  const pathOf = (address) => new URL(address, location.href).pathname;
  const here = () => location.pathname + location.search;
  const application = /^\/applications\/[^/]+/.exec(location.pathname)?.[0];
  let shown = here();
  let asked = 0; // only what was asked for last is shown
  let isStepping = false;

  const isOurs = (path) => path === application || path === `${application}/check`
    || path.startsWith(`${application}/sections/`);
  const partOf = (page, selector) => {
    const found = page.querySelector(selector);
    return selector === ".gm-langs" ? found?.closest("nav") ?? found : found;
  };

  /* Scripts and styles that the new part asks for and this page has not loaded yet. */
  const load = (page) => {
    page.querySelectorAll("script[src]").forEach(({ src }) => {
      const address = new URL(src, location.href).href;
      if (loaded.has(address)) return;
      loaded.add(address);
      const script = document.createElement("script");
      script.src = address;
      document.head.append(script);
    });
    page.querySelectorAll('link[rel="stylesheet"]').forEach((link) => {
      const known = [...document.querySelectorAll('link[rel="stylesheet"]')];
      if (known.some((one) => one.href === new URL(link.href, location.href).href)) return;
      document.head.append(document.importNode(link));
    });
  };

  /* False where this is not a page of ours: then the browser is to show it by itself. */
  const show = (html, address) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    const pairs = PARTS.map((selector) => [
      partOf(document, selector), partOf(page, selector),
    ]);
    if (!isOurs(pathOf(address)) || pairs.some((pair) => pair.includes(null))) return false;
    if (page.querySelector("main [data-hx-get]")) return false; // parts that come by themselves
    document.dispatchEvent(new CustomEvent("gm:leave", {
      detail: { isSaved: pathOf(address) !== pathOf(shown) },
    }));
    const next = new URL(address, location.href);
    if (next.pathname + next.search !== here()) history.pushState(null, "", address);
    shown = here();
    pairs.forEach(([there, made]) => there.replaceWith(document.adoptNode(made)));
    document.title = page.title;
    load(page);
    scrollTo(0, 0);
    status.textContent = page.title;
    const heading = document.querySelector("main h1");
    heading?.setAttribute("tabindex", "-1");
    heading?.focus();
    /* A summary of errors or a message takes the focus from the heading, as after a load. */
    document.dispatchEvent(new CustomEvent("gm:page"));
    return true;
  };

  const step = async (form) => {
    const turn = ++asked;
    const typed = [...new FormData(form)].filter(([, value]) => typeof value === "string");
    isStepping = true;
    form.setAttribute("aria-busy", "true");
    let answer = null;
    let html = "";
    try {
      answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(typed) });
      html = await answer.text();
    } catch {
      answer = null;
    }
    isStepping = false;
    form.removeAttribute("aria-busy");
    delete form.dataset.sent;
    if (turn !== asked || !form.isConnected) return;
    const isPage = answer && (answer.ok || answer.status === 422 || answer.status === 409);
    if (isPage && show(html, answer.url)) return;
    /* It was saved, and what follows is not ours to show. */
    if (answer?.ok && answer.redirected) location.assign(answer.url);
    else {
      form.dispatchEvent(new CustomEvent("gm:unsent", {
        detail: { status: answer?.status ?? 0, html },
      }));
    }
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !form.matches("form[data-gm-draft][data-here]")) return;
    if (event.submitter?.name || !isOurs(pathOf(form.action))) return;
    if ([...form.querySelectorAll("input[type=file]")].some((one) => one.files.length)) return;
    event.preventDefault();
    if (!isStepping) step(form);
  });

  /* What was typed is saved first, then the page of that address is shown. */
  const go = async (address) => {
    const turn = ++asked;
    const waits = [];
    const load = () => (address === location.href ? location.reload() : location.assign(address));
    document.dispatchEvent(new CustomEvent("gm:leaving", { detail: { waits } }));
    try {
      await Promise.all(waits);
      const answer = await fetch(address);
      const html = await answer.text();
      if (turn === asked && !(answer.ok && show(html, answer.url))) load();
    } catch {
      if (turn === asked) load();
    }
  };

  addEventListener("popstate", () => { if (here() !== shown) go(location.href); });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("main a[href]");
    const isPlain = event.button === 0
      && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (event.defaultPrevented || !link || !isPlain || link.target || link.hash) return;
    if (link.origin !== location.origin || !isOurs(link.pathname)) return;
    if (link.pathname === location.pathname) return;
    event.preventDefault();
    go(link.href);
  });
})();
