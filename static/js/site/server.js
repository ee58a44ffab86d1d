// What the editor asks the server, and what an answer means: {kind, …} with kind one of ok, refused, meanwhile, in_use,
// signed_out, lost (no connection) and broken.

export class Server {
  constructor({ document, check, place, token }, fetch) {
    Object.assign(this, { document, check: check, place, token, fetch });
    this.running = null;
  }

  /** The newest drawing. */
  async load() {
    const answer = await this.#ask(this.document, { headers: { Accept: "application/json" } });
    if (answer.kind === "ok") this.token = answer.data.token;
    return answer;
  }

  /** What would be wrong; an older question that is still open is given up. null when this one was. */
  async look(body) {
    this.running?.abort();
    const mine = new AbortController();
    this.running = mine;
    const answer = await this.#post(this.check, body, mine.signal);
    return mine.signal.aborted ? null : answer;
  }

  /** Save all of it. A page that was open while somebody signed in anew has an old token: it is fetched and tried once more. */
  async save(body) {
    const answer = await this.#post(this.document, body);
    if (answer.kind !== "signed_out") return answer;
    const there = await this.load();
    return there.kind === "ok" ? this.#post(this.document, body) : there;
  }

  /** Say of two points of the picture where they lie. */
  lay(points) {
    return this.#post(this.place, { points });
  }

  #post(address, body, signal) {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.token, Accept: "application/json" };
    return this.#ask(address, { method: "POST", headers, body: JSON.stringify(body), signal });
  }

  async #ask(address, options) {
    let response;
    try {
      response = await this.fetch(address, { credentials: "same-origin", ...options });
      return meaning(response, isJson(response) ? await response.json() : null);
    } catch {
      return { kind: "lost" };
    }
  }
}

const isJson = (response) => /json/.test(response.headers.get("Content-Type") ?? "");

/** What an answer means to somebody who draws. */
export function meaning(response, data) {
  if (response.ok && data && !response.redirected) return { kind: "ok", data };
  if (response.redirected || [400, 401, 403].includes(response.status)) return { kind: "signed_out" };
  if (response.status === 422 && data) return { kind: "refused", data };
  if (response.status === 409 && data) {
    return { kind: data.type === "/problems/drawn_meanwhile" ? "meanwhile" : "in_use", data };
  }
  return { kind: "broken" };
}
