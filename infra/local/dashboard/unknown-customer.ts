/** What is said about a customer who is not in the account. */
export function unknownCustomer(customerId: string): string {
  return (
    `Nothing was changed: the customer ${JSON.stringify(customerId)} is not in this account. Open ` +
    "the dashboard again at its original address, and choose one of its customers."
  );
}
