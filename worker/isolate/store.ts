import { siteOf, type KeptCopy } from "./kept-copy.ts";
import type { KeptIndex } from "./kept-index.ts";
import { isWithin } from "../runtime/clock.ts";
import { compileConfiguration, compileWhatHolds, versionOf, type CompiledConfiguration } from "./compiled.ts";
import { Failure, failingWith, failureFrom } from "../runtime/failure.ts";
import { logWarning } from "../runtime/log.ts";
import type { Context, KeyValueNamespace } from "../runtime/platform.ts";
import { inTime } from "../runtime/or-after.ts";
import { SharedRead } from "./shared-read.ts";
import { Turns } from "../runtime/turns.ts";
import { CONFIGURATION_KEY } from "../deployment/variables.ts";

/** Milliseconds after which a refresh that has not ended counts as lost. */
const REFRESH_LOST_MS = 30_000;
/** Milliseconds in which a failed refresh is not repeated. */
const RETRY_PAUSE_MS = 5000;

/** Milliseconds after which a write counts as failed: the calls behind it, and who made this one, must not wait. */
const WRITE_TIMEOUT_MS = 10_000;

/** What became of a configuration that was to be written. */
export type Written =
  { readonly kind: "written" | "unchanged" } | { readonly kind: "older"; readonly newest: number };

export interface ConfigurationStoreOptions {
  readonly namespace: KeyValueNamespace;
  /** Milliseconds after which a newer configuration is looked for. */
  readonly ttlMs: number;
  /**
   * Whether an older version may replace a newer one. KV shows old values for a while after a publish, so
   * only an owner who writes older versions on purpose wants this.
   */
  readonly acceptsOlder: boolean;
  /** Asked when an isolate has no configuration and KV gives none. */
  readonly copy: KeptCopy;
  /**
   * Spares a cold isolate the parsing of a large configuration.
   * @default None is kept
   */
  readonly index?: KeptIndex;
}

/**
 * The configuration in the memory of one isolate. KV is read once for a cold isolate and then at most once
 * per time-to-live, in the background: a request never waits for a refresh. A value that is broken or cannot
 * be read leaves the last known good one in place; an isolate that has none yet takes the one that others
 * kept for it.
 */
export class ConfigurationStore {
  readonly #options: ConfigurationStoreOptions;
  readonly #firstRead: SharedRead<CompiledConfiguration>;
  /** The look for a copy. Each site has its own: that one has none must not keep another from its own. */
  #firstCopy: { readonly site: string; readonly read: SharedRead<CompiledConfiguration> } | undefined;
  /** What was taken from a copy, if anything was. */
  #copied: CompiledConfiguration | undefined;
  readonly #turns = new Turns();
  #held: CompiledConfiguration | undefined;
  /** When KV was last looked at or a look began, and for how many milliseconds that will do. */
  #looked = { at: 0, forMs: 0 };

  constructor(options: ConfigurationStoreOptions) {
    this.#options = options;
    this.#firstRead = new SharedRead(() => this.#readFirst(), "configuration-unreadable");
  }

  /**
   * The configuration to answer a request with; a promise only until this isolate has one.
   * @param url Address of the request.
   * @throws Failure when this isolate has never had one and cannot get one.
   */
  current(context: Context, url: string): CompiledConfiguration | Promise<CompiledConfiguration> {
    if (this.#held === undefined) return this.#first(context, url);
    if (!isWithin(this.#looked.at, this.#looked.forMs)) {
      this.#lookAgainAfter(REFRESH_LOST_MS);
      context.waitUntil(this.#refresh(url));
    }
    return this.#held;
  }

  /** Puts a configuration into this isolate's memory. */
  adopt(compiled: CompiledConfiguration): void {
    this.#held = compiled;
    this.#lookAgainAfter(this.#options.ttlMs);
  }

  /**
   * Writes a configuration to KV and into this isolate's memory, unless it is older than the newest that
   * either knows: another isolate may have written since, and KV shows old values for a while. Calls take
   * turns.
   * @throws Failure `configuration-unwritable`, also when it takes longer than ten seconds.
   */
  write(compiled: CompiledConfiguration): Promise<Written> {
    const reason = "configuration-unwritable";
    return failingWith(reason, () =>
      this.#turns.take(async () => {
        const written = await inTime(WRITE_TIMEOUT_MS, this.#write(compiled), reason);
        if (written.kind !== "older") await this.#options.index?.keep(compiled);
        return written;
      }),
    );
  }

  async #write(compiled: CompiledConfiguration): Promise<Written> {
    const { text } = compiled;
    const textInKv = await this.#options.namespace.get(CONFIGURATION_KEY, "text");
    const newest = Math.max(versionOf(textInKv), this.#held?.version ?? 0);
    if (compiled.version < newest) return { kind: "older", newest };
    if (textInKv !== text) await this.#options.namespace.put(CONFIGURATION_KEY, text);
    this.adopt(compiled);
    return { kind: textInKv === text ? "unchanged" : "written" };
  }

  #lookAgainAfter(milliseconds: number): void {
    this.#looked = { at: Date.now(), forMs: milliseconds };
  }

  async #first(context: Context, url: string): Promise<CompiledConfiguration> {
    try {
      return await this.#firstRead.get(context);
    } catch (error) {
      return this.#copyInPlaceOf(failureFrom(error), context, url);
    }
  }

  /** @throws Failure The one that is given, when there is no copy either. */
  async #copyInPlaceOf(failure: Failure, context: Context, url: string): Promise<CompiledConfiguration> {
    const site = siteOf(url);
    if (this.#firstCopy?.site !== site)
      this.#firstCopy = { site, read: new SharedRead(() => this.#readCopy(url), "configuration-unreadable") };
    let compiled: CompiledConfiguration;
    try {
      compiled = await this.#firstCopy.read.get(context);
    } catch {
      throw failure;
    }
    // KV may have answered after all while the copy was looked for.
    if (compiled === this.#copied)
      logWarning({ event: "kept-copy-used", reason: failure.reason, detail: failure.message });
    return compiled;
  }

  async #readCopy(url: string): Promise<CompiledConfiguration> {
    const text = await this.#options.copy.read(url);
    if (this.#held !== undefined) return this.#held;
    if (text === undefined) throw new Failure("configuration-missing", "");
    this.#copied = compileWhatHolds(text);
    this.adopt(this.#copied);
    this.#lookAgainAfter(RETRY_PAUSE_MS);
    return this.#copied;
  }

  async #readFirst(): Promise<CompiledConfiguration> {
    const text = await this.#read();
    const prepared = await this.#options.index?.compiled(text);
    // A publish call may have come in between, with something newer than what KV showed.
    if (this.#held !== undefined) return this.#held;
    const compiled = prepared ?? compileWhatHolds(text);
    this.adopt(compiled);
    return compiled;
  }

  async #refresh(url: string): Promise<void> {
    try {
      const text = await this.#read();
      if (text !== this.#held?.text) this.#replace(compileConfiguration(text));
      this.#lookAgainAfter(this.#options.ttlMs);
      // Not at the first read: a cold isolate has enough to do.
      if (this.#held === undefined) return;
      await this.#options.copy.save(url, this.#held.text);
      await this.#options.index?.keep(this.#held);
    } catch (error) {
      this.#lookAgainAfter(RETRY_PAUSE_MS);
      const { reason, message } = failureFrom(error);
      logWarning({ event: "last-known-good-kept", reason, detail: message });
    }
  }

  #replace(compiled: CompiledConfiguration): void {
    const heldVersion = this.#held?.version ?? 0;
    if (compiled.version < heldVersion && !this.#options.acceptsOlder) {
      const detail = `KV holds version ${compiled.version}, memory holds ${heldVersion}.`;
      logWarning({ event: "last-known-good-kept", reason: "older-version", detail });
      return;
    }
    this.adopt(compiled);
  }

  async #read(): Promise<string> {
    const text = await failingWith("configuration-unreadable", () =>
      this.#options.namespace.get(CONFIGURATION_KEY, "text"),
    );
    if (text === null)
      throw new Failure("configuration-missing", `KV has no value under ${CONFIGURATION_KEY}.`);
    return text;
  }
}
