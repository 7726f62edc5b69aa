package io.vigia.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is really full, which takes a small file system of its own and so the super-user. */
class KafkaExitIT {
  @TempDir Path temp;

  @Test
  void kafka_fullDisk_endsTheProcessWithOneClearLine() throws Exception {
    Path disk = Files.createDirectory(temp.resolve("disk"));
    assumeTrue(
        call("mount", "-t", "tmpfs", "-o", "size=300m", "tmpfs", disk.toString()) == 0,
        "a file system can only be mounted by root");
    try {
      Path output = Files.createFile(temp.resolve("output"));
      Process process = EmbeddedProcess.start(output, "full-disk", disk.resolve("data").toString());
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), () -> read(output));
      assertEquals(KafkaExit.EXIT_CODE, process.exitValue(), () -> read(output));
      assertEquals(
          1,
          Files.readAllLines(output).stream()
              .filter(line -> line.startsWith("FATAL Kafka stopped because it cannot write to"))
              .count(),
          () -> read(output));
    } finally {
      call("umount", disk.toString());
    }
  }

  private static int call(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).inheritIO().start();
    return process.waitFor();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
