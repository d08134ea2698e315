/** An address with one more query parameter at its end; its fragment goes, since no server gets one. */
export function withParameter(url: string, parameter: string): string {
  const [address = ""] = url.split("#", 1);
  return `${address}${address.includes("?") ? "&" : "?"}${parameter}`;
}
