package io.vigia.embedded;

import io.vigia.core.problem.EnvironmentException;
import java.io.IOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The one folder in which the embedded servers keep everything, held by one process at a time.
 *
 * <p><b>Shape.</b> {@code kafka/}, {@code flink/} and {@code postgres/} belong to the servers,
 * {@code tmp/} is emptied at each start, {@code settings} keeps what was fixed at the first start
 * (such as partition counts), and {@code lock} carries the process id of the holder.
 *
 * <p><b>Bounds.</b> A start needs {@link #FREE_BYTES_MIN} free on the disk.
 *
 * <p><b>Errors.</b> A folder in use, unreadable, full or written by a newer Vigia is an {@link
 * EnvironmentException}.
 */
public final class DataFolder implements AutoCloseable {
  /** What must be free on the disk for a start, 256 MiB. */
  public static final long FREE_BYTES_MIN = 256L << 20;

  /*
   * The lock is the operating system's, so that it ends with its process, also after kill -9. On
   * POSIX systems it belongs to the process and is lost as soon as the process closes any channel on
   * the file, so a second open in the same process must be refused before it touches the file.
   */
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private static final String FORMAT = "format";
  private static final int FORMAT_NOW = 1;

  private final Path path;
  private final FileChannel lock;
  private final Map<String, String> settings = new TreeMap<>();
  private boolean root;

  private DataFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /** Opens the folder at {@code path}, creating it where it does not exist. */
  public static DataFolder open(Path path) {
    Path folder = createdFolder(path.toAbsolutePath().normalize());
    checkName(folder);
    if (!HELD_HERE.add(folder)) {
      throw inUse(folder, ProcessHandle.current().pid() + " (this one)");
    }
    FileChannel lock = null;
    try {
      lock = lock(folder);
      DataFolder opened = new DataFolder(folder, lock);
      opened.prepare();
      return opened;
    } catch (IOException e) {
      release(folder, lock);
      throw unusable(folder, e);
    } catch (RuntimeException e) {
      release(folder, lock);
      throw e;
    }
  }

  /** The folder itself, absolute and without symbolic links. */
  public Path path() {
    return path;
  }

  public Path kafka() {
    return path.resolve("kafka");
  }

  public Path flink() {
    return path.resolve("flink");
  }

  public Path postgres() {
    return path.resolve("postgres");
  }

  /** For files that need not outlive the process; emptied at each start. */
  public Path tmp() {
    return path.resolve("tmp");
  }

  /** Bytes that this process may still write to the folder's disk. */
  public long freeBytes() {
    try {
      return Files.getFileStore(path).getUsableSpace();
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  /** What an earlier start recorded under {@code name}, if any did. */
  public synchronized Optional<String> recorded(String name) {
    return Optional.ofNullable(settings.get(name));
  }

  /** Records {@code value} under {@code name} for all later starts; it is on the disk on return. */
  public synchronized void record(String name, String value) {
    if (!name.matches("[A-Za-z0-9_.-]+") || value.contains("\n") || value.contains("\\")) {
      throw new IllegalArgumentException("setting " + name + ": got " + value);
    }
    settings.put(name, value);
    StringBuilder text = new StringBuilder("# Fixed at the first start; Vigia keeps this file\n");
    settings.forEach((n, v) -> text.append(n).append('=').append(v).append('\n'));
    Path next = path.resolve("settings.new");
    try (FileChannel file =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      writeAll(file, text.toString());
      file.force(true);
      Files.move(next, settingsFile(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  /** Whether this process runs as the super-user. */
  boolean isRoot() {
    return root;
  }

  /** Lets another process use the folder. */
  @Override
  public void close() {
    release(path, lock);
  }

  private void prepare() throws IOException {
    for (Path folder : new Path[] {kafka(), flink(), postgres(), tmp()}) {
      Files.createDirectories(folder);
      if (!Files.isReadable(folder) || !Files.isWritable(folder) || !Files.isExecutable(folder)) {
        throw new FileSystemException(folder.toString(), null, "not readable and writable");
      }
    }
    long free = freeBytes();
    if (free < FREE_BYTES_MIN) {
      throw new EnvironmentException(
          "only %d MiB are free on the disk of data folder %s".formatted(free >> 20, path),
          "free at least %d MiB there, or give another folder with --data"
              .formatted(FREE_BYTES_MIN >> 20));
    }
    Folders.empty(tmp());
    root = isRootsOwn(Files.createFile(tmp().resolve("probe")));
    readSettings();
  }

  private void readSettings() throws IOException {
    if (Files.exists(settingsFile())) {
      Properties read = new Properties();
      try (Reader reader = Files.newBufferedReader(settingsFile())) {
        read.load(reader);
      }
      read.stringPropertyNames().forEach(name -> settings.put(name, read.getProperty(name)));
    }
    String format = recorded(FORMAT).orElse("");
    if (format.isEmpty()) {
      record(FORMAT, Integer.toString(FORMAT_NOW));
    } else if (!format.equals(Integer.toString(FORMAT_NOW))) {
      throw new EnvironmentException(
          "data folder %s has format %s, this Vigia knows %d".formatted(path, format, FORMAT_NOW),
          "use the Vigia that wrote it, or give another folder with --data");
    }
  }

  private static boolean isRootsOwn(Path written) throws IOException {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(written, "unix:uid"));
    } catch (UnsupportedOperationException | IllegalArgumentException e) {
      return false;
    }
  }

  private Path settingsFile() {
    return path.resolve("settings");
  }

  private static Path createdFolder(Path path) {
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new EnvironmentException(
          "data folder %s is a file".formatted(path), "give a folder with --data");
    }
    try {
      return Files.createDirectories(path).toRealPath();
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  private static void checkName(Path folder) {
    // Kafka and Flink take these for the ends of a name in a list of folders.
    if (folder.toString().matches(".*[,:\\\\\n].*")) {
      throw new EnvironmentException(
          "data folder %s has a comma, a colon or a backslash in its path".formatted(folder),
          "give another folder with --data");
    }
  }

  private static FileChannel lock(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() == null) {
        ByteBuffer pid = ByteBuffer.allocate(20);
        channel.read(pid, 0);
        throw inUse(folder, new String(pid.array(), 0, pid.position(), StandardCharsets.UTF_8));
      }
      channel.truncate(0);
      writeAll(channel, Long.toString(ProcessHandle.current().pid()));
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static void release(Path folder, @Nullable FileChannel lock) {
    try {
      if (lock != null) {
        lock.close();
      }
    } catch (IOException e) {
      // The lock ends with the process at the latest.
    } finally {
      HELD_HERE.remove(folder);
    }
  }

  private static void writeAll(FileChannel channel, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static EnvironmentException inUse(Path folder, String pid) {
    return new EnvironmentException(
        "data folder %s is in use by process %s".formatted(folder, pid),
        "stop that process, or give another folder with --data");
  }

  private static EnvironmentException unusable(Path folder, IOException e) {
    return new EnvironmentException(
        "data folder %s cannot be used: %s".formatted(folder, Reasons.of(e)),
        "make it readable and writable, or give another folder with --data",
        e);
  }
}
