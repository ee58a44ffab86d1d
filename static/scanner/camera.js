// Frames from the camera to texts: the whole frame shrunk to 640, then a centre crop at native size, in turn.

import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import { isDark, stretch } from "./light.js";

const SIZE = 640;
const PHOTO_SIZE = 1600;
const REST_MS = 60; // between two decodings, for the battery
const OPTIONS = { formats: ["QRCode"], maxNumberOfSymbols: 4, tryHarder: true };

/** Load the decoder from our own address; without this it would be fetched from a public network. */
export function prepareDecoder(base) {
  return prepareZXingModule({
    overrides: { locateFile: (path) => new URL(path.split("/").pop(), base).href },
    fireImmediately: true,
  });
}

/** The camera behind the phone, shown in `video`. Rejects when there is none or it is not allowed. */
export async function openCamera(video) {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: false,
    video: { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } },
  });
  video.srcObject = stream;
  await video.play();
  const [track] = stream.getVideoTracks();
  return {
    hasTorch: Boolean(track.getCapabilities?.().torch),
    torch: (isOn) => track.applyConstraints({ advanced: [{ torch: isOn }] }),
    isLive: () => track.readyState === "live",
    close() {
      track.stop();
      video.srcObject = null;
    },
  };
}

/** Call `onText` for every code in view, frame after frame, until the function that this answers is called. */
export function watch(video, onText) {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  let isWatching = true;
  let turn = 0;

  async function look() {
    if (!isWatching) return;
    if (video.readyState >= 2 && video.videoWidth > 0) {
      const frame = frameOf(video, { canvas, context, turn });
      turn += 1;
      for (const text of await textsIn(frame)) if (isWatching) onText(text);
    }
    setTimeout(next, REST_MS);
  }

  function next() {
    if (!isWatching) return;
    if (video.requestVideoFrameCallback) video.requestVideoFrameCallback(look);
    else requestAnimationFrame(look);
  }

  next();
  return () => {
    isWatching = false;
  };
}

function frameOf(video, { canvas, context, turn }) {
  const { videoWidth: width, videoHeight: height } = video;
  const isCrop = turn % 2 === 1 && width > SIZE;
  const scale = isCrop ? 1 : Math.min(1, SIZE / width);
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

async function textsIn(frame) {
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
