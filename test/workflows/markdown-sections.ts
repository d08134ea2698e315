/** The sections below the headings of the second level. */
export function sectionsOf(page: string): readonly { readonly heading: string; readonly text: string }[] {
  return page
    .split(/^## /m)
    .slice(1)
    .map((section) => ({
      heading: section.slice(0, section.indexOf("\n")).trim(),
      text: section.slice(section.indexOf("\n")),
    }));
}

/** The blocks of code of a text, in their order. */
export function fencedBlocks(text: string): readonly { readonly language: string; readonly code: string }[] {
  return [...text.matchAll(/^ *```(\w*)\n(.*?)^ *```/gms)].map(([, language = "", code = ""]) => ({
    language,
    code,
  }));
}
