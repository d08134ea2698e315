/**
 * What a protected page needs of the SDK. Running it takes half of a cold isolate's time, so it is loaded
 * when the first such page is asked for: `await import("./sdk.ts")`.
 */
export { DebugService } from "@queue-it/connector-javascript/dist/Debugging/DebugService.js";
export { QueueEventConfig } from "@queue-it/connector-javascript/dist/models.js";
export { UserInQueueService } from "@queue-it/connector-javascript/dist/userInQueueService.js";
export { UserInQueueStateCookieRepository } from "@queue-it/connector-javascript/dist/userInQueueStateCookieRepository.js";
