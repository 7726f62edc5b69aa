package io.vigia.core.event;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way through the stages of a pipeline, gathering features.
 *
 * <p><b>Shape.</b> {@code features} has one slot for each part of each feature of the pipeline,
 * missing until the feature's stage has filled it. {@code version} is the pipeline version the
 * event was stamped with at the entrance. {@code replyTo} is the address of a waiting gateway, or
 * null.
 *
 * <p>Mutable, owned by one thread at a time: each stage hands it on to the next.
 */
public final class Row {
  private final Event event;
  private final Slots features;
  private final int version;
  private final @Nullable String replyTo;
  private byte @Nullable [] original;
  private boolean late;
  private @Nullable BitSet coarse;
  private int givenUp;
  private Lists lists = Lists.AS_DECLARED;

  public Row(Event event, Slots features, int version, @Nullable String replyTo) {
    this.event = event;
    this.features = features;
    this.version = version;
    this.replyTo = replyTo;
  }

  public Event event() {
    return event;
  }

  public Slots features() {
    return features;
  }

  public int version() {
    return version;
  }

  public @Nullable String replyTo() {
    return replyTo;
  }

  /**
   * Whether the event came later than its stream allows, so that a window may have lacked
   * something.
   */
  public boolean late() {
    return late;
  }

  /** The bytes that the event was decoded from, as long as they may be needed; null after that. */
  public byte @Nullable [] original() {
    return original;
  }

  public void keepOriginal(byte @Nullable [] bytes) {
    original = bytes;
  }

  /**
   * What has been changed about the pipeline's lists; only what the event's arrival sees counts.
   */
  public Lists lists() {
    return lists;
  }

  /** An engine whose lists can change says where they are kept. */
  public void useLists(Lists known) {
    lists = known;
  }

  public void markLate() {
    late = true;
  }

  /**
   * The first slots of the features whose values are coarse, since their key had more events than
   * it keeps, or come from such values, and the slots of patterns that read any; null when there
   * are none, as nearly always.
   */
  public @Nullable BitSet coarse() {
    return coarse;
  }

  public void markCoarse(int slot) {
    BitSet marked = coarse;
    if (marked == null) {
      marked = new BitSet();
      coarse = marked;
    }
    marked.set(slot);
  }

  /**
   * How many partial matches of patterns were given up at this event, their keys having too many.
   */
  public int givenUp() {
    return givenUp;
  }

  public void countGivenUp(int matches) {
    givenUp += matches;
  }
}
