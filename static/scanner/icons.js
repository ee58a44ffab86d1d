// The shape of a verdict: a disc lets go, a triangle looks twice, an octagon stops; the sign inside says why.

const SVG = "http://www.w3.org/2000/svg";

const FRAMES = {
  go: "M24 2a22 22 0 1 0 0 44 22 22 0 0 0 0-44Z",
  look: "M24 3 47 45H1Z",
  stop: "M15 2h18l13 13v18L33 46H15L2 33V15Z",
};

const SIGNS = {
  admitted: "M13 25l8 8 15-17",
  left: "M12 24h23M27 15l9 9-9 9",
  already_admitted: "M16 30a8 8 0 1 1 12 5M28 29v7h-7",
  not_valid_today: "M13 15h22v20H13ZM13 21h22M18 11v6M30 11v6M19 25l10 7M29 25l-10 7",
  not_this_gate: "M14 36V13h14v23M22 24h14M31 19l5 5-5 5",
  revoked: "M14 14l20 20M34 14L14 34",
  unknown_pass: "M18 18a6 6 0 1 1 8 6c-2 1-2 2-2 5M24 35v1",
  bad_signature: "M12 32c6-18 10-18 8-6s4 6 6 0 4 4 10 0M12 14l24 22",
  other_event: "M12 17h24v6a3 3 0 0 0 0 6v6H12v-6a3 3 0 0 0 0-6ZM20 31l8-10",
  unreadable: "M16 27h6v6h-6ZM27 27h1M31 27h1M27 32h5M24 20v3",
  cannot_decide: "M21 24a4 4 0 1 1 5 4c-2 1-2 1-2 4M24 37v1",
};

/** The picture of a verdict. Decoration: the word beside it says the same. */
export function iconOf(verdict, severity) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 48 48");
  svg.setAttribute("aria-hidden", "true");
  svg.append(path(FRAMES[severity], "frame"), path(SIGNS[verdict], "sign"));
  return svg;
}

/** The verdicts that have a sign. */
export const SIGNED = Object.keys(SIGNS);

function path(d, name) {
  const element = document.createElementNS(SVG, "path");
  element.setAttribute("d", d);
  element.setAttribute("class", name);
  return element;
}
