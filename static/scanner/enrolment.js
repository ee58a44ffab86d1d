// How a phone is bound to a gate: the link's token, or the six characters for typing.

const TOKEN = /^[A-Za-z0-9_-]{43}$/;
const CODE = /^[A-Z0-9]{6}$/;

/** The token or code in what was opened, scanned or typed; null when there is none. */
export function enrolmentCodeIn(text) {
  const trimmed = text.trim();
  const token = trimmed.split("#").pop();
  if (TOKEN.test(token)) return token;
  const code = trimmed.replace(/[\s-]/g, "").toUpperCase();
  return CODE.test(code) ? code : null;
}
