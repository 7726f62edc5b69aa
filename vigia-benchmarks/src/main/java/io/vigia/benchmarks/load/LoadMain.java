package io.vigia.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** The load process: a task a line in, a result a line out, until its input ends. */
public final class LoadMain {
  private LoadMain() {}

  /** Runs until standard input ends, which it does with the process that started this one. */
  public static void main(String[] args) throws IOException, InterruptedException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (LoadGenerator generator = new LoadGenerator()) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        System.out.println(generator.run(LoadTask.parse(line)).line());
      }
    }
  }
}
