// Frame after frame, for as long as the camera looks. Whatever is in view, and whatever goes wrong with one frame, the
// next one is looked at. Pure but for what it is given.

/**
 * Ask `nextFrame(turn)` for a frame (or null), `textsIn(frame)` for the codes in it, and hand each to `onText`.
 * Answers a function that stops it.
 */
export function startLoop({ nextFrame, textsIn, onText, rest }) {
  let isRunning = true;

  async function look(turn) {
    const frame = await nextFrame(turn);
    const texts = frame && isRunning ? await textsIn(frame) : [];
    for (const text of texts) if (isRunning) hand(text);
  }

  // What becomes of a code is not waited for: it must not hold up the next frame, and its failure is not the loop's.
  function hand(text) {
    Promise.resolve(text).then(onText).catch(report);
  }

  async function run() {
    for (let turn = 0; isRunning; turn += 1) {
      await look(turn).catch(report);
      await rest();
    }
  }

  run();
  return () => {
    isRunning = false;
  };
}

function report(error) {
  console.error(error);
}
