/** An environment variable that the commands read, or that they keep from others because it is a secret. */
export interface CommandVariable {
  /** What it is, in a sentence or two. `docs/reference/variables.md` and `.env.example` say it. */
  readonly meaning: string;
  /** Who reads it. */
  readonly readBy: string;
  /** What holds where it is not set or empty. */
  readonly standard: string;
  /**
   * Nothing shows its value. `of-terraform`: Terraform and its provider get it. `of-the-pipeline`: they do not.
   * @default not a secret
   */
  readonly secret?: "of-terraform" | "of-the-pipeline";
}

/** By their names. `<…>` stands for a part that differs. */
export type VariableList = Readonly<Record<string, CommandVariable>>;
