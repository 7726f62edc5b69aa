// The page's one place where its parts are put together.

import { Alerts } from "./alerts.js";
import { getJson } from "./api.js";
import { Decisions } from "./decisions.js";
import { byId, h, isNarrow, setAttribute, setText } from "./dom.js";
import { clip, setServerTime } from "./format.js";
import { Lists } from "./lists.js";
import { LiveFeed } from "./livefeed.js";
import { Overview } from "./overview.js";
import { Panel } from "./panel.js";
import { Pipelines } from "./pipelines.js";

const READY_EVERY_MS = 10_000;
const NOT_READY_EVERY_MS = 2_000;

let connection = { name: "connecting", sinceMs: Date.now() };
const state = { pipelines: new Pipelines(null), chosen: "" };
const overview = new Overview(state);
const alerts = new Alerts(state);
const decisions = new Decisions(state);
const lists = new Lists(state);
const panel = new Panel(state, {
  known: (id) => decisions.list.find(id),
  neighbour: (id, step) => (fromAlerts ? alerts : decisions.list).neighbour(id, step),
  go: (id) => openDecision(id),
  close: () => closeDecision(),
});

// ---- pipelines ---------------------------------------------------------------------------------------------

let knownPipelines = "";

async function loadPipelines() {
  const body = await getJson("/v1/pipelines");
  const text = JSON.stringify(body);
  if (text === knownPipelines) {
    return; // nothing is drawn anew under the reader's eyes
  }
  knownPipelines = text;
  const pipelines = new Pipelines(body);
  state.pipelines = pipelines;
  if (state.chosen && !pipelines.get(state.chosen)) {
    state.chosen = "";
  }
  showPipelines();
  refreshAll();
}

function refreshAll() {
  overview.show();
  alerts.refresh();
  decisions.refresh();
  panel.refresh();
}

function showPipelines() {
  const all = state.pipelines.all;
  const label = (p) => [h("bdi", null, clip(p.name, 40)), p.version !== undefined && h("span.version", { title: `version ${p.version}` }, `v${p.version}`)];
  if (all.length < 2) {
    byId("pipelines").replaceChildren(...all.map((p) => h("span.pipeline", { title: p.name }, label(p))));
    return;
  }
  const choice = (name, ...content) => h("button.pipeline", {
    type: "button",
    "aria-pressed": String(state.chosen === name),
    "data-name": name,
    title: name || null,
    onclick: () => choosePipeline(name),
  }, ...content);
  byId("pipelines").replaceChildren(choice("", "All"), ...all.map((p) => choice(p.name, ...label(p))));
}

function choosePipeline(name) {
  state.chosen = name;
  for (const button of byId("pipelines").children) {
    setAttribute(button, "aria-pressed", String(button.dataset.name === name));
  }
  byId("decisions-scroll").scrollTop = 0;
  byId("alerts-scroll").scrollTop = 0;
  refreshAll();
  loadLists();
  lists.reload();
}

// ---- what comes --------------------------------------------------------------------------------------------

let listsTimer = 0;
let pipelinesFresh = false;
let knownVersions = "";

/** The lists as the store has them; what the feed brought since stays on top. Tried again until it works. */
async function loadLists() {
  clearTimeout(listsTimer);
  const results = await Promise.allSettled([loadPipelinesOnce(), alerts.reload(), decisions.reload()]);
  if (results.some((result) => result.status === "rejected")) {
    listsTimer = setTimeout(loadLists, 3_000);
  }
}

async function loadPipelinesOnce() {
  if (!pipelinesFresh) {
    await loadPipelines();
    pipelinesFresh = true;
  }
}

async function loadHistory() {
  try {
    const stats = await getJson("/v1/stats");
    if (Array.isArray(stats?.history)) {
      overview.addHistory(stats.history);
    }
  } catch {
    // the charts begin now
  }
}

new LiveFeed("/v1/live", {
  open() {
    pipelinesFresh = false;
    loadLists();
    loadHistory();
    lists.reload();
    checkReady();
  },
  decision(decision) {
    decisions.add(decision);
  },
  alert(alert) {
    if (alerts.add(alert) && (document.hidden || (isNarrow.matches && document.body.dataset.view !== "alerts"))) {
      alerts.unseen++;
      showUnseen();
    }
  },
  stats(stats) {
    setServerTime(stats.time);
    overview.add(stats);
    decisions.setSampled(Number(stats.shown) || 0, Number(stats.skipped) || 0);
    const versions = (stats.pipelines ?? []).map((p) => `${p.pipeline} ${p.version ?? ""}`).join("\n");
    if (versions !== knownVersions) {
      const first = knownVersions === "";
      knownVersions = versions;
      if (!first) {
        pipelinesFresh = false;
        loadLists();
      }
    }
  },
  state(name, sinceMs) {
    connection = { name, sinceMs };
    showConnection();
  },
});

// ---- state of the connection and of the server -------------------------------------------------------------

function showConnection() {
  const { name, sinceMs } = connection;
  const element = byId("connection");
  const text = { live: "Live", connecting: "Connecting", reconnecting: "Reconnecting" }[name];
  setAttribute(element, "data-state", name);
  setText(element.querySelector(".state-text"), text);
  const seconds = Math.floor((Date.now() - sinceMs) / 1000);
  setText(element.querySelector(".state-since"), name === "live" || seconds < 1 ? "" : seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min`);
  document.body.classList.toggle("stale", name === "reconnecting");
}

let readyTimer = 0;

async function checkReady() {
  clearTimeout(readyTimer);
  let ready = false;
  try {
    const answer = await getJson("/readyz", { any: true });
    ready = answer?.ready === true;
    showReady(ready, ready ? [] : missing(answer));
  } catch {
    showReady(null, []);
  }
  readyTimer = setTimeout(checkReady, ready ? READY_EVERY_MS : NOT_READY_EVERY_MS);
}

/** What is not ready, from whatever form the answer has: lists of texts, false flags, a detail. */
function missing(answer) {
  const found = [];
  for (const [name, value] of Object.entries(answer ?? {})) {
    if (name === "ready" || name === "type" || name === "status" || name === "title") {
      continue;
    }
    if (Array.isArray(value)) {
      found.push(...value.map((v) => (typeof v === "object" ? v?.because ?? v?.name : v)));
    } else if (value === false) {
      found.push(name);
    } else if (typeof value === "object" && value !== null) {
      found.push(...Object.entries(value).filter(([, v]) => v !== true && v !== "ready" && v !== "ok").map(([k, v]) => (typeof v === "string" ? `${k}: ${v}` : k)));
    } else if (typeof value === "string") {
      found.push(value);
    }
  }
  return found.filter(Boolean).map(String);
}

function showReady(ready, reasons) {
  const element = byId("ready");
  setAttribute(element, "data-state", ready === null ? "unknown" : ready ? "ready" : "not-ready");
  const text = ready === null ? "" : ready ? "Ready" : reasons.length > 0 ? `Not ready: ${clip(reasons.join(", "), 120)}` : "Not ready";
  setText(element.querySelector(".state-text"), text);
  element.title = ready === false ? reasons.join("\n") : ready ? "Events are accepted and decided" : "";
}

// ---- one decision opened -----------------------------------------------------------------------------------

let openedHere = false; // the entry before ours in the history is this page without a panel
let openedFrom = null; // the row to go back to
let fromAlerts = false; // whose rows “above” and “below” mean

const idOfHash = () => {
  const match = /^#\/decisions\/(.+)$/.exec(location.hash);
  try {
    return match ? decodeURIComponent(match[1]) : null;
  } catch {
    return null;
  }
};

function openDecision(id) {
  const hash = "#/decisions/" + encodeURIComponent(id);
  if (panel.open) {
    history.replaceState(history.state, "", hash); // going from one to the next: Back closes
  } else {
    openedHere = true;
    history.pushState(null, "", hash);
  }
  route();
}

function closeDecision() {
  if (openedHere) {
    history.back();
  } else {
    history.replaceState(null, "", location.pathname + location.search);
    route();
  }
}

function route() {
  const id = idOfHash();
  if (id === panel.id) {
    return;
  }
  decisions.list.setCurrent(id);
  alerts.setCurrent(id);
  if (id === null) {
    openedHere = false;
    panel.hide();
    if (!openedFrom?.isConnected || !openedFrom.getClientRects().length) {
      byId("decisions-list").focus({ preventScroll: true });
    } else {
      openedFrom.focus({ preventScroll: true });
    }
    openedFrom = null;
    fromAlerts = false;
  } else {
    panel.show(id);
  }
}

addEventListener("popstate", route);
addEventListener("hashchange", route);

document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href^="#/decisions/"]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0) {
    return;
  }
  event.preventDefault();
  if (!panel.open || !link.closest("#panel")) {
    openedFrom = link;
    fromAlerts = link.closest("#alerts") !== null;
  }
  openDecision(decodeURIComponent(link.getAttribute("href").slice("#/decisions/".length)));
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && panel.open && !event.defaultPrevented && event.target.tagName !== "SELECT") {
    event.preventDefault();
    closeDecision();
  }
});

// ---- views of a narrow page, theme, title ------------------------------------------------------------------

for (const tab of document.querySelectorAll("[data-tab]")) {
  tab.addEventListener("click", () => {
    document.body.dataset.view = tab.dataset.tab;
    for (const other of document.querySelectorAll("[data-tab]")) {
      other.toggleAttribute("aria-current", false);
    }
    tab.setAttribute("aria-current", "true");
    seen();
  });
}

function seen() {
  if (!document.hidden && (!isNarrow.matches || document.body.dataset.view === "alerts")) {
    alerts.unseen = 0;
  }
  showUnseen();
}

function showUnseen() {
  const n = alerts.unseen;
  const badge = byId("tab-alerts");
  badge.hidden = n === 0;
  setText(badge, n > 99 ? "99+" : String(n));
  const title = document.hidden && n > 0 ? `(${n}) Vigia` : "Vigia";
  if (document.title !== title) {
    document.title = title;
  }
}

document.addEventListener("visibilitychange", seen);
isNarrow.addEventListener("change", seen);

function showTheme() {
  setAttribute(byId("theme"), "aria-pressed", String(document.documentElement.dataset.theme === "dark"));
}

byId("theme").addEventListener("click", () => window.vigiaTheme.toggle());
document.addEventListener("vigia:theme", showTheme);
showTheme();

document.querySelector("[data-skip]").addEventListener("click", (event) => {
  event.preventDefault();
  if (isNarrow.matches) {
    document.querySelector('[data-tab="decisions"]').click();
  }
  (byId("decisions-list").querySelector('a[tabindex="0"]') ?? byId("decisions-list")).focus();
});

setInterval(() => {
  alerts.tick();
  showConnection();
}, 1_000);

checkReady();
route();
