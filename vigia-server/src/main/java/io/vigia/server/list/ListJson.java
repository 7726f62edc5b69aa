package io.vigia.server.list;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vigia.core.event.ListChange;
import io.vigia.core.event.ListChange.Kind;
import io.vigia.server.list.ListBook.KnownList;
import io.vigia.wire.list.ListText;
import java.time.Instant;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Lists and their entries as they are shown. */
final class ListJson {
  private ListJson() {}

  /** A list, with how many values an event of this moment would see in it. */
  static JsonObject of(KnownList list, long nowMs) {
    int changed = 0;
    long newest = 0;
    long in = list.declared().stream().filter(value -> list.contains(value, nowMs)).count();
    for (Object value : list.history().values()) {
      ListChange change = list.history().newestOf(value);
      if (change != null) {
        newest = Math.max(newest, change.fromMs());
        changed += change.kind() != Kind.CLEARED && change.isInForce(nowMs) ? 1 : 0;
        in += !list.declared().contains(value) && list.contains(value, nowMs) ? 1 : 0;
      }
    }
    return new JsonObject()
        .put("pipeline", list.pipeline())
        .put("list", list.name())
        .put("of", list.type().word())
        .put("entries", in)
        .put("declared", list.declared().size())
        .put("changed", changed)
        .put("changed_at", newest == 0 ? null : Instant.ofEpochMilli(newest).toString());
  }

  /** A page of a list, by the text of its values. */
  static JsonObject page(
      KnownList list, @Nullable String search, String after, int limit, long nowMs) {
    TreeMap<String, Object> values = new TreeMap<>();
    list.declared().forEach(value -> values.put(ListText.of(value), value));
    list.history().values().forEach(value -> values.put(ListText.of(value), value));
    JsonArray entries = new JsonArray();
    String last = null;
    boolean more = false;
    for (var each : values.tailMap(after, false).entrySet()) {
      JsonObject entry = entry(list, each.getKey(), each.getValue(), nowMs);
      if (entry == null || !matches(entry, search)) {
        continue;
      }
      if (entries.size() == limit) {
        more = true;
        break;
      }
      entries.add(entry);
      last = each.getKey();
    }
    return of(list, nowMs).put("values", entries).put("next", more ? last : null);
  }

  private static boolean matches(JsonObject entry, @Nullable String search) {
    if (search == null) {
      return true;
    }
    String sought = search.toLowerCase(Locale.ROOT);
    return entry.getString("value").toLowerCase(Locale.ROOT).contains(sought)
        || entry.getString("note", "").toLowerCase(Locale.ROOT).contains(sought);
  }

  /** One entry; null for a value of which nothing is said any more. */
  static @Nullable JsonObject entry(KnownList list, String text, Object value, long nowMs) {
    boolean declared = list.declared().contains(value);
    ListChange change = list.history().newestOf(value);
    boolean says = change != null && change.kind() != Kind.CLEARED;
    if (!declared && !says) {
      return null;
    }
    JsonObject entry =
        new JsonObject()
            .put("value", text)
            .put("in", list.contains(value, nowMs))
            .put("declared", declared);
    if (change != null && says) {
      entry.put("from", Instant.ofEpochMilli(change.fromMs()).toString());
      if (change.untilMs() != ListChange.FOR_EVER) {
        entry.put("until", Instant.ofEpochMilli(change.untilMs()).toString());
      }
      if (!change.isInForce(nowMs)) {
        entry.put("ended", true);
      }
      if (!change.note().isEmpty()) {
        entry.put("note", change.note());
      }
    }
    return entry;
  }

  /** How many values have something said about them, ended or not. */
  static int said(KnownList list) {
    int said = 0;
    for (Object value : list.history().values()) {
      ListChange change = list.history().newestOf(value);
      said += change != null && change.kind() != Kind.CLEARED ? 1 : 0;
    }
    return said;
  }
}
