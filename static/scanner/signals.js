// Sound and vibration of a verdict. Each has a pattern of its own, so that nobody has to look.

const SHORT = 90;
const LONG = 350;
const REST = 0;

// [hertz, milliseconds]; 0 hertz is a rest.
const SOUNDS = {
  admitted: [[880, SHORT], [1320, SHORT * 2]],
  left: [[1320, SHORT], [REST, SHORT], [880, SHORT * 2]],
  already_admitted: [[660, SHORT], [REST, SHORT], [660, SHORT]],
  unreadable: [[440, SHORT]],
  cannot_decide: [[550, SHORT], [REST, SHORT], [550, SHORT], [REST, SHORT], [550, SHORT]],
  not_valid_today: [[220, LONG], [REST, SHORT], [220, SHORT]],
  not_this_gate: [[220, SHORT], [REST, SHORT], [220, LONG]],
  revoked: [[160, LONG * 2]],
  unknown_pass: [[160, LONG], [REST, SHORT], [160, LONG]],
  bad_signature: [[160, LONG], [REST, SHORT], [110, LONG * 2]],
  other_event: [[220, LONG]],
  tally: [[1760, 30]],
  message: [[990, LONG], [REST, SHORT], [990, LONG], [REST, SHORT], [990, LONG]],
  unsaved: [[330, SHORT], [247, SHORT], [330, SHORT], [247, SHORT]],
};

// One signal after the other, with a rest between.
const tonesOf = (names) => names.flatMap((name, place) => (place === 0 ? SOUNDS[name] : [[REST, LONG], ...SOUNDS[name]]));

/** How the phone vibrates for a verdict and what comes with it: the sound's own rhythm, in milliseconds on and off. */
export function vibrationOf(...names) {
  const pattern = [];
  for (const [hertz, milliseconds] of tonesOf(names)) {
    const isRest = hertz === REST;
    if (isRest === (pattern.length % 2 === 1)) pattern.push(milliseconds);
    else pattern[pattern.length - 1] += milliseconds;
  }
  return pattern;
}

/** The verdicts that have a sound. */
export const SOUNDING = Object.keys(SOUNDS);

/** A function play(verdict, …). Browsers stay silent until `unlock` was called from a tap. */
export function makeSignals() {
  let context = null;
  return {
    unlock() {
      const Context = globalThis.AudioContext ?? globalThis.webkitAudioContext;
      context ??= Context ? new Context() : null;
      context?.resume().catch(() => {});
    },
    play(...names) {
      navigator.vibrate?.(vibrationOf(...names));
      if (context?.state === "running") sound(context, tonesOf(names));
    },
  };
}

function sound(context, tones) {
  let start = context.currentTime;
  for (const [hertz, milliseconds] of tones) {
    const end = start + milliseconds / 1000;
    if (hertz !== REST) tone(context, { hertz, start, end });
    start = end;
  }
}

function tone(context, { hertz, start, end }) {
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  oscillator.type = "square";
  oscillator.frequency.value = hertz;
  gain.gain.setValueAtTime(0.25, start);
  gain.gain.setTargetAtTime(0, end - 0.02, 0.01);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(start);
  oscillator.stop(end);
}
