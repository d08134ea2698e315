import { scaleLog } from "d3-scale";
import type { Race } from "./results.ts";

const WIDTH = 760;
const HEIGHT = 380;
const MARGIN = { left: 70, right: 210, top: 40, bottom: 50 };
const LOWEST = 1;
const HIGHEST = 100_000;

interface Line {
  readonly label: string;
  readonly colour: string;
  readonly dash: string;
  readonly points: readonly { readonly actions: number; readonly microseconds: number }[];
}

/**
 * Cost by number of actions, both on logarithmic scales: what grows with the configuration rises, what is
 * flat stays.
 */
export function renderChart(races: readonly Race[]): string {
  const lines = [
    line(races, "plain", "valid cookie, extended", "#b4441b", ""),
    line(races, "plain", "nothing matches", "#b4441b", "6 4"),
    line(races, "ours", "valid cookie, extended", "#1b5fb4", ""),
    line(races, "ours", "nothing matches", "#1b5fb4", "6 4"),
  ];
  const sizes = lines[0]?.points.map(({ actions }) => actions) ?? [];
  const x = scaleLog([1, Math.max(10, ...sizes)], []).rangeRound([MARGIN.left, WIDTH - MARGIN.right]);
  const y = scaleLog([LOWEST, HIGHEST], []).rangeRound([HEIGHT - MARGIN.bottom, MARGIN.top]);
  const ticks = [1, 10, 100, 1000, 10_000, 100_000];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">
<rect width="100%" height="100%" fill="#fff"/>
<text x="${MARGIN.left}" y="22" font-size="14">Processor time per page view above a bare Worker, µs</text>
${ticks.map((tick) => `<path d="M${MARGIN.left} ${y(tick)}H${WIDTH - MARGIN.right}" stroke="#ddd"/><text x="${MARGIN.left - 8}" y="${y(tick) + 4}" text-anchor="end">${tick.toLocaleString("en")}</text>`).join("\n")}
${sizes.map((size) => `<text x="${x(size)}" y="${HEIGHT - MARGIN.bottom + 18}" text-anchor="middle">${size.toLocaleString("en")}</text>`).join("\n")}
<text x="${(MARGIN.left + WIDTH - MARGIN.right) / 2}" y="${HEIGHT - 10}" text-anchor="middle">actions in the integration configuration</text>
${labelled(lines, y)
  .map(({ label, colour, dash, points, labelY }) => {
    const path = points.map((point) => `${x(point.actions)} ${y(point.microseconds)}`).join("L");
    const dots = points.map(
      (point) => `<circle cx="${x(point.actions)}" cy="${y(point.microseconds)}" r="3" fill="${colour}"/>`,
    );
    return `<path d="M${path}" fill="none" stroke="${colour}" stroke-width="2" stroke-dasharray="${dash}"/>${dots.join("")}<text x="${WIDTH - MARGIN.right + 10}" y="${labelY}" fill="${colour}">${label}</text>`;
  })
  .join("\n")}
</svg>
`;
}

function line(races: readonly Race[], candidate: string, kind: string, colour: string, dash: string): Line {
  const points = races
    .filter((race) => race.kind === kind && race.cookies === 3)
    .flatMap(({ actions, result }) => {
      const microseconds = result[candidate]?.median;
      return microseconds === undefined ? [] : [{ actions, microseconds: Math.max(LOWEST, microseconds) }];
    });
  return { label: `${candidate}: ${kind}`, colour, dash, points };
}

/** Labels stand at the end of their lines, but never on each other. */
function labelled(lines: readonly Line[], y: (value: number) => number): (Line & { labelY: number })[] {
  let lowest = -Infinity;
  return lines
    .filter(({ points }) => points.length > 0)
    .map((one) => ({ ...one, labelY: y(one.points.at(-1)?.microseconds ?? 1) + 4 }))
    .toSorted((a, b) => a.labelY - b.labelY)
    .map((one) => {
      lowest = Math.max(one.labelY, lowest + 16);
      return { ...one, labelY: lowest };
    });
}
