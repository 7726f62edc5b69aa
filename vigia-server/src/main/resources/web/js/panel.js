// One decision opened: what was decided, why, and what was known at that moment.

import { byId, copyButton, foreign, h, icon, isNarrow, prefersCalm } from "./dom.js";
import { ago, clip, count, dateTime, fillTime, isIsoTime, longTime, words } from "./format.js";
import { outcomeBadge, reasonsOf } from "./decisions.js";
import * as api from "./api.js";

const RETRY_MS = [300, 700, 1_500, 3_000];
const LONG_VALUE = 4_000;

export class Panel {
  /** options: known(id) → decision or undefined, neighbour(id, step) → id or null, go(id), close() */
  constructor(state, options) {
    this.state = state;
    Object.assign(this, options);
    this.element = byId("panel");
    this.body = byId("panel-body");
    this.title = byId("panel-title");
    this.id = null;
    this.request = null;
    this.decision = null; // the one shown
    byId("panel-close").addEventListener("click", () => this.close());
    for (const [button, step] of [["panel-newer", -1], ["panel-older", 1]]) {
      byId(button).addEventListener("click", () => {
        const next = this.neighbour(this.id, step);
        if (next !== null) {
          this.go(next);
        }
      });
    }
    isNarrow.addEventListener("change", () => this.#modality());
  }

  get open() {
    return this.id !== null;
  }

  async show(id) {
    const wasOpen = this.open;
    this.id = id;
    this.decision = null;
    this.request?.abort();
    const request = new AbortController();
    this.request = request;
    this.element.hidden = false;
    document.body.classList.add("panel-open");
    this.#modality();
    this.#step();
    const known = this.known(id);
    if (known) {
      this.#fill(known);
    } else {
      this.#message("Loading", null, "loading");
    }
    this.body.scrollTop = 0;
    if (!wasOpen) {
      this.title.focus({ preventScroll: true });
      if (!prefersCalm.matches) {
        this.element.animate([{ transform: "translateX(24px)", opacity: 0 }, { transform: "none", opacity: 1 }], { duration: 160, easing: "cubic-bezier(.2,.7,.3,1)" });
      }
    }
    await this.#load(id, request.signal, known !== undefined);
  }

  hide() {
    this.request?.abort();
    this.id = null;
    this.decision = null;
    this.element.hidden = true;
    document.body.classList.remove("panel-open");
    this.#modality();
    this.body.replaceChildren();
  }

  /** On a narrow page the panel covers everything, so nothing behind it may be reached. */
  #modality() {
    const covers = this.open && isNarrow.matches;
    for (const element of document.querySelectorAll(".top, main, .tabs, .skip")) {
      element.inert = covers;
    }
    this.element.toggleAttribute("aria-modal", false);
    if (covers) {
      this.element.setAttribute("aria-modal", "true");
    }
  }

  #step() {
    byId("panel-newer").disabled = this.neighbour(this.id, -1) === null;
    byId("panel-older").disabled = this.neighbour(this.id, 1) === null;
  }

  /** The store is a moment behind the feed, so a decision that is not there yet is asked for again. */
  async #load(id, signal, known) {
    for (let attempt = 0; ; attempt++) {
      try {
        this.#fill(await api.getJson(api.decisionPath(id), { signal, exact: true }));
        return;
      } catch (error) {
        if (signal.aborted) {
          return;
        }
        const again = attempt < RETRY_MS.length && (error.status === undefined || error.status >= 500 || (known && error.status === 404));
        if (!again) {
          if (!known) {
            this.#failed(id, error);
          }
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS[attempt]));
        if (signal.aborted) {
          return;
        }
      }
    }
  }

  #failed(id, error) {
    if (error.status === 404) {
      this.#message("There is no such decision", "It may have been forgotten, or the address is not whole.");
    } else {
      this.#message("The decision could not be loaded", clip(error.message, 200), null,
        h("button.button", { type: "button", onclick: () => this.show(id) }, "Try again"));
    }
  }

  #message(title, text, kind, ...more) {
    this.body.replaceChildren(h("div.panel-message", { "data-kind": kind }, h("h3", null, title), text && h("p", null, text), ...more));
  }

  /** After the pipelines are known: words and severities may be others. */
  refresh() {
    if (this.decision !== null) {
      this.#fill(this.decision);
    }
  }

  #fill(d) {
    this.decision = d;
    const { pipelines } = this.state;
    const severity = pipelines.severity(d.pipeline, d.outcome);
    this.element.dataset.id = d.id;
    const parts = [
      this.#summary(d, severity),
      d.answered !== undefined && d.answered !== null && this.#answered(d),
      d.late && h("p.callout", null, h("strong", null, "Late. "), "The event came later than its windows reach. It was judged at its own time, with what is known of it."),
      this.#reasons(d),
      this.#values(d),
      this.#event(d),
      this.#beside(d),
      this.#history(d),
      this.#record(d),
    ];
    const historyBefore = this.body.querySelector(".history");
    this.body.replaceChildren(...parts.filter(Boolean));
    const sameKey = [d.pipeline, d.stream, d.key].join("\n");
    if (historyBefore && this.historyKey === sameKey) {
      this.body.querySelector(".history")?.replaceWith(historyBefore);
      markCurrent(historyBefore, d.id);
    } else {
      this.historyKey = sameKey;
      this.#loadHistory(d, this.request.signal);
    }
    this.#step();
  }

  #summary(d, severity) {
    const time = h("time");
    const ms = Date.parse(d.time);
    fillTime(time, d.time, longTime(ms));
    return h("section.verdict", { "data-severity": severity },
      h("p.verdict-line", null, outcomeBadge(severity, d.outcome), Number.isFinite(Number(d.score)) && h("span.verdict-score", null, h("span.faint", null, "score "), String(d.score))),
      h("p.verdict-who", null, h("span.faint", null, words(this.state.pipelines.keyName(d.pipeline, d.stream)) + " "), foreign(clip(d.key, 300), "bdi.strong")),
      h("p.verdict-when", null, time, Number.isFinite(ms) && ` · ${ago(ms)}`));
  }

  #answered(d) {
    const answered = typeof d.answered === "object" ? d.answered.outcome : d.answered;
    return h("div.callout.loud", { "data-testid": "answered" },
      h("p", null, h("strong", null, "answered: ", foreign(clip(answered, 60)))),
      h("p", null, "No decision was there within the deadline, so the sender was told the fallback. The decision below came afterwards and stands for alerts and actions."));
  }

  #reasons(d) {
    const reasons = reasonsOf(d);
    if (reasons.length === 0) {
      return section("Why", h("p.lead", null, "No rule fired, so the mildest outcome applies."));
    }
    return section("Why", h("ol.reasons", null, reasons.map((reason, i) => {
      const name = d.rules[i];
      const rule = this.state.pipelines.rule(d.pipeline, name);
      return h("li", null,
        foreign(clip(reason, LONG_VALUE), "bdi.reason"),
        h("p.rule", null,
          h("span.faint", null, "rule "), foreign(clip(name, 120), "bdi.code"),
          rule?.outcome && h("span.faint", null, ` votes ${clip(rule.outcome, 40)}`),
          rule?.score ? h("span.faint", null, `, score ${rule.score}`) : null),
        rule?.when && h("details.condition", null, h("summary", null, "The condition"), h("code", { dir: "auto" }, clip(rule.when, LONG_VALUE))));
    })));
  }

  #values(d) {
    const entries = Object.entries(d.features ?? {});
    if (entries.length === 0) {
      return null;
    }
    return section("What was known", table(entries.map(([name, value]) => {
      const meaning = this.state.pipelines.describe(d.pipeline, name);
      return [meaning ? [h("span", null, meaning), foreign(clip(name, 120), "bdi.code.faint")] : [foreign(clip(words(name), 120))], value];
    })));
  }

  #event(d) {
    const entries = Object.entries(d.event ?? {});
    if (entries.length === 0) {
      return null;
    }
    return section("The event", table(entries.map(([name, value]) => [[foreign(clip(words(name), 120))], value])));
  }

  #beside(d) {
    const shadow = d.shadow ?? [];
    const unknown = d.unknown ?? [];
    const near = d.near ?? [];
    if (shadow.length === 0 && unknown.length === 0 && near.length === 0) {
      return null;
    }
    return section("Beside the decision",
      h("ul.beside", null,
        shadow.map((s) => {
          const name = typeof s === "object" && s !== null ? s.rule : s;
          const vote = this.state.pipelines.rule(d.pipeline, name)?.outcome;
          return h("li", null, h("span.tag", null, "shadow"), h("p", null, foreign(clip(name, 120), "bdi.code"), " would have fired", vote ? ` and voted ${clip(vote, 40)}` : "", ". It is on trial for this key and does not decide."));
        }),
        unknown.map((u) => h("li", null, h("span.tag", null, "unknown"), h("p", null, foreign(clip(u.rule, 120), "bdi.code"), " could not be answered: ", foreign(clip(u.because, 400)), "."))),
        near.map((n) => h("li", null, h("span.tag", null, "near"), h("p", null, foreign(clip(n.rule, 120), "bdi.code"), " was nearly met: ", foreign(clip(n.comparison, 200), "bdi.code"), ", found ", foreign(clip(String(n.found), 60)), ".")))));
  }

  #record(d) {
    const position = d.position ? `partition ${d.position.partition}, offset ${d.position.offset}` : null;
    const rows = [
      ["Event id", foreign(clip(d.event_id, LONG_VALUE), "bdi.code")],
      ["Stream", foreign(clip(d.stream, 200))],
      ["Pipeline", h("span", null, foreign(clip(d.pipeline, 200)), d.version !== undefined && ` version ${d.version}`)],
      position && ["Position", h("span", null, position)],
      ["Decision id", foreign(String(d.id), "bdi.code")],
    ].filter(Boolean);
    return section("Record",
      h("dl.record", null, rows.map(([name, value]) => h("div", null, h("dt", null, name), h("dd", null, value)))),
      h("p.record-actions", null, copyButton("Copy id", String(d.id)), h("a.quiet-button", { href: api.decisionPath(d.id), target: "_blank", rel: "noopener" }, "Open as JSON")));
  }

  #history(d) {
    const name = words(this.state.pipelines.keyName(d.pipeline, d.stream)).toLowerCase();
    return h("section.history", { hidden: true }, h("h3", null, `Latest of this ${name}`), h("ol.trail"));
  }

  async #loadHistory(d, signal) {
    if (d.key === undefined || d.key === null || d.key === "") {
      return;
    }
    try {
      const list = await api.decisions({ pipeline: d.pipeline, stream: d.stream, key: d.key, limit: 12 }, { signal });
      const place = this.body.querySelector(".history");
      if (signal.aborted || !place || list.length < 2) {
        return;
      }
      place.querySelector(".trail").replaceChildren(...list.map((other) => {
        const time = h("time");
        fillTime(time, other.time, dateTime(Date.parse(other.time)));
        const reasons = reasonsOf(other);
        return h("li", null, h("a", { href: "#/decisions/" + encodeURIComponent(other.id), "data-id": other.id },
          time,
          outcomeBadge(this.state.pipelines.severity(other.pipeline, other.outcome), other.outcome),
          foreign(clip(reasons[0] ?? "No rule fired", 200), reasons.length > 0 ? "bdi.why" : "bdi.why.faint")));
      }));
      markCurrent(place, d.id);
      place.hidden = false;
    } catch {
      // the decision is readable without it
    }
  }
}

function markCurrent(history, id) {
  for (const link of history.querySelectorAll("a")) {
    if (link.dataset.id === String(id)) {
      link.setAttribute("aria-current", "true");
    } else {
      link.removeAttribute("aria-current");
    }
  }
}

const section = (title, ...content) => h("section", null, h("h3", null, title), ...content);

function table(rows) {
  return h("dl.values", null, rows.map(([name, value]) => h("div", null, h("dt", null, ...name), h("dd", null, shown(value)))));
}

/** A value as people read it; the exact text stays what was stored. */
function shown(value, depth = 0) {
  if (value === null || value === undefined) {
    return h("span.missing", null, "missing");
  }
  if (typeof value === "boolean") {
    return h("span", null, value ? "yes" : "no");
  }
  if (typeof value === "number" || value instanceof api.ExactNumber) {
    return h("span.number", null, String(value));
  }
  if (isIsoTime(value)) {
    const time = h("time");
    fillTime(time, value);
    return time;
  }
  if (typeof value === "object" && depth < 4) {
    if (Array.isArray(value) && value.every((v) => typeof v !== "object" || v === null) && value.length > 0) {
      return foreign(clip(value.map((v) => v ?? "missing").join(", "), LONG_VALUE));
    }
    const entries = Array.isArray(value) ? value.map((v, i) => [String(i + 1), v]) : Object.entries(value);
    if (entries.length === 0) {
      return h("span.missing", null, "empty");
    }
    return h("span.parts", null, entries.slice(0, 100).map(([name, v]) => h("span.part", null, h("span.faint", null, foreign(clip(words(name), 80))), shown(v, depth + 1))));
  }
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  return text === "" ? h("span.missing", null, "empty") : foreign(clip(text, LONG_VALUE));
}
