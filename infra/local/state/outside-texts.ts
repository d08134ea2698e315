import { createHash } from "node:crypto";
import type { AccountContents, Script } from "../cloudflare/account/model.ts";
import { type WrittenContents, outsideText } from "./contents-schema.ts";

/** Code up to this length stands in the state file itself, in characters. */
const INSIDE = 16 * 1024;

/** Code by its SHA-256 in hexadecimal. */
export type OutsideTexts = ReadonlyMap<string, string>;

/**
 * Takes long code out of what is written into one text: a text has an end, and JSON writes six characters for
 * some single ones. Versions that share their code share it there, too.
 */
export function takeOutside(contents: AccountContents): {
  readonly contents: unknown;
  readonly texts: OutsideTexts;
} {
  const texts = new Map<string, string>();
  const written = (text: string, owner: object): unknown => {
    // Half a character has no bytes of its own.
    if (text.length <= INSIDE || !text.isWellFormed()) return text;
    const sha256 = hashOf(text, owner);
    texts.set(sha256, text);
    return { sha256 };
  };
  const write = (script: Script) => ({
    ...script,
    content: written(script.content, script),
    ...(script.modules && {
      modules: script.modules.map((module) => ({ ...module, base64: written(module.base64, module) })),
    }),
  });
  return {
    contents: {
      ...contents,
      scripts: contents.scripts.map(write),
      ...(contents.uploads && {
        uploads: contents.uploads.map((upload) => ({ ...upload, script: write(upload.script) })),
      }),
    },
    texts,
  };
}

/** Names of the texts that were taken out of these contents. */
export function outsideNames({ scripts, uploads = [] }: WrittenContents): ReadonlySet<string> {
  const names = [...scripts, ...uploads.map(({ script }) => script)]
    .flatMap(({ content, modules = [] }) => [content, ...modules.map(({ base64 }) => base64)])
    .flatMap((text) => (typeof text === "string" ? [] : [text.sha256]));
  return new Set(names);
}

/** Puts them back. All of `outsideNames` have to be there. */
export function putBack(contents: WrittenContents, texts: OutsideTexts): AccountContents {
  const read = (text: unknown) => {
    const name = outsideText.safeParse(text);
    return name.success ? texts.get(name.data.sha256) : text;
  };
  const readScript = (script: WrittenContents["scripts"][number]) => ({
    ...script,
    content: read(script.content),
    ...(script.modules && {
      modules: script.modules.map((module) => ({ ...module, base64: read(module.base64) })),
    }),
  });
  // The schema says what its fields are; it only cannot say that those it leaves out are missing, not
  // undefined.
  return {
    ...contents,
    scripts: contents.scripts.map(readScript),
    ...(contents.uploads && {
      uploads: contents.uploads.map((upload) => ({ ...upload, script: readScript(upload.script) })),
    }),
  } as unknown as AccountContents;
}

export function sha256Of(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

// A change leaves most Workers as they are, and the hash of a large one takes a while.
const hashes = new WeakMap<object, string>();

function hashOf(text: string, owner: object): string {
  const hash = hashes.get(owner) ?? sha256Of(text);
  hashes.set(owner, hash);
  return hash;
}
