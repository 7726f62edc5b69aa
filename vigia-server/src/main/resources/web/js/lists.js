// The lists of the chosen pipelines and, opened, their first values.

import { getJson } from "./api.js";
import { byId, foreign, h, setText } from "./dom.js";
import { clip, count } from "./format.js";

const EVERY_MS = 10_000;
const SHOWN = 50;

export class Lists {
  constructor(state) {
    this.state = state;
    this.timer = 0;
    this.boxes = new Map(); // "pipeline/list" → its element, so that what is open stays open
  }

  /** Shows how they are now, and again every few seconds. */
  async reload() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.reload(), EVERY_MS);
    if (document.hidden) {
      return;
    }
    const chosen = this.state.chosen;
    try {
      const body = await getJson("/v1/lists" + (chosen ? "?pipeline=" + encodeURIComponent(chosen) : ""));
      if (chosen === this.state.chosen) {
        this.#show(body?.lists ?? []);
      }
    } catch {
      // what is shown stands until the server answers again
    }
  }

  #show(lists) {
    const section = byId("lists");
    section.hidden = lists.length === 0;
    const several = new Set(lists.map((list) => list.pipeline)).size > 1;
    const boxes = lists.map((list) => {
      const key = list.pipeline + "/" + list.list;
      const box = this.boxes.get(key) ?? this.#box(list, several);
      this.boxes.set(key, box);
      this.#fill(box, list);
      return box;
    });
    const holder = byId("lists-all");
    if (boxes.length !== holder.children.length || boxes.some((box, at) => holder.children[at] !== box)) {
      holder.replaceChildren(...boxes);
    }
  }

  #box(list, several) {
    const box = h("details.list", { "data-testid": "list", "data-list": list.list },
      h("summary", null,
        foreign(clip(list.list, 60), "bdi.list-name"),
        several && h("span.list-of", null, foreign(clip(list.pipeline, 40))),
        h("span.list-count")),
      h("ol.list-values"),
      h("p.list-note"));
    box.addEventListener("toggle", () => {
      if (box.open) {
        this.#values(box, list);
      }
    });
    return box;
  }

  #fill(box, list) {
    const changed = list.changed > 0 ? `, ${count(list.changed)} changed while it runs` : "";
    setText(box.querySelector(".list-count"), `${count(list.entries)} ${list.entries === 1 ? "value" : "values"}${changed}`);
    if (box.open) {
      this.#values(box, list);
    }
  }

  async #values(box, list) {
    const path = `/v1/lists/${encodeURIComponent(list.list)}?limit=${SHOWN}&pipeline=${encodeURIComponent(list.pipeline)}`;
    try {
      const page = await getJson(path);
      box.querySelector(".list-values").replaceChildren(...(page?.values ?? []).map(value));
      const more = page?.next ? `The first ${SHOWN}; vigia lists show ${list.list} has the others.` : "";
      setText(box.querySelector(".list-note"), page?.values?.length === 0 ? "It is empty." : more);
    } catch (failure) {
      setText(box.querySelector(".list-note"), `Not to be had: ${failure.message}`);
    }
  }
}

function value(entry) {
  return h("li" + (entry.in ? "" : ".out"), { "data-testid": "list-value" },
    foreign(clip(entry.value, 80), "bdi.list-value"),
    h("span.list-state", null, stateOf(entry)),
    entry.note && foreign(clip(entry.note, 200), "bdi.list-why"));
}

function stateOf(entry) {
  const until = entry.until ? ` until ${entry.until.replace("T", " ").replace(/:\d\d(\.\d+)?Z$/, "")} UTC` : "";
  if (!entry.from) {
    return "in the file";
  }
  if (entry.ended) {
    return `ended${until.replace(" until", "")}`;
  }
  return (entry.in ? "added" : "removed") + until;
}
