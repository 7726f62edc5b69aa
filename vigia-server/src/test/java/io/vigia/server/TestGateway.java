package io.vigia.server;

import io.vertx.core.json.JsonObject;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.server.store.DatabaseAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** A server under test and a client that talks to it. */
final class TestGateway implements AutoCloseable {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  final VigiaServer server;

  private TestGateway(VigiaServer server) {
    this.server = server;
  }

  static TestGateway start(CompiledPipeline pipeline, DatabaseAddress database) {
    return start(pipeline, database, config -> config);
  }

  static TestGateway start(
      CompiledPipeline pipeline, DatabaseAddress database, UnaryOperator<ServerConfig> change) {
    ServerConfig config =
        ServerConfig.of(
                List.of(new ServedPipeline(pipeline, 1)), TestServers.bootstrapServers(), database)
            .withAddress("127.0.0.1", 0);
    return new TestGateway(VigiaServer.start(change.apply(config)));
  }

  TestGateway awaitReady() {
    Await.until("readiness: " + server.health(), server::isReady);
    return this;
  }

  HttpResponse<String> get(String path, String... headers) {
    return send(request(path, headers).GET().build());
  }

  JsonObject json(String path) {
    HttpResponse<String> response = get(path);
    if (response.statusCode() != 200) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
    return new JsonObject(response.body());
  }

  HttpResponse<String> post(String path, String body, String... headers) {
    return send(post(path, body, List.of(headers)));
  }

  HttpResponse<String> decide(String body) {
    return post("/v1/streams/payments/decide", body, "Content-Type", "application/json");
  }

  CompletableFuture<HttpResponse<String>> decideLater(String body) {
    HttpRequest request =
        post("/v1/streams/payments/decide", body, List.of("Content-Type", "application/json"));
    return HTTP.sendAsync(request, BodyHandlers.ofString())
        .thenApply(
            response -> {
              ApiDocument.check("POST", request.uri().getPath(), response);
              return response;
            });
  }

  HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    return headers.length == 0 ? request : request.headers(headers);
  }

  static HttpClient client() {
    return HTTP;
  }

  static HttpResponse<String> send(HttpRequest request) {
    try {
      HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
      ApiDocument.check(
          request.method(),
          request.uri().getRawPath()
              + (request.uri().getRawQuery() == null ? "" : "?" + request.uri().getRawQuery()),
          response);
      return response;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpRequest post(String path, String body, List<String> headers) {
    return request(path, headers.toArray(new String[0]))
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  @Override
  public void close() {
    server.close();
  }
}
