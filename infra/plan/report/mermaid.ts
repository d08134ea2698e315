import type { Change } from "../changes/change.ts";
import type { Review } from "../review.ts";
import { shortened } from "../value.ts";
import { MARKS } from "./marks.ts";
import { counted } from "../../text/counted.ts";
import { printable } from "../../text/printable.ts";

/** More nodes than that nobody reads. */
const MOST_ROUTES = 12;

/**
 * A diagram of what changes: visitors, routes, the Worker and its configuration. Undefined when nothing there
 * does.
 */
export function mermaidDiagram({ changes }: Review): string | undefined {
  const active = changes.filter(({ effect }) => effect !== "untouched" && effect !== "drift");
  const routes = active.filter(isRoute);
  const worker = active.filter(({ kind }) => WORKER_KINDS.has(kind));
  const storage = active.filter(({ kind }) => kind === "namespace" || kind === "configuration");
  if (routes.length + worker.length + storage.length === 0) return undefined;
  const shownRoutes = routes.slice(0, MOST_ROUTES);
  const rest = routes.length - shownRoutes.length;
  return [
    "flowchart LR",
    '  visitor(["Visitor"])',
    `  worker["Worker${notes(worker)}"]${colour(worker)}`,
    `  storage[("Integration configuration${notes(storage)}")]${colour(storage)}`,
    '  origin["Site"]',
    "  worker --- storage",
    "  worker --> origin",
    ...shownRoutes.flatMap((change, index) => routeLines(change, `route${index}`)),
    ...(rest === 0 ? [] : [`  visitor --> more["and ${rest} more routes"]`]),
    ...(routes.length === 0 ? ["  visitor --> worker"] : []),
    "  classDef removed stroke:#cf222e,stroke-width:2px,stroke-dasharray:4",
    "  classDef added stroke:#1a7f37,stroke-width:2px",
    "  classDef changed stroke:#9a6700,stroke-width:2px",
  ].join("\n");
}

const WORKER_KINDS: ReadonlySet<Change["kind"]> = new Set([
  "worker",
  "bundle",
  "variable",
  "secret",
  "binding",
  "setting",
  "schedule",
]);

type RouteChange = Extract<Change, { readonly kind: "route" }>;

function isRoute(change: Change): change is RouteChange {
  return change.kind === "route";
}

function routeLines(change: RouteChange, id: string): readonly string[] {
  const { before, after, effect } = change;
  const fact = after ?? before;
  const target =
    fact?.worker !== undefined
      ? `other${id}["${encode(`Worker ${fact.worker}`)}"]`
      : fact?.kind === "bypass"
        ? "origin"
        : "worker";
  const arrow = after === undefined && effect !== "forget" ? "-. gone .->" : "-->";
  const label = `${MARKS[effect]} ${fact?.pattern ?? "route"}`;
  return [`  visitor ${arrow} ${id}["${encode(label)}"]${colour([change])}`, `  ${id} ${arrow} ${target}`];
}

function notes(changes: readonly Change[]): string {
  if (changes.length === 0) return "";
  return `<br/>${counted(changes.length, "change")}`;
}

function colour(changes: readonly Change[]): string {
  const effects = new Set(changes.map(({ effect }) => effect));
  if (effects.size === 0) return "";
  if (effects.has("destroy") || effects.has("replace")) return ":::removed";
  return effects.size === 1 && effects.has("create") ? ":::added" : ":::changed";
}

/**
 * A label in Mermaid's own escapes: what is no plain letter, digit or dot cannot end it or be markup in it.
 */
function encode(label: string): string {
  const short = shortened(label, 80);
  return printable(short).replaceAll(
    /[^\p{L}\p{N} ./-]/gu,
    (character) => `#${character.codePointAt(0) ?? 0};`,
  );
}
