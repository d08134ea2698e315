import { format, resolveConfig } from "prettier";
import type { BypassCase, Defence } from "./bypass-case.ts";

export const SECURITY_PAGE = "docs/security.md";

const BEGIN = "<!-- Written by `npm run test:long` from here on: test/worker/bypass/ -->";
const END = "<!-- Written by `npm run test:long` up to here -->";

/**
 * The page with the table of these cases in it. What a person wrote before and behind the table stays as it is.
 * @throws Error when the page has no place for the table.
 */
export async function withTable(page: string, cases: readonly BypassCase[]): Promise<string> {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin === -1 || end < begin) throw new Error(`${SECURITY_PAGE} has no place for the table.`);
  const text = `${page.slice(0, begin)}${BEGIN}\n\n${table(cases)}\n${page.slice(end)}`;
  return format(text, { ...(await resolveConfig(SECURITY_PAGE)), parser: "markdown" });
}

function table(cases: readonly BypassCase[]): string {
  const areas = [...new Set(cases.map(({ area }) => area))];
  const passing = cases.filter(({ defence }) => "meaningOf" in defence).length;
  const open = cases.filter(({ defence }) => "honest" in defence).length;
  const counts = `${cases.length} requests, each sent as it stands to the real Worker in workerd: ${
    cases.length - passing - open
  } tricks that are held, ${passing} that the meaning of something else leaves open, with the remedy, and ${open} honest requests to compare with.`;
  const sections = areas.map((area) => {
    const rows = cases.filter((one) => one.area === area).map(rowOf);
    return [`### ${area}`, "", "<!-- prettier-ignore -->", ...HEAD, ...rows, ""].join("\n");
  });
  return [counts, "", ...sections].join("\n");
}

const HEAD = ["| Trick | Request | Visitor | What holds it |", "| --- | --- | --- | --- |"];

function rowOf(one: BypassCase): string {
  const cells = [one.trick, requestOf(one), one.expected, inWords(one.defence)];
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

function requestOf({ setup, request, headers, body }: BypassCase): string {
  const lines = [request, ...headers].map((line) => `\`${shortened(line)}\``);
  const bodies = body === "" ? [] : [`body \`${shortened(body)}\``];
  const place = setup === "as configured" ? [] : [`(${setup})`];
  return [...lines, ...bodies, ...place].join(" ");
}

/** Signatures and times differ in each run, and say nothing to a reader. */
function shortened(text: string): string {
  const plain = text
    .slice(0, 1000)
    .replace(/e_\w*~[^\s&;]*/g, "…")
    .replace(/EventId(?:=|%3D)[^\s;]*/gi, "…")
    .replace(/\d{13}\./g, "….")
    .replace(/[0-9a-f]{64,}/gi, "…")
    .replace(/[^\x20-\x7e…]/g, (one) => `\\x${one.charCodeAt(0).toString(16).padStart(2, "0")}`)
    .replaceAll("`", "'");
  return plain.length > 70 ? `${plain.slice(0, 69)}…` : plain;
}

function inWords(defence: Defence): string {
  if ("heldBy" in defence) return defence.heldBy;
  if ("honest" in defence) return `No trick: ${defence.honest}`;
  const whose = defence.meaningOf === "the site" ? "The site's" : `${defence.meaningOf}'s`;
  return `**${whose} meaning.** ${defence.remedy}`;
}
