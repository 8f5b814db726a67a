// Small conveniences. Every page works without this file.
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("js");
  const words = document.getElementById("words")?.dataset ?? {};

  // A line of words for everybody, screen readers included.
  const say = (text, tone = "wait") => {
    const area = document.getElementById("messages");
    if (!area) return null;
    const notice = document.createElement("div");
    notice.className = `notice notice--${tone}`;
    const line = document.createElement("p");
    line.textContent = text;
    notice.append(line);
    area.replaceChildren(notice);
    notice.scrollIntoView({ block: "nearest" });
    return notice;
  };

  // Storage may be full, forbidden or shared with nobody: never an error for the reader.
  const store = {
    read(key) { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
    write(key, value) { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* no room: go on */ } },
    drop(key) { try { localStorage.removeItem(key); } catch { /* go on */ } },
    keys() { try { return Object.keys(localStorage); } catch { return []; } },
  };

  // 1 One click, one submission. The button is disabled after its name and value were read.
  const submitters = (form) => [...form.querySelectorAll("button:not([type=button]), input[type=submit]")];
  const hold = (form) => {
    for (const button of submitters(form)) {
      if (button.disabled) continue;
      button.disabled = true;
      button.dataset.held = "";
    }
  };
  const release = (scope) => {
    for (const button of scope.querySelectorAll("[data-held]")) {
      button.disabled = false;
      delete button.dataset.held;
    }
  };
  window.addEventListener("pageshow", () => release(document));

  // 2 Ask before a step that cannot be taken back; the button's own words before the form's.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const question = event.submitter?.dataset.confirm ?? form.dataset.confirm;
    if (question !== undefined && !window.confirm(question || words.sure)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    if (form.dataset.draft !== undefined && !navigator.onLine) {
      event.preventDefault();
      event.stopImmediatePropagation();
      keepDraft(form);
      say(words.offline);
      return;
    }
    if (form.dataset.draft !== undefined) markSent(form);
    if (form.dataset.leave !== undefined) forgetDevice();
    if (form.getAttribute("method")?.toLowerCase() === "post" && !usesHtmx(form)) setTimeout(() => hold(form), 0);
    // An answer that is a file leaves the page where it is.
    setTimeout(() => release(form), 8000);
  }, true);
  const usesHtmx = (form) => form.matches("[hx-post], [hx-put], [hx-patch], [hx-delete]") || Boolean(form.closest("[hx-boost=true]"));

  // 3 What the server said no to, in its own words, when htmx asked.
  document.addEventListener("htmx:beforeRequest", (event) => {
    // A look at what is similar, asked beside the form, does not hold its button.
    const form = event.target.matches("form, button, input[type=submit]") && event.target.closest("form");
    if (form && event.detail.requestConfig.verb !== "get") hold(form);
  });
  document.addEventListener("htmx:afterRequest", () => release(document));
  document.addEventListener("htmx:sendError", () => say(words.failed, "late"));
  document.addEventListener("htmx:responseError", (event) => {
    const answer = event.detail.xhr;
    const page = new DOMParser().parseFromString(answer.responseText, "text/html");
    const text = page.querySelector("[data-error-words]")?.textContent.trim();
    say(text || (answer.status === 409 ? words.conflict : words.failed), "late");
  });

  // A whole page in answer to a fragment (logged out, step done elsewhere) is shown as the page it is.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const answer = event.detail.xhr;
    if (!event.detail.shouldSwap || !/^\s*<!doctype/i.test(answer.responseText)) return;
    const whole = new DOMParser().parseFromString(answer.responseText, "text/html");
    document.body.className = whole.body.className;
    event.detail.target = document.body;
    event.detail.swapOverride = "innerHTML show:window:top";
    event.detail.selectOverride = "unset";
    history.replaceState({ whole: true }, "");
    history.pushState({ whole: true }, "", answer.responseURL);
  });
  window.addEventListener("popstate", (event) => { if (event.state?.whole) location.reload(); });

  // 4 How much room is left. The browser does not cut what was pasted.
  const count = (control) => {
    const limit = Number(control.dataset.max);
    const left = limit - [...control.value.replace(/\r\n?/g, "\n")].length;
    const over = left < 0;
    const line = control.counter;
    line.classList.toggle("counter--over", over);
    line.hidden = !over && control.tagName === "INPUT" && left > limit / 5;
    line.textContent = over ? `${words.over} ${-left} ${words.characters}` : `${words.left} ${left} ${words.characters}`;
  };
  const addCounter = (control) => {
    if (control.counter) return;
    control.counter = document.createElement("p");
    control.counter.className = "counter";
    control.counter.setAttribute("aria-live", "off");
    control.after(control.counter);
    control.addEventListener("input", () => count(control));
    // Spoken only after a pause: a number for each key would drown the typing.
    let pause;
    control.addEventListener("input", () => {
      clearTimeout(pause);
      control.counter.setAttribute("aria-live", "off");
      pause = setTimeout(() => control.counter.setAttribute("aria-live", "polite"), 900);
    });
    count(control);
  };

  // 5 Drafts: what was typed stays on this device until the server took it.
  const page = document.body;
  const draftKey = (form) => `draft:${page.dataset.reader ?? ""}:${form.dataset.draft}`;
  const kept = (form) => [...form.elements].filter((control) =>
    control.name && !["hidden", "password", "file", "submit", "button"].includes(control.type));
  const values = (form) => kept(form).map((control) =>
    [control.name, control.value, ["checkbox", "radio"].includes(control.type) ? control.checked : null]);
  const keepDraft = (form) => store.write(draftKey(form), { values: values(form) });
  const markSent = (form) => { try { sessionStorage.setItem("draft-sent", draftKey(form)); } catch { /* go on */ } };
  const fill = (form, draft) => {
    const waiting = [...draft.values];
    for (const control of kept(form)) {
      const at = waiting.findIndex(([name, value, checked]) => name === control.name && (checked === null || value === control.value));
      if (at < 0) continue;
      const [[, value, checked]] = waiting.splice(at, 1);
      if (checked === null) control.value = value;
      else control.checked = checked;
    }
  };
  const settleSent = () => {
    let key = null;
    try { key = sessionStorage.getItem("draft-sent"); sessionStorage.removeItem("draft-sent"); } catch { return; }
    const refused = page.querySelector("[data-error-words], .govuk-error-summary, [aria-invalid=true]");
    if (key && !refused) store.drop(key);
  };
  const startDraft = (form) => {
    if (form.draftStarted) return;
    form.draftStarted = true;
    const draft = store.read(draftKey(form));
    const refused = form.querySelector("[aria-invalid=true]") || page.querySelector(".govuk-error-summary");
    if (draft && !refused && JSON.stringify(draft.values) !== JSON.stringify(values(form))) {
      const before = values(form);
      fill(form, draft);
      const button = document.createElement("button");
      button.type = "button";
      button.className = "link-like";
      button.textContent = words.discard;
      button.addEventListener("click", () => {
        store.drop(draftKey(form));
        fill(form, { values: before });
        button.closest(".notice").remove();
        refresh(form);
      });
      say(words.restored, "calm")?.append(button);
    }
    let pause;
    form.addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(() => keepDraft(form), 400); });
  };
  const refresh = (form) => { for (const control of form.querySelectorAll("[data-max]")) count(control); };

  // 6 Copying a code.
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    try { await navigator.clipboard.writeText(button.dataset.copy); say(words.copied, "go"); } catch { say(button.dataset.copy, "calm"); }
  });
  // One box ticks all boxes of a list.
  document.addEventListener("change", (event) => {
    const name = event.target.dataset?.checkAll;
    if (name === undefined) return;
    for (const box of document.getElementsByName(name)) box.checked = event.target.checked;
  });
  // A choice that sends its form at once, e.g. a sort list; the button beside it is for everybody else.
  document.addEventListener("change", (event) => { if (event.target.dataset?.submits !== undefined) event.target.form.requestSubmit(); });
  document.addEventListener("click", (event) => { if (event.target.closest("[data-print]")) window.print(); });
  // Escape closes a menu and goes back to what opened it.
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && event.target.closest("details[data-menu][open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  // 7 Charts bring their library only where there is a chart.
  const loading = new Map();
  const load = (url) => {
    if (!loading.has(url)) {
      loading.set(url, new Promise((done, failed) => {
        const script = document.createElement("script");
        script.src = url;
        script.onload = done;
        script.onerror = failed;
        document.head.append(script);
      }));
    }
    return loading.get(url);
  };
  const startCharts = async (scope) => {
    const charts = [...scope.querySelectorAll("[data-chart]")];
    if (charts.length === 0) return;
    await load(charts[0].dataset.library);
    await load(charts[0].dataset.drawing);
    window.drawCharts?.(charts);
  };

  // 8 The deputies' pages go on without a network.
  const startWorker = () => {
    const address = page.dataset.serviceWorker;
    if (!address || !("serviceWorker" in navigator)) return;
    navigator.serviceWorker.register(address).then(() => navigator.serviceWorker.ready).then((registration) => {
      if (page.querySelector("form[data-draft]")) registration.active?.postMessage({ keep: location.pathname });
    }).catch(() => { /* a browser that will not: the page works as it is */ });
  };
  const forgetDevice = () => {
    const mine = `draft:${page.dataset.reader ?? ""}:`;
    store.keys().filter((key) => key.startsWith(mine)).forEach(store.drop);
    try { sessionStorage.removeItem("htmx-history-cache"); } catch { /* go on */ }
    navigator.serviceWorker?.controller?.postMessage({ forget: true });
  };

  const listKept = async () => {
    const list = document.getElementById("kept-pages");
    if (!list || !("caches" in window)) return;
    const cache = await caches.open("pages");
    for (const request of await cache.keys()) {
      const text = await (await cache.match(request)).text();
      const link = document.createElement("a");
      link.href = new URL(request.url).pathname;
      link.textContent = new DOMParser().parseFromString(text, "text/html").querySelector("h1")?.textContent ?? link.href;
      const item = document.createElement("li");
      item.append(link);
      list.append(item);
    }
  };

  const ready = (scope) => {
    if (!scope?.querySelectorAll) return;
    scope.querySelectorAll("[data-max]").forEach(addCounter);
    scope.querySelectorAll("form[data-draft]").forEach(startDraft);
    scope.querySelector(".govuk-error-summary")?.focus();
    startCharts(scope).catch(() => { /* the table below each chart says the same */ });
  };
  settleSent();
  ready(document);
  document.addEventListener("htmx:load", (event) => ready(event.detail.elt));
  startWorker();
  listKept();
})();
