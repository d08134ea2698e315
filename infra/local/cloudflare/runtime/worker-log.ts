/** A line that a Worker or the runtime wrote. */
export interface WorkerLog {
  /** As in the console: `log`, `info`, `debug`, `warn` or `error`. */
  readonly level: string;
  readonly message: string;
}
