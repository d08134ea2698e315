import { DefaultUrlNormalizationStep } from "@queue-it/connector-javascript/dist/Normalization/defaultUrlNormalizationStep.js";
import {
  NormalizationPipeline,
  type Step,
} from "@queue-it/connector-javascript/dist/Normalization/normalizationPipeline.js";

/**
 * The SDK does this step with a look-behind that scans the whole URL at every character: 230 ms for a URL of
 * 16 KB, measured on 5.0.1. The first question mark decides, so one scan gives the same result.
 */
const replaceEncodedSpaceWithPlusInQuery: Step<string> = {
  execute(input, next) {
    const query = input.indexOf("?");
    if (query === -1) return next(input);
    return next(input.slice(0, query) + input.slice(query).replaceAll("%20", "+"));
  },
};

const pipeline = new NormalizationPipeline<string>(
  DefaultUrlNormalizationStep.ignoreErrors,
  DefaultUrlNormalizationStep.shortCircuitNullAsEmptyString,
  DefaultUrlNormalizationStep.trim,
  DefaultUrlNormalizationStep.checkEmptyString,
  DefaultUrlNormalizationStep.replaceBackSlashes,
  DefaultUrlNormalizationStep.removeDuplicatedSlashes,
  DefaultUrlNormalizationStep.decodeUnreservedCharacters,
  DefaultUrlNormalizationStep.percentEncodeLiteralByteValues,
  DefaultUrlNormalizationStep.convertPercentEncodedRepresentationsToUpperCase,
  DefaultUrlNormalizationStep.removeDotSegments,
  replaceEncodedSpaceWithPlusInQuery,
  DefaultUrlNormalizationStep.trim,
);

/** Normalizes a URL as the SDK's default provider does, in time linear in its length. Never throws. */
export function normalizeUrl(url: string): string {
  return pipeline.execute(url);
}
