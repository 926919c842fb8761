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
  for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;
  document.querySelector("[data-all]")?.addEventListener("change", event => {
    for (const row of rows()) row.querySelector("input[type=checkbox]").checked = event.target.checked;
  });

  // Calls to the API ride on the page's cookie; the header proves that they come from this page.
  async function call(method, url, body, headers = {}) {
    const json = body !== undefined && !(body instanceof Blob);
    const answer = await fetch(url, {
      method, body: json ? JSON.stringify(body) : body,
      headers: { "X-Monitor-Page": "1", Accept: "application/json", ...(json ? { "Content-Type": "application/json" } : {}), ...headers },
    });
    if (answer.ok) return answer;
    const problem = await answer.json().catch(() => ({}));
    const fields = Object.entries(problem.errors ?? {}).map(([field, texts]) => `${field}: ${[].concat(texts).join(" ")}`);
    throw new Error(fields.join("\n") || problem.detail || problem.title || `${answer.status} ${answer.statusText}`);
  }

  function tell(near, error) {
    const place = near?.querySelector("[data-problem]") ?? document.querySelector("[data-problem]");
    if (!place) { say(error.message); return; }
    place.textContent = error.message; place.hidden = false; place.scrollIntoView({ block: "nearest" });
  }

  function read(form) {
    const body = {};
    for (const field of form.elements) {
      if (!field.name || field.name.startsWith("__") || field.disabled) continue;
      let value = field.value;
      if (field.type === "checkbox") value = field.checked;
      else if (field.dataset.type === "lines") value = value.split("\n").map(line => line.trim()).filter(line => line);
      else if (field.dataset.type === "optional" && value === "") continue;
      else if (field.dataset.type === "time") { if (!value) continue; value = new Date(value).toISOString(); }
      const path = field.name.split(".");
      let at = body;
      for (const part of path.slice(0, -1)) at = at[part] ??= {};
      at[path.at(-1)] = value;
    }
    return body;
  }

  document.addEventListener("submit", async event => {
    const form = event.target;
    if (form.dataset.api || form.dataset.upload || form.hasAttribute("data-discover")) event.preventDefault(); else return;
    try {
      const [method, url] = (form.dataset.api ?? form.dataset.upload ?? "POST /api/v1/feeds").split(" ");
      if (form.dataset.upload) await call(method, url, form.elements.file.files[0], { "Content-Type": "text/x-opml" });
      else await call(method, url, read(form), form.dataset.etag ? { "If-Match": form.dataset.etag } : {});
      location.assign(form.dataset.then ?? location.href);
    } catch (error) { tell(form, error); }
  });

  document.addEventListener("click", async event => {
    const copy = event.target.closest("[data-copy]");
    if (copy) navigator.clipboard.writeText(new URL(copy.dataset.copy, location).href).then(() => say(copy.dataset.copied));
    const button = event.target.closest("[data-call]");
    if (!button || (button.dataset.ask && !confirm(button.dataset.ask))) return;
    button.disabled = true;
    try {
      const [method, url] = button.dataset.call.split(" ");
      const form = button.closest("form");
      const etag = button.dataset.etag ?? form?.dataset.etag;
      const answer = await call(method, url, button.dataset.body ? JSON.parse(button.dataset.body) : undefined, etag ? { "If-Match": etag } : {});
      if (button.dataset.show) {
        const said = await answer.json(), place = document.getElementById(button.dataset.show);
        place.textContent = [said.verdict, said.status, said.said].filter(part => part).join(" · "); place.hidden = false;
      } else if (button.dataset.then) location.assign(button.dataset.then);
    } catch (error) { tell(button.closest("form, main"), error); }
    button.disabled = false;
  });

  // Feeds that a site offers.
  document.querySelector("[data-find]")?.addEventListener("click", async event => {
    const form = event.target.closest("form"), found = document.getElementById("found");
    found.replaceChildren();
    try {
      const offers = (await (await call("POST", "/api/v1/feeds/discover", { url: form.elements.url.value })).json());
      for (const offer of offers) {
        const item = document.createElement("li"), add = document.createElement("button"), name = document.createElement("bdi");
        add.type = "button"; add.textContent = found.dataset.add; name.textContent = ` ${offer.title ?? ""} ${offer.url}`;
        add.addEventListener("click", () => { form.elements.url.value = offer.url; form.requestSubmit(); });
        item.append(add, name); found.append(item);
      }
      if (!offers.length) found.append(Object.assign(document.createElement("li"), { textContent: found.dataset.none }));
    } catch (error) { tell(form, error); }
  });

  // A watch tried while it is written, and on the archive.
  const watch = document.querySelector("form#watch");
  if (watch) {
    const sample = document.querySelector("[data-preview]"), shown = document.getElementById("preview");
    let timer, turn = 0;
    const mark = (text, hits) => {
      const out = document.createElement("p"); out.dir = "auto";
      let done = 0;
      for (const hit of hits.filter(h => h.field === "text").sort((a, b) => a.start - b.start || b.length - a.length)) {
        if (hit.start < done) continue;
        const m = document.createElement("mark");
        m.textContent = text.slice(hit.start, hit.start + hit.length); m.title = m.dataset.why = `${hit.term}: ${hit.why}`; m.tabIndex = 0;
        out.append(text.slice(done, hit.start), m); done = hit.start + hit.length;
      }
      out.append(text.slice(done)); return out;
    };
    async function latest() {
      const { items } = await (await call("GET", "/api/v1/articles?limit=20")).json();
      return items.map(a => ({ title: a.title, text: a.text ?? a.excerpt?.text ?? a.summary ?? "" }));
    }
    async function preview() {
      const mine = ++turn, body = read(watch);
      try {
        const texts = sample.value.trim() ? [{ text: sample.value }] : await latest();
        const results = [];
        for (const text of texts) results.push([text, await (await call("POST", "/api/v1/watches/preview", { watch: body, ...text, text: text.text || text.title })).json()]);
        if (mine !== turn) return;
        watch.querySelector("[data-problem]").hidden = true;
        const fired = results.filter(([, result]) => result.fires);
        const line = document.createElement("p");
        line.textContent = fired.length ? `${shown.dataset.fires} ${fired.length} / ${results.length}` : shown.dataset.silent;
        line.className = fired.length ? "good" : "soft";
        shown.replaceChildren(line, ...fired.map(([text, result]) => mark(text.text || text.title, result.hits)));
        document.getElementById("expansions").replaceChildren(...(results[0]?.[1].expansions ?? []).slice(0, 200).map(e =>
          Object.assign(document.createElement("li"), { textContent: `${e.term} → ${e.spelling} · ${e.why}` })));
      } catch (error) { if (mine === turn) tell(watch, error); }
    }
    const later = () => { clearTimeout(timer); timer = setTimeout(preview, 300); };
    watch.addEventListener("input", later); sample.addEventListener("input", later); later();

    const facts = document.getElementById("backtest"), bar = document.getElementById("backtest-progress");
    const start = document.querySelector("[data-backtest]"), stop = document.querySelector("[data-backtest-stop]");
    start.addEventListener("click", async () => {
      const leave = new AbortController(); stop.onclick = () => leave.abort();
      start.disabled = true; stop.hidden = bar.hidden = false; facts.replaceChildren();
      try {
        const since = new Date(Date.now() - document.getElementById("since").value * 864e5).toISOString();
        const answer = await fetch("/api/v1/watches/backtest", { method: "POST", signal: leave.signal,
          headers: { "X-Monitor-Page": "1", "Content-Type": "application/json" }, body: JSON.stringify({ watch: read(watch), since }) });
        if (!answer.ok) throw new Error((await answer.json()).detail ?? answer.statusText);
        const lines = answer.body.pipeThrough(new TextDecoderStream()).getReader();
        for (let rest = "";;) {
          const { value, done } = await lines.read();
          if (done) break;
          const parts = (rest + value).split("\n"); rest = parts.pop();
          for (const part of parts.filter(p => p)) {
            const { progress, result } = JSON.parse(part);
            if (progress) { bar.max = progress.total || 1; bar.value = progress.articles; }
            if (result) report(result);
          }
        }
      } catch (error) { if (error.name !== "AbortError") tell(watch, error); }
      start.disabled = false; stop.hidden = bar.hidden = true;
    });
    function report(result) {
      const names = facts.dataset, add = (name, value) => facts.append(
        Object.assign(document.createElement("dt"), { textContent: name }), Object.assign(document.createElement("dd"), { textContent: value }));
      add(names.gained, result.gained); add(names.kept, result.kept); add(names.lost, result.lost);
      add(names.perday, result.alertsPerDay.toFixed(2)); add(names.before, result.alertsPerDayBefore.toFixed(2));
      document.getElementById("backtest-samples").replaceChildren(...result.samples.map(s => {
        const item = document.createElement("li"), link = Object.assign(document.createElement("a"), { href: `/articles/${s.article}`, textContent: s.title });
        item.append(`${names[s.change] ?? s.change}: `, link); return item;
      }));
    }
  }

  // Live: changed rows are replaced where they stand; new ones wait behind a button, so that the list never jumps.
  if (list && window.EventSource) {
    const live = document.getElementById("live"), fresh = new Set();
    const stream = new EventSource("/api/v1/alerts/stream" + location.search);
    const onEvent = async event => {
      const said = JSON.parse(event.data), id = String((said.alert ?? said.data ?? said).id ?? "");
      if (!id) return;
      if (document.getElementById("alert-" + id)) {
        const answer = await fetch(`/do/alerts/rows?id=${encodeURIComponent(id)}`);
        if (answer.ok) for (const row of fragment(await answer.text()).querySelectorAll(".alert")) replace(row);
        return;
      }
      if (new URLSearchParams(location.search).has("cursor")) return;
      fresh.add(id);
      const button = document.createElement("button");
      button.type = "button"; button.className = "main"; button.textContent = live.dataset.text.replace("{0}", fresh.size);
      button.addEventListener("click", async () => {
        const answer = await fetch("/do/alerts/rows?" + [...fresh].slice(-100).map(one => "id=" + encodeURIComponent(one)).join("&"));
        if (answer.ok) list.prepend(...fragment(await answer.text()).querySelectorAll(".alert"));
        fresh.clear(); live.replaceChildren();
      });
      live.replaceChildren(button);
    };
    for (const type of ["message", "alert.raised", "alert.updated", "alert"]) stream.addEventListener(type, onEvent);
    window.addEventListener("pagehide", () => stream.close());
  }
})();
