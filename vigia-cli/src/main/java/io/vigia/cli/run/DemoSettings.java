package io.vigia.cli.run;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a demonstration shows, and for how long.
 *
 * <p><b>Shape.</b> {@code time} null is until it is stopped; {@code open} opens the page in the
 * user's browser; {@code json} ends with one JSON object.
 *
 * <p><b>Units and bounds.</b> {@code rate} events a second, more than nothing; {@code port} 0 takes
 * any that is free.
 */
public record DemoSettings(
    String name,
    @Nullable Duration time,
    double rate,
    Path data,
    int port,
    boolean open,
    boolean json) {}
