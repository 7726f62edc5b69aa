package io.vigia.benchmarks.kernel;

import java.util.function.Supplier;

/** A named way to judge; each call of {@code judges} gives one that has seen no event. */
record Contender(String name, Supplier<Judge> judges) {}
