/** Asks a person at a terminal. @throws UserError when a question gets no answer. */
export interface Questions {
  /** Asks for a text, again until the check finds nothing wrong. */
  readonly text: (question: TextQuestion) => Promise<string>;
  /** Asks for one of several. */
  readonly choice: <Value extends string>(question: ChoiceQuestion<Value>) => Promise<Value>;
}

export interface TextQuestion {
  readonly message: string;
  /** Taken where nothing is typed. */
  readonly initial?: string | undefined;
  /** What is wrong with a text, and what to write instead, in a sentence; undefined when nothing. */
  readonly check: (text: string) => string | undefined;
}

export interface ChoiceQuestion<Value extends string> {
  readonly message: string;
  readonly choices: readonly { readonly value: Value; readonly name: string }[];
  /** What is marked at first. */
  readonly initial?: Value | undefined;
}
