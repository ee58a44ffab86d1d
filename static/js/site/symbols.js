// Small pictures on a disc of 16 by 16 pixels around its middle, so that nothing is told apart by colour alone.
const NS = "http://www.w3.org/2000/svg";

const PATHS = {
  board: "M1 -6 L-4 1 H0 L-1 6 L4 -1 H0 Z",
  water_point: "M0 -6 C3 -2 4 0 4 2 A4 4 0 0 1 -4 2 C-4 0 -3 -2 0 -6 Z",
  stage: "M-6 3 V-3 L0 -6 L6 -3 V3 H4 V-1 H-4 V3 Z",
  gate: "M-6 6 V-5 H-4 V6 Z M4 6 V-5 H6 V6 Z M-4 -3 H4 V-1 H-4 Z",
  drive_in: "M-6 -2 H0 V-6 L6 0 L0 6 V2 H-6 Z",
  first_aid: "M-2 -6 H2 V-2 H6 V2 H2 V6 H-2 V2 H-6 V-2 H-2 Z",
  toilet: "M-5 -6 H-1 V-2 H4 A5 5 0 0 1 2 3 V6 H-3 V3 A5 5 0 0 1 -5 -1 Z",
  obstacle: "M-6 -4 L-4 -6 L0 -2 L4 -6 L6 -4 L2 0 L6 4 L4 6 L0 2 L-4 6 L-6 4 L-2 0 Z",
  warning: "M-1.4 -6 H1.4 L1 2 H-1 Z M-1.4 3.4 H1.4 V6 H-1.4 Z",
};

/** An element of SVG. */
export function svg(name, attributes = {}, ...children) {
  const element = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** The picture of a kind on its disc. */
export function symbol(kind, radius = 11) {
  const path = PATHS[kind] ?? PATHS.obstacle;
  return svg("g", { class: `site-symbol site-symbol-${kind}` }, svg("circle", { r: radius }), svg("path", { d: path }));
}
