// The HTTP side of the gateway.

export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** The JSON of an address, whatever the status when `any` is set; otherwise only of 2xx. */
export async function getJson(path, { signal, any = false, exact = false } = {}) {
  const response = await fetch(path, { signal, headers: { accept: "application/json" }, cache: "no-store" });
  const text = await response.text();
  let body = null;
  try {
    body = exact ? parseExact(text) : JSON.parse(text);
  } catch {
    if (response.ok) {
      throw new ApiError(response.status, "the answer was not JSON");
    }
  }
  if (!response.ok && !any) {
    throw new ApiError(response.status, body?.detail ?? body?.title ?? `status ${response.status}`);
  }
  return body;
}

/** A number as the server wrote it, where a double would have lost something: 1.50, 12345678901234567.89. */
export class ExactNumber {
  constructor(source) {
    this.source = source;
  }
  toString() {
    return this.source;
  }
}

function parseExact(text) {
  return JSON.parse(text, (key, value, context) =>
    typeof value === "number" && context?.source !== undefined && context.source !== String(value)
      ? new ExactNumber(context.source)
      : value);
}

const query = (parameters) => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null && value !== undefined && value !== "") {
      search.set(name, value);
    }
  }
  return search.toString();
};

export async function decisions(parameters, options) {
  return (await getJson("/v1/decisions?" + query(parameters), options))?.decisions ?? [];
}

export async function alerts(parameters, options) {
  return (await getJson("/v1/alerts?" + query(parameters), options))?.alerts ?? [];
}

export const decisionPath = (id) => "/v1/decisions/" + encodeURIComponent(id);
