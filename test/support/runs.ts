/**
 * How many cases a property is tried with: few in `npm test`, which has two minutes for everything, and many in
 * `npm run test:long`, which runs each file that imports this one.
 */
export function runs(everyday: number, thorough: number): number {
  return process.env["PROPERTY_RUNS"] === "thorough" ? thorough : everyday;
}
