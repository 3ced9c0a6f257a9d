// What is written waits for a connection; forms work without it.
(() => {
  const $ = (id) => document.getElementById(id);
  const SEND = "/chat/messages", UNSENT = "lapor-unsent", BACK = "lapor-back";
  const log = $("log"), box = $("text"), composer = $("composer"), state = $("state");
  const words = $("words").dataset, talk = log.dataset.talk;
  const touch = matchMedia("(pointer: coarse)").matches;

  document.documentElement.classList.add("js");
  composer.elements.token.remove(); // each message gets a token of its own

  // Showing
  let api;
  htmx.registerExtension("talk", {
    init: (internal) => { api = internal; },
    handle_swap(style, target, fragment) {
      if (style !== "upsert") return false;
      const focused = document.activeElement, changed = fragment.querySelector(".ours"), added = [];
      const view = $("scroll"), isNear = -view.scrollTop < view.clientHeight;
      for (const one of [...fragment.children]) {
        const old = $(one.id);
        if (!old) { one.classList.add("new"); added.push(one); target.append(one); continue; }
        if (fragment.querySelector("#notice") && one.matches(".hers") && !old.matches(".pending")) continue; // the stream was first
        const alone = document.createDocumentFragment();
        alone.append(one);
        api.morph(old, alone, false);
        const now = $(one.id);
        now.classList.remove("pending");
        htmx.process(now);
      }
      if (focused && focused !== document.body && !focused.isConnected) view.focus();
      const answer = added.find((one) => one.classList.contains("ours"));
      if (added.length && (!answer || isNear)) toEnd();
      if (answer?.getBoundingClientRect().top < view.getBoundingClientRect().top) answer.scrollIntoView(); // from its beginning
      if (changed) say("");
      return added;
    },
  });
  const toEnd = () => { $("scroll").scrollTop = 0; $("below").scrollIntoView({ block: "end" }); };
  const say = (text) => { if (state.textContent !== text) state.textContent = text; };
  const warn = (text) => {
    const p = document.createElement("p");
    p.textContent = text;
    $("notice").replaceChildren(...(text ? [p] : []));
  };

  // What is not sent yet
  const unsent = () => { try { return JSON.parse(localStorage[UNSENT] || "[]"); } catch { return []; } };
  const keep = (items) => { try { localStorage[UNSENT] = JSON.stringify(items); } catch { /* a full or forbidden store */ } };
  const drop = (token) => keep(unsent().filter((one) => one.token !== token));
  const token = () => "j" + Array.from(crypto.getRandomValues(new Uint8Array(13)), (n) => (n % 36).toString(36)).join("");
  const show = (item) => {
    if ($("m" + item.token) || !item.shown) return;
    const one = $("pending").content.firstElementChild.cloneNode(true);
    one.id = "m" + item.token;
    one.classList.add("new");
    one.querySelector("p").textContent = item.shown;
    log.append(one);
    toEnd();
  };
  const mark = (item, text) => { const small = $("m" + item.token)?.querySelector("small"); if (small && small.textContent !== text) small.textContent = text; };
  const giveBack = (item) => {
    drop(item.token);
    $("m" + item.token)?.remove();
    if (item.edits) edit(item.edits, item.text);
    else if (item.text && !box.value.includes(item.text)) box.value = [box.value, item.text].filter(Boolean).join("\n");
  };

  const reload = () => { try { sessionStorage[BACK] = box.value; } catch { /* nothing is kept */ } location.reload(); };

  let wake = () => {}, line = Promise.resolve();
  const connection = (tries) => new Promise((ready) => { wake = ready; setTimeout(ready, Math.min(1000 * 2 ** tries, 15000)); });
  const nudge = () => { wake(); const stream = log._htmx?.sse; stream ? stream.delayCanceller?.() : connect(); };
  addEventListener("online", nudge);
  navigator.serviceWorker?.addEventListener("message", nudge);

  async function deliver(url, request, item) {
    for (let tries = 0; ; tries++) {
      mark(item, navigator.onLine ? words.sending : words.waiting);
      try {
        const signal = item.files ? undefined : AbortSignal.timeout?.(30000);
        const answer = await fetch(url, { method: "POST", headers: request.headers, body: request.body, credentials: "same-origin", signal });
        if (answer.status < 500) {
          if (answer.ok) drop(item.token);
          else { giveBack(item); if (answer.status === 401) reload(); }
          return answer;
        }
      } catch { /* no connection: it waits */ }
      mark(item, words.waiting);
      if (!navigator.onLine) say(words.offline);
      navigator.serviceWorker?.ready.then((worker) => worker.sync?.register("send")).catch(() => {});
      await connection(tries);
    }
  }
  // One after the other, as they were written.
  const inTurn = (url, request, item) => (line = line.then(() => deliver(url, request, item)));

  document.addEventListener("htmx:config:request", (event) => {
    const { ctx, ctx: { request } } = event.detail;
    if (request.action !== SEND) return;
    const body = request.body, press = request.submitter?.name === "press" ? request.submitter : null;
    if (press?.ariaBusy) return event.preventDefault();
    if (press) { press.ariaBusy = true; setTimeout(() => { press.ariaBusy = null; }, 5000); }
    if (press && picked().length) composer.requestSubmit();
    const files = body.getAll("files").filter((file) => file.size);
    const text = (body.get("text") || "").trim();
    const item = { token: token(), talk, files: files.length, text, press: press?.value, edits: body.get("edits"), lat: body.get("lat"), lon: body.get("lon") };
    item.shown = press || item.edits ? "" : [files.map((file) => file.name).join(", "), text].filter(Boolean).join("\n") || [item.lat, item.lon].filter(Boolean).join(", ");
    body.set("token", item.token);
    body.set("lang", document.documentElement.lang);
    keep([...unsent(), ...(text || !files.length ? [{ ...item, files: 0 }] : [])]);
    show(item);
    if (ctx.sourceElement === composer) { composer.reset(); edit("", ""); chosen(); }
    ctx.fetch = (url, asked) => inTurn(url, asked, item);
  });

  function sendAgain() {
    const items = unsent();
    const others = items.filter((one) => one.talk !== talk);
    others.forEach((one) => giveBack({ ...one, edits: "" })); // nothing is sent in a name it was not written in
    for (const item of items.filter((one) => one.talk === talk)) {
      show(item);
      const body = new URLSearchParams({ lang: document.documentElement.lang });
      for (const name of ["token", "text", "press", "edits", "lat", "lon"]) if (item[name]) body.set(name, item[name]);
      inTurn(SEND, { headers: { "HX-Request": "true" }, body }, item)
        .then(async (answer) => htmx.swap({ text: await answer.text(), target: log, swap: "upsert", sourceElement: log }));
    }
  }

  // The stream
  let heard = Date.now();
  const connect = () => {
    if (log._htmx?.sse || document.hidden) return;
    htmx.ajax("GET", log.getAttribute("hx-sse:connect").replace(/after=[^&]*/, "after=" + log.dataset.after), { source: log });
  };
  log.addEventListener("htmx:sse:after:connection", () => { heard = Date.now(); if (state.textContent === words.offline) say(""); wake(); });
  log.addEventListener("htmx:sse:after:message", ({ detail: { message } }) => { heard = Date.now(); if (message.id) log.dataset.after = message.id; });
  log.addEventListener("lapor:typing", () => say(words.typing));
  log.addEventListener("lapor:reload", reload);
  log.addEventListener("htmx:sse:error", () => { if (!navigator.onLine) say(words.offline); });
  setInterval(() => {
    if (Date.now() - heard > 50000 && !document.hidden) { heard = Date.now(); log._htmx?.sse?.reader?.cancel(); }
    connect();
  }, 5000);

  // The box
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && !touch) { event.preventDefault(); composer.requestSubmit(); }
  });
  const grow = () => { box.style.height = "auto"; box.style.height = box.scrollHeight + 2 + "px"; };
  if (!CSS.supports("field-sizing", "content")) box.addEventListener("input", grow);
  composer.addEventListener("submit", (event) => {
    if (!box.value.trim() && !picked().length) { event.preventDefault(); event.stopImmediatePropagation(); box.focus(); }
  }, true);
  const inputs = [$("camera"), $("files")], limits = $("files").dataset;
  const picked = () => inputs.flatMap((input) => [...input.files]);
  const chosen = () => {
    const files = picked(), wrong = files.some((file) => file.size > limits.bytes) ? words.big : files.length > limits.most ? words.many : "";
    if (wrong) inputs.forEach((input) => { input.value = ""; });
    warn(wrong);
    $("chosen").hidden = !picked().length;
    $("chosen").firstElementChild.textContent = words.attached + " " + picked().map((file) => file.name).join(", ");
  };
  inputs.forEach((input) => input.addEventListener("change", chosen));
  $("chosen").lastElementChild.addEventListener("click", () => { inputs.forEach((input) => { input.value = ""; }); chosen(); box.focus(); });

  const edit = (ref, text) => {
    composer.elements.edits.value = ref;
    $("editing").hidden = !ref;
    box.value = text;
    box.dispatchEvent(new Event("input"));
    box.focus();
  };

  // Buttons that only a script can press
  document.addEventListener("click", async (event) => {
    const { target } = event;
    const button = target.closest?.("button, summary"), change = target.closest?.("a[data-edit], #editing a");
    if (change) { event.preventDefault(); edit(change.dataset.edit || "", change.dataset.words || ""); }
    if (!target.closest?.("#menu")) $("menu").open = false;
    if (button?.dataset.copy) {
      try { await navigator.clipboard.writeText(button.dataset.copy); say(words.copied); } catch { prompt(button.textContent, button.dataset.copy); }
    } else if (button && "place" in button.dataset) sharePlace();
    else if (button?.id === "notify") notify(button);
  });
  document.addEventListener("keydown", ({ key }) => {
    if (key === "Escape" && $("menu").open) { $("menu").open = false; $("menu").firstElementChild.focus(); }
  });
  $("leave").addEventListener("submit", () => { try { localStorage.removeItem(UNSENT); sessionStorage.clear(); } catch { /* nothing is kept */ } });

  function sharePlace() {
    const missing = () => { say(""); warn(words.missing); };
    if (!navigator.geolocation) return missing();
    say(words.sought);
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      const form = $("place");
      say("");
      form.elements.lat.value = coords.latitude.toFixed(6);
      form.elements.lon.value = coords.longitude.toFixed(6);
      form.requestSubmit();
    }, missing, { enableHighAccuracy: true, timeout: 20000, maximumAge: 60000 });
  }

  async function notify(button) {
    try {
      if (await Notification.requestPermission() !== "granted") throw new Error("refused");
      const worker = await navigator.serviceWorker.ready;
      const key = Uint8Array.from(atob(button.dataset.key.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
      const { endpoint } = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
      const answer = await fetch("/chat/notices", { method: "POST", body: JSON.stringify({ endpoint }) });
      if (!answer.ok) throw new Error("refused");
      say(words.on);
      button.hidden = true;
    } catch { say(words.off); }
    $("menu").open = false;
  }

  document.addEventListener("DOMContentLoaded", () => {
    if (sessionStorage[BACK]) { box.value = sessionStorage[BACK]; delete sessionStorage[BACK]; }
    sendAgain();
    if ("serviceWorker" in navigator) {
      navigator.serviceWorker.register("/sw.js?lang=" + document.documentElement.lang).catch(() => {});
      if ("PushManager" in window && Notification.permission !== "granted") $("notify").hidden = false;
    }
  });
})();
