// The decisions as they come.

import { LiveList } from "./livelist.js";
import { byId, h, icon, setText, setAttribute, copyButton } from "./dom.js";
import { clip, count, dateTime, fillTime, isToday, words } from "./format.js";
import * as api from "./api.js";

const KEPT = 1_000;
const SHOWN = 200;
const NOT_MILDEST = "\u0000"; // the choice “all but allow”; no outcome is called so

export class Decisions {
  constructor(state) {
    this.state = state; // { pipelines, chosen }
    this.filter = { outcome: "", rule: "", key: "" };
    this.ruleNames = new Set();
    this.sampled = null;
    this.status = { held: null, waiting: 0, empty: true };
    this.loaded = false;
    this.request = null;
    this.list = new LiveList({
      scroll: byId("decisions-scroll"),
      list: byId("decisions-list"),
      template: byId("decision-row"),
      kept: KEPT,
      shown: SHOWN,
      keyOf: (d) => String(d.id),
      accepts: (d) => this.#accepts(d),
      fill: (row, d) => this.#fill(row, d),
      fresh: (d) => this.state.pipelines.severity(d.pipeline, d.outcome) !== "calm",
      changed: (status) => this.#changed(status),
    });
    this.#controls();
  }

  add(decision) {
    this.#learnRules(decision);
    this.list.add(decision);
  }

  async reload() {
    const list = await api.decisions({ limit: 50, pipeline: this.state.chosen });
    list.forEach((d) => this.#learnRules(d));
    this.loaded = true;
    this.list.reload(list);
    if (this.filtered) {
      this.#apply();
    }
  }

  /** After the pipelines are known or another one is chosen. */
  refresh() {
    this.#outcomeChoices();
    this.#ruleChoices();
    this.#apply();
  }

  setSampled(shown, skipped) {
    this.sampled = skipped > 0 ? { shown, all: shown + skipped } : null;
    this.#note();
  }

  // ---- rows ------------------------------------------------------------------------------------------------

  #fill(row, d) {
    const { pipelines } = this.state;
    const severity = pipelines.severity(d.pipeline, d.outcome);
    row.href = "#/decisions/" + encodeURIComponent(d.id);
    row.dataset.id = d.id;
    row.dataset.outcome = d.outcome;
    row.dataset.severity = severity;
    const ms = Date.parse(d.time);
    fillTime(row.querySelector(".c-time"), d.time, dateTime(ms));
    if (Number.isFinite(ms) && !isToday(ms)) {
      this.list.list.classList.add("with-dates");
    }
    fillOutcome(row, severity, d.outcome);
    setText(row.querySelector(".key"), clip(d.key, 120));
    setText(row.querySelector(".stream"), this.#severalStreams() ? clip(d.stream, 60) : "");
    const reasons = reasonsOf(d);
    setText(row.querySelector(".why"), clip(reasons[0] ?? "No rule fired"));
    setText(row.querySelector(".more"), reasons.length > 1 ? `+${reasons.length - 1}` : "");
    row.querySelector(".c-why").classList.toggle("none", reasons.length === 0);
    setText(row.querySelector(".score"), Number.isFinite(d.score) ? count(d.score) : "");
    row.querySelector(".c-score").classList.toggle("none", !d.score);
  }

  #severalStreams() {
    const chosen = this.state.pipelines.chosen(this.state.chosen);
    return chosen.reduce((n, p) => n + p.streams.length, 0) > 1;
  }

  // ---- filter ----------------------------------------------------------------------------------------------

  #accepts(d) {
    const { outcome, rule, key } = this.filter;
    return (!this.state.chosen || d.pipeline === this.state.chosen)
      && (!outcome || (outcome === NOT_MILDEST ? !this.#isMildest(d) : d.outcome === outcome))
      && (!rule || (d.rules ?? []).includes(rule))
      && (!key || String(d.key ?? "").toLowerCase().includes(key.toLowerCase()));
  }

  #isMildest(d) {
    return this.state.pipelines.severity(d.pipeline, d.outcome) === "calm";
  }

  #filterChanged() {
    byId("decisions-scroll").scrollTop = 0;
    this.#apply();
  }

  get filtered() {
    return Boolean(this.filter.outcome || this.filter.rule || this.filter.key);
  }

  #controls() {
    const pause = byId("pause");
    pause.addEventListener("click", () => this.list.setPaused(!this.list.paused));
    byId("decisions-newer").addEventListener("click", () => this.list.toNewest());
    byId("filter-rule").addEventListener("change", (event) => {
      this.filter.rule = event.target.value;
      this.#filterChanged();
    });
    let typing = 0;
    byId("filter-key").addEventListener("input", (event) => {
      clearTimeout(typing);
      typing = setTimeout(() => {
        this.filter.key = event.target.value.trim();
        this.#filterChanged();
      }, 150);
    });
  }

  #outcomeChoices() {
    const group = byId("filter-outcome");
    const outcomes = this.state.pipelines.outcomes(this.state.chosen);
    const mildest = outcomes.filter((o) => this.state.pipelines.severity(this.state.chosen, o) === "calm");
    const allBut = mildest.length === 1 && outcomes.length > 2 ? [NOT_MILDEST] : [];
    if (this.filter.outcome && !outcomes.includes(this.filter.outcome) && !allBut.includes(this.filter.outcome)) {
      this.filter.outcome = "";
    }
    const choice = (value, label) => h("button.segment", {
      type: "button",
      "aria-pressed": String(this.filter.outcome === value),
      "data-value": value,
      "data-testid": "filter-outcome-" + (value === "" ? "all" : value === NOT_MILDEST ? "all-but-mildest" : value),
      onclick: () => {
        this.filter.outcome = value;
        for (const button of group.children) {
          setAttribute(button, "aria-pressed", String(button.dataset.value === value));
        }
        this.#filterChanged();
      },
    }, outcomes.includes(value) ? severityIcon(this.state.pipelines.severity(this.state.chosen, value)) : null, label);
    group.replaceChildren(choice("", "All"), ...allBut.map((value) => choice(value, `All but ${clip(mildest[0], 24)}`)), ...outcomes.map((o) => choice(o, clip(o, 24))));
  }

  #learnRules(decision) {
    for (const rule of decision.rules ?? []) {
      if (!this.ruleNames.has(rule) && this.ruleNames.size < 500) {
        this.ruleNames.add(rule);
        this.#ruleChoices();
      }
    }
  }

  #ruleChoices() {
    const select = byId("filter-rule");
    if (document.activeElement === select) {
      return; // never under the reader's hand
    }
    const names = new Set(this.ruleNames);
    this.state.pipelines.chosen(this.state.chosen).forEach((p) => p.rules.forEach((r) => names.add(r.name)));
    const wanted = ["", ...names];
    if (wanted.length === select.options.length && wanted.every((name, i) => select.options[i].value === name)) {
      return;
    }
    select.replaceChildren(...wanted.map((name) => h("option", { value: name }, name === "" ? "Any rule" : clip(words(name), 60))));
    select.value = this.filter.rule;
  }

  /** Shows what is known at once, then what the store has beyond it. */
  async #apply() {
    this.list.recount();
    this.list.render();
    this.request?.abort();
    if (!this.filtered || !this.loaded) {
      return;
    }
    const request = new AbortController();
    this.request = request;
    try {
      const { outcome, rule, key } = this.filter;
      const { pipelines, chosen } = this.state;
      const outcomes = outcome !== NOT_MILDEST ? [outcome] : pipelines.outcomes(chosen).filter((o) => pipelines.severity(chosen, o) !== "calm").slice(0, 8);
      const found = await Promise.all(outcomes.map((o) => api.decisions({ pipeline: chosen, outcome: o, rule, key, limit: 50 }, { signal: request.signal })));
      this.list.mergeOlder(found.flat(), (d) => Date.parse(d.time));
    } catch {
      // what is known stays
    }
  }

  #clear() {
    this.filter = { outcome: "", rule: "", key: "" };
    byId("filter-rule").value = "";
    byId("filter-key").value = "";
    this.#outcomeChoices();
    this.#filterChanged();
  }

  // ---- around the rows -------------------------------------------------------------------------------------

  #changed(status) {
    this.status = status;
    const pause = byId("pause");
    const paused = status.held === "paused";
    if (pause.getAttribute("aria-pressed") !== String(paused)) {
      pause.setAttribute("aria-pressed", String(paused));
      pause.querySelector("use").setAttribute("href", paused ? "#i-play" : "#i-pause");
      setText(pause.querySelector("span"), paused ? "Resume" : "Pause");
    }
    showNewer(byId("decisions-newer"), status);
    this.#note();
    this.#empty(status.empty);
  }

  #note() {
    const { held } = this.status;
    const parts = [];
    if (this.sampled) {
      parts.push(`showing ${count(this.sampled.shown)} of ${count(this.sampled.all)}/s`);
    }
    if (held === "reading" && !this.status.empty) {
      parts.push("still while you read");
    } else if (held === "paused") {
      parts.push("paused");
    }
    setText(byId("decisions-note"), parts.join(" · "));
  }

  #empty(empty) {
    const place = byId("decisions-empty");
    const kind = !empty || !this.loaded ? "" : this.filtered ? "filtered" : "none";
    const curl = kind === "none" ? this.state.pipelines.curl(location.origin, this.state.chosen) : null;
    const key = kind + (curl ? "curl" : "");
    if (place.dataset.kind === key) {
      return;
    }
    place.dataset.kind = key;
    place.hidden = kind === "";
    byId("decisions-list").hidden = kind !== "";
    if (kind === "filtered") {
      place.replaceChildren(
        h("h3", null, "No decision like this yet"),
        h("p", null, "New ones appear here as soon as they match."),
        h("button.button", { type: "button", onclick: () => this.#clear() }, "Show all decisions"));
    } else if (kind === "none" && curl) {
      place.replaceChildren(
        h("h3", null, "Waiting for the first event"),
        h("p", null, "Send one from a terminal. The decision appears here the moment it is made, with the reasons for it."),
        h("div.command", null, h("pre", { tabindex: "0", "aria-label": "Command" }, h("code", null, curl)), copyButton("Copy", curl)));
    } else if (kind === "none") {
      place.replaceChildren(
        h("h3", null, "No pipeline is running"),
        h("p", null, "A pipeline says which events come in and which rules judge them. Start one, or try the example:"),
        h("div.command", null, h("pre", { tabindex: "0", "aria-label": "Command" }, h("code", null, "./vigia demo fraud")), copyButton("Copy", "./vigia demo fraud")));
    }
  }
}

/** Each reason in words; a rule that gives none is named. */
export function reasonsOf(d) {
  return (d.rules ?? []).map((rule, i) => d.reasons?.[i] || `Rule ${words(rule).toLowerCase()}`);
}

export function severityIcon(severity) {
  const picture = icon(severity);
  picture.classList.add("o-" + severity);
  return picture;
}

export function fillOutcome(row, severity, outcome) {
  const badge = row.querySelector(".outcome");
  if (badge.dataset.severity !== severity) {
    badge.dataset.severity = severity;
    badge.querySelector("use").setAttribute("href", "#i-" + severity);
  }
  setText(badge.lastElementChild, clip(outcome, 60));
}

/** The same badge, made on the spot. */
export function outcomeBadge(severity, outcome) {
  return h("span.outcome", { "data-severity": severity, "data-testid": "outcome" }, icon(severity), h("span.outcome-word", null, clip(outcome, 60)));
}

export function showNewer(button, { held, waiting }) {
  const shown = held !== null && waiting > 0;
  button.hidden = !shown;
  if (shown) {
    setText(button, `${waiting > 999 ? "999+" : waiting} new`);
    setAttribute(button, "aria-label", `Show ${waiting} new`);
  }
}
