/**
 * Card payments to try Vigia with: a made-up population that pays, three frauds among it, and the
 * load that sends them to a running gateway and tells what became of them.
 *
 * <p>Here belongs what is made up, what is measured from outside and what the demo prints. Starting
 * the parts that decide does not: the load knows an address and nothing else of them.
 */
@NullMarked
package io.vigia.cli.demo;

import org.jspecify.annotations.NullMarked;
