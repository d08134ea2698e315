import { randomBytes } from "node:crypto";
import { asciiHostname } from "../cloudflare/hostname.ts";
import type { Answer, Reach } from "../verify/reach.ts";
import { pageLinks } from "./page-links.ts";
import { type StaticFolder, staticFolders } from "./static-folders.ts";
import { parsedUrl } from "../url/parsed-url.ts";

/** Paths that may skip the Worker, and how they were found. */
export interface ProposedBypasses {
  readonly entries: readonly string[];
  /** Where they come from; stands behind "Bypasses of shop.example.com:". */
  readonly because: string;
}

/** What static files are usually found under, for a site that cannot be looked at. */
export const USUAL_BYPASSES: readonly string[] = [
  "/static/*",
  "/assets/*",
  "/css/*",
  "/js/*",
  "/images/*",
  "/fonts/*",
  "/favicon.ico*",
];

/** The most that is read of a page. */
const MOST_BYTES = 1024 * 1024;
const MOST_REDIRECTS = 5;
const HEADERS = { "user-agent": "Mozilla/5.0 (queueit-cf init)", accept: "text/html" };

/**
 * What the site's own first page says that may skip the Worker: folders that it loads static files from, and
 * that have no page themselves. Where the page cannot be read, the usual ones. Never throws.
 */
export async function siteBypasses(hostname: string, reach: Reach): Promise<ProposedBypasses> {
  const host = asciiHostname(hostname);
  const page = await firstPage(host, reach);
  if (typeof page === "string") return usual(`${page}, so they are the usual ones`);
  const folders = staticFolders(pageLinks(page.html, page.address), host);
  const free = await withoutPages(folders, host, reach);
  return {
    entries: free.map(({ path }) => `${path}*`),
    because:
      free.length === 0
        ? `none, since ${page.address.href} loads nothing from a folder that certainly has static files only`
        : `folders that ${page.address.href} loads its static files from`,
  };
}

/** The usual ones, for a reason. */
export function usual(because: string): ProposedBypasses {
  return { entries: USUAL_BYPASSES, because };
}

interface Page {
  readonly html: string;
  readonly address: URL;
}

/** The first page of a host, or why it cannot be read. Redirects are followed on this host only. */
async function firstPage(host: string, reach: Reach): Promise<Page | string> {
  let address = new URL(`https://${host}/`);
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const answer = await asked(address.href, reach);
    if (answer === undefined) return `${host} did not answer`;
    if (answer.location === null) return pageOf(answer, address);
    const next = parsedUrl(answer.location);
    if (next?.protocol !== "https:" || next.host !== host) {
      return `${address.href} leads to another site, ${next?.host ?? "without an address"}`;
    }
    address = next;
  }
  return `https://${host}/ redirects without end`;
}

function pageOf({ status, headers, body }: Answer, address: URL): Page | string {
  if (status !== 200) return `${address.href} answered ${status}`;
  const isHtml = /^(?:text\/html|application\/xhtml\+xml)\b/i.test(headers.get("content-type") ?? "");
  return isHtml ? { html: body, address } : `${address.href} is not an HTML page`;
}

/**
 * Folders that are no page themselves. Where the site has a page for every address, that says nothing of one: then
 * their names have to.
 */
async function withoutPages(
  folders: readonly StaticFolder[],
  host: string,
  reach: Reach,
): Promise<readonly StaticFolder[]> {
  if (folders.every(({ name }) => name === "certain")) return folders;
  const hasPage = async (path: string) => {
    const status = (await asked(`https://${host}${path}`, reach))?.status ?? 0;
    return status !== 403 && status !== 404 && status !== 410;
  };
  const [answersEverything, ...arePages] = await Promise.all([
    hasPage(`/${randomBytes(8).toString("hex")}/`),
    ...folders.map(({ path, name }) => name !== "certain" && hasPage(path)),
  ]);
  return folders.filter(
    ({ name }, index) =>
      name === "certain" || (answersEverything ? name === "usual" : arePages[index] === false),
  );
}

/** Undefined where there is no answer. */
async function asked(address: string, reach: Reach): Promise<Answer | undefined> {
  try {
    return await reach.get(address, HEADERS, MOST_BYTES);
  } catch {
    return undefined;
  }
}
