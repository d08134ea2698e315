/** What a person has to know before anything is written, or has to do before it can be. */
export interface AdoptionFinding {
  /** `stop`: nothing can be written until it is settled. `note`: it is written, and this is what it means. */
  readonly level: "stop" | "note";
  readonly what: string;
  readonly remedy: string;
}

export function stop(what: string, remedy: string): AdoptionFinding {
  return { level: "stop", what, remedy };
}

export function note(what: string, remedy: string): AdoptionFinding {
  return { level: "note", what, remedy };
}
