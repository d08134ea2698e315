/** The pages of the dashboard, with their addresses. */
export const TABS = {
  overview: { path: "/", title: "Overview" },
  requests: { path: "/requests", title: "Requests" },
  configuration: { path: "/configuration", title: "Configuration" },
  account: { path: "/account", title: "Account" },
  log: { path: "/log", title: "Log" },
} as const;

export type Tab = keyof typeof TABS;

/** Address of a page for a customer, with what else it is asked for. */
export function addressOf(
  tab: Tab,
  customerId: string,
  asked: Readonly<Record<string, string>> = {},
): string {
  return `${TABS[tab].path}?${new URLSearchParams({ customer: customerId, ...asked }).toString()}`;
}
