// Scans as a file that an organiser takes in when the phone can't send them. The proof shows that this phone wrote it and
// nobody changed it since: HMAC-SHA-256 (RFC 2104) of the scans, with what the server keeps of the phone's token as key.

import { toHex } from "./codec.js";
import { sha256 } from "./ids.js";

/** The content of the file. */
export async function exported({ scans, device, token, now }) {
  const proof = await proofOf(JSON.stringify(scans), await sha256(token));
  return JSON.stringify({ format: "eventsys-scans-1", device, exported_at: now, proof, scans });
}

/** The proof of a text by a key. */
export async function proofOf(text, key) {
  const bytes = new TextEncoder();
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const secret = await crypto.subtle.importKey("raw", bytes.encode(key), algorithm, false, ["sign"]);
  return toHex(new Uint8Array(await crypto.subtle.sign("HMAC", secret, bytes.encode(text))));
}

/** Hand a file over: by the phone's own sheet where a page from the home screen can't save (iPhone), else as a download. */
export async function handOver(name, content, { navigator = globalThis.navigator, document = globalThis.document } = {}) {
  const file = new File([content], name, { type: "application/json" });
  if (navigator.standalone && navigator.canShare?.({ files: [file] })) {
    return navigator.share({ files: [file] }).then(() => true, () => false);
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return true;
}
