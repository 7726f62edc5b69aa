/**
 * What tests need, ours and our users': the contract every engine must keep, seeds, fakes.
 *
 * <p>{@link io.vigia.testkit.PipelineTests} makes the tests of a pipeline file tests of JUnit. Here
 * belong as well reproducible chance (a failing test names its seed), fakes of what a test must not
 * start for real, and {@code EngineContract}: same events, same decisions, with and without a
 * restore in the middle. This module is published, so its types are documented like the product's.
 * Starting real servers does not belong here.
 */
@NullMarked
package io.vigia.testkit;

import org.jspecify.annotations.NullMarked;
