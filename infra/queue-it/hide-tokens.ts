/** The URL without the values of query parameters that hold a Queue-it token, however deep it is nested. */
export function hideTokens(url: string): string {
  const start = url.indexOf("?");
  if (start === -1) return url;
  const parts = url
    .slice(start + 1)
    .split("&")
    .map((part) => (mentionsToken(part) ? `${part.split("=", 1)[0] ?? ""}=hidden` : part));
  return `${url.slice(0, start)}?${parts.join("&")}`;
}

function mentionsToken(part: string): boolean {
  let text = part;
  // A URL within a URL within a URL is as deep as Queue-it's own addresses go.
  for (let depth = 0; depth < 4; depth += 1) {
    if (/(queueit|enqueue)token/i.test(text)) return true;
    text = text.replaceAll(/%([0-7][0-9a-f])/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  }
  return false;
}
