package io.vigia.cli.lists;

import com.fasterxml.jackson.databind.JsonNode;
import io.vigia.cli.WrongInputException;
import io.vigia.cli.gateway.Address;
import io.vigia.cli.gateway.Gateway;
import io.vigia.core.problem.EnvironmentException;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Which running Vigia, and which of its pipelines: the options of all that has to do with lists.
 */
final class Target {
  @Option(
      names = "--at",
      paramLabel = "URL",
      defaultValue = Address.DEFAULT,
      converter = Address.Converter.class,
      description = "The running Vigia. Default: ${DEFAULT-VALUE}.")
  Address at = Address.of(Address.DEFAULT);

  @Option(
      names = "--pipeline",
      paramLabel = "NAME",
      description = "Of this pipeline. Needed where several have a list of one name.")
  @Nullable String pipeline;

  /** A path below {@code /v1/lists} with the pipeline as its parameter, and others. */
  String path(String list, String more, String... parameters) {
    StringBuilder path = new StringBuilder("/v1/lists");
    if (!list.isEmpty()) {
      path.append('/').append(Gateway.encode(list));
    }
    path.append(more);
    char separator = '?';
    if (pipeline != null) {
      path.append(separator).append("pipeline=").append(Gateway.encode(pipeline));
      separator = '&';
    }
    for (int i = 0; i < parameters.length; i += 2) {
      if (!parameters[i + 1].isEmpty()) {
        path.append(separator).append(parameters[i]).append('=');
        path.append(Gateway.encode(parameters[i + 1]));
        separator = '&';
      }
    }
    return path.toString();
  }

  JsonNode get(String path) {
    return send("GET", path, "application/json", new byte[0]);
  }

  /**
   * Asks, and gives what is answered.
   *
   * @throws WrongInputException where the question is wrong
   */
  JsonNode send(String method, String path, String type, byte[] body) {
    HttpResponse<byte[]> answer = new Gateway(at).request(method, path, type, body);
    int status = answer.statusCode();
    JsonNode json = Gateway.read(answer.body());
    boolean partly = json.path("rejected").isArray() && json.path("accepted").isInt();
    if (status == 200 || (status == 400 && partly)) {
      return json;
    }
    String detail = Gateway.detail(status, answer.body());
    if (status >= 400 && status < 500 && status != 429) {
      throw new WrongInputException(detail, json.path("problems").path(0).path("help").asText(""));
    }
    throw new EnvironmentException(
        at + " cannot answer: " + detail, "look at its log, or try again later");
  }
}
