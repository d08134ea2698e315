import type { PageLinks } from "./page-links.ts";

/** A folder, or a file at the site's root, that a page loads static files from and that none of its links leads into. */
export interface StaticFolder {
  /** Ends with a slash, unless it is a file. */
  readonly path: string;
  /**
   * How much its name says: nobody gives a page a `certain` one, a page seldom has a `usual` one, and of any `other` it
   * has to be found out that there is none.
   */
  readonly name: "certain" | "usual" | "other";
}

/** Endings of files that a server hands out as they are. */
const FILE =
  /\.(?:m?js|css|map|json|webmanifest|png|jpe?g|gif|webp|avif|svg|ico|bmp|woff2?|ttf|otf|eot|mp4|webm|mp3|ogg|wav|m4a|vtt|pdf|wasm)$/i;

/** Last names of folders with static files only. */
const CERTAIN = /^(?:static|css|js|fonts?|webfonts|dist|wp-includes|_nuxt|_astro|_app)$/i;
const USUAL =
  /^(?:assets?|styles?(?:heets)?|scripts?|javascripts?|img|images?|icons?|media|build|bundles?|public|resources|vendors?|libs?|themes?|skins?|uploads)$/i;

/** Last names of folders that answer programs or hold pages, whatever else is in them. */
const DYNAMIC =
  /^(?:api|apis|ajax|graphql|rest|rpc|services?|wp-json|wp-admin|wp-content|plugins|admin|cgi-bin|account|login|auth|cart|basket|checkout|order|orders|payment|ticket|tickets|event|events|shop|store|product|products|search|queue|v\d+)$/i;

/** Files at a site's root that keep their names. */
const ROOT_FILE = /^\/(?:favicon|apple-touch-icon|site|manifest)[\w-]*\.\w+$/i;

/** What a segment has where every server reads it alike. */
const PLAIN = /^[\w-][\w.~-]*$/;
const LONGEST = 100;
const MOST = 10;

/**
 * The folders that a page loads its static files from, as far up as they may go: up to the first one with a
 * usual name. A folder that a link leads into is left out, and so is one that something else than a file is
 * loaded from.
 *
 * @param hostname In ASCII.
 */
export function staticFolders(links: PageLinks, hostname: string): readonly StaticFolder[] {
  const isOwn = ({ protocol, hostname: host, port }: URL) =>
    /^https?:$/.test(protocol) && host === hostname && port === "";
  const isFile = ({ pathname }: URL) => FILE.test(pathname);
  const [code, media, pages] = [links.code, links.media, links.pages].map((urls) => urls.filter(isOwn));
  if (code === undefined || media === undefined || pages === undefined) return [];
  const others = [...code, ...media, ...pages].filter((url) => !isFile(url)).flatMap(readings);
  const isFree = ({ path }: StaticFolder) => {
    const folder = path.toLowerCase();
    return others.every((other) => !other.startsWith(folder) && `${other}/` !== folder);
  };
  const found = [
    ...code.filter(isFile).map((url) => foldersOf(url, true).find(isFree)),
    ...media.filter(isFile).map((url) => foldersOf(url, false).find(isFree)),
  ].filter((folder) => folder !== undefined);
  const distinct = [...new Map(found.map((folder) => [folder.path, folder])).values()];
  const isInside = ({ path }: StaticFolder) =>
    distinct.some((other) => other.path !== path && other.path.endsWith("/") && path.startsWith(other.path));
  return distinct.filter((folder) => !isInside(folder)).slice(0, MOST);
}

/** Every way in which a server may read a path, in lower case: encoded and decoded, slashes doubled or not. */
function readings({ pathname }: URL): readonly string[] {
  const lower = pathname.toLowerCase();
  return [lower, decoded(lower)].flatMap((path) => [path, path.replaceAll(/[/\\]+/g, "/")]);
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path).toLowerCase();
  } catch {
    return path;
  }
}

/**
 * The folders of a file that may be static only, the widest first.
 *
 * @param isOfSite Whether the site's own words name it, so that a folder with any name counts.
 */
function foldersOf({ pathname }: URL, isOfSite: boolean): readonly StaticFolder[] {
  const segments = pathname.slice(1).split("/");
  if (pathname.length > LONGEST || !segments.every((segment) => PLAIN.test(segment))) return [];
  const names = segments.slice(0, -1);
  if (names.length === 0) return ROOT_FILE.test(pathname) ? [{ path: pathname, name: "certain" }] : [];
  const folders = names.map((name, index): StaticFolder => {
    const path = `/${names.slice(0, index + 1).join("/")}/`;
    return { path, name: CERTAIN.test(name) ? "certain" : USUAL.test(name) ? "usual" : "other" };
  });
  // Of another name only the file's own folder counts: what else is above it, nobody knows.
  return folders.filter(({ name }, index) => {
    const isOwn = index === names.length - 1 && !DYNAMIC.test(names[index] ?? "");
    return name !== "other" || (isOfSite && isOwn);
  });
}
