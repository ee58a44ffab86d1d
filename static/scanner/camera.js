// Frames from the camera to texts: the whole frame made smaller, then a centre crop at native size, in turn.

import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import { isDark, stretch } from "./light.js";
import { startLoop } from "./loop.js";

const SIZE = 640; // of the crop
const PIXELS = 640 * 480; // of the whole frame, whichever way the phone is held
const PHOTO_SIZE = 1600;
const REST_MS = 60; // between two decodings, for the battery
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

  async function nextFrame(turn) {
    await shown(video);
    if (video.readyState < 2 || video.videoWidth === 0) return null;
    return frameOf(video, { canvas, context, turn });
  }

  const rest = () => new Promise((resolve) => setTimeout(resolve, REST_MS));
  return startLoop({ nextFrame, textsIn, onText, rest });
}

// The next picture of the video; a video that stands still must not stop the loop.
function shown(video) {
  return new Promise((resolve) => {
    setTimeout(resolve, STALLED_MS);
    if (video.requestVideoFrameCallback) video.requestVideoFrameCallback(resolve);
    else requestAnimationFrame(resolve);
  });
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
