package io.vigia.core.event;

import java.io.Serializable;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * How a timestamp is written in incoming data.
 *
 * <p><b>Shape.</b> {@code pattern} is a {@link java.time.format.DateTimeFormatter} pattern such as
 * {@code yyyy-MM-dd HH:mm:ss}, or one of the words {@code iso}, {@code epoch_s}, {@code epoch_ms},
 * {@code epoch_us}; {@code zone} places a pattern without offset (null only where the pattern has
 * one).
 */
public record TimeFormat(String pattern, @Nullable ZoneId zone) implements Serializable {}
