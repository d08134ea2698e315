import type { ErrorEntries } from "../entry.ts";

/** Errors of exports for other tools. */
export const EXPORT_ERRORS = {
  "export-folder": {
    what: "The folder that an environment would be exported into is not empty.",
    why: "It was exported before, or the folder has another use.",
    next: "Name another folder, or move this one away. Nothing was written.",
  },
} as const satisfies ErrorEntries;
