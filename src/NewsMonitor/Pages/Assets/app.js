// Keyboard, selection, live updates and quick previews. Everything here only speeds up what the forms do without script.
"use strict";
(() => {
  const list = document.querySelector(".alerts");
  const rows = () => [...document.querySelectorAll(".alert")];
  const current = () => document.querySelector(".alert.current");
  const token = () => document.querySelector("input[name=__RequestVerificationToken]")?.value;

  function go(row) {
    if (!row) return;
    current()?.classList.remove("current");
    row.classList.add("current");
    row.scrollIntoView({ block: "nearest" });
    row.querySelector(".title").focus({ preventScroll: true });
  }

  const step = by => {
    const all = rows();
    const at = all.indexOf(current());
    go(all[Math.min(Math.max(at + by, 0), all.length - 1)]);
  };

  let undo = null;
  async function change(ids, status, quiet) {
    const body = new URLSearchParams({ status, returnTo: "/", __RequestVerificationToken: token() });
    for (const id of ids) body.append("id", id);
    const before = ids.map(id => [id, document.getElementById("alert-" + id)?.dataset.status]);
    const answer = await fetch("/do/alerts", { method: "POST", body, headers: { Accept: "text/html-fragment" } });
    if (!answer.ok) { say(await answer.text()); return; }
    for (const fresh of fragment(await answer.text()).querySelectorAll(".alert")) replace(fresh);
    if (!quiet) { undo = before; say(document.documentElement.lang === "ar" ? "تم · z للتراجع" : "Done · z to undo"); }
  }

  function fragment(html) { const t = document.createElement("template"); t.innerHTML = html; return t.content; }

  function replace(fresh) {
    const old = document.getElementById(fresh.id);
    if (!old) return false;
    const wasCurrent = old.classList.contains("current"), chosen = old.querySelector("input[type=checkbox]").checked;
    old.replaceWith(fresh);
    if (chosen) fresh.querySelector("input[type=checkbox]").checked = true;
    if (wasCurrent) go(fresh);
    return true;
  }

  function say(text) {
    let toast = document.getElementById("toast");
    if (!toast) {
      toast = document.createElement("div");
      toast.id = "toast"; toast.className = "notice"; toast.setAttribute("role", "status");
      document.body.append(toast);
    }
    toast.textContent = text; toast.hidden = false;
    clearTimeout(say.timer); say.timer = setTimeout(() => { toast.hidden = true; }, 5000);
  }

  const keys = {
    j: () => step(1), k: () => step(-1),
    o: () => current()?.querySelector(".title").click(), Enter: () => current()?.querySelector(".title").click(),
    v: () => { const a = current()?.querySelector("a.source"); if (a) window.open(a.href, "_blank", "noopener"); },
    x: () => current()?.querySelector("input[type=checkbox]").click(),
    z: async () => { if (undo) { const all = undo; undo = null; for (const [id, status] of all) if (status) await change([id], status, true); } },
    "/": () => document.getElementById("q")?.focus(),
    "?": () => document.getElementById("keys")?.showModal(),
  };
  for (const [key, status] of [["a", "acknowledged"], ["i", "investigating"], ["c", "confirmed"], ["d", "dismissed"]]) {
    keys[key] = () => { const row = current(); if (row) change([row.dataset.id], status); };
  }

  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=checkbox]), textarea, select, dialog")) return;
    if (event.key === "Enter" && event.target.closest("a, button")) return;
    const act = keys[event.key];
    if (act && (list || event.key === "?")) { event.preventDefault(); act(); }
  });

  document.querySelector("[data-help]")?.removeAttribute("hidden");
  document.querySelector("[data-help]")?.addEventListener("click", () => document.getElementById("keys").showModal());
  document.querySelector("[data-all]")?.addEventListener("change", event => {
    for (const row of rows()) row.querySelector("input[type=checkbox]").checked = event.target.checked;
  });
  document.addEventListener("click", event => {
    const button = event.target.closest("[data-copy]");
    if (button) navigator.clipboard.writeText(button.dataset.copy).then(() => say(button.dataset.copied));
  });
})();
