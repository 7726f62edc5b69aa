package io.vigia.embedded;

import java.time.Duration;

/**
 * What can be chosen about the embedded Kafka.
 *
 * @param port where clients connect on the loopback interface; 0 picks a free one
 * @param retention how long a record is kept at least, unless its topic says otherwise
 * @param retentionBytes how much of a partition is kept at most, −1 for no limit
 * @param messageBytesMax the largest record batch that is taken
 */
public record KafkaSettings(
    int port, Duration retention, long retentionBytes, int messageBytesMax) {
  /** A free port, a week, no limit by size, records of 1 MiB and 64 KiB of headers around them. */
  public static final KafkaSettings DEFAULT =
      new KafkaSettings(0, Duration.ofDays(7), -1, (1 << 20) + (64 << 10));

  public KafkaSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be 0 to 65535, got " + port);
    }
    if (retention.isNegative() || retention.isZero()) {
      throw new IllegalArgumentException("retention must be positive, got " + retention);
    }
    if (retentionBytes < -1) {
      throw new IllegalArgumentException(
          "retentionBytes must be -1 or more, got " + retentionBytes);
    }
    if (messageBytesMax < 1024) {
      throw new IllegalArgumentException(
          "messageBytesMax must be 1024 or more, got " + messageBytesMax);
    }
  }

  /** The same with another port. */
  public KafkaSettings withPort(int other) {
    return new KafkaSettings(other, retention, retentionBytes, messageBytesMax);
  }
}
