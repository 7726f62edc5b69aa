/**
 * Runs CEL's own conformance tests against Vigia's expressions: {@code ./dev/conformance FOLDER}.
 *
 * <p>Here belong the reader of the tests' files, the profile of CEL that Vigia declares (docs/
 * cel-profile.md) and the counting. The files themselves are CEL's and are not kept here.
 */
@NullMarked
package io.vigia.benchmarks.conformance;

import org.jspecify.annotations.NullMarked;
