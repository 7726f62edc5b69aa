package io.vigia.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server on a port of its own that takes events as Vigia does, unless it is told to behave
 * otherwise for the next requests.
 */
public final class FakeGateway implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
  private final Deque<Behaviour> behaviours = new ArrayDeque<>();
  private final Map<String, String> pages = new HashMap<>();

  /** A batch that came. */
  public record Request(String path, String type, String body) {
    /** Its events, one a line, CloudEvents included. */
    public List<String> events() {
      try {
        List<String> events = new ArrayList<>();
        if (type.equals("application/x-ndjson")) {
          body.lines().forEach(events::add);
        } else {
          JSON.readTree(body).forEach(event -> events.add(event.toString()));
        }
        return events;
      } catch (IOException e) {
        throw new IllegalStateException(body, e);
      }
    }
  }

  /** What is done with a batch. */
  @FunctionalInterface
  public interface Behaviour {
    void handle(HttpExchange exchange, Request request) throws IOException;
  }

  public FakeGateway() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException("no port", e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Answers GET requests for a path, whatever the query. */
  public FakeGateway page(String path, String content) {
    pages.put(path, content);
    return this;
  }

  /** The next batch is treated like this. */
  public synchronized FakeGateway next(Behaviour behaviour) {
    behaviours.add(behaviour);
    return this;
  }

  /** What was told about the next batches no longer holds. */
  public synchronized void behaveAgain() {
    behaviours.clear();
  }

  /** An answer of some status. */
  public static Behaviour status(int status, String body) {
    return (exchange, request) -> answer(exchange, status, body);
  }

  /** No answer, although the batch was taken. */
  public static Behaviour lost() {
    return (exchange, request) -> exchange.close();
  }

  /** An answer that asks to wait. */
  public static Behaviour busy(int status, int seconds) {
    return (exchange, request) -> {
      exchange.getResponseHeaders().add("Retry-After", Integer.toString(seconds));
      answer(exchange, status, "{\"detail\":\"too many at once\"}");
    };
  }

  /** All batches, in the order in which they came. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  private synchronized Behaviour behaviour() {
    Behaviour next = behaviours.poll();
    return next == null ? FakeGateway::accept : next;
  }

  private static void accept(HttpExchange exchange, Request request) throws IOException {
    answer(exchange, 202, "{\"accepted\":" + request.events().size() + ",\"rejected\":[]}");
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (exchange.getRequestMethod().equals("GET")) {
      String page = pages.get(path);
      answer(exchange, page == null ? 404 : 200, page == null ? "{}" : page);
      return;
    }
    byte[] body = exchange.getRequestBody().readAllBytes();
    Request request =
        new Request(
            path,
            exchange.getRequestHeaders().getFirst("Content-Type"),
            new String(body, StandardCharsets.UTF_8));
    requests.add(request);
    behaviour().handle(exchange, request);
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
