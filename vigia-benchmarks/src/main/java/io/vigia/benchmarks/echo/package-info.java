/**
 * The floor that an answer through Kafka can be measured against: the same way with nobody who
 * decides.
 */
@NullMarked
package io.vigia.benchmarks.echo;

import org.jspecify.annotations.NullMarked;
