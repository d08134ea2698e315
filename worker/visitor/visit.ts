import { findCookie } from "./cookies.ts";
import { normalizeUrl } from "./url-normalization.ts";
import { urlParts, type UrlParts } from "./url-parts.ts";

/** What the connector needs of a request. A `Request` fits. */
export interface VisitorRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: { get(name: string): string | null };
  /** Whatever there is of a body; a preflight has none. */
  readonly body?: unknown;
}

/** A text of the request that triggers look at; its upper-case form is made once, when first needed. */
export class Subject {
  #upper: string | undefined;

  constructor(readonly value: string) {}

  get upper(): string {
    return (this.#upper ??= this.value.toUpperCase());
  }
}

/** A URL and the parts of it that triggers look at. */
export class UrlSubjects {
  readonly whole: Subject;
  #parts: UrlParts | undefined;
  #host: Subject | undefined;
  #path: Subject | undefined;

  constructor(url: string) {
    this.whole = new Subject(url);
  }

  get host(): Subject {
    return (this.#host ??= new Subject(this.#split().host));
  }

  get path(): Subject {
    return (this.#path ??= new Subject(this.#split().path));
  }

  #split(): UrlParts {
    return (this.#parts ??= urlParts(this.whole.value));
  }
}

/** One request as triggers see it. Everything is computed when first asked for, and once. */
export class Visit {
  readonly url: UrlSubjects;
  readonly body: Subject;
  #normalized: UrlSubjects | undefined;
  readonly #headers: VisitorRequest["headers"];
  readonly #headerValues = new Map<string, string>();
  #headerSubjects: Map<string, Subject> | undefined;
  #cookieSubjects: Map<string, Subject> | undefined;

  /**
   * @param request The visitor's request.
   * @param pageUrl Its URL without queue token.
   * @param body The first characters of its body, or the empty string.
   */
  constructor(
    readonly request: VisitorRequest,
    pageUrl: string,
    body: string,
  ) {
    this.#headers = request.headers;
    this.url = new UrlSubjects(pageUrl);
    this.body = new Subject(body);
  }

  /** The same request, as if it had asked for another URL. */
  at(pageUrl: string): Visit {
    return pageUrl === this.url.whole.value ? this : new Visit(this.request, pageUrl, this.body.value);
  }

  /** The URL after the SDK's normalization, or as it is when that leaves nothing. */
  get normalizedUrl(): UrlSubjects {
    return (this.#normalized ??= new UrlSubjects(normalizeUrl(this.url.whole.value) || this.url.whole.value));
  }

  /** Value of a header, or the empty string. Read once: each time costs a call into the runtime. */
  header(name: string): string {
    let value = this.#headerValues.get(name);
    if (value === undefined) {
      value = this.#headers.get(name) ?? "";
      this.#headerValues.set(name, value);
    }
    return value;
  }

  /** Decoded value of a cookie, or undefined. */
  cookie(name: string): string | undefined {
    return findCookie(this.header("cookie"), name);
  }

  headerSubject(name: string): Subject {
    return remember((this.#headerSubjects ??= new Map<string, Subject>()), name, () => this.header(name));
  }

  cookieSubject(name: string): Subject {
    return remember(
      (this.#cookieSubjects ??= new Map<string, Subject>()),
      name,
      () => this.cookie(name) ?? "",
    );
  }
}

function remember(subjects: Map<string, Subject>, name: string, read: () => string): Subject {
  let subject = subjects.get(name);
  if (subject === undefined) subjects.set(name, (subject = new Subject(read())));
  return subject;
}
