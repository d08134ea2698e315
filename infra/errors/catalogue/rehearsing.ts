import type { ErrorEntries } from "../entry.ts";

/** Errors of rehearsals. */
export const REHEARSAL_ERRORS = {
  "rehearsal-scenario": {
    what: "A scenario cannot be rehearsed.",
    why: "A file of a scenario, or an option in its place, is misspelt or beyond its limits.",
    next: "Fix what the message names; an editor that reads the file's `$schema` marks it.",
  },
  "rehearsal-configuration": {
    what: "An integration configuration cannot be rehearsed.",
    why: "The Worker would refuse it, or it is not one.",
    next: "`npx queueit-cf config validate <file>` says what is wrong with it.",
  },
  "rehearsal-nothing-queues": {
    what: "No page of the environment queues, so there is nothing to rehearse.",
    why: "No page has both a route to the Worker and a queue action of the integration configuration.",
    next: "Name pages that are to queue in `coverage.protected`, or give the configuration of the sale with `--configuration`.",
  },
  "rehearsal-page": {
    what: "A page that a scenario protects is not one of the environment's.",
    why: "It is misspelt, of another site, or no route gives it to the Worker.",
    next: "Give `page` of the event `protect` as a path such as `/offer`, or as a whole address of one of the sites.",
  },
  "rehearsal-format": {
    what: "The environment's Worker file cannot be rehearsed.",
    why: "It is a service worker: only the clock of a module can be set.",
    next: "Ask for the connector as a module, or try it with `npx queueit-cf preview`.",
  },
  "rehearsal-start": {
    what: "The Worker of a rehearsal does not start.",
    why: "It has a bug, or needs something that a rehearsal does not have.",
    next: "Read the runtime's words in the message, and try it with `npx queueit-cf preview`.",
  },
  "rehearsal-stuck": {
    what: "The Worker of a rehearsal stopped answering.",
    why: "It has a loop without end or uses up the memory, or the machine was too busy.",
    next: "Look for a loop in the Worker; otherwise rehearse with fewer visitors.",
  },
} as const satisfies ErrorEntries;
