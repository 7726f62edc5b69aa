// Numbers, times and words as people read them. Times are local; the exact ISO time stands in the title.

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const tenth = new Intl.NumberFormat("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const clockFormat = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
const dayFormat = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const dayYearFormat = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
const longFormat = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });

export const count = (n) => (Number.isFinite(n) ? whole.format(n) : "–");

export function rate(n) {
  if (!Number.isFinite(n)) {
    return "–";
  }
  return n > 0 && n < 9.95 ? tenth.format(n) : whole.format(n);
}

/** A share of a whole. Never rounds something to nothing, nor nearly all to all. */
export function share(part, all) {
  if (!(all > 0)) {
    return "–";
  }
  const percent = (100 * part) / all;
  if (part > 0 && percent < 0.1) {
    return "< 0.1 %";
  }
  if (part < all && percent > 99.9) {
    return "> 99.9 %";
  }
  return (percent === 0 || percent === 100 ? whole : tenth).format(percent) + " %";
}

/** Milliseconds as [number, unit]. */
export function latency(ms) {
  if (!Number.isFinite(ms)) {
    return ["–", ""];
  }
  if (ms >= 1000) {
    return [tenth.format(ms / 1000), "s"];
  }
  return [ms < 9.95 ? tenth.format(ms) : whole.format(ms), "ms"];
}

/** A length of time in words: "5 minutes", "hour" for exactly one. */
export function span(ms) {
  const units = [["day", 86_400_000], ["hour", 3_600_000], ["minute", 60_000], ["second", 1_000]];
  for (const [unit, size] of units) {
    if (ms >= size && ms % size === 0) {
      const n = ms / size;
      return n === 1 ? unit : `${n} ${unit}s`;
    }
  }
  return `${ms} ms`;
}

// ---- times -------------------------------------------------------------------------------------------------

let skewMs = 0; // of the server's clock against ours, so that "12 s ago" is right on a machine that is off

export function setServerTime(iso) {
  const skew = Date.parse(iso) - Date.now();
  if (Number.isFinite(skew)) {
    skewMs = Math.abs(skew) > 2_000 ? skew : 0;
  }
}

export const serverNow = () => Date.now() + skewMs;

export const clock = (ms) => (Number.isFinite(ms) ? clockFormat.format(ms) : "–");

export function isToday(ms) {
  return new Date(ms).toDateString() === new Date().toDateString();
}

/** "14:02:11" today, "3 Jan 14:02:11" this year, "3 Jan 2011 14:02:11" before. */
export function dateTime(ms) {
  if (!Number.isFinite(ms)) {
    return "–";
  }
  if (isToday(ms)) {
    return clockFormat.format(ms);
  }
  const sameYear = new Date(ms).getFullYear() === new Date().getFullYear();
  return `${(sameYear ? dayFormat : dayYearFormat).format(ms)} ${clockFormat.format(ms)}`;
}

export const longTime = (ms) => (Number.isFinite(ms) ? longFormat.format(ms) : "–");

export function ago(ms) {
  const seconds = Math.max(0, Math.round((serverNow() - ms) / 1000));
  if (!Number.isFinite(seconds)) {
    return "";
  }
  if (seconds < 2) {
    return "just now";
  }
  if (seconds < 60) {
    return `${seconds} s ago`;
  }
  if (seconds < 3_600) {
    return `${Math.floor(seconds / 60)} min ago`;
  }
  if (seconds < 172_800) {
    return `${Math.floor(seconds / 3_600)} h ago`;
  }
  return `${Math.floor(seconds / 86_400)} days ago`;
}

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;

export const isIsoTime = (value) => typeof value === "string" && ISO.test(value);

/** Fills a <time>: local text, exact time in the title. */
export function fillTime(element, iso, text) {
  const ms = Date.parse(iso);
  const shown = text ?? dateTime(ms);
  if (element.textContent !== shown) {
    element.textContent = shown;
  }
  if (element.title !== (iso ?? "")) {
    element.title = iso ?? "";
    if (Number.isFinite(ms)) {
      element.dateTime = iso;
    } else {
      element.removeAttribute("datetime");
    }
  }
}

// ---- words -------------------------------------------------------------------------------------------------

/** A name of the file as words: "card_testing" reads "Card testing". */
export function words(name) {
  const text = String(name).replace(/[_-]+/g, " ").trim();
  return text === "" ? String(name) : text[0].toUpperCase() + text.slice(1);
}

/**
 * A text as it may be shown: at most so many characters, so that a row never lays out a megabyte, and with a visible
 * mark in place of control characters and of those that turn the direction of writing around.
 */
export function clip(text, max = 240) {
  const s = String(text ?? "");
  return (s.length > max ? s.slice(0, max) + "…" : s).replace(UNSEEN, "\ufffd");
}

const UNSEEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

export const plural = (n, one, many) => `${count(n)} ${n === 1 ? one : many}`;
