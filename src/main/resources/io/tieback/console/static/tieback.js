// What the pages need besides links and forms. Everything works without it but keys, dialogs and self-updating.
(() => {
  "use strict";
  const doc = document;
  doc.documentElement.classList.add("js");
  const meta = (name) => doc.querySelector(`meta[name="${name}"]`)?.content ?? "";

  // ---- htmx: every deed carries the session's word; a part that polls says what it has, and rests while nobody looks.
  doc.addEventListener("htmx:configRequest", (event) => {
    const { headers, verb, elt } = event.detail;
    if (verb !== "get") headers["X-CSRF-Token"] = meta("csrf");
    if (elt.hasAttribute("data-poll")) {
      if (doc.hidden) { event.preventDefault(); return; }
      headers["X-Poll"] = "yes";
      if (elt.dataset.hash) headers["X-Known"] = elt.dataset.hash;
    }
  });
  doc.addEventListener("htmx:beforeSwap", (event) => {
    const { elt, xhr, target } = event.detail;
    if (!elt.hasAttribute("data-poll") || xhr.status !== 200) return;
    const busy = target.querySelector("dialog[open], details[open], input:not([type=checkbox]):focus, select:focus, textarea:focus");
    if (busy) { event.detail.shouldSwap = false; return; }
    elt.dataset.hash = xhr.getResponseHeader("X-Hash") ?? "";
    keep = {
      target,
      at: target.querySelector("tr.at")?.dataset.id,
      ticks: [...target.querySelectorAll("input[type=checkbox][name]:checked")].map(same),
      focus: target.contains(doc.activeElement) ? same(doc.activeElement) : null,
    };
  });
  // What was decided elsewhere is not decided about here any more: the button says why.
  const outdated = () => {
    const said = doc.querySelector("[data-outdated]");
    if (!said) return;
    doc.querySelectorAll("form[data-while-current]").forEach((form) => {
      form.querySelectorAll("button:not([disabled])").forEach((button) => {
        button.disabled = true;
        button.title = said.dataset.outdated;
        const hint = doc.createElement("p");
        hint.className = "hint";
        hint.textContent = said.dataset.outdated;
        form.append(hint);
      });
    });
  };
  // What comes in place of what was there has its ticks, its row and its focus again, where it still has the same thing.
  let keep = null;
  const same = (one) => [one.tagName, one.getAttribute("name"), one.getAttribute("value"), one.getAttribute("href"), one.id].join(" ");
  doc.addEventListener("htmx:afterSwap", (event) => {
    outdated();
    const was = keep;
    keep = null;
    if (!was || was.target !== event.detail.target) return;
    if (was.at) was.target.querySelector(`tr[data-id="${CSS.escape(was.at)}"]`)?.classList.add("at");
    was.target.querySelectorAll("input[type=checkbox][name]").forEach((box) => { if (was.ticks.includes(same(box))) box.checked = true; });
    if (was.focus) [...was.target.querySelectorAll("a, button, input, [tabindex]")].find((one) => same(one) === was.focus)?.focus({ preventScroll: true });
  });

  // ---- menus and dialogs
  const closeMenus = (except) =>
    doc.querySelectorAll("details.choose[open]").forEach((one) => { if (one !== except) one.open = false; });
  doc.addEventListener("click", (event) => {
    const at = event.target.closest("button, summary, a") ?? event.target;
    closeMenus(event.target.closest("details.choose"));
    if (at.matches("[data-menu]")) {
      const open = doc.body.classList.toggle("nav-open");
      at.setAttribute("aria-expanded", String(open));
    } else if (at.matches("[data-help]")) {
      doc.getElementById("keys")?.showModal();
    } else if (at.matches("[data-dialog]")) {
      // Without this script the button asks on a page of its own.
      event.preventDefault();
      doc.getElementById(at.dataset.dialog)?.showModal();
    } else if (at.matches("[data-print]")) {
      print();
    } else if (at.matches("[data-close]")) {
      at.closest("dialog")?.close();
    }
  });
  doc.addEventListener("change", (event) => {
    if (event.target.matches("[data-tick-all]")) {
      doc.querySelectorAll(`input[type=checkbox][name="${event.target.dataset.tickAll}"]`).forEach((box) => { box.checked = event.target.checked; });
    }
  });
  // A deed is sent once, however often the button is pressed.
  doc.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.hasAttribute("hx-post")) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
  });
  addEventListener("pageshow", () => doc.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));

  // ---- keys: rows of a table with data-rows are moved along by j and k; a row's first link is what it opens.
  const rows = () => [...doc.querySelectorAll("table[data-rows] tbody tr")];
  const current = () => doc.querySelector("tr.at");
  const move = (by) => {
    const all = rows();
    if (!all.length) return;
    const index = all.indexOf(current());
    const next = all[Math.max(0, Math.min(all.length - 1, index < 0 ? (by > 0 ? 0 : all.length - 1) : index + by))];
    all.forEach((row) => row.classList.toggle("at", row === next));
    next.scrollIntoView({ block: "nearest" });
    next.querySelector("a[href]")?.focus({ preventScroll: true });
  };
  doc.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { closeMenus(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, dialog[open]")) return;
    // A page may have keys of its own: data-key is pressed, data-focus-key is only gone to, so that a decision takes a second key.
    const own = /^[a-z]$/.test(event.key) ? doc.querySelector(`[data-key="${event.key}"]:not([disabled])`) : null;
    if (own) { event.preventDefault(); own.click(); return; }
    const there = /^[a-z]$/.test(event.key) ? doc.querySelector(`[data-focus-key="${event.key}"]:not([disabled])`) : null;
    if (there) { event.preventDefault(); there.scrollIntoView({ block: "nearest" }); there.focus(); return; }
    switch (event.key) {
      case "/": {
        const search = doc.querySelector("[data-search]");
        if (!search) return;
        search.focus(); search.select();
        break;
      }
      case "j": move(1); break;
      case "k": move(-1); break;
      case "x": {
        const box = current()?.querySelector("input[type=checkbox]");
        if (!box) return;
        box.checked = !box.checked;
        break;
      }
      case "Enter": {
        if (event.target.closest("a, button, summary")) return;
        const link = current()?.querySelector("a[href]");
        if (!link) return;
        link.click();
        break;
      }
      case "?": doc.getElementById("keys")?.showModal(); break;
      default: return;
    }
    event.preventDefault();
  });
})();
