// A frame taken in near darkness is read better with its contrast stretched.

const DARK = 60; // mean of 0..255
const STEP = 16 * 4; // every sixteenth pixel tells enough

/** Whether a frame (RGBA bytes) is dark. */
export function isDark(pixels) {
  let sum = 0;
  let count = 0;
  for (let place = 0; place < pixels.length; place += STEP) {
    sum += pixels[place + 1];
    count += 1;
  }
  return count > 0 && sum / count < DARK;
}

/** Stretch a frame in place: its darkest tone becomes black, its brightest white, in grey. */
export function stretch(pixels) {
  let low = 255;
  let high = 0;
  for (let place = 0; place < pixels.length; place += 4) {
    const tone = pixels[place + 1];
    if (tone < low) low = tone;
    if (tone > high) high = tone;
  }
  const gain = 255 / Math.max(high - low, 1);
  for (let place = 0; place < pixels.length; place += 4) {
    const tone = (pixels[place + 1] - low) * gain;
    pixels[place] = tone;
    pixels[place + 1] = tone;
    pixels[place + 2] = tone;
  }
}
