// Keys of the desk, and what is similar beside a case. Without it every form and link still works.
(() => {
  document.documentElement.classList.add("js");
  const at = (selector) => document.querySelector(selector);
  const keys = document.getElementById("keys");
  const isTyping = (target) => target.matches("textarea, select, input:not([type=radio], [type=checkbox])");

  // A list: one case is here; it stays here when the list changes beneath it
  const cards = () => [...document.querySelectorAll("#rows .matter")];
  let here = null;
  const go = (card, isQuiet, isFirst) => {
    document.querySelectorAll(".matter.here").forEach((one) => one.classList.remove("here"));
    here = card?.id || null;
    if (!card) return;
    card.classList.add("here");
    if (!isQuiet) card.focus({ preventScroll: true });
    if (!isQuiet && !isFirst) card.scrollIntoView({ block: "nearest" });
    const near = card.querySelector(".near");
    if (near && !near.childElementCount) near.dispatchEvent(new Event("look"));
  };
  const move = (by) => {
    const all = cards(), now = all.findIndex((card) => card.id === here);
    go(all[Math.min(Math.max(now + by, 0), all.length - 1)]);
  };
  document.addEventListener("focusin", ({ target }) => {
    const card = target.closest(".matter");
    if (card && card.id !== here) go(card, true);
  });
  document.addEventListener("htmx:after:swap", ({ target }) => {
    if (target.id !== "rows" && !at("#rows")) return;
    cards().forEach((one) => { if (left.get(one.id) > Date.now() - 10_000) one.remove(); });
    const card = here && document.getElementById(here);
    if (card) go(card, true);
    marks().forEach((one) => { one.checked = marked.has(one.value); });
    count();
  });

  // A key acts where it stands: its case leaves the list, and the next one is here. Whatever else comes of it is a page
  const left = new Map(); // a list that was asked for before it left may bring it once more
  const FEW = 8;
  const leave = (card) => {
    const all = cards(), next = all[all.indexOf(card) + 1] || all[all.indexOf(card) - 1];
    left.set(card.id, Date.now());
    card.remove();
    if (card.id === here) go(next);
    count();
  };
  document.addEventListener("submit", async (event) => {
    const { target: form, submitter } = event;
    const card = form.closest("#rows .matter");
    if (!card || !submitter || !at("#done")) return;
    event.preventDefault();
    if (card.ariaBusy === "true") return;
    card.ariaBusy = "true";
    const sent = new URLSearchParams(new FormData(form));
    sent.append(submitter.name, submitter.value);
    const answer = await fetch(form.action, { method: "POST", body: sent, headers: { "X-Lapor-List": "1" } }).catch(() => null);
    const page = answer?.ok && !answer.redirected && new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page || !page.getElementById("done")) {
      form.insertAdjacentHTML("beforeend", '<input type="hidden" name="act" value="send">');
      form.submit();
      return;
    }
    at("#lists").replaceWith(page.getElementById("lists"));
    at("#done").replaceChildren(...page.getElementById("done").children);
    card.ariaBusy = null;
    const isGone = page.getElementById("left"), isShort = cards().length < FEW && at("#rows [data-more]");
    if (isGone) leave(card);
    else go(cards().find((one) => one !== card && one.querySelector(`[data-key="${submitter.dataset.key}"]`)) || card);
    if (!isGone || isShort || !cards().length) at("#rows").dispatchEvent(new Event("fill"));
  });

  // Cases that are marked stay marked when the list changes beneath them
  const marked = new Set();
  const marks = () => [...document.querySelectorAll("#rows input[name=case]")];
  const count = () => {
    const there = new Set(marks().map((one) => one.value));
    marked.forEach((one) => { if (!there.has(one)) marked.delete(one); });
    const shown = at("[data-marked]");
    if (shown) shown.textContent = marked.size;
    const all = at("[data-mark-all]");
    if (all) { all.checked = there.size > 0 && marked.size === there.size; all.indeterminate = marked.size > 0 && !all.checked; }
  };
  document.addEventListener("change", ({ target }) => {
    if (target.matches("[data-mark-all]")) marks().forEach((one) => { one.checked = target.checked; });
    else if (!target.matches("#rows input[name=case]")) return;
    marks().forEach((one) => marked[one.checked ? "add" : "delete"](one.value));
    count();
  });
  addEventListener("pageshow", () => { marks().forEach((one) => one.checked && marked.add(one.value)); count(); });

  // What is held back goes by itself when its seconds are over; whoever leaves the page has undone it
  const held = at("[data-hold]");
  if (held) {
    let left = Number(held.dataset.hold);
    const ticking = setInterval(() => {
      left -= 1;
      at("[data-left]").textContent = Math.max(left, 0);
      if (left > 0) return;
      clearInterval(ticking);
      held.requestSubmit();
    }, 1000);
    addEventListener("pagehide", () => clearInterval(ticking));
  }

  // A field that is searched shows all of its choices again when it is entered
  document.querySelectorAll("[data-search]").forEach((one) => one.addEventListener("focus", () => one.select()));

  const press = (key) => {
    const scope = (here && document.getElementById(here)) || document;
    const find = (root) => root?.querySelector(`[data-key="${CSS.escape(key)}"]`);
    const one = find(scope) || find(at("[data-batch]"));
    if (!one) return false;
    if (one.matches("details")) {
      one.open = true;
      one.scrollIntoView({ block: "nearest" });
      one.querySelector("select, textarea, input:not([type=hidden])")?.focus();
    } else if (one.matches("textarea, input")) { one.focus(); one.scrollIntoView({ block: "nearest" }); }
    else one.click();
    return true;
  };

  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (key === "Enter" && event.ctrlKey && target.form) { event.preventDefault(); target.form.requestSubmit(); return; }
    if (key === "Escape" && isTyping(target)) { target.blur(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(target) || keys?.open) return;
    if (key === "?") { event.preventDefault(); keys?.showModal(); return; }
    const list = cards().length > 0;
    if (list && (key === "j" || key === "ArrowDown")) { event.preventDefault(); move(1); return; }
    if (list && (key === "k" || key === "ArrowUp")) { event.preventDefault(); move(-1); return; }
    if (list && key === "x") { event.preventDefault(); document.getElementById(here)?.querySelector("input[name=case]")?.click(); return; }
    if (list && key === "Enter" && target.matches(".matter")) { event.preventDefault(); target.querySelector("[data-open]").click(); return; }
    if (!list && (key === "j" || key === "k")) { event.preventDefault(); scrollBy({ top: key === "j" ? 160 : -160 }); return; }
    if (!list && key === "u") { event.preventDefault(); location.assign("/desk"); return; }
    if (key === "Enter" && target.matches("a, button, summary")) return;
    if (press(key)) event.preventDefault();
  });

  // A similar case fills in the number that this one is merged into
  const parent = document.getElementById("merge-parent");
  document.querySelectorAll("[data-merge]").forEach((button) => {
    if (!parent) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      parent.value = button.dataset.merge;
      parent.closest("details").open = true;
      parent.focus();
    });
  });

  document.addEventListener("DOMContentLoaded", () => { // when htmx has seen the page
    const first = at("[data-here]");
    if (first) first.focus();
    else if (cards().length) go(cards()[0], matchMedia("(pointer: coarse)").matches, true);
  });
})();
