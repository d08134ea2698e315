/** spdx-satisfies 6 brings no types. */
declare module "spdx-satisfies" {
  /** @throws Error where the first is no expression of SPDX. */
  export default function satisfies(expression: string, allowed: readonly string[]): boolean;
}
