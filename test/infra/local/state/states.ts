import type { LocalState } from "../../../../infra/local/state/state-file.ts";

/** A state with one namespace, told from others by its title. */
export function stateTitled(title: string): LocalState {
  return {
    accountId: "0123456789abcdef0123456789abcdef",
    token: "local-only-test-token",
    secrets: { secretKey: "fake-secret-key", apiKey: "fake-api-key", directPassKey: "fake-direct-pass-key" },
    contents: { namespaces: [{ id: "1", title }], scripts: [], routes: [], schedules: [], secrets: [] },
  };
}
