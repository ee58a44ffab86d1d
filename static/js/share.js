// A link to be passed on: by the phone's own way of sharing, or copied. Without script the link itself is there.

/** Let each [data-share] share or copy the address that it names; what the browser can't do isn't offered. */
export function offerSharing(document, window) {
  for (const frame of document.querySelectorAll("[data-share]")) offer(frame, window.navigator);
}

function offer(frame, navigator) {
  const [share, copy] = ["[data-share-it]", "[data-copy-it]"].map((mark) => frame.querySelector(mark));
  const url = frame.dataset.share;
  share.hidden = !navigator.share;
  copy.hidden = !navigator.clipboard;
  frame.hidden = share.hidden && copy.hidden;
  share.addEventListener("click", () => navigator.share({ url }).catch(() => null)); // Thought better of it.
  copy.addEventListener("click", async () => {
    const isCopied = await navigator.clipboard.writeText(url).then(() => true, () => false);
    frame.querySelector("[role=status]").textContent = isCopied ? frame.dataset.copied : frame.dataset.refused;
  });
}
