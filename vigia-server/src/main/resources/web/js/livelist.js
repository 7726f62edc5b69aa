// A list that grows at its head and stays readable while it does.
//
// What comes in is queued and shown in batches, at most a few a second and only within an animation frame: one
// insertion of keyed rows, the surplus at the tail taken off and used again. While the reader points into the list,
// moves in it by keyboard, has scrolled down or has paused it, nothing moves; what came meanwhile is counted and shown
// on demand. Rows have a fixed height, so that inserting them measures nothing.

import { prefersCalm } from "./dom.js";

const BATCH_MS = 250;
const CALM_BATCH_MS = 1_000;
const FRESH_MAX = 3; // rows of one batch

export class LiveList {
  /**
   * options: scroll, list, template, kept (items remembered), shown (rows at most), keyOf(item),
   * accepts(item), fill(row, item), fresh(item) (worth a moment's highlight), changed(status).
   */
  constructor(options) {
    Object.assign(this, options);
    this.items = []; // newest first
    this.rows = new Map(); // key → li
    this.pool = [];
    this.queue = []; // oldest first, not in items yet
    this.paused = false;
    this.pointed = false;
    this.focused = false;
    this.scrolled = false;
    this.current = null;
    this.lastFlushMs = 0;
    this.scheduled = false;
    this.waiting = 0;
    this.#listen();
  }

  /** A new item, or a newer form of a known one. */
  add(item) {
    const key = this.keyOf(item);
    const at = this.items.findIndex((known) => this.keyOf(known) === key);
    if (at >= 0) {
      this.items[at] = item;
      const row = this.rows.get(key);
      if (row) {
        this.fill(row.firstElementChild, item);
      }
      return false;
    }
    const queued = this.queue.findIndex((known) => this.keyOf(known) === key);
    if (queued >= 0) {
      this.queue[queued] = item;
      return false;
    }
    this.queue.push(item);
    if (this.queue.length > this.kept) {
      this.queue.shift();
    }
    if (this.accepts(item)) {
      this.waiting++;
    }
    this.#schedule();
    return true;
  }

  /**
   * Takes in a list of the server's, newest first, keeping what came since and what is older. While the reader
   * reads, what is new in it waits like all else.
   */
  reload(list) {
    const known = new Set();
    if (this.held && this.items.length > 0) {
      this.items.concat(this.queue).forEach((item) => known.add(this.keyOf(item)));
      this.queue = list.filter((item) => !known.has(this.keyOf(item))).reverse().concat(this.queue).slice(-this.kept);
      this.recount();
      this.#report();
      return;
    }
    const merged = [];
    for (const item of [...this.queue].reverse().concat(list, this.items)) {
      const key = this.keyOf(item);
      if (!known.has(key) && merged.length < this.kept) {
        known.add(key);
        merged.push(item);
      }
    }
    this.queue = [];
    this.waiting = 0;
    this.items = merged;
    this.render();
  }

  /** Adds older items that a filter asked for, in their place by time. */
  mergeOlder(list, timeOf) {
    const known = new Set(this.items.concat(this.queue).map(this.keyOf));
    const added = list.filter((item) => !known.has(this.keyOf(item)));
    if (added.length > 0) {
      this.items = this.items.concat(added).sort((a, b) => timeOf(b) - timeOf(a));
    }
    this.render();
  }

  /** Shows everything anew: after a filter or a reload. */
  render() {
    const visible = this.items.filter(this.accepts).slice(0, this.shown);
    const rows = new Map();
    const nodes = visible.map((item) => {
      const key = this.keyOf(item);
      const row = this.rows.get(key) ?? this.pool.pop() ?? this.#create();
      this.rows.delete(key);
      this.#fillRow(row, item, key);
      row.classList.remove("fresh");
      rows.set(key, row);
      return row;
    });
    for (const row of this.rows.values()) {
      this.#release(row);
    }
    this.rows = rows;
    this.list.replaceChildren(...nodes);
    this.#rove();
    this.#report();
  }

  recount() {
    this.waiting = this.queue.filter(this.accepts).length;
  }

  setPaused(paused) {
    this.paused = paused;
    this.#resume();
  }

  /** Shows what waits and goes to the newest. */
  toNewest() {
    this.paused = false;
    this.scroll.scrollTop = 0;
    this.scrolled = false;
    this.#flush();
  }

  /** Marks the row of the opened item. */
  setCurrent(key) {
    this.rows.get(this.current)?.firstElementChild.removeAttribute("aria-current");
    this.current = key;
    this.rows.get(key)?.firstElementChild.setAttribute("aria-current", "true");
    this.#rove();
  }

  /** The item above (-1) or below (1) the given one among the shown rows. */
  neighbour(key, step) {
    const row = this.rows.get(key);
    const next = step < 0 ? row?.previousElementSibling : row?.nextElementSibling;
    return next?.dataset.key ?? null;
  }

  focus(key) {
    const link = this.rows.get(key)?.firstElementChild;
    link?.focus({ preventScroll: false });
    return link !== undefined;
  }

  find(key) {
    return this.items.find((item) => this.keyOf(item) === key) ?? this.queue.find((item) => this.keyOf(item) === key);
  }

  get held() {
    if (this.paused) {
      return "paused";
    }
    if (this.scrolled) {
      return "scrolled";
    }
    return this.pointed || this.focused ? "reading" : null;
  }

  // ---- inside ----------------------------------------------------------------------------------------------

  #schedule() {
    if (this.scheduled) {
      return;
    }
    this.scheduled = true;
    const pause = prefersCalm.matches ? CALM_BATCH_MS : BATCH_MS;
    const due = Math.max(0, this.lastFlushMs + pause - performance.now());
    setTimeout(() => requestAnimationFrame(() => {
      this.scheduled = false;
      if (this.held) {
        this.#report();
      } else {
        this.#flush();
      }
    }), due);
  }

  #resume() {
    if (!this.held && this.queue.length > 0) {
      this.#schedule();
    }
    this.#report();
  }

  #flush() {
    this.lastFlushMs = performance.now();
    const batch = this.queue.reverse();
    this.queue = [];
    this.waiting = 0;
    this.items = batch.concat(this.items);
    if (this.items.length > this.kept) { // what the filter shows is forgotten last
      this.items = this.items.slice(0, this.kept).concat(this.items.slice(this.kept).filter(this.accepts).slice(0, this.shown));
    }
    const coming = batch.filter(this.accepts).slice(0, this.shown);
    const surplus = this.rows.size + coming.length - this.shown;
    for (let i = 0; i < surplus; i++) {
      const row = this.list.lastElementChild;
      this.rows.delete(row.dataset.key);
      row.remove();
      this.#release(row);
    }
    if (coming.length > 0) {
      const fragment = document.createDocumentFragment();
      const calm = coming.filter(this.fresh).length > FRESH_MAX; // where all is worth a look, nothing stands out
      for (const item of coming) {
        const key = this.keyOf(item);
        const row = this.pool.pop() ?? this.#create();
        this.#fillRow(row, item, key);
        row.classList.toggle("fresh", !calm && this.fresh(item));
        this.rows.set(key, row);
        fragment.append(row);
      }
      this.list.prepend(fragment);
      this.#rove();
    }
    this.#report();
  }

  #create() {
    return this.template.content.firstElementChild.cloneNode(true);
  }

  #fillRow(row, item, key) {
    row.dataset.key = key;
    const link = row.firstElementChild;
    if (key === this.current) {
      link.setAttribute("aria-current", "true");
    } else {
      link.removeAttribute("aria-current");
    }
    this.fill(link, item);
  }

  #release(row) {
    if (this.pool.length < 32 && row !== document.activeElement?.parentElement) {
      row.firstElementChild.tabIndex = -1;
      this.pool.push(row);
    }
  }

  /** One row is reached by Tab: the opened one, else the one last focused, else the first. The arrows do the rest. */
  #rove() {
    const active = this.list.contains(document.activeElement) ? document.activeElement : null;
    const next = active ?? this.rows.get(this.current)?.firstElementChild ?? this.list.firstElementChild?.firstElementChild;
    if (this.stop !== next) {
      if (this.stop) {
        this.stop.tabIndex = -1;
      }
      this.stop = next;
    }
    if (next) {
      next.tabIndex = 0;
    }
  }

  #report() {
    this.changed({ held: this.held, waiting: this.waiting, empty: this.list.childElementCount === 0 });
  }

  #listen() {
    this.scroll.addEventListener("pointerenter", (event) => {
      if (event.pointerType === "mouse") {
        this.pointed = true;
        this.#report();
      }
    });
    this.scroll.addEventListener("pointerleave", () => {
      this.pointed = false;
      this.#resume();
    });
    this.list.addEventListener("focusin", (event) => {
      this.focused = event.target.matches(":focus-visible");
      this.#rove();
      this.#report();
    });
    this.list.addEventListener("focusout", () => {
      this.focused = false;
      this.#resume();
    });
    this.scroll.addEventListener("scroll", () => {
      const scrolled = this.scroll.scrollTop > 8;
      if (scrolled !== this.scrolled) {
        this.scrolled = scrolled;
        this.#resume();
      }
    }, { passive: true });
    this.list.addEventListener("keydown", (event) => {
      const row = event.target.closest("li");
      const next = {
        ArrowDown: row?.nextElementSibling,
        ArrowUp: row?.previousElementSibling,
        Home: this.list.firstElementChild,
        End: this.list.lastElementChild,
      }[event.key];
      if (event.key in { ArrowDown: 0, ArrowUp: 0, Home: 0, End: 0 } && row) {
        event.preventDefault();
        next?.firstElementChild.focus();
      }
    });
  }
}
