/** What a Worker may use while it is loaded, as far as Node.js has it, too. */
const { URL, URLSearchParams, Headers, Request, Response, FormData, Blob, TextEncoder, TextDecoder } =
  globalThis;
const { ReadableStream, WritableStream, TransformStream, TextEncoderStream, TextDecoderStream } = globalThis;
const { Event, EventTarget, AbortController, AbortSignal, DOMException, performance } = globalThis;
const { atob, btoa, console, structuredClone } = globalThis;
const WEB = { URL, URLSearchParams, Headers, Request, Response, FormData, Blob, TextEncoder, TextDecoder };
const STREAMS = { ReadableStream, WritableStream, TransformStream, TextEncoderStream, TextDecoderStream };
const MORE = { Event, EventTarget, AbortController, AbortSignal, DOMException, performance };
/** What it is given runs after loading, where an error would end this process. */
const queueMicrotask = (): void => undefined;
const FUNCTIONS = { atob, btoa, console, structuredClone, queueMicrotask };

/**
 * The global names that a file of hooks finds while it is loaded. What waits, asks or makes random values is there,
 * and throws when it is called: Cloudflare refuses a Worker that does so outside of its functions, only when it is
 * uploaded ("Disallowed operation called within global scope").
 */
export function whileLoading(): Record<string, unknown> {
  const crypto = {
    subtle: globalThis.crypto.subtle,
    getRandomValues: notYet("crypto.getRandomValues"),
    randomUUID: notYet("crypto.randomUUID"),
  };
  const waiting = {
    setTimeout: notYet("setTimeout"),
    setInterval: notYet("setInterval"),
    fetch: notYet("fetch"),
  };
  return { ...WEB, ...STREAMS, ...MORE, ...FUNCTIONS, ...waiting, crypto };
}

function notYet(name: string): () => never {
  return () => {
    throw new Error(`${name} is called outside of a function`);
  };
}
