import { publishCall } from "../../queue-it/publish-call.ts";

/** What the Worker said to a publish call. */
export interface PublishResult {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Version of the configuration that was sent. */
  readonly version: number;
  readonly accepted: boolean;
  /** First words of the Worker's answer: `Success!` or `Fail!`. */
  readonly answer: string;
}

export interface PublisherOptions {
  readonly publishUrl: string;
  readonly secretKey: string;
  readonly send: (request: Request) => Promise<Response>;
  readonly now: () => number;
}

const LONGEST_ANSWER = 200;

/** Publishes as the vendor's platform does, and remembers how it went. */
export class Publisher {
  readonly #options: PublisherOptions;
  #last: PublishResult | undefined;
  #lastAccepted: PublishResult | undefined;

  constructor(options: PublisherOptions) {
    this.#options = options;
  }

  get last(): PublishResult | undefined {
    return this.#last;
  }

  /** The last call that the Worker took: what it has. */
  get lastAccepted(): PublishResult | undefined {
    return this.#lastAccepted;
  }

  async publish(configuration: string, version: number): Promise<PublishResult> {
    const { publishUrl, secretKey, send, now } = this.#options;
    const outcome = await send(publishCall(configuration, publishUrl, secretKey)).then(read, notReached);
    this.#last = { ...outcome, at: now(), version };
    if (outcome.accepted) this.#lastAccepted = this.#last;
    return this.#last;
  }
}

async function read(response: Response): Promise<Pick<PublishResult, "accepted" | "answer">> {
  const answer = (await response.text()).trim();
  return {
    accepted: response.status === 200 && answer === "Success!",
    answer: answer.slice(0, LONGEST_ANSWER),
  };
}

function notReached(): Pick<PublishResult, "accepted" | "answer"> {
  return { accepted: false, answer: "The Worker could not be reached." };
}
