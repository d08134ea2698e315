import { UserError } from "../../errors/user-error.ts";

/** The address of a page. @throws UserError when a text is none. */
export function readPageUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === "https:" || url?.protocol === "http:") return url;
  throw new UserError(
    "url",
    `${JSON.stringify(text)} is not the address of a page. Write it in full, for example ` +
      "https://shop.example.com/tickets.",
  );
}
