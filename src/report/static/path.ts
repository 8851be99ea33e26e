/** SVG paths as polylines: enough for boxes, lengths and points along a path. */

/** A place in px. */
export type Point = readonly [x: number, y: number];

/** How many numbers each path command takes. */
const ARITY: Readonly<Record<string, number>> = {
  M: 2,
  L: 2,
  T: 2,
  H: 1,
  V: 1,
  C: 6,
  S: 4,
  Q: 4,
  A: 7,
  Z: 0,
};
/** Straight pieces per curve. */
const PIECES = 16;

/** The subpaths of a path; curves in pieces, arcs (markers only) as chords. */
export function polylines(path: string): readonly (readonly Point[])[] {
  const lines: Point[][] = [];
  let here: Point = [0, 0];
  for (const [, command = "", inside = ""] of path.matchAll(/([a-df-z])([^a-df-z]*)/gi)) {
    const kind = command.toUpperCase();
    const values = (inside.match(/[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/gi) ?? []).map(Number);
    const arity = ARITY[kind] ?? 2;
    if (kind === "Z") here = close(lines.at(-1)) ?? here;
    for (let at = 0; arity > 0 && at + arity <= values.length; at += arity) {
      const found = follow(kind, values.slice(at, at + arity), here, command !== kind);
      here = found.at(-1) ?? here;
      if (kind === "M" && at === 0) lines.push([here]);
      else lines.at(-1)?.push(...found);
    }
  }
  return lines;
}

/** The length of a path. */
export function pathLength(path: string): number {
  return polylines(path).reduce((sum, line) => sum + lineLength(line), 0);
}

/** The point at a distance along a path. */
export function pointAlong(path: string, distance: number): Point {
  let left = Math.max(0, distance);
  let end: Point = [0, 0];
  for (const line of polylines(path)) {
    for (const [at, point] of line.entries()) {
      const before = line[at - 1] ?? point;
      const step = Math.hypot(point[0] - before[0], point[1] - before[1]);
      if (step > 0 && step >= left) return between(before, point, left / step);
      left -= step;
      end = point;
    }
  }
  return end;
}

function close(line: Point[] | undefined): Point | undefined {
  const first = line?.[0];
  if (first) line.push(first);
  return first;
}

function follow(
  kind: string,
  values: readonly number[],
  here: Point,
  relative: boolean,
): readonly Point[] {
  const [dx, dy] = relative ? here : [0, 0];
  const [first = 0] = values;
  if (kind === "H") return [[first + dx, here[1]]];
  if (kind === "V") return [[here[0], first + dy]];
  const pairs = kind === "A" ? values.slice(5) : values;
  const points: Point[] = [];
  for (let at = 0; at + 1 < pairs.length; at += 2) {
    points.push([(pairs[at] ?? 0) + dx, (pairs[at + 1] ?? 0) + dy]);
  }
  return points.length > 1 ? curve([here, ...points]) : points;
}

/** A Bézier curve of any degree (de Casteljau). */
function curve(controls: readonly Point[]): readonly Point[] {
  return Array.from({ length: PIECES }, (_, at) => {
    let points = controls;
    while (points.length > 1) {
      const rest = points.slice(1);
      points = rest.map((point, index) =>
        between(points[index] ?? point, point, (at + 1) / PIECES),
      );
    }
    return points[0] ?? [0, 0];
  });
}

function between(from: Point, to: Point, share: number): Point {
  return [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
}

function lineLength(line: readonly Point[]): number {
  return line.reduce((sum, point, at) => {
    const before = line[at - 1] ?? point;
    return sum + Math.hypot(point[0] - before[0], point[1] - before[1]);
  }, 0);
}
