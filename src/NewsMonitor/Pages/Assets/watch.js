// A watch tried while it is written, and on the archive.
"use strict";
(() => {
  const { call, read, tell, clear } = window.monitor;
  const form = document.querySelector("form#watch"), sample = document.getElementById("sample"), shown = document.getElementById("trial");
  if (!form) return;
  const fragment = html => { const t = document.createElement("template"); t.innerHTML = html; return t.content; };

  // The server renders what it finds, so that page and trial mark alike. Only the latest answer counts.
  let timer, turn = 0;
  async function attempt() {
    const mine = ++turn, watch = read(form);
    if (!watch.terms.length && !watch.query.trim()) { shown.replaceChildren(); return; }
    try {
      const open = shown.querySelector("details")?.open;
      const html = await (await call("POST", "/do/watches/try", { watch, text: sample.value })).text();
      if (mine !== turn) return;
      clear(form);
      shown.replaceChildren(fragment(html));
      if (open) shown.querySelector("details").open = true;
    } catch (error) { if (mine === turn) tell(form, error); }
  }
  const later = () => { clearTimeout(timer); timer = setTimeout(attempt, 250); };
  form.addEventListener("input", later); sample.addEventListener("input", later); later();

  // An older version comes back into the form; saving makes it the newest.
  document.addEventListener("click", event => {
    const button = event.target.closest("[data-version]");
    if (!button) return;
    const small = ([name, value]) => [name[0].toLowerCase() + name.slice(1), value];
    const { definition: d, severity, recipients } = Object.fromEntries(Object.entries(JSON.parse(button.dataset.version)).map(small));
    const set = (name, value) => { form.elements[name].value = Array.isArray(value) ? value.join("\n") : value ?? ""; };
    for (const name of ["name", "terms", "query", "context", "not"]) set(name, d[name]);
    set("severity", severity);
    set("examples.match", d.examples?.match); set("examples.noMatch", d.examples?.noMatch);
    form.elements.crossScript.checked = d.crossScript ?? true;
    for (const box of form.querySelectorAll("input[type=checkbox][name=recipients]")) box.checked = recipients.includes(box.value);
    form.scrollIntoView({ block: "start" }); later();
  });

  const test = document.getElementById("backtest"), bar = test.querySelector("progress"), result = test.querySelector("[data-result]");
  const start = test.querySelector("[data-start]"), stop = test.querySelector("[data-stop]"), raising = test.querySelector("[data-raise]");
  const since = document.getElementById("since");
  const [gained, kept, lost, perDay, before, nothing, readWord, raisedWord, brokeOff] = test.dataset.text.split("|");
  const words = { gained, kept, lost }, rtl = document.documentElement.dir === "rtl";
  const numberingSystem = document.getElementById("content").dataset.digits;
  const number = new Intl.NumberFormat("en", { numberingSystem, maximumFractionDigits: 2 });
  const make = (name, attributes, ...children) => {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...children);
    return node;
  };
  const draw = (name, attributes, title) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    if (title) node.append(Object.assign(document.createElementNS("http://www.w3.org/2000/svg", "title"), { textContent: title }));
    return node;
  };

  // Both answer with a line of progress now and then, and the result last; leaving cancels.
  async function run(url, body, show) {
    if (!since.reportValidity()) return;
    const leave = new AbortController(); stop.onclick = () => leave.abort();
    const busy = on => { for (const button of [start, raising]) if (button) button.disabled = on; stop.hidden = bar.hidden = !on; };
    busy(true); bar.removeAttribute("value"); result.replaceChildren();
    try {
      const from = new Date(Date.now() - since.value * 864e5).toISOString();
      show(await lastLine(await call("POST", url, { ...body, since: from }, {}, leave.signal)));
    } catch (error) { if (error.name !== "AbortError") tell(form, error); }
    busy(false);
  }
  async function lastLine(answer) {
    const lines = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let rest = "";;) {
      const { value, done } = await lines.read().catch(error => { throw error.name === "AbortError" ? error : new Error(brokeOff); });
      // An answer that breaks off has no result.
      if (done) throw new Error(brokeOff);
      const parts = (rest + value).split("\n"); rest = parts.pop();
      for (const part of parts.filter(p => p)) {
        const line = JSON.parse(part);
        if (line.progress) { bar.max = line.progress.total || 1; bar.value = line.progress.articles; }
        if (line.result) return line.result;
      }
    }
  }
  start.addEventListener("click", () => run("/api/v1/watches/backtest", { watch: read(form) }, report));
  raising?.addEventListener("click", () => {
    const said = r => raisedWord.replace("{0}", number.format(r.raised)).replace("{1}", number.format(r.known));
    const tellIt = r => result.replaceChildren(make("p", { class: "notice good" }, said(r)));
    if (confirm(raising.dataset.ask)) run(raising.dataset.raise, {}, tellIt);
  });

  function report(r) {
    const legend = make("ul", { class: "legend" }, ...["kept", "gained", "lost"].map(change => {
      const key = draw("svg", { "aria-hidden": "true" }); key.append(draw("rect", { class: change, width: "100%", height: "100%", rx: 2 }));
      return make("li", {}, key, words[change] + " ", make("strong", { class: "num", "data-change": change }, number.format(r[change])));
    }));
    const facts = make("dl", { class: "facts" }, make("dt", {}, perDay), make("dd", { class: "num" }, number.format(r.alertsPerDay)),
      make("dt", {}, before), make("dd", { class: "num" }, number.format(r.alertsPerDayBefore)),
      make("dt", {}, readWord), make("dd", { class: "num" }, number.format(r.articles)));
    const colour = { lost: "bad", gained: "good", kept: "soft" };
    const samples = make("ul", { class: "log" }, ...r.samples.map(s => make("li", {},
      make("span", { class: "tag " + colour[s.change] }, words[s.change]), " ",
      make("a", { href: "/articles/" + s.article, dir: "auto" }, s.title))));
    result.replaceChildren(legend, ...(r.byDay.length ? chart(r.byDay) : [make("p", { class: "soft" }, nothing)]), facts, samples);
  }

  // Kept and gained stand on the line and are what the watch would raise a day; lost hangs below it.
  function chart(days) {
    const date = new Intl.DateTimeFormat(rtl ? "ar-IQ" : "en-GB", { day: "numeric", month: "short", timeZone: "UTC", numberingSystem });
    // A few days get the width of a fortnight, or their bars would be blocks.
    const last = Date.parse(days.at(-1).day), first = Math.min(Date.parse(days[0].day), last - 13 * 864e5);
    const count = Math.round((last - first) / 864e5) + 1;
    const most = Math.max(1, ...days.map(d => d.kept + d.gained)), under = Math.max(0, ...days.map(d => d.lost));
    const unit = 100 / (most + under), zero = most * unit;
    const svg = draw("svg", { class: "chart tall", role: "img", "aria-label": `${perDay}: ${words.gained}, ${words.kept}, ${words.lost}` });
    for (const d of days) {
      const at = Math.round((Date.parse(d.day) - first) / 864e5), x = 100 * ((rtl ? count - 1 - at : at) + .1) / count + "%";
      const bar = (change, y, value) => {
        const said = `${date.format(new Date(d.day))} · ${words[change]}: ${number.format(value)}`;
        if (value) svg.append(draw("rect", { class: change, x, width: 80 / count + "%", y: y + "%", height: value * unit + "%" }, said));
      };
      bar("kept", zero - d.kept * unit, d.kept); bar("gained", zero - (d.kept + d.gained) * unit, d.gained); bar("lost", zero, d.lost);
    }
    svg.append(draw("line", { class: "grid", x1: 0, x2: "100%", y1: zero + "%", y2: zero + "%" }));
    const ends = make("div", { class: "axis" }, make("span", {}, date.format(first)), make("span", {}, date.format(last)));
    return [svg, ends];
  }
})();
