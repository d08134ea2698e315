/** An address without a fragment, with one more query parameter at its end. */
export function withParameter(url: string, parameter: string): string {
  return `${url}${url.includes("?") ? "&" : "?"}${parameter}`;
}
