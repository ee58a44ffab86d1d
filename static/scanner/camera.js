// Frames from the camera to texts: the whole frame made smaller, then a centre crop at native size, in turn.

import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import { isDark, stretch } from "./light.js";
import { startLoop } from "./loop.js";

const SIZE = 640; // of the crop
const PIXELS = 640 * 480; // of the whole frame, whichever way the phone is held
const PHOTO_SIZE = 1600;
const PACE_MS = 60; // from one look to the next, for the battery
const LEAST_REST_MS = 8; // for the page, on a phone that needs longer for a look
const MOST_HELD_MS = 300; // so long a code that is being taken holds up the next look
const STALLED_MS = 1000; // a camera that gives no frame for so long is asked anew
const OPTIONS = { formats: ["QRCode"], maxNumberOfSymbols: 4, tryHarder: true };
const PROBLEMS = {
  NotAllowedError: "denied",
  SecurityError: "denied",
  NotFoundError: "none",
  OverconstrainedError: "none",
};

/** Load the decoder from our own address; without this it would be fetched from a public network. */
export function prepareDecoder(base) {
  return prepareZXingModule({
    overrides: { locateFile: (path) => new URL(path.split("/").pop(), base).href },
    fireImmediately: true,
  });
}

/** Why there is no camera, from what the browser said: insecure, denied, none or busy. */
export function problemOf(error, isSecure = globalThis.isSecureContext) {
  if (!isSecure) return "insecure";
  return PROBLEMS[error?.name] ?? (error instanceof TypeError ? "none" : "busy");
}

/** The camera behind the phone, shown in `video`; `onEnd` is called when the phone takes it away. Rejects when there is none. */
export async function openCamera(video, onEnd = () => {}) {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: false,
    video: { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } },
  });
  video.srcObject = stream;
  await video.play();
  const [track] = stream.getVideoTracks();
  track.addEventListener("ended", onEnd);
  return {
    hasTorch: Boolean(track.getCapabilities?.().torch),
    torch: (isOn) => track.applyConstraints({ advanced: [{ torch: isOn }] }),
    isLive: () => track.readyState === "live",
    /** A call, or another page in front, may have paused the picture. */
    wake: () => (video.paused ? video.play().catch(() => {}) : undefined),
    close() {
      track.removeEventListener("ended", onEnd);
      track.stop();
      video.srcObject = null;
    },
  };
}

/** Call `onText` for every code in view, frame after frame, until the function that this answers is called. */
export function watch(video, onText) {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const pictures = picturesOf(video);
  let beganAt = 0;

  async function nextFrame(turn) {
    await pictures.next();
    beganAt = performance.now();
    if (video.readyState < 2 || video.videoWidth === 0) return null;
    return frameOf(video, { canvas, context, turn });
  }

  const rest = () => pause(Math.max(PACE_MS - (performance.now() - beganAt), LEAST_REST_MS));
  // On a slow phone a verdict comes sooner when no other picture is read meanwhile.
  const within = (work) => Promise.race([work, pause(MOST_HELD_MS)]);
  const stop = startLoop({ nextFrame, textsIn, onText, rest, within });
  return () => (pictures.stop(), stop());
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

// The pictures of a video: `next()` waits for one that was not looked at yet, and not for ever.
function picturesOf(video) {
  let isNew = false;
  let isStopped = false;
  let arrived = () => {};

  function ask() {
    if (isStopped) return;
    if (video.requestVideoFrameCallback) video.requestVideoFrameCallback(onPicture);
    else requestAnimationFrame(onPicture);
  }

  function onPicture() {
    isNew = true;
    arrived();
    ask();
  }

  ask();
  return {
    async next() {
      if (!isNew) await Promise.race([new Promise((resolve) => (arrived = resolve)), pause(STALLED_MS)]);
      isNew = false;
    },
    stop() {
      isStopped = true;
    },
  };
}

function frameOf(video, { canvas, context, turn }) {
  const { videoWidth: width, videoHeight: height } = video;
  const isCrop = turn % 2 === 1 && width > SIZE;
  const scale = isCrop ? 1 : Math.min(1, Math.sqrt(PIXELS / (width * height)));
  const seen = isCrop ? { width: SIZE, height: Math.min(SIZE, height) } : { width, height };
  canvas.width = Math.round(seen.width * scale);
  canvas.height = Math.round(seen.height * scale);
  const left = (width - seen.width) / 2;
  const top = (height - seen.height) / 2;
  context.drawImage(video, left, top, seen.width, seen.height, 0, 0, canvas.width, canvas.height);
  const frame = context.getImageData(0, 0, canvas.width, canvas.height);
  if (turn % 4 >= 2 && isDark(frame.data)) stretch(frame.data);
  return frame;
}

/** The texts of the codes in a frame; none where it can't be read. */
export async function textsIn(frame) {
  try {
    const codes = await readBarcodes(frame, OPTIONS);
    return codes.filter((code) => code.isValid).map((code) => code.text);
  } catch {
    return []; // a frame that can't be read is followed by the next one
  }
}

/** The texts in a photo that was taken or chosen. */
export async function textsInPhoto(file) {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, PHOTO_SIZE / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  const frame = context.getImageData(0, 0, canvas.width, canvas.height);
  const texts = await textsIn(frame);
  if (texts.length > 0) return texts;
  stretch(frame.data);
  return textsIn(frame);
}
