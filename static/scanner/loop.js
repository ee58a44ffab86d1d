// Frame after frame, for as long as the camera looks. Whatever is in view, and whatever goes wrong with one frame, the
// next one is looked at. Pure but for what it is given.

/**
 * Ask `nextFrame(turn)` for a frame (or null), `textsIn(frame)` for the codes in it, and hand each to `onText`. `within`
 * says how long what becomes of them may hold up the next frame. Answers a function that stops it.
 */
export function startLoop({ nextFrame, textsIn, onText, rest, within = async () => {} }) {
  let isRunning = true;

  async function look(turn) {
    const frame = await nextFrame(turn);
    const texts = frame && isRunning ? await textsIn(frame) : [];
    const handed = texts.map((text) => (isRunning ? hand(text) : undefined));
    if (handed.length > 0) await within(Promise.all(handed));
  }

  // A failure of what becomes of a code is not the loop's.
  const hand = (text) => Promise.resolve(text).then(onText).catch(report);

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
