package io.vigia.core.feature;

import io.vigia.core.event.FieldType;

/**
 * Where a value that a feature aggregates comes from: a field of the event, or another feature's
 * slot in its row.
 *
 * @param slot the field's position, or the row's slot
 * @param optional whether it can be missing, as every feature can
 * @param layer from which layer of the entity's features on it is known (see {@link Feature})
 */
public record Source(boolean isFeature, int slot, FieldType type, boolean optional, int layer) {

  /** A field of the event, known from the beginning. */
  static Source field(int position, FieldType type, boolean optional) {
    return new Source(false, position, type, optional, 0);
  }

  /** A part of another feature. */
  static Source feature(int slot, FieldType type, int layer) {
    return new Source(true, slot, type, true, layer);
  }
}
