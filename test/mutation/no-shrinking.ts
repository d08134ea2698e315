import fc from "fast-check";

/** A mutant needs one counterexample, not the smallest. */
fc.configureGlobal({ ...fc.readConfigureGlobal(), endOnFailure: true });
