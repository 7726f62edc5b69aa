package io.vigia.cli.run;

import io.vigia.cli.demo.DemoSettings;
import io.vigia.flink.StateStorage;
import java.nio.file.Path;

/**
 * What a demonstration shows, where, and to whom.
 *
 * <p><b>Shape.</b> {@code name} is the example whose pipeline runs; {@code people} who uses it;
 * {@code data} where everything is kept, {@code state} where the history of keys; {@code open}
 * opens the page in the user's browser; {@code json} ends with one JSON object.
 *
 * <p><b>Bounds.</b> {@code port} 0 takes any that is free.
 */
public record DemonstrationSettings(
    String name,
    DemoSettings people,
    Path data,
    int port,
    StateStorage state,
    boolean open,
    boolean json) {}
