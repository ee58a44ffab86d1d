// The calls of the gate API. An answer is {status, body, etag}; status 0 means that nobody answered in time, or that the
// answer stood still for as long.
// Each answer with a server time is a measurement of this phone's clock.

const TIMEOUT_MS = 2000;

/** The API under `base`; `token` is asked anew for each call, `onClock` receives {sentAt, receivedAt, serverTime}. */
export function makeApi({ base, token = () => null, onClock = () => {}, timeoutMs = TIMEOUT_MS }) {
  async function call(method, path, { body, etag } = {}) {
    const aborter = new AbortController();
    let timer = null;
    const waitOn = () => {
      clearTimeout(timer);
      timer = setTimeout(() => aborter.abort(), timeoutMs);
    };
    waitOn();
    const sentAt = Date.now();
    try {
      const response = await fetch(`${base}/${path}`, {
        method,
        headers: headersOf(token(), body, etag),
        body: body && JSON.stringify(body),
        cache: "no-store",
        credentials: "omit",
        signal: aborter.signal,
      });
      const receivedAt = Date.now();
      const answer = { status: response.status, body: await jsonOf(response, waitOn), etag: response.headers.get("ETag") };
      const serverTime = Date.parse(answer.body?.server_time ?? "");
      if (!Number.isNaN(serverTime)) onClock({ sentAt, receivedAt, serverTime });
      return answer;
    } catch {
      return { status: 0, body: null, etag: null };
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    /** Where a link leads, without using it. */
    invitation: (code, language) => call("POST", `invitation?language=${language}`, { body: { code } }),
    enrol: (code, nickname) => call("POST", "enrol", { body: { code, nickname } }),
    manifest: (language, etag) => call("GET", `manifest?language=${language}`, { etag }),
    changes: (cursor) => call("GET", `changes?cursor=${encodeURIComponent(cursor)}`),
    /** A batch, and how many scans stay behind on this phone. */
    scans: (scans, queued) => call("POST", "scans", { body: { sent_at: new Date().toISOString(), queued, scans } }),
    /** What this phone says of messages: received, acknowledged. */
    receipts: (receipts) => call("POST", "receipts", { body: { receipts } }),
    status: () => call("GET", "status"),
    /** What the log holds of a pass; supervisors' phones only. */
    history: (passId) => call("GET", `history?pass_id=${passId}`),
  };
}

function headersOf(token, body, etag) {
  return {
    Accept: "application/json",
    ...(token && { Authorization: `Bearer ${token}` }),
    ...(body && { "Content-Type": "application/json" }),
    ...(etag && { "If-None-Match": etag }),
  };
}

// A long answer over a slow line is no lost one: each piece that comes gives it more time.
async function textOf(response, onPiece) {
  if (!response.body) return response.text();
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    onPiece();
    text += decoder.decode(piece.value, { stream: true });
  }
  return text + decoder.decode();
}

async function jsonOf(response, onPiece) {
  const text = await textOf(response, onPiece);
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Whether an answer says nothing of what was asked: nobody answered, or the server can't just now. */
export const isUnanswered = ({ status }) => status === 0 || status === 429 || status >= 500;

/** The last word of a problem's type: `device_revoked`, `device_expired`, … (RFC 9457). */
export function problemOf({ body }) {
  return String(body?.type ?? "").split(/[/:#]/).pop();
}
