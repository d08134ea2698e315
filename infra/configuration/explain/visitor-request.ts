import type { VisitorRequest } from "../../../worker/visitor/visit.ts";

/** A request to try, as somebody described it. */
export interface TriedRequest {
  /** Whole address of a page. */
  readonly url: URL;
  readonly method: string;
  /** Headers in the order they were given; a name that comes twice is joined as HTTP does it. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

/** What the Worker sees of it. */
export interface SentRequest extends VisitorRequest {
  readonly headers: Headers;
  readonly body: string;
}

/**
 * The request as the Worker gets it: the address without its fragment, which no browser sends, and a browser's user
 * agent where none is given.
 *
 * @throws TypeError when a name or a value is none that a header can have.
 */
export function sentRequest({ url, method, headers, body }: TriedRequest): SentRequest {
  const sent = new Headers({ host: url.host, "user-agent": "Mozilla/5.0" });
  const given = new Headers();
  for (const [name, value] of headers) given.append(name, value);
  given.forEach((value, name) => {
    sent.set(name, value);
  });
  const [address = ""] = url.href.split("#", 1);
  return { url: address, method, headers: sent, body };
}
