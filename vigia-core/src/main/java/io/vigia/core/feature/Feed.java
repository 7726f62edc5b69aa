package io.vigia.core.feature;

import io.vigia.core.event.FieldType;
import io.vigia.core.event.Row;
import io.vigia.core.event.Slots;
import io.vigia.core.expr.Condition;
import io.vigia.core.state.EventLog;
import io.vigia.core.state.LogLayout;

/** How events of one stream enter their log, layer by layer. */
record Feed(int log, Entry[] layers) {
  private static final double DOUBLE_MAX = 1e300;

  /**
   * What a layer adds to an event in its log: columns and where they come from, filters by their
   * position and condition.
   */
  record Entry(int[] columns, int[] sources, int[] filters, Condition[] conditions) {
    /** A slot of the event, or the complement of one of the row's features. */
    static int source(Source of) {
      return of.isFeature() ? ~of.slot() : of.slot();
    }

    private long flags(LogLayout layout, Row row) {
      long flags = 0;
      for (int c = 0; c < columns.length; c++) {
        int source = sources[c];
        if (source >= 0
            ? row.event().values().has(source)
            : isKnown(row.features(), ~source, layout.columns().get(columns[c]))) {
          flags |= LogLayout.columnFlag(columns[c]);
        }
      }
      for (int f = 0; f < conditions.length; f++) {
        if (conditions[f].test(row).isTrue()) {
          flags |= layout.filterFlag(filters[f]);
        }
      }
      return flags;
    }

    private void set(EventLog log, long index, long flags, Row row) {
      for (int c = 0; c < columns.length; c++) {
        if ((flags & LogLayout.columnFlag(columns[c])) != 0) {
          int source = sources[c];
          if (source >= 0) {
            log.set(index, columns[c], row.event().values(), source);
          } else {
            log.set(index, columns[c], row.features(), ~source);
          }
        }
      }
    }
  }

  /**
   * Puts what a layer knows of an event into its log, and returns where it stands there.
   *
   * @param entered where it stands since the first layer
   */
  long enter(EventLog into, int layer, long entered, Row row) {
    Entry entry = layers[layer];
    long flags = entry.flags(into.layout(), row);
    long index = entered;
    if (layer == 0) {
      index = into.insert(row.event().timeMs(), flags);
    } else {
      into.addFlags(index, flags);
    }
    entry.set(into, index, flags, row);
    return index;
  }

  /**
   * Whether a feature's value can be aggregated: a double only within the bounds that fields have,
   * so that sums of any number of them stay finite.
   */
  private static boolean isKnown(Slots features, int slot, FieldType type) {
    return features.has(slot)
        && (type != FieldType.DOUBLE || Math.abs(features.real(slot)) <= DOUBLE_MAX);
  }
}
