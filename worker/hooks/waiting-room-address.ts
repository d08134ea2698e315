/** Parameters of an address at Queue-it (SDK 5.0.1, getQueryString). */
export const LANGUAGE = "cid";
export const LAYOUT = "l";

/** An address with one parameter set; every other byte of it stays as it was. */
export function withParameter(address: string, name: string, value: string): string {
  const wanted = `${name}=${encodeURIComponent(value)}`;
  const start = address.indexOf("?");
  if (start === -1) return `${address}?${wanted}`;
  const parameters = address.slice(start + 1).split("&");
  const index = parameters.findIndex((parameter) => parameter.startsWith(`${name}=`));
  if (index === -1) parameters.push(wanted);
  else parameters[index] = wanted;
  return `${address.slice(0, start)}?${parameters.join("&")}`;
}
