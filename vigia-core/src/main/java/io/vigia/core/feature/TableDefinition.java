package io.vigia.core.feature;

import io.vigia.core.problem.Text;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table as the pipeline file declares it: for each key the newest event of a stream.
 *
 * <p><b>Shape.</b> {@code key} has the fields of the stream {@code on} that name a row; {@code by}
 * those by which other events name it, in the same order, and is empty where they are called alike.
 * {@code columns} are the fields that are kept; without any all but those of the key. An event that
 * fulfils {@code deleteWhen} takes its row away.
 *
 * @param expiresMs how long a row lives after its event; 0 for ever
 */
public record TableDefinition(
    Text name,
    Text on,
    List<Text> key,
    List<Text> by,
    List<Text> columns,
    @Nullable Text deleteWhen,
    long expiresMs)
    implements Serializable {

  public TableDefinition {
    key = List.copyOf(key);
    by = List.copyOf(by);
    columns = List.copyOf(columns);
  }

  /** The fields of the events that are judged by a row; the entity in whose state it lies. */
  public List<Text> readBy() {
    return by.isEmpty() ? key : by;
  }

  /** How an expression names it, {@code tables.customers}. */
  public String path() {
    return "tables." + name;
  }
}
