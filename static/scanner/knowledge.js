// What this phone knows: manifest, revoked and admitted passes, what it saw itself. In memory for the decision, on disk
// for the next start; without a disk it is fetched again.

import { MOST_ENTRIES } from "./disk.js";
import { placeOf } from "./verdict.js";

/** Before anything was fetched: no key, no day, so that nothing can be decided and everything is written down. */
function nothingYet(device) {
  const gate = { code: "", name: "", ...device?.gate, kinds: [], rules: [], let_in_on_cannot_decide: true };
  return { edition: { number: null, name: "", ...device?.edition }, days: [], gate, keys: {}, verdicts: {}, arrivals: [] };
}

// The newest manifest, with the names of the one in the language that is spoken: that one may be older. Where there is
// none, the page's own words of verdicts are better than those in another language.
function inWords(newest, spoken) {
  if (!newest) return null;
  if (!spoken) return { ...newest, verdicts: {} };
  if (newest === spoken) return newest;
  const edition = { ...newest.edition, name: spoken.edition.name };
  return { ...newest, edition, gates: { ...newest.gates, ...spoken.gates }, gate: { ...newest.gate, name: spoken.gate?.name }, verdicts: spoken.verdicts };
}

/** Load what the disk holds (`disk` may be null, or fail: then the phone begins anew). */
export async function openKnowledge(disk) {
  const load = async (name) => (disk ? disk.allOf(name).catch(() => new Map()) : new Map());
  const facts = await load("facts");
  const revoked = new Set((await load("revoked")).keys());
  const admitted = await load("admitted");
  const seen = await load("seen");
  const entries = await load("entries");

  function keepFact(name, value) {
    facts.set(name, value);
    return disk?.keepFact(name, value).catch(() => {}); // a full disk loses only what can be fetched again
  }

  // A scan that was taken back: what this phone made of it itself is over, and the server's word where no other scan counts.
  function takenBack(rows) {
    const places = rows.map((row) => ({ ...row, place: placeOf(row.day, row.pass_id) }));
    const unseen = places.filter(({ place, scan_id: id }) => seen.get(place)?.scan === id).map(({ place }) => place);
    const unadmitted = places.filter((row) => !row.admitted).map(({ place }) => place);
    for (const place of unseen) seen.delete(place);
    for (const place of unadmitted) admitted.delete(place);
    return { unseen, unadmitted };
  }

  return {
    fact: (name) => facts.get(name),
    keepFact,
    language: () => facts.get("language"),
    manifest: () => inWords(facts.get("manifest"), facts.get(`manifest ${facts.get("language")}`)),
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
      const gone = takenBack(page.taken_back ?? []);
      for (const passId of page.revoked) revoked.add(passId);
      for (const [place, value] of rows) admitted.set(place, value);
      facts.set("cursor", page.cursor);
      await disk?.keepChanges({ revoked: page.revoked, admitted: rows, ...gone, cursor: page.cursor }).catch(() => {});
    },

    /** What this phone saw of a pass on a day; null forgets it. */
    remember(place, value) {
      if (value) seen.set(place, value);
      else seen.delete(place);
      disk?.keepSeen(place, value).catch(() => {});
    },

    /** An entry of the phone's own log: what it wrote down, for looking up and taking back. */
    enter(entry) {
      entries.set(entry.scan_id, entry);
      if (entries.size > MOST_ENTRIES) entries.delete(entries.keys().next().value);
      disk?.keepEntry(entry).catch(() => {});
    },

    /** The phone's own log, the latest first. */
    entries: () => [...entries.values()].reverse(),

    /** What verdict.js decides from. */
    view() {
      const manifest = this.manifest() ?? nothingYet(facts.get("device"));
      return { manifest, revoked, admitted, seen, hasChanges: facts.has("cursor") };
    },
  };
}
