// A picture laid on the plan by two points: turned, scaled, moved, never mirrored or skewed.

/**
 * {a, b, x, y} so that a pixel [u, v] lies at [a·u - b·v + x, b·u + a·v + y]; null when two points say nothing, because
 * they are the same on the picture or on the plan.
 */
export function similarity([first, second], [here, there]) {
  const [u, v] = [second[0] - first[0], second[1] - first[1]];
  const [p, q] = [there[0] - here[0], there[1] - here[1]];
  const length = u * u + v * v;
  if (length < 1 || p * p + q * q < 1e-6) return null;
  const [a, b] = [(p * u + q * v) / length, (q * u - p * v) / length];
  return { a, b, x: here[0] - a * first[0] + b * first[1], y: here[1] - b * first[0] - a * first[1] };
}

/** Where a pixel lies on the plan. */
export const laid = ({ a, b, x, y }, [u, v]) => [a * u - b * v + x, b * u + a * v + y];

/** The pixel that lies at a point of the plan. */
export function pixelAt({ a, b, x, y }, point) {
  const [p, q] = [point[0] - x, point[1] - y];
  const length = a * a + b * b;
  return [(a * p + b * q) / length, (a * q - b * p) / length];
}

/** A similarity as an SVG transform. */
export const asTransform = ({ a, b, x, y }) => `matrix(${a} ${b} ${-b} ${a} ${x} ${y})`;
