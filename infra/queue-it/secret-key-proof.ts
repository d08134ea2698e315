/** Whether the secret key that is given is the one that a Worker runs with. */
export interface SecretKeyProof {
  readonly outcome: "same" | "different" | "not-tried" | "unclear";
  /** A sentence that says why. */
  readonly why: string;
}
