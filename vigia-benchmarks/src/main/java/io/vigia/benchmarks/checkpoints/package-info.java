/** What checkpoints do to answers: a job under load, with and without a key of a long history. */
@NullMarked
package io.vigia.benchmarks.checkpoints;

import org.jspecify.annotations.NullMarked;
