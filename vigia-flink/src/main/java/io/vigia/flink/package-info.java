/**
 * A pipeline as an Apache Flink job, on an embedded MiniCluster or on a cluster.
 *
 * <p>Here belongs how core's stages become operators, how keyed state is kept in Flink's, how
 * events are read from Kafka and decisions written to it, how a new version reaches a running job.
 * No rule, window or pattern is computed here: the job calls core and moves rows. Starting a broker
 * or a MiniCluster belongs to {@code vigia-embedded}.
 */
@NullMarked
package io.vigia.flink;

import org.jspecify.annotations.NullMarked;
