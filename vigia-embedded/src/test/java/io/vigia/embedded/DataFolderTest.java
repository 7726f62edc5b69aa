package io.vigia.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.core.problem.EnvironmentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir Path temp;

  @Test
  void open_missingFolder_isCreatedWithItsParts() throws IOException {
    try (DataFolder data = DataFolder.open(temp.resolve("a/b"))) {
      assertTrue(Files.isDirectory(data.kafka()));
      assertTrue(Files.isDirectory(data.flink()));
      assertTrue(Files.isDirectory(data.postgres()));
      assertTrue(Files.isDirectory(data.tmp()));
      assertEquals(
          Long.toString(ProcessHandle.current().pid()),
          Files.readString(data.path().resolve("lock")));
    }
  }

  @Test
  void open_heldByThisProcess_isRefused() {
    try (DataFolder data = DataFolder.open(temp)) {
      EnvironmentException e = refused(data.path());
      assertEquals(
          "data folder %s is in use by process %d (this one)"
              .formatted(data.path(), ProcessHandle.current().pid()),
          e.getMessage());
      refused(data.path());
    }
  }

  @Test
  void open_afterClose_works() {
    DataFolder.open(temp).close();
    DataFolder.open(temp).close();
  }

  @Test
  void open_fileInItsPlace_isRefused() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "x");
    assertEquals("data folder %s is a file".formatted(file), refused(file).getMessage());
  }

  @Test
  void open_fileInPlaceOfAPart_isRefused() throws IOException {
    Files.writeString(temp.resolve("kafka"), "x");
    EnvironmentException e = refused(temp);
    assertSays(temp.resolve("kafka").toString(), e);
    assertTrue(e.nextStep().contains("--data"), e.nextStep());
  }

  /** Permissions do not bind root, but nobody can make a folder here. */
  @Test
  void open_whereNoFolderCanBeMade_isRefused() {
    EnvironmentException e = refused(Path.of("/proc/vigia"));
    assertSays("/proc/vigia", e);
    assertFalse(e.nextStep().isEmpty());
  }

  @Test
  void open_nameThatTheServersSplit_isRefused() {
    assertSays("has a comma", refused(temp.resolve("a,b")));
    assertSays("a colon", refused(temp.resolve("a:b")));
  }

  @Test
  void open_newerFormat_isRefused() throws IOException {
    Files.writeString(temp.resolve("settings"), "format=99\n");
    EnvironmentException e = refused(temp);
    assertSays("format 99", e);
  }

  @Test
  void open_leftoversInTmp_areRemoved() throws IOException {
    DataFolder.open(temp).close();
    Path outside = Files.writeString(temp.resolve("outside"), "x");
    Path left = Files.createDirectories(temp.resolve("tmp/a/b"));
    Files.writeString(left.resolve("file"), "x");
    Files.createSymbolicLink(left.resolve("link"), outside);
    try (DataFolder data = DataFolder.open(temp)) {
      assertFalse(Files.exists(data.tmp().resolve("a")));
      assertTrue(Files.exists(outside));
    }
  }

  @Test
  void recorded_afterReopen_isWhatWasRecorded() {
    try (DataFolder data = DataFolder.open(temp)) {
      assertEquals(Optional.empty(), data.recorded("partitions.payments"));
      data.record("partitions.payments", "4");
    }
    try (DataFolder data = DataFolder.open(temp)) {
      assertEquals(Optional.of("4"), data.recorded("partitions.payments"));
    }
  }

  @Test
  void freeBytes_open_isMoreThanAStartNeeds() {
    try (DataFolder data = DataFolder.open(temp)) {
      assertTrue(data.freeBytes() >= DataFolder.FREE_BYTES_MIN);
    }
  }

  private static void assertSays(String part, EnvironmentException e) {
    assertTrue(e.toString().contains(part), e.toString());
  }

  private static EnvironmentException refused(Path folder) {
    return assertThrows(EnvironmentException.class, () -> DataFolder.open(folder));
  }
}
