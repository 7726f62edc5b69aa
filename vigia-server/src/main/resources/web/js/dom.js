// Small helpers over the DOM. Text always goes in as text; nothing here ever parses HTML.

const SVG = "http://www.w3.org/2000/svg";

export const byId = (id) => document.getElementById(id);

/** Creates an element: h("p.note", {title: "…", onclick: f}, "text", child, …). Null children are left out. */
export function h(spec, attributes, ...children) {
  const [tag, ...classes] = spec.split(".");
  const element = document.createElement(tag);
  if (classes.length > 0) {
    element.className = classes.join(" ");
  }
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (name.startsWith("on")) {
      element.addEventListener(name.slice(2), value);
    } else {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children) {
    if (Array.isArray(child)) {
      append(element, child);
    } else if (child !== null && child !== undefined && child !== false) {
      element.append(child);
    }
  }
}

/** An icon of the page's own sprite. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "i");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", "#i-" + name);
  svg.append(use);
  return svg;
}

/** Sets the text only when it differs, so that a quiet second costs no layout. */
export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

export function setAttribute(element, name, value) {
  if (element.getAttribute(name) !== value) {
    element.setAttribute(name, value);
  }
}

/** A text that came from outside, kept to itself whatever direction it is written in. */
export function foreign(text, spec = "bdi") {
  const element = h(spec);
  element.textContent = text;
  return element;
}

/** A button that copies a text and says so for a moment. */
export function copyButton(label, text) {
  const word = h("span", null, label);
  const picture = icon("copy");
  const button = h("button.quiet-button.copy", { type: "button" }, picture, word);
  let timer = 0;
  button.addEventListener("click", async () => {
    const copied = await copy(text);
    word.textContent = copied ? "Copied" : "Select it and copy";
    picture.firstChild.setAttribute("href", copied ? "#i-done" : "#i-copy");
    clearTimeout(timer);
    timer = setTimeout(() => {
      word.textContent = label;
      picture.firstChild.setAttribute("href", "#i-copy");
    }, 1800);
  });
  return button;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // no clipboard without https (or localhost): the old way
  }
  const focused = document.activeElement;
  const area = h("textarea.unseen", { "aria-hidden": "true", readonly: true, tabindex: "-1" });
  area.value = text;
  document.body.append(area);
  area.select();
  let copied = false;
  try {
    copied = document.execCommand("copy");
  } catch {
    copied = false;
  }
  area.remove();
  focused?.focus({ preventScroll: true });
  return copied;
}

export const prefersCalm = window.matchMedia("(prefers-reduced-motion: reduce)");
export const isNarrow = window.matchMedia("(max-width: 760px)");
