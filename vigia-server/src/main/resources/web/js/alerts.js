// The alerts, newest first.

import { LiveList } from "./livelist.js";
import { byId, h, setText } from "./dom.js";
import { ago, clip, count, fillTime, words } from "./format.js";
import { fillOutcome, showNewer } from "./decisions.js";
import * as api from "./api.js";

const ANNOUNCE_MS = 10_000;

export class Alerts {
  constructor(state) {
    this.state = state;
    this.loaded = false;
    this.unseen = 0; // raised while the page was in the background, or on another view of a narrow one
    this.announcedMs = 0;
    this.list = new LiveList({
      scroll: byId("alerts-scroll"),
      list: byId("alerts-list"),
      template: byId("alert-row"),
      kept: 200,
      shown: 100,
      keyOf: (a) => String(a.id),
      accepts: (a) => !this.state.chosen || a.pipeline === this.state.chosen,
      fill: (row, a) => this.#fill(row, a),
      fresh: () => true,
      changed: (status) => this.#changed(status),
    });
    byId("alerts-newer").addEventListener("click", () => this.list.toNewest());
  }

  /** True when the alert is a new one. */
  add(alert) {
    const isNew = this.list.add(alert);
    if (isNew) {
      this.#announce(alert);
    }
    return isNew;
  }

  async reload() {
    const list = await api.alerts({ limit: 50, pipeline: this.state.chosen });
    this.loaded = true;
    this.list.reload(list);
  }

  refresh() {
    byId("alerts-empty").dataset.kind = "";
    this.list.recount();
    this.list.render();
  }

  /** Marks the alert that the opened decision raised. */
  setCurrent(decision) {
    this.list.setCurrent(this.#keyOf(decision));
  }

  /** The decision of the alert above (-1) or below (1) the one that the given decision raised. */
  neighbour(decision, step) {
    const key = this.list.neighbour(this.#keyOf(decision), step);
    return this.list.find(key)?.decision ?? null;
  }

  #keyOf(decision) {
    const alert = decision === null ? undefined : this.list.items.find((a) => a.decision === decision);
    return alert === undefined ? null : String(alert.id);
  }

  /** Each second: "raised 12 s ago" moves on. */
  tick() {
    for (const row of this.list.list.children) {
      const time = row.querySelector(".a-time");
      setText(time, "raised " + ago(Number(row.firstElementChild.dataset.raised)));
    }
  }

  #fill(row, a) {
    const severity = this.state.pipelines.severity(a.pipeline, a.outcome);
    row.dataset.id = a.id;
    row.dataset.outcome = a.outcome;
    row.dataset.severity = severity;
    const raised = Date.parse(a.raised_at ?? a.time);
    row.dataset.raised = raised;
    if (a.decision) {
      row.href = "#/decisions/" + encodeURIComponent(a.decision);
    } else {
      row.removeAttribute("href");
    }
    fillOutcome(row, severity, a.outcome);
    setText(row.querySelector(".a-group"), clip(groupWords(a.group), 120));
    const number = row.querySelector(".a-count");
    number.hidden = !(a.count > 1);
    setText(number, a.count > 1 ? "× " + count(a.count) : "");
    number.title = a.count > 1 ? `${a.count} decisions in one alert` : "";
    const reasons = (a.reasons ?? []).filter(Boolean);
    setText(row.querySelector(".a-why"), clip(reasons.join(" · ") || "No reason given"));
    row.dataset.resolved = a.resolved_at ? "true" : "false";
    setText(row.querySelector(".a-name"), clip(words(a.alert ?? "alert"), 60) + (a.resolved_at ? " · resolved" : a.repeats > 0 ? ` · said ${count(a.repeats + 1)} times` : ""));
    fillTime(row.querySelector(".a-time"), a.raised_at ?? a.time, "raised " + ago(raised));
  }

  #changed(status) {
    showNewer(byId("alerts-newer"), status);
    const place = byId("alerts-empty");
    const empty = status.empty && this.loaded;
    setText(byId("alerts-note"), status.empty || !this.loaded ? "" : `newest first`);
    place.hidden = !empty;
    byId("alerts-list").hidden = empty;
    if (empty && place.dataset.kind !== "none") {
      place.dataset.kind = "none";
      place.replaceChildren(h("h3", null, "All quiet"), h("p", null, this.#teach()));
    }
  }

  #teach() {
    const declared = this.state.pipelines.chosen(this.state.chosen).flatMap((p) => p.alerts);
    if (declared.length === 0) {
      return "An alert is a decision that a person must hear of. A pipeline raises them when its file has a section “alerts”.";
    }
    return declared.slice(0, 4).map((a) => {
      const outcomes = Array.isArray(a.outcomes) && a.outcomes.length > 0 ? a.outcomes.join(" or ") : "one of its outcomes";
      const by = Array.isArray(a.group_by) && a.group_by.length > 0 ? `, one for each ${a.group_by.join(" and ")}` : "";
      return `“${words(a.name)}” is raised when a decision is ${outcomes}${by}.`;
    }).join(" ");
  }

  #announce(alert) {
    const now = Date.now();
    if (now - this.announcedMs < ANNOUNCE_MS) {
      return;
    }
    this.announcedMs = now;
    byId("announce").textContent = `New alert: ${words(alert.alert ?? "")}, ${clip(groupWords(alert.group), 80)}, ${alert.outcome}`;
  }
}

/** {"card":"c1"} reads "card c1". */
export function groupWords(group) {
  if (group === null || typeof group !== "object") {
    return String(group ?? "");
  }
  return Object.entries(group).map(([name, value]) => `${words(name).toLowerCase()} ${value}`).join(", ");
}
