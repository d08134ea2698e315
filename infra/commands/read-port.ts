import { InvalidArgumentError } from "commander";

/** Where the dashboard is, unless it is said otherwise. */
export const DEFAULT_PORT = 8787;

/** A port as an option gives it; 0 stands for any free one. */
export function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) {
    throw new InvalidArgumentError("A port is a whole number from 0 to 65535.");
  }
  return port;
}
