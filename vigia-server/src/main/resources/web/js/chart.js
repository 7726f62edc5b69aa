// A quiet time chart of the last five minutes, drawn by uPlot in the page's own colours.

export const WINDOW_S = 300;

const colours = {};

function readColours() {
  const style = getComputedStyle(document.documentElement);
  for (const name of ["accent", "accent-fill", "grid", "muted", "surface"]) {
    colours[name] = style.getPropertyValue("--" + name).trim();
  }
}

/** The next round number above, so that the scale does not jump with each value. */
export function roundUp(value) {
  if (!(value > 0)) {
    return 1;
  }
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 1.2, 1.6, 2, 3, 4, 6, 8, 10].find((s) => s * power >= value * 0.999);
  return step * power;
}

export class Chart {
  /** lines: [{width, fill}], band (shade between the second line and the first), axis(value) → text, pointed(index | null) */
  constructor(element, { lines, band, axis, pointed }) {
    this.element = element;
    this.data = [[], ...lines.map(() => [])];
    this.range = [0, 1];
    if (typeof window.uPlot !== "function") {
      element.classList.add("chart-missing"); // the numbers beside it say the same
      return;
    }
    readColours();
    this.plot = new window.uPlot({
      width: Math.max(60, element.clientWidth),
      height: Math.max(40, element.clientHeight),
      padding: [6, 0, 6, 0],
      legend: { show: false },
      cursor: {
        y: false,
        drag: { x: false, y: false },
        points: { size: 7, width: 2, stroke: () => colours.surface, fill: () => colours.accent },
        sync: { key: "vigia" },
      },
      scales: {
        x: { time: true, range: () => this.range },
        y: { range: (u, min, max) => [0, roundUp(max)] },
      },
      axes: [
        { show: false },
        {
          side: 1,
          size: 46,
          gap: 6,
          font: "11px system-ui, sans-serif",
          stroke: () => colours.muted,
          ticks: { show: false },
          grid: { stroke: () => colours.grid, width: 1 },
          splits: (u) => [0, u.scales.y.max / 2, u.scales.y.max],
          values: (u, splits) => splits.map((v, i) => (i === 1 ? "" : v === 0 ? "0" : axis(Number(v.toPrecision(3))))),
        },
      ],
      series: [
        {},
        ...lines.map((line) => ({
          stroke: () => colours.accent,
          fill: line.fill ? () => colours["accent-fill"] : undefined,
          width: line.width,
          points: { show: false },
          spanGaps: false,
        })),
      ],
      bands: band ? [{ series: [2, 1], fill: () => colours["accent-fill"] }] : [],
      hooks: { setCursor: [(u) => pointed(u.cursor.left >= 0 ? u.cursor.idx ?? null : null)] },
    }, this.data, element);
    new ResizeObserver(() => this.#fit()).observe(element);
    document.addEventListener("vigia:theme", () => {
      readColours();
      this.plot.redraw(false, true);
    });
  }

  /** data: [seconds, values, …], up to the given moment in seconds. */
  show(data, nowS) {
    this.data = data;
    this.range = [nowS - WINDOW_S, nowS];
    if (this.plot && this.element.clientWidth > 0) {
      this.plot.setData(data);
    }
  }

  #fit() {
    const { clientWidth: width, clientHeight: height } = this.element;
    if (width > 0 && height > 0 && (width !== this.plot.width || height !== this.plot.height)) {
      this.plot.setSize({ width, height });
      this.plot.setData(this.data);
    }
  }
}
