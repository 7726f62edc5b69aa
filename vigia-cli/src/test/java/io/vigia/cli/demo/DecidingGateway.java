package io.vigia.cli.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vigia.cli.gateway.Address;
import io.vigia.core.decision.Decision;
import io.vigia.core.event.Event;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.problem.Problems;
import io.vigia.core.replay.Replay;
import io.vigia.wire.decision.DecisionJson;
import io.vigia.wire.event.Envelope;
import io.vigia.wire.event.EventDecoder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;

/**
 * A gateway without anything behind it: decides payments by a replay in its own process, and can be
 * told to answer some of them as a gateway in trouble would.
 */
final class DecidingGateway implements AutoCloseable {
  private final HttpServer http;
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final Replay replay;
  private final EventDecoder decoder;
  private final DecisionJson json = new DecisionJson();
  private final Map<String, Long> byOutcome = new TreeMap<>();
  private LongPredicate fallback = n -> false;
  private LongPredicate refused = n -> false;
  private long asked;
  private long decided;

  DecidingGateway(CompiledPipeline pipeline) throws IOException {
    this.replay = new Replay(pipeline, 1);
    this.decoder = new EventDecoder(Objects.requireNonNull(pipeline.stream(Payment.STREAM)));
    this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(threads);
    http.createContext("/v1/streams/payments/decide", this::decide);
    http.createContext("/v1/streams/payments/events", this::events);
    http.createContext("/v1/stats", this::stats);
    http.start();
  }

  Address address() {
    return Address.of("http://127.0.0.1:" + http.getAddress().getPort());
  }

  /** Which of the payments that want a decision get a fallback, counted from 1. */
  void fallBackOn(LongPredicate which) {
    fallback = which;
  }

  /** Which of them are turned away with 429. */
  void refuse(LongPredicate which) {
    refused = which;
  }

  private void decide(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    byte[] answer;
    int status = 200;
    synchronized (this) {
      asked++;
      if (refused.test(asked)) {
        status = 429;
        answer = "{\"title\":\"too many\"}".getBytes(StandardCharsets.UTF_8);
      } else {
        byte[] decision = json.encode(decided(body));
        answer =
            fallback.test(asked)
                ? "{\"outcome\":\"review\",\"fallback\":true}".getBytes(StandardCharsets.UTF_8)
                : decision;
      }
    }
    send(exchange, status, answer);
  }

  private void events(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    int accepted = 0;
    synchronized (this) {
      for (String line : body.lines().toList()) {
        decided(line.getBytes(StandardCharsets.UTF_8));
        accepted++;
      }
    }
    String answer = "{\"accepted\":" + accepted + ",\"rejected\":[]}";
    send(exchange, 202, answer.getBytes(StandardCharsets.UTF_8));
  }

  private Decision decided(byte[] body) {
    Problems problems = new Problems();
    long now = Instant.now().toEpochMilli();
    Event event = decoder.decodeJson(body, 0, body.length, Envelope.NONE, now, 0, 0, problems);
    if (event == null) {
      throw new AssertionError(problems.sorted().toString());
    }
    Decision decision = Objects.requireNonNull(replay.process(event).decision());
    decided++;
    byOutcome.merge(decision.outcome(), 1L, Long::sum);
    return decision;
  }

  private void stats(HttpExchange exchange) throws IOException {
    String answer;
    synchronized (this) {
      String outcomes =
          byOutcome.entrySet().stream()
              .map(each -> "\"" + each.getKey() + "\":" + each.getValue())
              .collect(Collectors.joining(","));
      answer =
          "{\"pipelines\":[{\"pipeline\":\"other\"},{\"pipeline\":\"card-fraud\",\"events\":"
              + decided
              + ",\"decisions\":"
              + decided
              + ",\"by_outcome\":{"
              + outcomes
              + "},\"repeats\":0,\"decided_again\":0,\"alerts\":5}]}";
    }
    send(exchange, 200, answer.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }
}
