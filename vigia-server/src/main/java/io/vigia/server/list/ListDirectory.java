package io.vigia.server.list;

import io.vertx.core.json.JsonArray;
import io.vertx.ext.web.RoutingContext;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.problem.Nearest;
import io.vigia.server.http.ProblemAnswer;
import io.vigia.server.http.Shown;
import io.vigia.server.list.ListBook.KnownList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The lists of all pipelines, by the topics that hold their changes. */
public final class ListDirectory {
  private final Map<String, ListBook> books = new LinkedHashMap<>();

  /**
   * @param topicOf the topic of a pipeline's lists
   */
  public ListDirectory(Collection<CompiledPipeline> pipelines, UnaryOperator<String> topicOf) {
    for (CompiledPipeline pipeline : pipelines) {
      if (!pipeline.definition().lists().isEmpty()) {
        books.put(topicOf.apply(pipeline.name()), new ListBook(pipeline));
      }
    }
  }

  /** The books by their topic. */
  Map<String, ListBook> books() {
    return books;
  }

  /** A list and where its changes go. */
  record Found(String topic, ListBook book, KnownList list) {}

  /**
   * The list that a request names.
   *
   * @param pipeline of which pipeline, or null where the name says enough
   * @return null once the request has been answered, since there is none
   */
  @Nullable Found find(RoutingContext context, @Nullable String pipeline) {
    String name = context.pathParam("list");
    List<Found> found = new ArrayList<>();
    books.forEach(
        (topic, book) -> {
          KnownList list = book.list(name);
          if (list != null && (pipeline == null || pipeline.equals(book.pipeline()))) {
            found.add(new Found(topic, book, list));
          }
        });
    if (found.size() == 1) {
      return found.get(0);
    }
    (found.isEmpty() ? unknown(name) : ambiguous(name, found)).send(context.response());
    return null;
  }

  private ProblemAnswer unknown(String name) {
    TreeSet<String> names = new TreeSet<>();
    books.values().forEach(book -> names.addAll(book.lists().keySet()));
    JsonArray known = new JsonArray();
    names.forEach(known::add);
    String shown = Shown.text(name);
    return ProblemAnswer.of(
            404,
            "unknown-list",
            "there is no such list",
            "there is no list '%s'; %s".formatted(shown, Nearest.help(shown, names)))
        .with("lists", known);
  }

  private static ProblemAnswer ambiguous(String name, List<Found> found) {
    return ProblemAnswer.badRequest(
        "several pipelines have a list '%s'; say which one: ?pipeline=%s"
            .formatted(
                Shown.text(name),
                String.join(" or ", found.stream().map(each -> each.book.pipeline()).toList())));
  }
}
