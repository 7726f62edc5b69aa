package io.vigia.embedded;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One server of the stack, starting on a thread of its own. */
final class Part<T extends AutoCloseable> {
  private static final Logger log = LoggerFactory.getLogger(Part.class);

  private final String name;
  private final CompletableFuture<T> server;

  private Part(String name, CompletableFuture<T> server) {
    this.name = name;
    this.server = server;
  }

  /** Begins to start the server and tells the listener, which is the lock of its own calls. */
  static <T extends AutoCloseable> Part<T> start(
      String name, StartListener listener, Supplier<T> starter) {
    CompletableFuture<T> server = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              long begin = System.nanoTime();
              try {
                synchronized (listener) {
                  listener.onStarting(name);
                }
                T started = starter.get();
                synchronized (listener) {
                  listener.onReady(name, (System.nanoTime() - begin) / 1_000_000);
                }
                server.complete(started);
              } catch (Throwable e) {
                server.completeExceptionally(e);
              }
            },
            "start-" + name);
    thread.start();
    return new Part<>(name, server);
  }

  /** A server that is not part of this run. */
  static <T extends AutoCloseable> Part<T> absent(String name) {
    return new Part<>(name, CompletableFuture.failedFuture(new CancellationException()));
  }

  void awaitStarted() {
    if (!server.isCancelled()) {
      get();
    }
  }

  /** The server, when it has started; throws what kept it from that. */
  T get() {
    if (server.isCancelled()) {
      throw new IllegalStateException(name + " is not embedded in this run");
    }
    try {
      return server.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** Stops the server, if it is there and started; waits for a start that is under way. */
  void close() {
    T started = server.exceptionally(e -> null).join();
    if (started != null) {
      try {
        started.close();
      } catch (Exception e) {
        log.warn("{} did not stop in order: {}", name, Reasons.of(e));
      }
    }
  }
}
