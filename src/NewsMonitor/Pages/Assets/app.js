// What every page shares: messages, forms that speak to the API, keys, reasons of highlights. It only speeds up or adds to what works
// without.
"use strict";
window.monitor = (() => {
  const main = document.getElementById("content");
  const [done, undoWord, undone, unreachable, signedOut, signIn] = (main.dataset.says ?? "").split("|");

  // The reader's own time zone, for those who chose none.
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone) document.cookie = `nm-zone=${encodeURIComponent(zone)};path=/;max-age=31536000;samesite=lax`;

  function say(text, action, act) {
    const toast = document.getElementById("toast");
    toast.replaceChildren(Object.assign(document.createElement("span"), { textContent: text }));
    if (action) {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: action });
      button.addEventListener("click", act);
      toast.append(button);
    }
    // Whoever is on the way to its button is not left with nothing under the pointer or the focus.
    const end = () => { if (toast.matches(":hover, :focus-within")) say.timer = setTimeout(end, 2000); else toast.replaceChildren(); };
    clearTimeout(say.timer); say.timer = setTimeout(end, action ? 9000 : 5000);
  }

  const refused = new Map((main.dataset.refused ?? "").split("|").map(part => part.split("=")));

  // Every request that changes or reads something for the script. Errors are sentences that say what to do. Who is no longer signed in can
  // sign in beside the page: what is written on it stays.
  async function ask(url, options) {
    let answer;
    try { answer = await fetch(url, options); } catch (error) { throw error.name === "AbortError" ? error : new Error(unreachable); }
    if (answer.ok) return answer;
    if (answer.status === 401) {
      say(signedOut, signIn, () => open("/sign-in", "_blank"));
      throw Object.assign(new Error(signedOut), { told: true });
    }
    const problem = await answer.json().catch(() => ({}));
    const said = problem.detail || problem.title || `${answer.status} ${answer.statusText}`, own = refused.get(String(answer.status));
    throw Object.assign(new Error(own ? own + "\n" + said : said), { fields: problem.errors ?? {} });
  }

  // Calls to the API ride on the page's cookie; the header proves that they come from this page.
  function call(method, url, body, headers = {}, signal) {
    const json = body !== undefined && !(body instanceof Blob);
    const type = json ? { "Content-Type": "application/json" } : {};
    return ask(url, { method, signal, body: json ? JSON.stringify(body) : body,
      headers: { "X-Monitor-Page": "1", Accept: "application/json", ...type, ...headers } });
  }

  // A time of day is one where the reader is, as all times on the page are, wherever the browser stands.
  function moment(local) {
    const wanted = Date.parse(local + "Z");
    const shown = new Intl.DateTimeFormat("sv-SE", { timeZone: main.dataset.zone, dateStyle: "short", timeStyle: "medium" });
    const seen = at => Date.parse(shown.format(at).replace(" ", "T") + "Z");
    let at = wanted;
    for (let turn = 0; turn < 2; turn++) at += wanted - seen(at);
    return new Date(at).toISOString();
  }

  function read(form) {
    const body = {};
    for (const field of form.elements) {
      if (!field.name || field.name.startsWith("__") || field.matches("fieldset, button")) continue;
      const kind = field.dataset.type;
      let value = field.type === "checkbox" && kind !== "list" ? field.checked : field.value;
      if (kind === "lines") value = value.split("\n").map(line => line.trim()).filter(line => line);
      else if (kind === "optional" && value === "") continue;
      else if (kind === "time") { if (!value) continue; value = moment(value); }
      const path = field.name.split(".");
      let at = body;
      for (const part of path.slice(0, -1)) at = at[part] ??= {};
      const last = path.at(-1);
      if (kind !== "list") { at[last] = value; continue; }
      at[last] ??= [];
      if (value && (field.type !== "checkbox" || field.checked)) at[last].push(value);
    }
    return body;
  }

  // An error stands at the field it is about, and the rest at the form's head.
  function tell(form, error) {
    clear(form);
    if (error.told) return null;
    const rest = [];
    for (const [path, texts] of Object.entries(error.fields ?? {})) {
      const name = path.replace(/^watch\./, "").replace(/\[.*$/, "");
      const field = form?.querySelector(`[name="${CSS.escape(name)}"]:not([type=hidden], [type=checkbox])`);
      const text = [].concat(texts).join(" ");
      if (!field) { rest.push(`${path}: ${text}`); continue; }
      let fault = document.getElementById(field.id + "-fault");
      if (!fault) {
        fault = Object.assign(document.createElement("span"), { className: "fault", id: field.id + "-fault" });
        field.after(fault);
        field.setAttribute("aria-invalid", "true");
        field.dataset.hint ??= field.getAttribute("aria-describedby") ?? "";
        field.setAttribute("aria-describedby", `${fault.id} ${field.dataset.hint}`.trim());
      }
      fault.textContent += (fault.textContent ? "\n" : "") + text;
    }
    const faults = form?.querySelectorAll(".fault") ?? [];
    const text = rest.join("\n") || (faults.length ? "" : error.message);
    const place = form?.querySelector("[data-problem]") ?? document.querySelector("[data-problem]");
    if (text && place) show(place, text); else if (text) say(text);
    return faults[0];
  }

  function show(place, text) { place.textContent = text; place.hidden = false; place.scrollIntoView({ block: "nearest" }); }

  function clear(form) {
    for (const fault of form?.querySelectorAll(".fault") ?? []) fault.remove();
    for (const field of form?.querySelectorAll("[aria-invalid]") ?? []) {
      field.removeAttribute("aria-invalid");
      if (field.dataset.hint) field.setAttribute("aria-describedby", field.dataset.hint); else field.removeAttribute("aria-describedby");
    }
    for (const place of document.querySelectorAll("[data-problem]")) place.hidden = true;
  }

  // Where to go after a change: an empty address means this page, shown anew.
  function leave(then, saved) {
    if (then) { location.assign(then); return; }
    if (saved) sessionStorage.setItem("say", saved);
    location.reload();
  }
  const kept = sessionStorage.getItem("say");
  if (kept) { sessionStorage.removeItem("say"); say(kept); }

  // Until the next page is there, this one has been sent.
  const sent = new WeakSet();
  window.addEventListener("pageshow", event => { if (event.persisted) location.reload(); });

  document.addEventListener("submit", async event => {
    const form = event.target;
    if (!form.dataset.api && !form.dataset.upload) return;
    event.preventDefault();
    if (sent.has(form)) return;
    sent.add(form);
    try {
      const [method, url] = (form.dataset.api ?? form.dataset.upload).split(" ");
      if (form.dataset.upload) await call(method, url, form.elements.file.files[0], { "Content-Type": "text/x-opml" });
      else await call(method, url, read(form), form.dataset.etag ? { "If-Match": form.dataset.etag } : {});
      leave(form.dataset.then, form.dataset.saved);
    } catch (error) { sent.delete(form); tell(form, error)?.previousElementSibling?.focus(); }
  });

  // Browsers keep the clipboard from pages that came over plain HTTP, and where it is forbidden; there it is copied as people did before.
  async function write(text) {
    try { await navigator.clipboard.writeText(text); return; } catch { /* by the older way */ }
    const field = Object.assign(document.createElement("textarea"), { value: text, className: "sr" });
    document.body.append(field); field.select(); document.execCommand("copy"); field.remove();
  }

  document.addEventListener("click", async event => {
    const copy = event.target.closest("[data-copy]");
    if (copy) write(new URL(copy.dataset.copy, location).href).then(() => say(copy.dataset.copied));
    if (event.target.closest("[data-help]")) document.getElementById("keys")?.showModal();
    for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
    const button = event.target.closest("[data-call]");
    if (!button || (button.dataset.ask && !confirm(button.dataset.ask))) return;
    button.disabled = true;
    try {
      const [method, url] = button.dataset.call.split(" ");
      const etag = button.dataset.etag ?? button.closest("form")?.dataset.etag;
      const body = button.dataset.body ? JSON.parse(button.dataset.body) : undefined;
      const answer = await call(method, url, body, etag ? { "If-Match": etag } : {});
      if (button.dataset.show) {
        const said = await answer.json(), place = document.getElementById(button.dataset.show), arrived = said.verdict === "sent";
        place.className = arrived ? "notice good" : "notice error";
        show(place, [arrived ? place.dataset.sent : place.dataset.failed, said.said || said.status].filter(part => part).join("\n"));
        button.disabled = false;
      } else setTimeout(() => leave(button.dataset.then), Number(button.dataset.wait ?? 0));
    } catch (error) { tell(button.closest("form, main"), error); button.disabled = false; }
  });

  // Feeds that a site offers.
  document.querySelector("[data-find]")?.addEventListener("click", async event => {
    const button = event.target, form = button.form, found = form.querySelector("#found");
    const line = text => Object.assign(document.createElement("li"), { textContent: text });
    if (!form.reportValidity()) return;
    button.disabled = true;
    clear(form); found.replaceChildren(line(found.dataset.looking));
    try {
      const offers = await (await call("POST", "/api/v1/feeds/discover", { url: form.elements.url.value })).json();
      found.replaceChildren(...offers.map(offer => {
        const item = document.createElement("li"), add = document.createElement("button"), name = document.createElement("bdi");
        add.type = "button"; add.textContent = found.dataset.add; name.textContent = `${offer.title ?? ""} ${offer.url}`;
        add.addEventListener("click", () => { form.elements.url.value = offer.url; form.requestSubmit(); });
        item.append(add, " ", name);
        return item;
      }));
      if (!offers.length) found.append(line(found.dataset.none));
    } catch (error) { found.replaceChildren(); tell(form, error); }
    button.disabled = false;
  });

  // Fields of a recipient that only some kinds have.
  const kind = document.querySelector("[data-kind]");
  function fit() {
    for (const place of kind.form.querySelectorAll("[data-for]")) place.hidden = !place.dataset.for.split(" ").includes(kind.value);
  }
  if (kind) { kind.addEventListener("change", fit); fit(); }

  // An id that follows from the name, for as long as nobody writes one.
  for (const slug of document.querySelectorAll("[data-slug]")) {
    const name = slug.form.elements[slug.dataset.slug];
    name.addEventListener("input", () => {
      if (slug.dataset.own) return;
      const letters = name.value.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
      slug.value = name.value.trim() && (letters.slice(0, 60) || "watch-" + Date.now().toString(36));
    });
    slug.addEventListener("input", () => { slug.dataset.own = "1"; });
  }

  // The reason of a highlight, at once, by pointer and by keyboard.
  const why = Object.assign(document.createElement("div"), { id: "why", hidden: true });
  document.body.append(why);
  function reason(mark) {
    if (!mark) { why.hidden = true; return; }
    if (mark.title) { mark.setAttribute("aria-description", mark.title); mark.removeAttribute("title"); }
    why.textContent = mark.dataset.why; why.hidden = false;
    const box = mark.getBoundingClientRect(), own = why.getBoundingClientRect();
    why.style.left = Math.max(8, Math.min(box.left, innerWidth - own.width - 8)) + "px";
    why.style.top = (box.bottom + own.height + 8 > innerHeight ? box.top - own.height - 4 : box.bottom + 4) + "px";
  }
  document.addEventListener("pointerover", event => reason(event.target.closest?.("mark[data-why]")));
  document.addEventListener("focusin", event => reason(event.target.closest?.("mark[data-why]")));
  document.addEventListener("focusout", () => reason(null));
  document.addEventListener("scroll", () => reason(null), { passive: true, capture: true });

  // Where the bar is narrower than its links, the one of this page is in sight.
  const nav = document.querySelector(".bar nav"), here = nav?.querySelector("a.active, a[aria-current=page]");
  if (here) {
    const [link, bar] = [here.getBoundingClientRect(), nav.getBoundingClientRect()];
    nav.scrollBy((link.left + link.right - bar.left - bar.right) / 2, 0);
  }

  // Ages stay true while the page stands open.
  const [now, ...units] = (main.dataset.ages ?? "").split("|");
  const digits = new Intl.NumberFormat("en", { numberingSystem: main.dataset.digits, useGrouping: false });
  const count = (text, number) => text.replace("{0}", digits.format(number));
  const age = iso => {
    const minutes = Math.floor((Date.now() - new Date(iso)) / 6e4);
    return minutes < 1 ? now : minutes < 60 ? count(units[0], minutes)
      : minutes < 1440 ? count(units[1], Math.floor(minutes / 60)) : count(units[2], Math.floor(minutes / 1440));
  };
  setInterval(() => { for (const time of document.querySelectorAll("time[data-age]")) time.textContent = age(time.dateTime); }, 30000);

  // A page that waits for something looks again until somebody types into it, and while the service is away it waits on.
  const watchful = document.querySelector("[data-watchful]");
  if (watchful) {
    const timer = setInterval(() => {
      if (document.activeElement?.matches("input, textarea")) clearInterval(timer);
      else fetch(location).then(answer => { if (answer.ok) location.reload(); }, () => { });
    }, Number(watchful.dataset.watchful));
  }

  // Keys: pages add their own; "g" and a letter go to a page.
  const keys = { "?": () => document.getElementById("keys")?.showModal(), "/": search };
  function search() {
    const field = document.getElementById("q");
    if (field && !field.checkVisibility()) document.getElementById("side")?.showPopover();
    field?.focus();
  }

  const places = { a: "/", h: "/articles", o: "/overview", w: "/watches", f: "/feeds", r: "/recipients", s: "/silences" };
  let going = 0;
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") { shut(); return; }
    if (event.target.closest("input:not([type=checkbox]), textarea, select, dialog")) return;
    if (event.key === "Enter" && event.target.closest("a, button, summary")) return;
    const key = letter(event), act = keys[key];
    if (Date.now() - going < 1200 && places[key]) { event.preventDefault(); location.assign(places[key]); return; }
    if (key === "g" && document.getElementById("keys")) { going = Date.now(); return; }
    // A key that is held down walks on, and does nothing else twice.
    if (act && (!event.repeat || key === "j" || key === "k")) { event.preventDefault(); act(event); }
  });

  // An Arabic keyboard writes other letters; the keys are where they are on a Latin one.
  function letter({ key, code, shiftKey }) {
    return key.length > 1 || key < "\x7f" ? key : code === "Slash" ? (shiftKey ? "?" : "/") : code.replace("Key", "").toLowerCase();
  }

  function shut() {
    reason(null);
    const menu = document.querySelector("details.menu[open]");
    if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
  }


  const scripted = "[data-help], [data-copy], [data-all], button[data-edit], [data-version]";
  for (const hidden of document.querySelectorAll(scripted)) hidden.hidden = false;
  return { say, ask, call, read, tell, clear, count, keys, undoWord, done, undone };
})();
