import { UserError } from "../../errors/user-error.ts";
import { parsedUrl } from "../../url/parsed-url.ts";

/** The address of a page. @throws UserError when a text is none. */
export function readPageUrl(text: string): URL {
  const url = parsedUrl(text);
  if (url?.protocol === "https:" || url?.protocol === "http:") return url;
  throw new UserError(
    "url",
    `${JSON.stringify(text)} is not the address of a page. Write it in full, for example ` +
      "https://shop.example.com/tickets.",
  );
}
