// The drawing that isn't saved yet, kept on the device: by edition, with the version it was drawn on.
import { isEmpty } from "./delta.js";

const PREFIX = "site:";

export class Keeping {
  constructor(storage, slug) {
    Object.assign(this, { storage, key: PREFIX + slug });
  }

  /** Keep a delta; an empty one forgets what was kept. False when the device has no room. */
  put(version, delta, now) {
    try {
      if (isEmpty(delta)) this.storage.removeItem(this.key);
      else this.storage.setItem(this.key, JSON.stringify({ version, delta, at: now }));
      return true;
    } catch {
      return false;
    }
  }

  /** {version, delta, at}, or null when nothing is kept. */
  get() {
    try {
      const found = JSON.parse(this.storage.getItem(this.key));
      return found?.delta && !isEmpty(found.delta) ? found : null;
    } catch {
      return null;
    }
  }

  forget() {
    try {
      this.storage.removeItem(this.key);
    } catch {
      // A browser that keeps nothing has nothing to forget.
    }
  }
}
