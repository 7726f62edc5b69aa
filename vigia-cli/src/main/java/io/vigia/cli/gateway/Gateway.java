package io.vigia.cli.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vigia.cli.WrongInputException;
import io.vigia.core.problem.EnvironmentException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Asks a running Vigia.
 *
 * <p><b>Errors.</b> {@link EnvironmentException} when it does not answer or has no answer to give,
 * {@link WrongInputException} when it says that the question is wrong.
 */
public final class Gateway {
  private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
  private static final Duration ANSWER_MAX = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Address address;
  private final HttpClient client;

  public Gateway(Address address) {
    this.address = address;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_MAX)
            .build();
  }

  public Address address() {
    return address;
  }

  /** The JSON at a path. */
  public JsonNode json(String path) {
    try (InputStream body = open(path, "application/json")) {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw unanswered(e);
    }
  }

  /** What is at a path, to be read as it comes and then closed. */
  public InputStream open(String path, String accept) {
    HttpRequest request =
        HttpRequest.newBuilder(address.at(path)).header("Accept", accept).GET().build();
    try {
      HttpResponse<InputStream> answer =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      if (answer.statusCode() == 200) {
        return answer.body();
      }
      try (InputStream body = answer.body()) {
        throw refused(request.uri(), answer.statusCode(), body.readAllBytes());
      }
    } catch (IOException e) {
      throw unanswered(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnvironmentException("interrupted", "call again", e);
    }
  }

  /** Posts a body; the answer may have any status. */
  public CompletableFuture<HttpResponse<byte[]>> post(String path, String type, byte[] body) {
    HttpRequest request =
        HttpRequest.newBuilder(address.at(path))
            .timeout(ANSWER_MAX)
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    return client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  /** Asks with a method and a body; the answer may have any status. */
  public HttpResponse<byte[]> request(String method, String path, String type, byte[] body) {
    HttpRequest request =
        HttpRequest.newBuilder(address.at(path))
            .timeout(ANSWER_MAX)
            .header("Content-Type", type)
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw unanswered(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnvironmentException("interrupted", "call again", e);
    }
  }

  /** A value for a path or a query. */
  public static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** A body that should be JSON; an empty object where it is not. */
  public static JsonNode read(byte[] body) {
    try {
      JsonNode node = JSON.readTree(body);
      return node.isObject() ? node : JSON.createObjectNode();
    } catch (IOException e) {
      return JSON.createObjectNode();
    }
  }

  /** What an answer that is no good says of itself. */
  public static String detail(int status, byte[] body) {
    JsonNode problem = read(body);
    String detail = problem.path("detail").asText(problem.path("title").asText(""));
    return detail.isEmpty() ? "status " + status : detail;
  }

  private RuntimeException refused(URI uri, int status, byte[] body) {
    String detail = detail(status, body);
    return status >= 400 && status < 500 && status != 429
        ? new WrongInputException(uri + ": " + detail, "")
        : new EnvironmentException(
            address + " cannot answer: " + detail, "look at its log, or try again later");
  }

  private EnvironmentException unanswered(IOException e) {
    return new EnvironmentException(
        address + " does not answer: " + reason(e),
        "start it with: vigia run FILE; or say where it is with its http:// address",
        e);
  }

  /** Why there is no answer, in a few words. */
  public static String reason(Throwable failure) {
    if (failure instanceof ConnectException) {
      return "connection refused";
    }
    if (failure instanceof HttpTimeoutException) {
      return "no answer in time";
    }
    String message = failure.getMessage();
    if (message == null) {
      return failure.getClass().getSimpleName();
    }
    boolean broken =
        message.contains("received no bytes")
            || message.contains("Connection reset")
            || message.contains("Broken pipe")
            || message.startsWith("EOF");
    return broken ? "the connection broke off" : message;
  }
}
