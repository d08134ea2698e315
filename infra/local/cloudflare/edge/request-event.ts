/** What the edge did with one request: for the dashboard and for tests. Holds no token, cookie or body. */
export interface RequestEvent {
  /** When it came in, milliseconds since 1970. */
  readonly time: number;
  readonly method: string;
  /** Real URL; values of Queue-it tokens are hidden. */
  readonly url: string;
  /** Pattern of the route that matched; null when none did. */
  readonly route: string | null;
  /** Name of the Worker that saw it; null when it went straight to the origin. */
  readonly worker: string | null;
  readonly status: number;
}
