// What runs: names, versions, streams, rules and outcomes of /v1/pipelines, and how severe an outcome is.

import { span, words } from "./format.js";

const list = (value) => (Array.isArray(value) ? value : value === null || value === undefined ? [] : [value]);
const named = (value, key) => (typeof value === "object" && value !== null ? { ...value, name: value[key] ?? value.name ?? value.id } : { name: String(value) });

export class Pipelines {
  constructor(body) {
    this.all = list(body?.pipelines ?? body).map((p) => {
      const pipeline = named(p, "pipeline");
      return {
        name: pipeline.name,
        version: pipeline.version,
        outcomes: list(pipeline.outcomes).map(String),
        streams: list(pipeline.streams).map((s) => named(s, "stream")),
        rules: list(pipeline.rules).map((r) => named(r, "rule")),
        features: new Map(list(pipeline.features).map((f) => named(f, "feature")).map((f) => [f.name, f])),
        alerts: list(pipeline.alerts).map((a) => named(a, "alert")),
      };
    });
    this.byName = new Map(this.all.map((p) => [p.name, p]));
  }

  get(name) {
    return this.byName.get(name);
  }

  rule(pipeline, name) {
    return this.get(pipeline)?.rules.find((r) => r.name === name);
  }

  stream(pipeline, name) {
    return this.get(pipeline)?.streams.find((s) => s.name === name);
  }

  /** calm, mild, warn or severe: the place of an outcome among its pipeline's, which go from mild to severe. */
  severity(pipeline, outcome) {
    const outcomes = this.get(pipeline)?.outcomes ?? this.all.find((p) => p.outcomes.includes(outcome))?.outcomes ?? DEFAULT;
    const at = outcomes.indexOf(outcome);
    if (at < 0) {
      return "mild";
    }
    if (at === 0) {
      return "calm";
    }
    if (at === outcomes.length - 1) {
      return "severe";
    }
    const middle = outcomes.length - 2;
    return middle === 1 || at - 1 >= middle / 2 ? "warn" : "mild";
  }

  /** All outcomes of the chosen pipelines, the most severe first. */
  outcomes(chosen) {
    const rank = new Map();
    for (const pipeline of this.chosen(chosen)) {
      pipeline.outcomes.forEach((outcome, at) => {
        const place = at / Math.max(1, pipeline.outcomes.length - 1);
        rank.set(outcome, Math.max(rank.get(outcome) ?? 0, place));
      });
    }
    return [...rank].sort((a, b) => b[1] - a[1]).map(([outcome]) => outcome);
  }

  chosen(name) {
    return name ? this.all.filter((p) => p.name === name) : this.all;
  }

  /** What the key of a stream is called: "card", "card and merchant". */
  keyName(pipeline, stream) {
    return list(this.stream(pipeline, stream)?.key).join(" and ") || "key";
  }

  /** What a feature means, in words; null when the server does not say how it is made. */
  describe(pipeline, name) {
    const f = this.get(pipeline)?.features.get(name);
    if (!f?.aggregation) {
      return null;
    }
    const what = list(f.arguments).map((a) => words(a).toLowerCase()).join(" and ");
    const events = words(f.on ?? "events");
    const text = {
      count: events,
      sum: `Sum of ${what}`,
      mean: `Average ${what}`,
      min: `Smallest ${what}`,
      max: `Largest ${what}`,
      count_distinct: `Different values of ${what}`,
      first: `First ${what}`,
      last: `Latest ${what}`,
      previous: `${words(what)} of the event before`,
    }[f.aggregation] ?? `${words(f.aggregation)} of ${what || events.toLowerCase()}`;
    const each = list(f.by).map((b) => words(b).toLowerCase()).join(" and ");
    const past = (ms) => (/^\d/.test(span(ms)) ? span(ms) : `1 ${span(ms)}`);
    return [
      text,
      each && `same ${each}`,
      f.over_ms > 0 && f.over_ms < FOREVER_MS && `last ${span(f.over_ms)}`,
      f.delay_ms > 0 && `up to ${past(f.delay_ms)} ago`,
      f.exclude_current && "without this event",
    ].filter(Boolean).join(", ");
  }

  /** A ready command line that sends one event of the first stream. */
  curl(origin, chosen) {
    const pipeline = this.chosen(chosen).find((p) => p.streams.length > 0);
    if (!pipeline) {
      return null;
    }
    const stream = pipeline.streams[0];
    const event = stream.example ?? exampleOf(stream);
    const address = `${origin}/v1/streams/${encodeURIComponent(stream.name)}/decide`;
    return `curl ${quote(address)} \\\n  -H 'content-type: application/json' \\\n  -d ${quote(JSON.stringify(event, null, 2).replaceAll("\n", "\n  "))}`;
  }
}

const FOREVER_MS = 1e15; // a window that never forgets comes as the largest long
const DEFAULT = ["allow", "challenge", "review", "block"];

const quote = (text) => (/^[\w:/.%-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

function exampleOf(stream) {
  const event = {};
  for (const field of list(stream.fields).map((f) => named(f, "field"))) {
    if (!field.optional) {
      event[field.from ?? field.name] = sample(field);
    }
  }
  return event;
}

function sample(field) {
  switch (field.type) {
    case "int": return 1;
    case "double": return 1.5;
    case "decimal": return 12.5;
    case "bool": return true;
    case "timestamp": return new Date().toISOString().replace(/\.\d+Z$/, "Z");
    default: return /country/i.test(field.name) ? "PT" : field.name.replace(/[_-]?id$/i, "") + "-1";
  }
}
