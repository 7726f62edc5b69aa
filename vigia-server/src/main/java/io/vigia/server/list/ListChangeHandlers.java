package io.vigia.server.list;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vigia.core.event.ListChange;
import io.vigia.core.event.ListChange.Kind;
import io.vigia.core.problem.Problem;
import io.vigia.core.problem.Problems;
import io.vigia.server.http.JsonAnswer;
import io.vigia.server.http.ProblemAnswer;
import io.vigia.server.http.ProblemJson;
import io.vigia.server.http.RequestParameters;
import io.vigia.server.http.Shown;
import io.vigia.server.list.ListBook.KnownList;
import io.vigia.server.list.ListDirectory.Found;
import io.vigia.wire.list.ListEntry;
import io.vigia.wire.list.ListEntryReader;
import io.vigia.wire.list.ListImport;
import io.vigia.wire.list.ListLimits;
import io.vigia.wire.list.ListText;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/**
 * Changes lists: {@code PUT} and {@code DELETE /v1/lists/{list}/entries/{value}}, {@code POST
 * /v1/lists/{list}/entries}.
 *
 * <p><b>Shape.</b> A change is answered when it has taken effect, with the entry as it is then.
 *
 * <p><b>Units and bounds.</b> At most {@value ListLimits#ENTRIES_MAX} values of a list can have
 * something said about them.
 *
 * <p><b>Errors.</b> 400 for what is no entry or of another type, with the problems; 404 for an
 * unknown list, and for the removal of a value that it does not have; 409 when the list is full;
 * 503 when the log did not acknowledge.
 */
public final class ListChangeHandlers {
  private final Vertx vertx;
  private final ListDirectory directory;
  private final ListWriter writer;
  private final InstantSource clock;

  public ListChangeHandlers(
      Vertx vertx,
      ListDirectory directory,
      Producer<byte[], byte[]> producer,
      InstantSource clock) {
    this.vertx = vertx;
    this.directory = directory;
    this.writer = new ListWriter(vertx, producer);
    this.clock = clock;
  }

  /** Puts one value into a list. */
  public void put(RoutingContext context) {
    Found found = found(context);
    if (found == null) {
      return;
    }
    Problems problems = new Problems();
    ListEntry entry = reader(found).read(body(context), context.pathParam("value"), 0, problems);
    if (entry == null) {
      refuse(problems.sorted(), context);
    } else {
      one(found, entry, context);
    }
  }

  /** Takes one value out of a list. */
  public void delete(RoutingContext context) {
    Found found = found(context);
    if (found == null) {
      return;
    }
    Problems problems = new Problems();
    String text = context.pathParam("value");
    ListEntry entry = reader(found).read(body(context), text, 0, problems);
    if (entry == null) {
      refuse(problems.sorted(), context);
      return;
    }
    KnownList list = found.list();
    if (!list.contains(entry.value(), clock.millis())) {
      ProblemAnswer.notFound(
              "list '%s' does not have the value '%s'".formatted(list.name(), Shown.text(text)))
          .send(context.response());
      return;
    }
    // What the file does not declare need only be withdrawn; nothing is kept of it then.
    boolean declared = list.declared().contains(entry.value());
    if (!declared && entry.untilMs() != ListChange.FOR_EVER) {
      ProblemAnswer.badRequest(
              "only a value that the file declares can be removed for a time; '%s' is not"
                  .formatted(Shown.text(text)))
          .send(context.response());
      return;
    }
    one(found, entry.as(declared ? Kind.REMOVED : Kind.CLEARED), context);
  }

  private void one(Found found, ListEntry entry, RoutingContext context) {
    KnownList list = found.list();
    if (entry.kind() == Kind.ADDED && isFull(list, List.of(entry))) {
      refuseFull(list, context);
      return;
    }
    write(found, List.of(entry))
        .onSuccess(
            from -> {
              String text = ListText.of(entry.value());
              JsonObject json = ListJson.entry(list, text, entry.value(), clock.millis());
              JsonObject gone = new JsonObject().put("value", text).put("in", false);
              JsonAnswer.send(
                  context.response(), 200, json == null ? gone.put("declared", false) : json);
            })
        .onFailure(failure -> lost().send(context.response()));
  }

  /** Puts one value in, or all of a body of lines. */
  public void post(RoutingContext context) {
    Found found = found(context);
    if (found == null) {
      return;
    }
    String type = mediaType(context);
    ListImport lines = new ListImport(reader(found));
    switch (type) {
      case "", "application/json" -> {
        Problems problems = new Problems();
        ListEntry entry = reader(found).read(body(context), null, 0, problems);
        if (entry == null) {
          refuse(problems.sorted(), context);
        } else {
          one(found, entry, context);
        }
      }
      case "application/x-ndjson" -> many(found, () -> lines.ndjson(body(context)), context);
      case "text/csv" -> many(found, () -> lines.csv(body(context)), context);
      default ->
          ProblemAnswer.of(
                  415,
                  "unsupported-media-type",
                  "the body is of a kind that is not taken here",
                  ("found content-type '%s', expected application/json, application/x-ndjson"
                          + " or text/csv in UTF-8")
                      .formatted(Shown.text(type)))
              .send(context.response());
    }
  }

  /** Reads lines where they may take their time. */
  private interface Lines {
    List<ListImport.Line> read();
  }

  /** What is left of an import before it is answered. */
  private record Imported(List<ListEntry> entries, JsonArray rejected) {}

  private void many(Found found, Lines lines, RoutingContext context) {
    vertx
        .executeBlocking(() -> read(lines), false)
        .onFailure(context::fail)
        .onSuccess(
            read -> {
              if (read.entries.isEmpty()) {
                nothing(read, context);
              } else if (isFull(found.list(), read.entries)) {
                refuseFull(found.list(), context);
              } else {
                write(found, read.entries)
                    .onSuccess(
                        from ->
                            JsonAnswer.send(
                                context.response(),
                                200,
                                new JsonObject()
                                    .put("accepted", read.entries.size())
                                    .put("rejected", read.rejected)))
                    .onFailure(failure -> lost().send(context.response()));
              }
            });
  }

  private static Imported read(Lines lines) {
    List<ListEntry> entries = new ArrayList<>();
    JsonArray rejected = new JsonArray();
    for (ListImport.Line line : lines.read()) {
      if (line.entry() != null) {
        entries.add(line.entry());
      } else {
        rejected.add(
            new JsonObject()
                .put("line", line.number())
                .put("problems", ProblemJson.array(line.problems())));
      }
    }
    return new Imported(entries, rejected);
  }

  private static void nothing(Imported read, RoutingContext context) {
    if (read.rejected.isEmpty()) {
      ProblemAnswer.badRequest("found no entry, expected at least one").send(context.response());
      return;
    }
    ProblemAnswer.of(
            400,
            "entry-refused",
            "no entry was accepted",
            "none of the %d lines is an entry of the list".formatted(read.rejected.size()))
        .with("accepted", 0)
        .with("rejected", read.rejected)
        .send(context.response());
  }

  private static boolean isFull(KnownList list, List<ListEntry> more) {
    int said = ListJson.said(list);
    if (said + more.size() <= ListLimits.ENTRIES_MAX) {
      return false;
    }
    long fresh =
        more.stream()
            .map(ListEntry::value)
            .distinct()
            .filter(
                value -> {
                  ListChange change = list.history().newestOf(value);
                  return change == null || change.kind() == Kind.CLEARED;
                })
            .count();
    return said + fresh > ListLimits.ENTRIES_MAX;
  }

  private Future<Long> write(Found found, List<ListEntry> entries) {
    return vertx
        .executeBlocking(() -> writer.write(found, entries), false)
        .compose(written -> written);
  }

  private static void refuseFull(KnownList list, RoutingContext context) {
    Problem full = ListLimits.full(list.name());
    ProblemAnswer.of(409, "list-full", "the list is full", full.message())
        .problems(List.of(full))
        .send(context.response());
  }

  private static void refuse(List<Problem> problems, RoutingContext context) {
    ProblemAnswer.of(400, "entry-refused", "the entry was refused", problems.get(0).message())
        .problems(problems)
        .send(context.response());
  }

  private static ProblemAnswer lost() {
    return ProblemAnswer.unavailable(
        "log-away",
        "the log did not acknowledge the change",
        "whether the list has changed is not known; send the request again");
  }

  private @Nullable Found found(RoutingContext context) {
    RequestParameters parameters = new RequestParameters(context.queryParams(), Set.of("pipeline"));
    return ListHandlers.isFaulty(parameters, context)
        ? null
        : directory.find(context, parameters.text("pipeline"));
  }

  private ListEntryReader reader(Found found) {
    return new ListEntryReader(found.list().name(), found.list().type(), clock.millis());
  }

  private static byte[] body(RoutingContext context) {
    Buffer body = context.body().buffer();
    return body == null ? new byte[0] : body.getBytes();
  }

  private static String mediaType(RoutingContext context) {
    String type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
    return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }
}
