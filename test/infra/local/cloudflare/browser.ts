import type { Readable } from "node:stream";
import { Agent, type Dispatcher, request } from "undici";

/** Finds every name on this machine: Node, unlike browsers, does not resolve names under localhost. */
const agent = new Agent({
  connect: {
    lookup: (_hostname, _options, callback) => {
      callback(null, [{ address: "127.0.0.1", family: 4 }]);
    },
  },
});

interface BrowseOptions {
  readonly method?: Dispatcher.HttpMethod;
  readonly headers?: Record<string, string>;
  readonly body?: Readable;
  readonly signal?: AbortSignal;
}

/** Sends a request as a browser on this machine would; redirects are not followed. */
export function browse(url: string, options: BrowseOptions = {}): Promise<Dispatcher.ResponseData<unknown>> {
  return request(url, { dispatcher: agent, ...options });
}
