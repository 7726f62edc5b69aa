package io.vigia.benchmarks.load;

import java.util.List;

/**
 * What the load process is asked to do: send payments to one address at a fixed rate.
 *
 * <p><b>Shape.</b> One line of words, so that it can travel through a pipe. {@code first} is the
 * number of the first payment.
 *
 * <p><b>Units and bounds.</b> {@code rate} requests a second for {@code seconds}.
 */
record LoadTask(String host, int port, String path, int rate, int seconds, long first) {
  private static final int WORDS = 6;

  LoadTask {
    if (rate < 1 || seconds < 1) {
      throw new IllegalArgumentException(
          "rate and seconds must be positive, got " + rate + " and " + seconds);
    }
  }

  int requests() {
    return Math.multiplyExact(rate, seconds);
  }

  String line() {
    return String.join(
        " ",
        host,
        Integer.toString(port),
        path,
        Integer.toString(rate),
        Integer.toString(seconds),
        Long.toString(first));
  }

  static LoadTask parse(String line) {
    List<String> words = List.of(line.split(" ", -1));
    if (words.size() != WORDS) {
      throw new IllegalArgumentException("task: expected " + WORDS + " words, got " + line);
    }
    return new LoadTask(
        words.get(0),
        Integer.parseInt(words.get(1)),
        words.get(2),
        Integer.parseInt(words.get(3)),
        Integer.parseInt(words.get(4)),
        Long.parseLong(words.get(5)));
  }
}
