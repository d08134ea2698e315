/** The default export of `infra/environments/<name>.ts`, before anybody has looked at it. */
export interface EnvironmentFile {
  readonly name: string;
  readonly environment: unknown;
}
