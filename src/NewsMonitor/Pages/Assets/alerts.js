// The lists, and the single alert: keys, choosing many, changes that show at once and can be undone, live updates.
"use strict";
(() => {
  const { say, ask, call, count: counted, keys, done, undoWord, undone } = window.monitor;
  const list = document.querySelector("ol.alerts"), one = document.getElementById("one"), dialog = document.getElementById("edit");
  const inbox = document.querySelector(".inboxform"), back = document.querySelector("[data-back]");
  // Back leads to the list as it was left.
  if (back) { back.href = sessionStorage.getItem("list " + back.pathname) ?? back.href; keys.u = () => location.assign(back.href); }
  if (!list && !one) return;
  const all = document.querySelector("[data-all]"), label = document.querySelector("[data-chosen]");
  const rows = () => [...list.querySelectorAll(".alert")];
  const box = row => row.querySelector("input[type=checkbox]");
  const current = () => document.querySelector(".alert.current");
  const byId = id => document.getElementById("alert-" + id) ?? (one?.dataset.id === String(id) ? one : null);
  const fragment = html => { const t = document.createElement("template"); t.innerHTML = html; return t.content; };
  const chosen = () => list ? rows().filter(row => box(row).checked).map(row => row.dataset.id) : [];
  const target = () => one ? [one.dataset.id] : chosen().length ? chosen() : current() ? [current().dataset.id] : [];

  function go(row) {
    if (!row) return;
    current()?.classList.remove("current");
    row.classList.add("current");
    row.scrollIntoView({ block: "nearest" });
    row.querySelector(".title").focus({ preventScroll: true });
  }

  function replace(fresh) {
    const old = document.getElementById(fresh.id);
    if (!old) return;
    const focused = old.contains(document.activeElement), wasCurrent = old.classList.contains("current");
    if (box(old).checked) box(fresh).checked = true;
    old.replaceWith(fresh);
    if (wasCurrent) fresh.classList.add("current");
    if (focused) fresh.querySelector(".title").focus({ preventScroll: true });
  }

  // One request for all that change alike; what stood before is kept for the undo.
  let past = null, running = Promise.resolve();
  function change(ids, fields) {
    // What is so already, by a key that was pressed twice, is no change that an undo should lead back to.
    const only = Object.keys(fields).join() === "status" ? ids.filter(id => byId(id)?.dataset.status !== fields.status) : ids;
    return running = only.length ? send(only, fields) : running;
  }
  async function send(ids, fields) {
    const token = document.querySelector("input[name=__RequestVerificationToken]").value;
    const before = ids.map(id => ({ id, status: byId(id)?.dataset.status, assign: byId(id)?.dataset.assignee ?? "" }));
    // Shown at once, put right by the answer.
    if (fields.status) for (const id of ids) { const row = byId(id); if (row) row.dataset.status = fields.status; }
    const body = new URLSearchParams({ ...fields, __RequestVerificationToken: token });
    for (const id of ids) body.append("id", id);
    try {
      const answer = await ask("/do/alerts", { method: "POST", body, headers: { Accept: "text/html-fragment" } });
      const html = await answer.text();
      if (!one) for (const fresh of fragment(html).querySelectorAll(".alert")) replace(fresh);
    } catch (error) {
      for (const old of before) { const row = byId(old.id); if (row) row.dataset.status = old.status; }
      if (!error.told) say(error.message);
      return false;
    }
    // The change is made, even if the page cannot be read again just now.
    if (one) await renew(fields).catch(() => { });
    past = before;
    say(done, undoWord, undo);
    for (const id of ids) { const row = document.getElementById("alert-" + id); if (row) box(row).checked = false; }
    count();
    return true;
  }

  async function undo() {
    await running;
    if (!past) return;
    const groups = new Map();
    for (const { id, status, assign } of past) {
      const key = JSON.stringify({ status, assign });
      groups.set(key, [...(groups.get(key) ?? []), id]);
    }
    past = null;
    for (const [fields, ids] of groups) if (!await change(ids, JSON.parse(fields))) return;
    past = null;
    say(undone);
  }

  // The alert's page is fetched again and its content put in place of the old, all but what is still being written.
  async function renew(sent) {
    const html = await (await ask(location.pathname, { headers: { Accept: "text/html", "X-Monitor-Page": "1" } })).text();
    const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("one");
    for (const hidden of fresh.querySelectorAll("[data-help], [data-copy]")) hidden.hidden = false;
    const field = name => document.getElementById(name);
    const [note, assign] = [field("note")?.value, field("assign")?.value], written = assign !== (one.dataset.assignee ?? "");
    const focus = one.contains(document.activeElement) ? document.activeElement : null;
    Object.assign(one.dataset, fresh.dataset);
    one.replaceChildren(...fresh.childNodes);
    if (note && sent.note === undefined) field("note").value = note;
    if (written && sent.assign === undefined) field("assign").value = assign;
    if (focus) (field(focus.id) ?? one.querySelector("#triage button"))?.focus();
  }

  function edit(ids) {
    if (!dialog || !ids.length) return;
    const form = dialog.querySelector("form"), title = dialog.querySelector("h2");
    form.reset();
    title.textContent = ids.length > 1 ? counted(title.dataset.many, ids.length) : byId(ids[0]).querySelector(".title").textContent;
    form.elements.assign.value = ids.length > 1 ? "" : byId(ids[0]).dataset.assignee ?? "";
    dialog.onclose = () => {
      if (dialog.returnValue !== "save") return;
      const fields = {}, given = new FormData(form);
      if (given.get("status")) fields.status = given.get("status");
      if (given.get("note").trim()) fields.note = given.get("note");
      if (given.get("assign") || ids.length === 1) fields.assign = given.get("assign");
      change(ids, fields);
    };
    dialog.returnValue = "";
    dialog.showModal();
    form.elements.note.focus();
  }

  function step(by) {
    if (one) {
      const ids = JSON.parse(sessionStorage.getItem("list") ?? "[]"), next = ids[ids.indexOf(one.dataset.id) + by];
      if (next && ids.includes(one.dataset.id)) location.assign("/alerts/" + next);
      return;
    }
    const all = rows(), at = all.indexOf(current());
    go(all[Math.min(Math.max(at + by, 0), all.length - 1)]);
  }

  const page = () => current() ?? one;
  Object.assign(keys, {
    j: () => step(1), k: () => step(-1),
    o: () => current()?.querySelector(".title").click(), Enter: () => current()?.querySelector(".title").click(),
    v: () => { const a = page()?.querySelector("a.source"); if (a) window.open(a.href, "_blank", "noopener"); },
  });
  if (list) sessionStorage.setItem("list " + location.pathname, location.pathname + location.search);
  // A list of articles is only walked.
  if (!one && !inbox) return;
  Object.assign(keys, {
    x: () => { if (current()) { box(current()).click(); } },
    z: undo,
    e: () => { if (one) document.getElementById("note")?.focus(); else edit(target()); },
    t: () => change(target(), { assign: document.querySelector(".menu summary").textContent.trim() }),
  });
  for (const status of ["acknowledged", "investigating", "confirmed", "dismissed"]) keys[status[0]] = () => change(target(), { status });

  if (one) {
    one.addEventListener("submit", event => {
      const form = event.target;
      // By selector: the form has a field called "id".
      if (!form.matches("#triage")) return;
      event.preventDefault();
      const fields = {};
      if (event.submitter?.name === "status") fields.status = event.submitter.value;
      if (form.elements.assign.value !== (one.dataset.assignee ?? "")) fields.assign = form.elements.assign.value;
      if (form.elements.note.value.trim()) fields.note = form.elements.note.value;
      if (Object.keys(fields).length) change([one.dataset.id], fields);
    });
    return;
  }

  const remember = () => sessionStorage.setItem("list", JSON.stringify(rows().map(row => row.dataset.id)));
  remember();

  // How many rows are asked for at once.
  const most = 100;

  // Choosing: a click, a range with shift, all.
  let last = null;
  function count() {
    if (!label) return;
    const some = chosen().length;
    label.textContent = some ? counted(label.dataset.some, some) : label.dataset.none;
    all.checked = some > 0 && some === rows().length; all.indeterminate = some > 0 && !all.checked;
  }
  list.addEventListener("click", event => {
    if (!event.target.matches(".alert > input[type=checkbox]")) return;
    const here = event.target.closest(".alert"), every = rows();
    if (event.shiftKey && last?.isConnected) {
      const [from, to] = [every.indexOf(last), every.indexOf(here)].sort((a, b) => a - b);
      for (const row of every.slice(from, to + 1)) box(row).checked = event.target.checked;
    }
    last = here; count();
  });
  all?.addEventListener("change", () => { for (const row of rows()) box(row).checked = all.checked; count(); });
  count();

  inbox.addEventListener("submit", event => {
    const button = event.submitter;
    event.preventDefault();
    if (button?.name === "one") { const [status, id] = button.value.split(":"); change([id], { status }); }
    else if (button?.name === "status") change(target(), { status: button.value });
  });
  inbox.addEventListener("click", event => {
    const opener = event.target.closest("[data-edit]");
    if (!opener) return;
    event.preventDefault();
    const row = opener.closest(".alert");
    edit(row ? [row.dataset.id] : chosen());
  });

  // Live: changed rows are replaced where they stand; new ones wait behind a button, so that the list never jumps.
  const live = document.getElementById("live"), state = document.querySelector("[data-connection]"), fresh = new Set();
  if (!list.dataset.stream) return;
  const words = (list.dataset.new ?? "").split("|"), title = document.title;
  const rowsOf = async ids => fragment(await (await call("GET", "/do/alerts/rows?" + ids.map(id => "id=" + id).join("&"))).text())
    .querySelectorAll(".alert");

  // A burst of updates is one request; what cannot be read now is read when the connection is back.
  const changed = new Set();
  let soon = 0;
  async function update() {
    const ids = [...changed].slice(0, most); soon = 0;
    try {
      for (const row of await rowsOf(ids)) replace(row);
      for (const id of ids) changed.delete(id);
    } catch (error) { if (error.told) return; }
    if (changed.size) soon ||= setTimeout(update, 3000);
    count();
  }

  // What has come in stands in the window's title too, for those who look elsewhere.
  function offer() {
    document.title = fresh.size ? `(${words[Math.min(fresh.size, most + 1)].replace(/[^\d٠-٩+]/g, "")}) ${title}` : title;
    if (!fresh.size) { live.replaceChildren(); return; }
    const button = live.querySelector("button")
      ?? live.appendChild(Object.assign(document.createElement("button"), { type: "button", className: "main", onclick: take }));
    button.textContent = words[Math.min(fresh.size, most + 1)];
  }
  async function take() {
    if (!rows().length || fresh.size > most) { location.reload(); return; }
    const ids = [...fresh];
    fresh.clear(); offer();
    try {
      const added = [...await rowsOf(ids)];
      list.prepend(...added); remember(); go(added[0]); count();
    } catch (error) { for (const id of ids) fresh.add(id); offer(); if (!error.told) say(error.message); }
  }

  // From what the page has seen on. A browser goes on with a stream that breaks off, but gives one up that was answered otherwise, as by a
  // proxy before a service that starts again, or without a session.
  let stream, seen = list.dataset.last;
  function listen() {
    stream = new EventSource(list.dataset.stream + (list.dataset.stream.includes("?") ? "&" : "?") + "lastEventId=" + seen);
    stream.addEventListener("open", () => { state.textContent = state.dataset.live; });
    stream.addEventListener("error", async () => {
      state.textContent = state.dataset.lost;
      if (stream.readyState !== EventSource.CLOSED) return;
      try { await rowsOf([]); } catch (error) { if (error.told) return; }
      setTimeout(listen, 3000);
    });
    stream.addEventListener("alert.updated", event => {
      const id = heard(event);
      if (!document.getElementById("alert-" + id)) return;
      changed.add(id);
      soon ||= setTimeout(update, 150);
    });
    stream.addEventListener("alert.raised", event => {
      const id = heard(event);
      if (!list.dataset.new || new URLSearchParams(location.search).has("cursor") || document.getElementById("alert-" + id)) return;
      fresh.add(id); offer();
    });
  }
  function heard(event) {
    seen = event.lastEventId;
    return String(JSON.parse(event.data).alert.id);
  }
  listen();
  window.addEventListener("pagehide", () => stream.close());
})();
