// The server-sent events of /v1/live, with a connection that heals itself.
//
// EventSource reconnects by itself after a broken connection, but gives up for good when it is answered with an
// error status, and cannot see a connection that is open and dead. So: a new one with growing pauses when it has
// given up, and a watchdog on the statistics, which come each second.

const SILENCE_MS = 10_000;
const PAUSES_MS = [1_000, 2_000, 4_000, 8_000, 15_000];

export class LiveFeed {
  /** handlers: open(), decision(d), alert(a), stats(s), state("connecting" | "live" | "reconnecting", sinceMs) */
  constructor(path, handlers) {
    this.path = path;
    this.handlers = handlers;
    this.source = null;
    this.attempt = 0;
    this.timer = 0;
    this.lastHeardMs = 0;
    this.state = "connecting";
    this.sinceMs = Date.now();
    setInterval(() => this.#watch(), 2_000);
    addEventListener("online", () => this.#retryNow());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) {
        this.#retryNow();
      }
    });
    this.#connect();
  }

  #connect() {
    clearTimeout(this.timer);
    this.timer = 0;
    this.source?.close();
    const source = new EventSource(this.path);
    this.source = source;
    this.lastHeardMs = Date.now();
    source.onopen = () => {
      this.attempt = 0;
      this.lastHeardMs = Date.now();
      this.#enter("live");
      this.handlers.open();
    };
    source.onerror = () => {
      this.#lost();
      if (source.readyState === EventSource.CLOSED && this.source === source) {
        this.#later();
      }
    };
    for (const kind of ["decision", "alert", "stats"]) {
      source.addEventListener(kind, (message) => {
        this.lastHeardMs = Date.now();
        let data;
        try {
          data = JSON.parse(message.data);
        } catch {
          return; // one bad message must not end the feed
        }
        if (data !== null && typeof data === "object") {
          this.handlers[kind](data);
        }
      });
    }
  }

  #later() {
    this.source.close();
    if (this.timer === 0) {
      const pause = PAUSES_MS[Math.min(this.attempt++, PAUSES_MS.length - 1)];
      this.timer = setTimeout(() => this.#connect(), pause);
    }
  }

  #retryNow() {
    if (this.timer !== 0) {
      this.#connect();
    }
  }

  #watch() {
    if (this.timer === 0 && Date.now() - this.lastHeardMs > SILENCE_MS) {
      this.#lost();
      this.#later();
    }
  }

  #lost() {
    this.#enter(this.state === "connecting" ? "connecting" : "reconnecting");
  }

  #enter(state) {
    if (this.state !== state) {
      this.state = state;
      this.sinceMs = Date.now();
    }
    this.handlers.state(this.state, this.sinceMs);
  }
}
