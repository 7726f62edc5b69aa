package io.vigia.server.http;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vigia.core.problem.EnvironmentException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Listens for HTTP requests, on as many event loops as there are processors.
 *
 * <p><b>Units and bounds.</b> So many connections at a time; what comes on top is closed at once
 * and counted. Each takes a file handle, and Kafka in the same process must not run out of them.
 *
 * <p><b>Errors.</b> A port in use, or an address that is none of this machine's, is an {@link
 * EnvironmentException}.
 */
public final class HttpEndpoint {
  private static final int IDLE_SECONDS_MAX = 75;
  private static final int LOOPS_MAX = 4;

  private final AtomicInteger port = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicLong refused = new AtomicLong();
  private final Vertx vertx;
  private final int connectionsMax;
  private final String deployment;

  private HttpEndpoint(Vertx vertx, String host, int port, int connectionsMax, Router router) {
    this.vertx = vertx;
    this.connectionsMax = connectionsMax;
    this.port.set(port);
    this.deployment = deploy(vertx, host, port, router);
  }

  /** Begins to listen; port 0 takes any that is free. */
  public static HttpEndpoint listen(
      Vertx vertx, String host, int port, int connectionsMax, Router router) {
    return new HttpEndpoint(vertx, host, port, connectionsMax, router);
  }

  /** The port that is listened to. */
  public int port() {
    return port.get();
  }

  /** How many connections are open. */
  public int connections() {
    return connections.get();
  }

  /** How many connections were closed because there were too many. */
  public long refused() {
    return refused.get();
  }

  private void connected(HttpConnection connection) {
    if (connections.incrementAndGet() > connectionsMax) {
      refused.incrementAndGet();
      connection.close();
    }
    connection.closeHandler(closed -> connections.decrementAndGet());
  }

  /** Takes no more requests and ends the connections. */
  public void close() throws InterruptedException {
    try {
      vertx.undeploy(deployment).toCompletionStage().toCompletableFuture().get(1, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // It ends with Vert.x itself.
    }
  }

  private String deploy(Vertx vertx, String host, int wanted, Router router) {
    // Every loop must share one port, which is only known once the first one listens on port 0.
    int loops = wanted == 0 ? 1 : Math.min(LOOPS_MAX, Runtime.getRuntime().availableProcessors());
    try {
      return vertx
          .deployVerticle(
              () -> new Listener(host, wanted, router), new DeploymentOptions().setInstances(loops))
          .toCompletionStage()
          .toCompletableFuture()
          .join();
    } catch (CompletionException e) {
      throw refused(host, wanted, e.getCause() == null ? e : e.getCause());
    }
  }

  private static EnvironmentException refused(String host, int port, Throwable cause) {
    String text = String.valueOf(cause.getMessage());
    if (text.contains("in use")) {
      return new EnvironmentException(
          "port %d on %s is in use".formatted(port, host),
          "stop the program that uses it, or choose another port",
          cause);
    }
    return new EnvironmentException(
        "cannot listen on %s port %d: %s".formatted(host, port, text),
        "choose an address of this machine and a free port",
        cause);
  }

  /** One event loop's share of the requests. */
  private final class Listener extends AbstractVerticle {
    private final String host;
    private final int wanted;
    private final Router router;

    Listener(String host, int wanted, Router router) {
      this.host = host;
      this.wanted = wanted;
      this.router = router;
    }

    @Override
    public void start(Promise<Void> started) {
      HttpServerOptions options =
          new HttpServerOptions()
              .setHandle100ContinueAutomatically(true)
              .setIdleTimeout(IDLE_SECONDS_MAX)
              .setTcpNoDelay(true)
              .setCompressionSupported(false)
              .setHttp2ClearTextEnabled(false);
      vertx
          .createHttpServer(options)
          .connectionHandler(HttpEndpoint.this::connected)
          .requestHandler(router)
          .listen(wanted, host)
          .onSuccess(server -> port.set(server.actualPort()))
          .<Void>mapEmpty()
          .onComplete(started);
    }
  }
}
