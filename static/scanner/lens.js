// The camera while it is wanted: opened and closed with the screens, the light, the phone kept awake, and why it fails.

import { openCamera, prepareDecoder, problemOf, watch } from "./camera.js";

const LIGHT_MS = 180_000; // light that nobody needed for so long goes out, for the battery

/** The lens of the page; `onText` gets each code in view, `home` is where the decoder lies. */
export function makeLens({ ui, home, onText }) {
  let camera = null;
  let opening = null;
  let stopWatching = null;
  let wakeLock = null;
  let decoder = null;
  let problem = null;
  let darkening = null;

  const video = () => ui.part("video");

  function show() {
    ui.show("no-camera", problem !== null);
    ui.show("frame", problem === null);
    ui.say("no-camera-why", problem ? ui.t(`camera_${problem}`) : "");
    ui.show("torch", Boolean(camera?.hasTorch));
  }

  async function take() {
    try {
      camera = await openCamera(video(), lost);
      stopWatching = watch(video(), (text) => (spare(), onText(text)));
      problem = null;
    } catch (error) {
      camera = null;
      problem = problemOf(error);
    }
    show();
    return camera !== null;
  }

  function lost() {
    close();
    problem = "busy";
    show();
  }

  function close() {
    stopWatching?.();
    camera?.close();
    camera = null;
    wakeLock?.release().catch(() => {});
    wakeLock = null;
    lit(false);
  }

  function lit(isOn) {
    clearTimeout(darkening);
    if (isOn) darkening = setTimeout(() => light(false), LIGHT_MS);
    ui.part("torch").setAttribute("aria-pressed", String(isOn));
  }

  async function light(isOn) {
    await camera?.torch(isOn).catch(() => {});
    lit(isOn);
  }

  // A code was read: whoever works by the light goes on having it.
  function spare() {
    if (isLit()) lit(true);
  }

  const isLit = () => ui.part("torch").getAttribute("aria-pressed") === "true";

  async function stayAwake() {
    if (wakeLock && !wakeLock.released) return;
    wakeLock = (await navigator.wakeLock?.request("screen").catch(() => null)) ?? null;
  }

  return {
    /** Why there is no camera, or null. */
    problem: () => problem,
    close,

    /** Open the camera, or wake it after a call; true when it gives pictures. */
    async open() {
      stayAwake();
      if (camera?.isLive()) {
        camera.wake();
        return true;
      }
      opening ??= take().finally(() => {
        opening = null;
      });
      return opening;
    },

    /** Load the decoder of codes; after a failure it is tried anew. True when it is there. */
    async prepare() {
      decoder ??= prepareDecoder(home);
      try {
        await decoder;
        return true;
      } catch {
        decoder = null;
        return false;
      }
    },

    switchLight: () => light(!isLit()),
  };
}
