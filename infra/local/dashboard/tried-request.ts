import type { TriedRequest } from "../../configuration/explain/visitor-request.ts";
import { parsedUrl } from "../../url/parsed-url.ts";

/** What was typed into the box, as it was typed. */
export interface TriedFields {
  readonly url: string;
  readonly method: string;
  /** One header a line. */
  readonly headers: string;
  readonly body: string;
}

/** The request that was typed, under its real address; a text says what is wrong with it. */
export function readTriedRequest({
  url: address,
  method,
  headers,
  body,
}: TriedFields): TriedRequest | string {
  const url = realUrl(address.trim());
  if (url === undefined) return "Write the whole address, for example https://shop.example.com/tickets.";
  if (!/^[a-z]{1,20}$/i.test(method.trim())) return "Write a method such as GET or POST.";
  const read: (readonly [string, string])[] = [];
  for (const line of headers.split(/\r?\n/).filter((each) => each.trim() !== "")) {
    const [, name = "", value = ""] = /^([^:]*):(.*)$/.exec(line) ?? [];
    try {
      new Headers().append(name.trim(), value.trim());
    } catch {
      return `Write each header as “Name: value”; this one is not: ${line}`;
    }
    read.push([name.trim(), value.trim()]);
  }
  return { url, method: method.trim().toUpperCase(), headers: read, body };
}

/** The address that was meant: a browser on this machine reaches a site under another one than its own. */
export function realUrl(text: string): URL | undefined {
  const real = text.replace(/^http:\/\/([^/?#:@]+)\.localhost:\d+(?=[/?#]|$)/i, "https://$1");
  const url = parsedUrl(real);
  return url?.protocol === "https:" || url?.protocol === "http:" ? url : undefined;
}
