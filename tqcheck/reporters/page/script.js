
"use strict";
// The page is whole without this: it adds filters, keys and the light on sentences. Nothing here makes
// markup of text; what is shown is there already, or is put in as text.
document.documentElement.classList.add("js");
{
  const root = document.documentElement;
  const $ = (selector, from = document) => from.querySelector(selector);
  const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];

  // What a reader chose stays, where the browser lets a file remember anything.
  const memory = {
    get(key) { try { return localStorage.getItem(`tqcheck-${key}`); } catch { return null; } },
    set(key, value) { try { localStorage.setItem(`tqcheck-${key}`, value); } catch { /* it is forgotten */ } },
  };
  const THEMES = ["auto", "light", "dark"];
  const themed = memory.get("theme");
  root.dataset.theme = THEMES.includes(themed) ? themed : "auto";

  addEventListener("DOMContentLoaded", () => {
    const main = $("#main"), overview = $("#overview"), status = $("#status"), help = $("#help");
    const articles = $$("main > article");
    const filters = $("#filters"), form = filters && $("form", filters);
    const choice = $("#article");
    const cards = $$(".f").map((element) => {
      const { c, g, h, n } = element.dataset, s = element.classList[1].slice(1);
      const article = element.closest("article");
      element.tabIndex = -1;
      return { element, article, a: article.id.slice(1), s, c, g, h, n: Number(n || 1), l: article.dataset.lang, open: !h, shown: !h };
    });
    const byId = new Map(cards.map((card) => [card.element.id, card]));
    let view = null, current = null, quiet = 0;

    // What was only known at the end goes to the top.
    if (overview) main.prepend(overview);
    $("#controls").hidden = false;
    if ($("#choice")) $("#where").append($("#choice"));
    $("#tools").append($("#buttons"));
    if (filters) {
      $("#bar").after($("#sieve"));
      filters.open = matchMedia("(min-width: 60rem) and (min-height: 40rem)").matches;
    }
    $("#controls").remove();
    new ResizeObserver(([entry]) => {
      const fixed = getComputedStyle(entry.target).position === "sticky";
      root.style.setProperty("--bar", `${fixed ? entry.target.offsetHeight : 0}px`);
    }).observe($("#bar"));

    // Filters: without a choice a group lets everything through.
    const chosen = () => {
      const sets = { s: new Set(), c: new Set(), g: new Set(), h: new Set() };
      if (form) for (const box of $$("input:checked", form)) sets[box.name].add(box.value);
      return sets;
    };
    const lets = (sets, card, but) =>
      ["s", "c", "g"].every((k) => k === but || !sets[k].size || sets[k].has(card[k]));

    function filter() {
      const sets = chosen();
      const tally = new Map(), bars = { g: new Map(), l: new Map(), a: new Map() };
      let all = 0, left = 0;
      const add = (map, key, n) => map.set(key, (map.get(key) || 0) + n);
      for (const card of cards) {
        // What was suppressed, or was known before, is there on request only.
        card.open = !card.h || sets.h.has(card.h);
        card.shown = card.open && lets(sets, card);
        card.element.hidden = !card.shown;
        if (card.h && lets(sets, card)) add(tally, `h-${card.h}`, card.n);
        if (!card.open) continue;
        all += card.n;
        for (const k of ["s", "c", "g"]) if (lets(sets, card, k)) add(tally, `${k}-${card[k]}`, card.n);
        if (!card.shown) continue;
        left += card.n;
        for (const by of ["g", "l", "a"]) {
          const counts = bars[by].get(card[by]) || [0, 0, 0, 0];
          counts[card.s] += card.n;
          counts[0] += card.n;
          bars[by].set(card[by], counts);
        }
      }
      for (const out of $$("[data-for]", form || main)) out.value = (tally.get(out.dataset.for) || 0).toLocaleString("en");
      const some = `${all.toLocaleString("en")} ${all === 1 ? "finding" : "findings"}`;
      if (filters) $("#count").value = left === all ? some : `${left.toLocaleString("en")} of ${some}`;
      for (const option of choice ? choice.options : []) {
        const counts = bars.a.get(option.value);
        if (option.value !== "0") option.text = `${option.dataset.name} (${counts ? counts[0].toLocaleString("en") : 0})`;
      }
      for (const table of $$("#overview table[data-by]")) draw(table, bars[table.dataset.by]);
      if (current && !current.shown) leave();
      if (view && view !== overview) dress(view);
      if (form && form.dataset.used) say(`${left} of ${all} findings shown`);
    }

    function draw(table, counts) {
      const most = Math.max(1, ...[...counts.values()].map((c) => c[0]));
      for (const row of table.tBodies[0].rows) {
        const c = counts.get(row.dataset.k) || [0, 0, 0, 0];
        for (const cell of $$("[data-v]", row)) {
          const n = c[cell.dataset.v];
          cell.textContent = n || cell.dataset.v === "0" ? n.toLocaleString("en") : "·";
        }
        const rate = $(".rate", row);
        if (rate) rate.textContent = (1000 * c[0] / Math.max(1, row.dataset.w)).toFixed(1);
        let x = 0;
        for (const rect of $$("rect", row)) {
          const width = 100 * c[rect.classList[0].slice(1)] / most;
          rect.setAttribute("x", x);
          rect.setAttribute("width", width);
          x += width;
        }
      }
    }

    // Takes the marks off that belong to hidden findings only; done for the article in sight.
    function dress(article) {
      const mine = cards.filter((card) => card.article === article), open = mine.filter((card) => card.open);
      const shown = new Set(mine.filter((card) => card.shown).map((card) => card.element.id.split("-")[1]));
      for (const mark of $$("[data-f]", article)) {
        const off = !mark.dataset.f.split(" ").some((n) => shown.has(n));
        mark.classList.toggle("off", off);
        if (mark.matches("a[id]")) mark.tabIndex = off ? -1 : 0;
      }
      const aside = $("aside", article);
      if (!aside) return;
      const left = mine.reduce((sum, card) => sum + (card.shown ? card.n : 0), 0);
      const all = open.reduce((sum, card) => sum + card.n, 0);
      aside.hidden = !open.length;
      aside.closest(".page").classList.toggle("clean", !open.length);
      $("output", aside).value = left === all ? all.toLocaleString("en") : `${left.toLocaleString("en")} of ${all.toLocaleString("en")}`;
      $(".none", aside).hidden = left > 0;
    }

    // Marks are read out with what is said of them. Here and not in the file, which would be longer for it.
    function describe(article) {
      for (const mark of $$("a.m", article)) {
        const entry = document.getElementById(mark.hash.slice(1)), told = entry && $(".msg", entry);
        if (!told) continue;
        told.id = `d${entry.id}`;
        mark.setAttribute("aria-describedby", told.id);
      }
    }

    // The file numbers a sentence only where it does not follow the one before.
    function number(article) {
      for (const side of [".row > .t s-n", ".row > .o s-n"]) {
        let last = 0;
        for (const each of $$(side, article)) last = each.dataset.p = Number(each.dataset.p || last + 1);
      }
    }

    // Views: the overview, or one article.
    function show(next) {
      if (!next || next === view) return;
      if (view) view.classList.remove("on");
      leave();
      view = next;
      view.classList.add("on");
      const name = $("h2", view).textContent;
      document.title = `${name} – tqcheck`;
      if (choice) choice.value = view === overview ? "0" : view.id.slice(1);
      for (const button of $$("[data-do='previous'], [data-do='next']")) button.disabled = !beside(button.dataset.do === "next" ? 1 : -1);
      const original = $("[data-do='original']");
      original.hidden = !$(".row > .o", view);
      if (view !== overview) {
        number(view);
        describe(view);
        dress(view);
      }
    }
    const beside = (step) => articles[view === overview ? (step > 0 ? 0 : -1) : articles.indexOf(view) + step];

    function go(hash) {
      const [, kind, a, n] = /^#([afm])(\d+)(?:-(\d+))?/.exec(hash) || [];
      const article = a && document.getElementById(`a${a}`);
      if (!article) {
        if (!view || hash === "#overview" || hash === "") { show(overview || articles[0]); scrollTo(0, 0); }
        return;
      }
      const same = article === view;
      show(article);
      if (!n) {
        if (!same) scrollTo(0, 0);
        return;
      }
      const card = byId.get(`f${a}-${n}`);
      if (!card || !card.shown) return;
      pick(card, false);
      const target = kind === "m" ? document.getElementById(hash.slice(1)) || marks(card)[0] : card.element;
      if (target) reveal(target);
    }
    const marks = (card) => $$(`[data-f~="${card.element.id.split("-")[1]}"]`, card.article);

    // Focuses a place and brings it into sight, without moving the list by what follows.
    function reveal(element) {
      quiet = performance.now() + 700;
      element.focus({ preventScroll: true });
      const aside = element.closest("aside");
      if (aside && getComputedStyle(aside).position === "sticky") aside.scrollTop += element.getBoundingClientRect().top - aside.getBoundingClientRect().top - 40;
      else if (getComputedStyle(element).position !== "fixed") element.scrollIntoView({ block: "center" });
    }

    function pick(card, focus = true) {
      leave();
      current = card;
      const all = marks(card);
      for (const each of [card.element, ...all]) each.classList.add("now");
      light(all.find((mark) => mark.closest("[data-p]")) || null);
      const first = all.find((mark) => mark.matches("a")) || all[0];
      if (focus) {
        if (first) first.scrollIntoView({ block: "center" });
        reveal(card.element);
      }
      const shown = mine();
      say(`${shown.indexOf(card) + 1} of ${shown.length}`);
    }

    function leave() {
      if (!current) return;
      for (const each of $$(".now", current.article)) each.classList.remove("now");
      current = null;
      light(null);
    }

    const mine = () => cards.filter((card) => card.article === view && card.shown);

    function step(by) {
      if (view === overview) {
        const links = $$("table[data-by='a'] a", overview);
        const at = links.indexOf(document.activeElement) + by;
        const link = links[Math.max(0, Math.min(links.length - 1, at))];
        if (link) link.focus();
        return;
      }
      const all = mine();
      if (!all.length) return say("No finding here");
      const at = current ? all.indexOf(current) + by : by > 0 ? all.indexOf(nearest(all)) : all.length - 1;
      if (at < 0 || at >= all.length) return say(by > 0 ? "Last finding of this article" : "First finding of this article");
      pick(all[at]);
    }

    // Of the findings in order, the first whose place is not above the window.
    function nearest(all) {
      const top = $("#bar").getBoundingClientRect().bottom;
      return all.find((card) => marks(card).some((mark) => mark.getBoundingClientRect().bottom > top)) || all[0];
    }

    // Sentences: both sides light up together.
    let lit = [];
    function light(element) {
      const sentence = element && element.closest("[data-p]");
      for (const each of lit) each.classList.remove("lit");
      lit = sentence ? $$(`[data-p="${sentence.dataset.p}"]`, sentence.closest("article")) : [];
      for (const each of lit) each.classList.add("lit");
    }
    const rest = () => light(current && marks(current).find((mark) => mark.closest("[data-p]")) || null);
    main.addEventListener("pointerover", (event) => {
      if (event.target.closest("[data-p]")) light(event.target);
      else rest();
    });
    main.addEventListener("pointerleave", rest);
    main.addEventListener("focusin", (event) => { if (event.target.closest("[data-p]")) light(event.target); });

    function sentence(by) {
      if (view === overview || !view) return;
      const all = $$(".t [data-p]", view);
      if (!all.length) return say("No original is aligned with this article");
      const at = all.indexOf(lit.find((each) => each.closest(".t"))) + by;
      const next = all[Math.max(0, Math.min(all.length - 1, at))];
      next.tabIndex = -1;
      next.focus({ preventScroll: true });
      next.scrollIntoView({ block: "center" });
      light(next);
    }

    // In the text, what to write instead.
    function mend() {
      if (!current) return say("No finding is chosen");
      const place = marks(current).filter((mark) => mark.closest(".t")).pop();
      const new_ = $(".fix ins", current.element);
      if (!place || !new_) return say("Nothing is proposed for this finding");
      const there = place.nextElementSibling;
      if (there && there.matches("ins.there")) return there.remove();
      const ins = document.createElement("ins");
      ins.className = "there";
      ins.textContent = new_.textContent;
      place.after(ins);
      say(`Write ${new_.textContent}`);
    }

    // The list moves with the text.
    let waiting = false;
    addEventListener("scroll", () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        const aside = view && $("aside", view);
        if (!aside || performance.now() < quiet || aside.matches(":hover") || aside.contains(document.activeElement) && current) return;
        if (getComputedStyle(aside).position !== "sticky" || aside.scrollHeight <= aside.clientHeight) return;
        const card = nearest(mine());
        if (card) aside.scrollTop += card.element.getBoundingClientRect().top - aside.getBoundingClientRect().top - 40;
      });
    }, { passive: true });

    main.addEventListener("click", (event) => {
      const mark = event.target.closest(".t [data-f], .o [data-f]");
      const link = event.target.closest("a[href^='#']");
      if (mark && !mark.classList.contains("off")) {
        event.preventDefault();
        const n = mark.matches("a") ? mark.hash : `#f${view.id.slice(1)}-${mark.dataset.f.split(" ")[0]}`;
        const card = byId.get(n.slice(1));
        // The gravest may be filtered away while another is not.
        const one = card && card.shown ? card : mark.dataset.f.split(" ").map((k) => byId.get(`f${view.id.slice(1)}-${k}`)).find((c) => c && c.shown);
        if (one) {
          pick(one, false);
          reveal(one.element);
          // On a narrow screen the finding lies over the text.
          if (mark.getBoundingClientRect().bottom > one.element.getBoundingClientRect().top && getComputedStyle(one.element).position === "fixed") mark.scrollIntoView({ block: "center" });
          history.replaceState(null, "", `#${one.element.id}`);
        }
      } else if (mark) event.preventDefault();
      else if (link && link.hash.startsWith("#m")) {
        event.preventDefault();
        history.replaceState(null, "", link.hash);
        go(link.hash);
      } else if (event.target.closest(".f") && !event.target.closest("summary, a")) {
        const card = byId.get(event.target.closest(".f").id);
        pick(card, false);
        const first = marks(card).find((each) => each.matches("a"));
        if (first) first.scrollIntoView({ block: "center" });
      } else if (!event.target.closest(".f")) leave();
    });

    function turn(to) {
      if (!to || to === view) return;
      history.pushState(null, "", `#${to.id}`);
      go(location.hash);
    }
    const actions = {
      previous: () => turn(beside(-1) || (view !== overview && overview)),
      next: () => turn(beside(1)),
      overview: () => turn(overview),
      help() { help.showModal(); $("form button", help).focus(); },
      original() {
        const alone = root.classList.toggle("alone");
        $("[data-do='original']").setAttribute("aria-pressed", String(!alone));
      },
      theme() {
        const next = THEMES[(THEMES.indexOf(root.dataset.theme) + 1) % THEMES.length];
        root.dataset.theme = next;
        memory.set("theme", next);
        $("[data-do='theme'] span").textContent = next;
      },
    };
    $("[data-do='theme'] span").textContent = root.dataset.theme;
    document.addEventListener("click", (event) => {
      const button = event.target.closest("[data-do]");
      if (button) actions[button.dataset.do]();
    });
    if (choice) choice.addEventListener("change", () => turn(choice.value === "0" ? overview : document.getElementById(`a${choice.value}`)));
    if (form) {
      form.addEventListener("change", () => { form.dataset.used = "1"; filter(); });
      form.addEventListener("reset", () => setTimeout(filter));
    }
    const single = $("#keys");
    single.checked = memory.get("keys") !== "off";
    single.addEventListener("change", () => memory.set("keys", single.checked ? "on" : "off"));

    const keys = {
      j: () => step(1), k: () => step(-1), f: mend, s: () => sentence(1), S: () => sentence(-1),
      n: actions.next, p: actions.previous, o: actions.original, u: actions.overview, "?": actions.help,
      d() { const more = current && $("details", current.element); if (more) more.open = !more.open; },
    };
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || help.open) return;
      if (event.key === "Escape") return leave();
      if (event.target.closest("select, input:not([type='checkbox']), textarea")) return;
      if (event.key === "Enter" && current && event.target === current.element) {
        const place = marks(current).find((mark) => mark.matches("a"));
        if (place) { event.preventDefault(); reveal(place); }
        return;
      }
      if (!single.checked || !keys[event.key]) return;
      event.preventDefault();
      keys[event.key]();
    });

    function say(text) { status.textContent = text; }

    addEventListener("hashchange", () => go(location.hash));
    filter();
    go(location.hash);
  });
}
