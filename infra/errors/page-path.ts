/** The page on every code, from the project's root. */
export const ERRORS_PAGE = "docs/errors.md";
