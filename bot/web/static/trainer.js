// Keys, marked words and two matters for the trainers' inbox. Without it every form still works.
(() => {
  document.documentElement.classList.add("js");
  const inbox = document.getElementById("inbox");
  if (!inbox) return;
  const cards = () => [...inbox.querySelectorAll(".sample")];
  let here = cards()[0];
  const go = (card) => {
    here?.classList.remove("here");
    here = card;
    here?.classList.add("here");
    here?.focus({ preventScroll: true });
    here?.scrollIntoView({ block: "nearest" });
  };

  // The next messages come before the last ones are done; what was said of the latest can be taken back
  const FEW = 5, SAID_KEPT = 3;
  const fill = () => { if (cards().length < FEW) document.getElementById("refill")?.dispatchEvent(new Event("refill")); };

  // Picked for one label: the bar is there while one is picked
  const bulk = document.getElementById("bulk");
  const count = () => {
    if (!bulk) return;
    const picked = inbox.querySelectorAll("[name=ids]:checked").length;
    bulk.hidden = !picked;
    bulk.querySelector("output").textContent = picked || "";
  };
  inbox.addEventListener("change", count);

  // Moving on when a card is done
  let next = null;
  inbox.addEventListener("htmx:before:request", ({ target }) => {
    const card = target.closest(".sample"), all = cards();
    if (card) next = all[all.indexOf(card) + 1] || all[all.indexOf(card) - 1] || null;
  });
  inbox.addEventListener("htmx:after:swap", () => {
    if (next?.isConnected) go(next);
    else if (!here?.isConnected) go(cards()[0]);
    next = null;
    [...inbox.querySelectorAll(".said")].slice(0, -SAID_KEPT).forEach((one) => one.remove());
    fill();
  });
  inbox.addEventListener("focusin", ({ target }) => {
    const card = target.closest(".sample");
    if (card && card !== here) { here?.classList.remove("here"); here = card; here.classList.add("here"); }
  });

  // Marking words: positions count letters as the server does, not the browser's halves of them
  const letters = (text) => [...text].length;
  const marks = (card) => (card.querySelector("[name=marks]").value || "").split(",").filter(Boolean);
  const paint = (card) => {
    const words = card.querySelector(".words"), text = [...words.textContent];
    const parts = marks(card).map((one) => one.split(":")).map(([kind, start, end]) => ({ kind, start: +start, end: +end }));
    let last = 0;
    const shown = [];
    for (const { kind, start, end } of parts.sort((a, b) => a.start - b.start)) {
      shown.push(text.slice(last, start).join(""));
      const mark = document.createElement("mark");
      mark.className = kind;
      mark.textContent = text.slice(start, end).join("");
      shown.push(mark);
      last = end;
    }
    words.replaceChildren(...shown, text.slice(last).join(""));
  };
  const mark = (card, kind) => {
    const words = card.querySelector(".words"), chosen = getSelection();
    if (!chosen.rangeCount || chosen.isCollapsed || !words.contains(chosen.anchorNode) || !words.contains(chosen.focusNode)) return;
    const range = chosen.getRangeAt(0), before = document.createRange();
    before.setStart(words, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const picked = range.toString(), lead = picked.length - picked.trimStart().length;
    const start = letters(before.toString() + picked.slice(0, lead)), end = start + letters(picked.trim());
    if (end <= start) return;
    const others = marks(card).filter((one) => { const [, from, to] = one.split(":"); return +to <= start || +from >= end; });
    card.querySelector("[name=marks]").value = [...others, `${kind}:${start}:${end}`].join(",");
    chosen.removeAllRanges();
    paint(card);
  };

  // Two matters: the first key names the one that is told first, the second key the other
  const two = (card, on) => {
    const button = card.querySelector("[data-two]");
    button.setAttribute("aria-pressed", String(on));
    button.lastChild.textContent = ` ${on ? inbox.dataset.first : button.dataset.words}`;
    card.querySelectorAll(".keys .picked").forEach((one) => one.classList.remove("picked"));
    card.querySelector("input[name=second]")?.remove();
  };
  const choose = (event, button) => {
    const card = button.closest(".sample"), toggle = card.querySelector("[data-two]");
    if (!toggle || card.querySelector("input[name=second]") || toggle.getAttribute("aria-pressed") !== "true" || !button.value.startsWith("category:")) return;
    const picked = card.querySelector(".keys .picked");
    if (picked === button) { event.preventDefault(); return; }
    if (!picked) {
      event.preventDefault();
      button.classList.add("picked");
      toggle.lastChild.textContent = ` ${inbox.dataset.second}`;
      return;
    }
    event.preventDefault();
    button.form.querySelectorAll("[name=second]").forEach((one) => one.remove());
    const second = document.createElement("input");
    Object.assign(second, { type: "hidden", name: "second", value: button.value });
    button.form.append(second);
    button.form.requestSubmit(picked);
  };

  inbox.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    const card = button?.closest(".sample");
    if (!card) return;
    if (button.dataset.mark) mark(card, button.dataset.mark);
    else if ("alone" in button.dataset) card.querySelectorAll("[name=also]").forEach((one) => { one.checked = false; });
    else if ("two" in button.dataset) {
      button.dataset.words ||= button.lastChild.textContent.trim();
      two(card, button.getAttribute("aria-pressed") !== "true");
    } else if (button.name === "choice") choose(event, button);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches(".sample select[name=other]")) {
      event.preventDefault();
      if (event.target.value) event.target.form.requestSubmit();
      return;
    }
    if (event.key === "Escape" && event.target.matches("select, input")) { here?.focus(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("textarea, select, input:not([type=radio], [type=checkbox])")) return;
    const all = cards(), at = all.indexOf(here);
    if (event.key === "j" || event.key === "ArrowDown") { event.preventDefault(); go(all[Math.min(at + 1, all.length - 1)]); return; }
    if (event.key === "k" || event.key === "ArrowUp") { event.preventDefault(); go(all[Math.max(at - 1, 0)]); return; }
    if (event.key === "u") { const undo = [...inbox.querySelectorAll("[data-undo]")].pop() || inbox.querySelector(".last-one button"); undo?.click(); return; }
    const button = here?.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (button) { event.preventDefault(); button.matches("select") ? button.focus() : button.click(); }
  });
  count();
  go(here);
  fill();
})();
