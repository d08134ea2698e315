/** Whether KV answers at this moment. */
export type KvState = "works" | "down";

/** Asked before each KV operation of a Worker; the operation waits for as long as this does. */
export type KvGate = () => Promise<KvState>;

/** Nothing has this name (RFC 6761): only the runtime's own requests go there. */
const GATE_HOST = "kv-gate.invalid";

const CLOSED = 503;

/** The answer to the runtime's question whether KV works; undefined for any other request. */
export function answerGate(request: Request, gate: KvGate): Promise<Response> | undefined {
  if (new URL(request.url).hostname !== GATE_HOST) return undefined;
  return gate().then((state) => new Response(null, { status: state === "works" ? 204 : CLOSED }));
}

/** Name of the Worker that stands between the others and one namespace. */
export function gateOf(namespaceId: string): string {
  return `#kv-${namespaceId}`;
}

/**
 * Source of a function that puts what asks before each operation in the place of a namespace. The rest is left to
 * the runtime's own, and so are the words of the error of a KV that does not answer.
 */
const GATED = `({ namespace, gate }) => {
  const gated = (name, words) => async (...given) => {
    const { status } = await gate.fetch("http://${GATE_HOST}/");
    if (status === ${CLOSED}) throw new Error("KV " + words + " failed: ${CLOSED} Service Unavailable");
    return namespace[name](...given);
  };
  return {
    get: gated("get", "GET"),
    getWithMetadata: gated("getWithMetadata", "GET"),
    list: gated("list", "GET"),
    put: gated("put", "PUT"),
    delete: gated("delete", "DELETE"),
  };
}`;

/** Options of the Worker that stands before a namespace. */
export function gateOptions(
  namespaceId: string,
  outbound: { readonly address: string; readonly http: object },
) {
  return {
    name: gateOf(namespaceId),
    modules: [{ type: "ESModule" as const, path: "kv-gate.js", contents: `export default ${GATED};` }],
    kvNamespaces: { namespace: namespaceId },
    serviceBindings: { gate: { external: outbound } },
  };
}

/** Name under which a service Worker has the way to ask, until its code begins. */
export const GATE_GLOBAL = "#kv-gate";

/**
 * As `setClock`, a statement that puts the same in the place of a service Worker's namespaces, which are globals:
 * the runtime has no bindings of our making for one.
 */
export function gateGlobals(names: readonly string[]): string {
  const source = GATED.replaceAll(/\n\s*/g, " ");
  return `{ const gate = globalThis["${GATE_GLOBAL}"]; delete globalThis["${GATE_GLOBAL}"]; for (const name of ${JSON.stringify(names)}) globalThis[name] = (${source})({ namespace: globalThis[name], gate }); } `;
}
