// What this phone knows: manifest, revoked and admitted passes, what it saw itself. In memory for the decision, on disk
// for the next start; without a disk it is fetched again.

import { placeOf } from "./verdict.js";

/** Load what the disk holds (`disk` may be null). */
export async function openKnowledge(disk) {
  const load = async (name) => (disk ? disk.allOf(name) : new Map());
  const facts = await load("facts");
  const revoked = new Set((await load("revoked")).keys());
  const admitted = await load("admitted");
  const seen = await load("seen");

  function keepFact(name, value) {
    facts.set(name, value);
    return disk?.keepFact(name, value).catch(() => {}); // a full disk loses only what can be fetched again
  }

  return {
    fact: (name) => facts.get(name),
    keepFact,
    language: () => facts.get("language"),
    manifest: () => facts.get(`manifest ${facts.get("language")}`) ?? facts.get("manifest"),
    cursor: () => facts.get("cursor") ?? "",
    manifestEtag: () => facts.get(`etag ${facts.get("language")}`) ?? null,

    /** A manifest in the language that was asked for. */
    async keepManifest(manifest, etag, language = facts.get("language")) {
      await keepFact(`manifest ${language}`, manifest);
      await keepFact("manifest", manifest);
      await keepFact(`etag ${language}`, etag);
    },

    async keepChanges(page) {
      const rows = page.admitted.map((row) => [
        placeOf(row.day, row.pass_id),
        { at: Date.parse(row.at), gate: row.gate, state: row.inside === false ? "outside" : "inside" },
      ]);
      for (const passId of page.revoked) revoked.add(passId);
      for (const [place, value] of rows) admitted.set(place, value);
      facts.set("cursor", page.cursor);
      await disk?.keepChanges({ revoked: page.revoked, admitted: rows, cursor: page.cursor }).catch(() => {});
    },

    /** What this phone saw of a pass on a day; null forgets it. */
    remember(place, value) {
      if (value) seen.set(place, value);
      else seen.delete(place);
      disk?.keepSeen(place, value).catch(() => {});
    },

    /** What verdict.js decides from. */
    view() {
      return { manifest: this.manifest(), revoked, admitted, seen, hasChanges: facts.has("cursor") };
    },
  };
}
