/** A step that did not go as it has to. */
export class StepFailed extends Error {
  override readonly name = "StepFailed";

  /** @param output What a tool wrote, with its secrets. */
  constructor(
    message: string,
    readonly output = "",
  ) {
    super(message);
  }
}
