// The tiles: events per second, decisions by outcome, time to decide, and the figures that should stay at zero.

import { Chart, WINDOW_S } from "./chart.js";
import { byId, h, setAttribute, setText } from "./dom.js";
import { clip, clock, count, latency, plural, rate, share } from "./format.js";
import { severityIcon } from "./decisions.js";

const GAP_S = 3.5;
const DESCRIBE_MS = 15_000;

export class Overview {
  constructor(state) {
    this.state = state;
    this.samples = []; // {s, by: Map pipeline → {rate, p50, p99}}, the oldest first; by is null in a gap
    this.latest = null;
    this.bars = new Map();
    this.describedMs = 0;
    this.pointed = null;
    const pointed = (index) => {
      if (this.pointed !== index) {
        this.pointed = index;
        this.#notes();
      }
    };
    this.events = new Chart(byId("events-chart"), {
      lines: [{ width: 1.75, fill: true }],
      axis: (v) => v.toLocaleString("en"),
      pointed,
    });
    this.latency = new Chart(byId("latency-chart"), {
      lines: [{ width: 2 }, { width: 1 }],
      band: true,
      axis: (v) => (v < 1000 ? `${v} ms` : `${v / 1000} s`),
      pointed,
    });
  }

  /** One statistics event. */
  add(stats) {
    this.latest = stats;
    this.#remember(stats);
    this.show();
  }

  /** Statistics of before the page was opened, the oldest first. */
  addHistory(history) {
    const now = this.samples;
    this.samples = [];
    history.forEach((stats) => this.#remember(stats));
    const last = this.samples.at(-1)?.s ?? 0;
    this.samples = this.samples.concat(now.filter((sample) => sample.s > last));
    this.show();
  }

  #remember(stats) {
    const s = Date.parse(stats.time) / 1000;
    const last = this.samples.at(-1);
    if (!Number.isFinite(s) || (last && s <= last.s)) {
      return;
    }
    if (last?.by && s - last.s > GAP_S) {
      this.samples.push({ s: last.s + 0.001, by: null });
    }
    const by = new Map();
    for (const p of stats.pipelines ?? []) {
      by.set(p.pipeline, { rate: p.events_per_second, p50: p.p50_ms, p99: p.p99_ms });
    }
    this.samples.push({ s, by });
    while (this.samples.length > 2 && this.samples[1].s < s - WINDOW_S) {
      this.samples.shift();
    }
  }

  /** Shows the latest figures of the chosen pipelines. */
  show() {
    if (this.latest === null) {
      return;
    }
    const chosen = (this.latest.pipelines ?? []).filter((p) => !this.state.chosen || p.pipeline === this.state.chosen);
    this.#rates(chosen);
    this.#outcomes(chosen);
    this.#checks(chosen);
    this.#charts();
    this.#notes();
  }

  #rates(chosen) {
    setText(byId("events-rate"), rate(sum(chosen, "events_per_second")));
    const slowest = slowestOf(chosen);
    for (const [id, value] of [["p50", slowest?.p50_ms], ["p99", slowest?.p99_ms]]) {
      const [number, unit] = latency(value);
      setText(byId(id), number);
      setText(byId(id + "-unit"), unit);
    }
  }

  #outcomes(chosen) {
    const counts = new Map(this.state.pipelines.outcomes(this.state.chosen).map((outcome) => [outcome, 0]));
    for (const p of chosen) {
      for (const [outcome, n] of Object.entries(p.by_outcome ?? {})) {
        counts.set(outcome, (counts.get(outcome) ?? 0) + n);
      }
    }
    const all = [...counts.values()].reduce((a, b) => a + b, 0);
    const key = [...counts.keys()].join("\n");
    if (this.outcomeKey !== key) {
      this.outcomeKey = key;
      this.#outcomeRows([...counts.keys()]);
    }
    for (const [outcome, n] of counts) {
      const bar = this.bars.get(outcome);
      setText(bar.count, count(n));
      setText(bar.share, share(n, all));
      bar.segment.classList.toggle("nothing", n === 0);
      const grow = String(all > 0 ? Math.max(n / all, 0.000001).toPrecision(4) : 0);
      if (bar.segment.style.flexGrow !== grow) {
        bar.segment.style.flexGrow = grow;
      }
    }
    byId("share").classList.toggle("nothing", all === 0);
  }

  #outcomeRows(outcomes) {
    this.bars = new Map();
    const rows = [];
    const segments = [];
    for (const outcome of outcomes) {
      const severity = this.state.pipelines.severity(this.state.chosen, outcome);
      const bar = {
        count: h("td.number"),
        share: h("td.number.share-of"),
        segment: h("span.segment-bar", { "data-severity": severity, title: outcome }),
      };
      rows.push(h("tr", null, h("th", { scope: "row" }, h("span.outcome-name", null, severityIcon(severity), h("bdi", null, clip(outcome, 60)))), bar.count, bar.share));
      segments.push(bar.segment);
      this.bars.set(outcome, bar);
    }
    byId("outcomes").replaceChildren(...rows);
    byId("outcomes").classList.toggle("many", rows.length > 4);
    byId("share").replaceChildren(...segments);
  }

  #checks(chosen) {
    for (const check of byId("checks").children) {
      const n = sum(chosen, check.dataset.check);
      setText(check.querySelector("dd"), count(n || 0));
      check.classList.toggle("loud", n > 0);
    }
  }

  #charts() {
    const now = this.samples.at(-1)?.s;
    if (now === undefined) {
      return;
    }
    const seconds = [];
    const rates = [];
    const p50 = [];
    const p99 = [];
    for (const sample of this.samples) {
      const chosen = sample.by === null ? [] : this.state.chosen ? [sample.by.get(this.state.chosen)].filter(Boolean) : [...sample.by.values()];
      seconds.push(sample.s);
      rates.push(chosen.length === 0 ? null : chosen.reduce((n, p) => n + (p.rate ?? 0), 0));
      const slowest = chosen.reduce((a, b) => ((b.p99 ?? -1) > (a?.p99 ?? -1) ? b : a), null);
      p50.push(slowest?.p50 ?? null);
      p99.push(slowest?.p99 ?? null);
    }
    this.events.show([seconds, rates], now);
    this.latency.show([seconds, p50, p99], now);
    if (Date.now() - this.describedMs > DESCRIBE_MS) {
      this.describedMs = Date.now();
      const known = rates.filter((r) => r !== null);
      if (known.length > 0) {
        setAttribute(byId("events-chart"), "aria-label", `Events per second over the last five minutes: between ${rate(Math.min(...known))} and ${rate(Math.max(...known))}`);
      }
      const slow = p99.filter((v) => v !== null);
      if (slow.length > 0) {
        setAttribute(byId("latency-chart"), "aria-label", `Time to decide over the last five minutes: 99 of 100 within ${latency(Math.max(...slow)).join(" ")} at the slowest moment`);
      }
    }
  }

  /** The small line in each tile's corner: totals, or what the pointer points at. */
  #notes() {
    if (this.latest === null) {
      return;
    }
    const chosen = (this.latest.pipelines ?? []).filter((p) => !this.state.chosen || p.pipeline === this.state.chosen);
    const at = this.pointed;
    const s = at === null ? undefined : this.events.data[0][at];
    if (s !== undefined) {
      const value = this.events.data[1][at];
      const [fast, slow] = [this.latency.data[1][at], this.latency.data[2][at]];
      setText(byId("events-note"), `${value === null ? "–" : rate(value) + "/s"} at ${clock(s * 1000)}`);
      setText(byId("latency-note"), fast === null ? `– at ${clock(s * 1000)}` : `${latency(fast).join(" ")}, ${latency(slow).join(" ")} at ${clock(s * 1000)}`);
    } else {
      setText(byId("events-note"), plural(sum(chosen, "events"), "event", "events"));
      const slowest = slowestOf(chosen);
      setText(byId("latency-note"), !slowest ? "nobody waited for an answer" : chosen.length > 1 ? `slowest: ${clip(slowest.pipeline, 40)}` : "last 10 seconds");
    }
    setText(byId("outcomes-note"), plural(sum(chosen, "decisions"), "decision", "decisions"));
  }
}

const sum = (list, name) => list.reduce((n, item) => n + (Number(item[name]) || 0), 0);

function slowestOf(chosen) {
  return chosen.filter((p) => Number.isFinite(p.p99_ms)).reduce((a, b) => (a === null || b.p99_ms > a.p99_ms ? b : a), null);
}
