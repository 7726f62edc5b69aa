package io.vigia.cli.lists;

import com.fasterxml.jackson.databind.JsonNode;
import io.vigia.cli.ExitCodes;
import io.vigia.cli.gateway.Gateway;
import io.vigia.cli.terminal.Terminal;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is said of one value of a list, whether it is put in or taken out. */
final class EntryChange {
  @Parameters(index = "0", arity = "1", paramLabel = "LIST", description = "The list.")
  String list = "";

  @Parameters(index = "1", arity = "1", paramLabel = "VALUE", description = "The value.")
  String value = "";

  @Mixin Period period = new Period();

  @Option(names = "--json", description = "Print the entry as one JSON object.")
  boolean json;

  @Mixin Target target = new Target();

  /**
   * Makes the change and tells it.
   *
   * @param method of HTTP
   * @param told what the value then does, {@code is in}
   */
  int make(String method, String told, Terminal terminal) {
    JsonNode entry =
        target.send(
            method,
            target.path(list, "/entries/" + Gateway.encode(value)),
            "application/json",
            period.body().toString().getBytes(StandardCharsets.UTF_8));
    String until = entry.path("until").asText("");
    String sentence =
        entry.path("value").asText()
            + " "
            + told
            + " "
            + list
            + (until.isEmpty() ? "" : " until " + until);
    terminal.out().println(json ? entry : sentence);
    return ExitCodes.DONE;
  }
}
