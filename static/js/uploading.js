/* Files on their way: how far they are, a button to stop, and what is too large before it goes.

   Loaded only by pages that take files. Without it the form is sent as any other; what the server
   answers is the same, and is shown as the browser would have shown it. */
(() => {
  "use strict";

  /* Each field for files names this script; a page that came as an answer begins anew. */
  const page = document.documentElement.dataset;
  if (page.gmUploading) return;
  page.gmUploading = "yes";

  const STEP = 10; // per cent between two announcements
  const boxOf = (form) => form.querySelector("[data-gm-upload]");
  const fileFields = (form) => [...form.querySelectorAll("input[type=file]")];
  const chosen = (form) => fileFields(form).filter((one) => one.files.length);
  const format = new Intl.NumberFormat(document.documentElement.lang);
  const inLanguage = (number) => format.format(number);

  /* What the field's hint says, looked at before megabytes are sent for nothing. */
  const problemWith = (input) => {
    const said = input.parentElement.querySelector("[data-gm-upload]").dataset;
    const limit = Number(input.dataset.gmMegabytes || input.form.dataset.gmMegabytes);
    const large = limit && [...input.files].find((file) => file.size > limit * 1e6);
    return large ? said.large.replace("{name}", large.name).replace("{mb}", inLanguage(limit)) : "";
  };
  const show = (box, text, { isProblem = false, share = null } = {}) => {
    const find = (selector) => box.querySelector(selector);
    const [bar, words, stop] = ["progress", "[data-gm-upload-words]", "button"].map(find);
    box.hidden = !text;
    bar.hidden = stop.hidden = share === null;
    if (share !== null) bar.value = share;
    words.parentElement.classList.toggle("kern-error", isProblem);
    if (words.textContent !== text) words.textContent = text;
  };

  document.addEventListener("change", ({ target }) => {
    if (!target.matches?.("input[type=file]")) return;
    const box = target.parentElement.querySelector("[data-gm-upload]");
    if (box) show(box, problemWith(target), { isProblem: true });
  });

  let isSending = false;

  const send = (form, submitter) => {
    const box = boxOf(chosen(form)[0].parentElement) || boxOf(form);
    const said = box.dataset;
    const request = new XMLHttpRequest();
    let told = -STEP;
    const end = (text) => {
      isSending = false;
      form.removeAttribute("aria-busy");
      delete form.dataset.sent;
      show(box, text, { isProblem: true });
      /* Whatever was typed beside the files is unsaved again. */
      form.dispatchEvent(new Event("input", { bubbles: true }));
    };
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      const share = total ? Math.floor((100 * loaded) / total) : 0;
      box.querySelector("progress").value = share;
      if (share < told + STEP && share < 100) return;
      told = share;
      const text = share < 100 ? said.sending.replace("{n}", inLanguage(share)) : said.checking;
      show(box, text, { share });
    });
    request.addEventListener("load", () => {
      const next = request.getResponseHeader("HX-Redirect");
      if (next) {
        if (next.split("#")[0] === location.href.split("#")[0]) location.reload();
        else location.assign(next);
        return;
      }
      document.open();
      document.write(request.responseText);
      document.close();
    });
    request.addEventListener("error", () => end(said.broken));
    request.addEventListener("abort", () => end(said.stopped));
    box.querySelector("button").onclick = () => request.abort();
    request.open("POST", submitter?.getAttribute("formaction") || form.action);
    /* The answer says in a header where to go on; a page that says what is wrong comes whole. */
    request.setRequestHeader("HX-Request", "true");
    request.setRequestHeader("HX-Boosted", "true");
    isSending = true;
    form.setAttribute("aria-busy", "true");
    show(box, said.sending.replace("{n}", inLanguage(0)), { share: 0 });
    const content = new FormData(form);
    if (submitter?.name) content.append(submitter.name, submitter.value);
    request.send(content);
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.enctype !== "multipart/form-data") return;
    const inputs = chosen(form);
    if (!inputs.length || !boxOf(form)) return;
    event.preventDefault();
    if (isSending) return;
    const wrong = inputs.find(problemWith);
    if (wrong) {
      delete form.dataset.sent;
      show(boxOf(wrong.parentElement), problemWith(wrong), { isProblem: true });
      wrong.focus();
      return;
    }
    send(form, event.submitter);
  });
})();
