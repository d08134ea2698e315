/** Where a command speaks to its user. */
export interface Console {
  /** What was asked for: the standard output. */
  readonly print: (text: string) => void;
  /**
   * A message for people, broken for their terminal: the standard output, or the error where that is for
   * programs.
   */
  readonly say: (text: string) => void;
  /** What goes on meanwhile: the standard error, so that it never gets into a file or a pipe. */
  readonly progress: (line: string) => void;
  /** Whether there is a terminal to ask at. */
  readonly canAsk: () => boolean;
  /**
   * Asks a question that is answered with yes or no, again after a typo. Without a terminal the answer is no.
   */
  readonly confirm: (question: string) => Promise<boolean>;
  /** Asks for a text. Without a terminal it is empty. */
  readonly ask: (question: string) => Promise<string>;
}
