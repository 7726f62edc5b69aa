package io.vigia.core.pipeline;

import io.vigia.core.event.Event;
import io.vigia.core.event.Identity;
import io.vigia.core.event.Row;
import io.vigia.core.feature.EntityFeatures;
import io.vigia.core.pattern.EntityPatterns;
import io.vigia.core.state.IdentityLog;
import io.vigia.core.state.KeyState;
import io.vigia.core.state.StateLayout;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One keyed step of a pipeline: checks identities where a stream's own key is, fills the features
 * of one entity and follows its patterns.
 *
 * <p><b>Shape.</b> An engine asks {@link #keyOf} where a row belongs, fetches the {@link KeyState}
 * of that key (a new one by {@link #newState()}) and calls {@link #process}. A row without a key
 * here is handed on untouched.
 *
 * <p>Immutable and safe for any number of threads; all that changes is in the state passed in.
 */
public final class Stage {
  private final String name;
  private final EntityFeatures features;
  private final EntityPatterns patterns;
  private final List<SilenceStream> silences;

  /** By silence: where its pattern is among all of the entity. */
  private final int[] silent;

  private final int passedSlot;
  private final int[] @Nullable [] keyFields;

  /** By stream: the one field of text that is the key, or -1 where it has to be made. */
  private final int[] keyText;

  private final int[] identityOf;
  private final long[] dedupeMs;
  private final StateLayout layout;

  /**
   * @param passedSlot of a row: how far time had come here; -1 where nothing waits for it
   * @param keyFields by stream: the fields of the key, or null where the stream does not visit
   * @param keyText by stream: the one field of text that is the key, or -1
   * @param identityOf by stream: the identity log in the state, or -1
   * @param dedupeMs by stream
   */
  Stage(
      String name,
      EntityFeatures features,
      EntityPatterns patterns,
      List<SilenceStream> silences,
      int passedSlot,
      int[] @Nullable [] keyFields,
      int[] keyText,
      int[] identityOf,
      long[] dedupeMs,
      int identities) {
    this.name = name;
    this.features = features;
    this.patterns = patterns;
    this.silences = List.copyOf(silences);
    this.silent =
        silences.stream().mapToInt(each -> patterns.patterns().indexOf(each.pattern())).toArray();
    this.passedSlot = passedSlot;
    this.keyFields = keyFields.clone();
    this.keyText = keyText.clone();
    this.identityOf = identityOf.clone();
    this.dedupeMs = dedupeMs.clone();
    this.layout =
        new StateLayout(
            features.layouts(), features.registers() + patterns.registers(), identities);
  }

  /** Stable as long as the entity is: {@code card}, {@code card+merchant}. */
  public String name() {
    return name;
  }

  public EntityFeatures features() {
    return features;
  }

  public EntityPatterns patterns() {
    return patterns;
  }

  /** Compiles now what would be compiled with the first event. */
  void prepare() {
    features.prepare();
    patterns.prepare();
  }

  /** Whether rows of a stream have anything to do here. */
  public boolean isVisitedBy(int stream) {
    return keyFields[stream] != null;
  }

  /** The row's key at this stage, or null when it only passes. */
  public @Nullable String keyOf(Row row) {
    Event event = row.event();
    int stream = event.stream().ordinal();
    if (keyText[stream] >= 0) {
      return (String) event.values().held(keyText[stream]);
    }
    int[] fields = keyFields[stream];
    return fields == null ? null : Identity.keyOf(event.stream(), event.values(), fields);
  }

  public KeyState newState() {
    return new KeyState(layout);
  }

  /**
   * Reads from the memory that {@link #process} will need. Who has the states of several stages at
   * hand calls this for all of them first: then the processor waits for their memory at once, not
   * for one after the other. What it returns means nothing, and must be kept somewhere so that the
   * reading takes place.
   */
  public long touch(KeyState state, Row row) {
    int identities = identityOf[row.event().stream().ordinal()];
    return features.touch(state) + (identities < 0 ? 0 : state.identities(identities).touch());
  }

  /** Takes a row in under its key's state and hands it to the emitter. */
  public void process(KeyState state, Row row, Emitter emitter) {
    int stream = row.event().stream().ordinal();
    if (identityOf[stream] >= 0) {
      IdentityLog identities = state.identities(identityOf[stream]);
      long time = row.event().timeMs();
      identities.forgetUpTo(Math.max(time, identities.newestMs()) - dedupeMs[stream]);
      Event event = row.event();
      // A late event is known as long as one that came in order with it: its sender may retry.
      switch (identities.admit(
          Identity.idHash(event.id(), 0),
          Identity.idHash(event.id(), 1),
          event.contentHash(),
          Math.max(time, identities.newestMs()))) {
        case REPEAT -> {
          emitter.repeat(row);
          return;
        }
        case CONFLICT -> {
          emitter.conflict(row);
          return;
        }
        // Only a conflict still needs them, and this one is none.
        case NEW -> row.keepOriginal(null);
      }
    }
    features.process(state, row);
    patterns.process(state, row);
    emitter.forward(row);
  }

  /**
   * The event time at which the silence of a key next completes a pattern; {@link Long#MAX_VALUE}
   * when none waits for that. An engine keeps one timer a key for it.
   */
  public long nextDueMs(KeyState state) {
    return silences.isEmpty() ? Long.MAX_VALUE : patterns.nextDueMs(state);
  }

  /**
   * Tells a key that event time has come to {@code timeMs}: no event up to then is still to come.
   * Every match that the silence has completed is handed to the emitter as a row of its own, which
   * goes on behind this stage.
   *
   * @param key whose state it is
   * @param rows makes the row of an event
   */
  public void advanceTo(
      KeyState state, String key, long timeMs, Function<Event, Row> rows, Emitter emitter) {
    int next = firstDue(state, each -> timeMs);
    while (next >= 0) {
      complete(state, key, next, rows, emitter);
      next = firstDue(state, each -> timeMs);
    }
  }

  /**
   * Completes what an event that has just been {@linkplain #process processed} shows to be over by
   * its own time, so that it need not wait for the partitions of others: where one stream alone
   * could break a silence, and the entity is its key, all its events come in the order of one
   * partition, at most {@code out_of_order} late.
   */
  public void advanceBy(
      KeyState state, String key, Event event, Function<Event, Row> rows, Emitter emitter) {
    int next = firstDue(state, each -> each.passedMs(event));
    while (next >= 0) {
      complete(state, key, next, rows, emitter);
      next = firstDue(state, each -> each.passedMs(event));
    }
  }

  /** The silence that is over first, of those that are by now; of several the first of the file. */
  private int firstDue(KeyState state, ToLongFunction<SilenceStream> passedMs) {
    int first = -1;
    long firstMs = Long.MAX_VALUE;
    for (int i = 0; i < silent.length; i++) {
      long passed = passedMs.applyAsLong(silences.get(i));
      long due = passed == Long.MIN_VALUE ? Long.MAX_VALUE : patterns.dueMs(state, silent[i]);
      if (due <= passed && due < firstMs) {
        first = i;
        firstMs = due;
      }
    }
    return first;
  }

  private void complete(
      KeyState state, String key, int silence, Function<Event, Row> rows, Emitter emitter) {
    SilenceStream stream = silences.get(silence);
    Row row = rows.apply(stream.event(key, patterns.complete(state, silent[silence])));
    patterns.markCoarse(state, silent[silence], row);
    features.process(state, row);
    emitter.forward(row);
  }

  /** Keeps with a row how far event time has come here, before it is processed. */
  public void markPassed(Row row, long timeMs) {
    if (passedSlot >= 0) {
      row.features().setNumber(passedSlot, timeMs);
    }
  }

  /** Whether a row says how far time had come here. */
  boolean knowsPassed(Row row) {
    return passedSlot >= 0 && row.features().has(passedSlot);
  }

  /** How far time had come here; only where that is known. */
  long passedMs(Row row) {
    return row.features().number(passedSlot);
  }

  /** Whether anything here waits for time to pass. */
  public boolean hasTimers() {
    return !silences.isEmpty();
  }

  /**
   * The event time after which the key of this state remembers nothing and can be removed; {@link
   * Long#MAX_VALUE} when that is never.
   */
  public long expiresMs(KeyState state) {
    long expires = Math.max(features.expiresMs(state), patterns.expiresMs(state));
    for (int stream = 0; stream < identityOf.length; stream++) {
      if (identityOf[stream] >= 0 && expires < Long.MAX_VALUE) {
        long newest = state.identities(identityOf[stream]).newestMs();
        if (newest != Long.MIN_VALUE) {
          expires = Math.max(expires, newest + dedupeMs[stream]);
        }
      }
    }
    return expires;
  }

  /** What a state of this stage consists of, for those who write and read it. */
  public StateLayout layout() {
    return layout;
  }

  /** The name of the stage of an entity. */
  static String nameOf(List<String> entity) {
    return String.join("+", entity);
  }
}
