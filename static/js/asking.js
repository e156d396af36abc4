/* Forms of questions: hides what is not asked after the answers above it, adds rows to tables.
   Without it all is shown with a sentence on when it is asked, and saving brings more rows. */
(() => {
  "use strict";

  const answersTo = (form, name) => [...form.elements]
    .filter((field) => field.name === name || field.name === `${name}[]`)
    .filter((field) => !field.closest("[data-gm-when][hidden]"))
    .filter((field) => !["radio", "checkbox"].includes(field.type) || field.checked)
    .map((field) => field.value);

  const settle = (form) => {
    form.querySelectorAll("[data-gm-when]").forEach((part) => {
      const given = answersTo(form, part.dataset.gmWhen);
      part.hidden = !part.dataset.gmIs.split(" ").some((answer) => given.includes(answer));
    });
  };

  /* The fields of a row carry its number in their names and ids, before the column's. */
  const renumber = (row, number) => {
    row.querySelectorAll("[id], [name], [for]").forEach((part) => {
      ["id", "name", "for"].forEach((key) => {
        const value = part.getAttribute(key);
        if (value) part.setAttribute(key, value.replace(/-\d+-([a-z0-9_]+)$/, `-${number}-$1`));
      });
      part.removeAttribute("aria-describedby");
      part.removeAttribute("aria-invalid");
    });
    row.querySelectorAll("label").forEach((label) => {
      label.textContent = label.textContent.replace(/\d+/, number);
    });
  };

  const addRow = (button) => {
    const table = button.closest("[data-gm-rows]");
    const rows = [...table.querySelectorAll("[data-gm-row]")].map((head) => head.closest("tr"));
    const last = rows[rows.length - 1];
    const row = last.cloneNode(true);
    renumber(row, rows.length + 1);
    row.querySelector("[data-gm-row]").textContent = rows.length + 1;
    row.querySelectorAll(".kern-error").forEach((error) => error.remove());
    row.querySelectorAll("input, select").forEach((field) => { field.value = ""; });
    last.after(row);
    row.querySelector("input, select")?.focus();
    if (rows.length + 1 >= Number(table.dataset.gmRows)) button.hidden = true;
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-gm-add-row]");
    if (!button) return;
    event.preventDefault();
    addRow(button);
  });

  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (form?.querySelector("[data-gm-when]")) settle(form);
  });

  const settleAll = () => document.querySelectorAll("form").forEach(settle);
  document.addEventListener("gm:page", settleAll);
  settleAll();
})();
