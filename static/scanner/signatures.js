// Ed25519 (RFC 8032): the browser's own where it has it, a small library where it hasn't.

import { verifyAsync } from "@noble/ed25519";
import { fromHex } from "./codec.js";

// RFC 8032, section 7.1, test 1: an empty message.
const PROOF_KEY = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
const PROOF_SIGNATURE =
  "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b";

/** A function verify(publicKey, signature, message) of bytes; a promise of true or false, it never rejects. */
export async function makeVerifier(subtle = globalThis.crypto?.subtle) {
  const browsers = browsersOwn(subtle);
  const works = await browsers(fromHex(PROOF_KEY), fromHex(PROOF_SIGNATURE), new Uint8Array());
  return works ? browsers : librarys;
}

/** The browser's Ed25519; false for everything where there is none. */
export function browsersOwn(subtle) {
  return async (publicKey, signature, message) => {
    try {
      const key = await subtle.importKey("raw", publicKey, { name: "Ed25519" }, false, ["verify"]);
      return await subtle.verify({ name: "Ed25519" }, key, signature, message);
    } catch {
      return false;
    }
  };
}

/** The library's Ed25519, by the letter of RFC 8032. */
export async function librarys(publicKey, signature, message) {
  try {
    return await verifyAsync(signature, message, publicKey, { zip215: false });
  } catch {
    return false;
  }
}
