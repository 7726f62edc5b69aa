package io.vigia.core.pattern;

import io.vigia.core.event.Event;
import io.vigia.core.event.Row;
import io.vigia.core.event.Slots;
import io.vigia.core.state.KeyState;
import io.vigia.core.state.Register;
import io.vigia.core.state.StateInput;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Follows one pattern through the events of a key.
 *
 * <p><b>Shape.</b> With steps {@code a}, {@code b} and {@code within: 10m}, events named by the
 * step they fit:
 *
 * <pre>
 * event at  10:00 a  10:01 x  10:09 b  10:09 b  10:20 a  10:30 b
 * matched     no       no      yes       no       no       no      10:30 is not within 10 minutes
 * </pre>
 *
 * <p><b>Units and bounds.</b> Which steps an event fits is known beforehand, but for those that
 * read what a partial match has taken. An event that fits none that is waited for allocates
 * nothing. At most {@value PartialMatches#MAX} partial matches.
 *
 * <p><b>Source.</b> Skip-till-next-match of SASE (Agrawal, Diao, Gyllstrom, Immerman: Efficient
 * Pattern Matching over Event Streams, SIGMOD 2008) and the states of a run in Flink's CEP library,
 * kept here as a list of small runs instead of a shared buffer of events: of the events themselves
 * only what a condition reads is needed.
 */
public final class PatternMatcher {
  /*
   * A partial match waits at the step that took its last event. An event may be taken by that step again, by
   * the next step, and past optional ones by those behind; where several are possible, each is followed, so that
   * no match is missed for a choice made too early. An event that can be taken is never passed over by the same
   * way: that keeps the number of ways small and makes the result independent of everything but the order of
   * arrival.
   *
   * A negated step blocks the way past itself until the step before it takes another event. A partial match
   * without a way on ends.
   *
   * Ways that wait at the same step and have kept the same values differ only in when they end and in which late
   * events they can still take. Of two such ways only the one is followed that began later, as soon as no event may
   * come any more that is older than the last of it: it can take whatever the other can, and longer. So a key that
   * sees the first step again and again keeps a way for each step and not one for each event. Where silence
   * completes the pattern the start is told, and only ways with the same start are one.
   */
  static final int STEPS_MAX = 16;
  private static final int BLOCKED_SHIFT = 32;
  private static final long STAY = 0;
  private static final long END = 1L << 62;
  private static final long OVERTAKEN = 1L << 61;

  /** What an event has done to the partial matches of a key. */
  private static final int CHANGED = 1;

  private static final int MATCHED = 2;
  private static final int TOO_LATE = 4;

  private final StepDefinition[] steps;
  private final @Nullable StepTest[] @Nullable [] byStream;
  private final Captures captures;
  private final Slots nothing;
  private final long withinMs;
  private final boolean strict;
  private final boolean overlap;

  /** The last step that takes events; behind it only negated ones, whose silence is waited for. */
  private final int lastTaking;

  private final boolean endsInSilence;

  /** By step: how far its events are counted; where more make no difference, as far as needed. */
  private final int[] counted;

  /** The steps that may take the first event of a match, and the negated ones among them. */
  private final long beginning;

  /** By stream: whether some beginning step must be asked for every event. */
  private final boolean[] asksToBegin;

  /**
   * @param byStream by stream: the test of each step and, behind them, that of {@code until}; null
   *     where the pattern takes no event of the stream
   */
  PatternMatcher(
      PatternDefinition definition, @Nullable StepTest[] @Nullable [] byStream, Captures captures) {
    this.steps = definition.steps().toArray(StepDefinition[]::new);
    this.byStream = byStream.clone();
    this.captures = captures;
    this.nothing = captures.nothing();
    this.withinMs = definition.withinMs();
    this.strict = definition.strict();
    this.overlap = definition.overlap();
    int last = steps.length - 1;
    while (last > 0 && steps[last].negated()) {
      last--;
    }
    this.lastTaking = last;
    this.endsInSilence = last < steps.length - 1;
    this.counted = new int[steps.length];
    for (int step = 0; step < steps.length; step++) {
      boolean saturates = steps[step].most() == StepDefinition.UNBOUNDED && !captures.counts(step);
      counted[step] = saturates ? Math.max(1, steps[step].least()) : StepDefinition.UNBOUNDED;
    }
    int firstTaking = 0;
    while (steps[firstTaking].negated() || steps[firstTaking].isOptional()) {
      firstTaking++;
    }
    this.beginning = (2L << firstTaking) - 1;
    this.asksToBegin = new boolean[byStream.length];
    for (int stream = 0; stream < byStream.length; stream++) {
      @Nullable StepTest[] tests = byStream[stream];
      for (int step = 0; tests != null && step <= firstTaking; step++) {
        StepTest test = tests[step];
        asksToBegin[stream] |= test != null && test.readsSteps();
      }
    }
  }

  /** How many streams the pipeline has. */
  int streams() {
    return byStream.length;
  }

  /**
   * The test of each step for the events of a stream and, behind them, that of {@code until}; null
   * where the pattern takes none of them.
   */
  @Nullable StepTest @Nullable [] tests(int stream) {
    return byStream[stream];
  }

  /** Whether time completes the pattern, and no event. */
  boolean endsInSilence() {
    return endsInSilence;
  }

  /** How many slots of a row its conditions borrow. */
  int scratch() {
    return captures.size();
  }

  /**
   * Takes an event in; whether it completes a match.
   *
   * @param fitting a bit for each step that the event fits, as {@link StepAnswers} tells
   * @param settledMs no event older than that is still to come, but such as are marked late
   */
  boolean process(KeyState state, int register, Row row, long fitting, long settledMs) {
    int stream = row.event().stream().ordinal();
    @Nullable StepTest[] tests = byStream[stream];
    if (tests == null) {
      return false;
    }
    PartialMatches matches = find(state, register);
    boolean begins = (fitting & beginning) != 0 || asksToBegin[stream];
    if (!begins && !endsInSilence && (matches == null || matches.size() == 0)) {
      return false;
    }
    boolean breaksSilence = endsInSilence && fitsAny(tests, row, fitting);
    if (matches == null) {
      if (!begins && !breaksSilence) {
        return false;
      }
      matches = new PartialMatches(captures, endsInSilence);
    }
    int turn = turn(matches, tests, row, fitting, settledMs);
    if (breaksSilence) {
      matches.advanceTo(row.event().timeMs());
    }
    if ((turn & TOO_LATE) != 0) {
      matches.countOvertaken();
      row.markLate();
    }
    boolean matched = (turn & MATCHED) != 0;
    if (matched && !overlap) {
      matches.clear();
    } else if ((turn & CHANGED) != 0) {
      row.countGivenUp(matches.commit());
    }
    state.setRegister(register, matches.isBlank() ? null : matches);
    return matched;
  }

  /** Drafts what is open after an event, where it changes something. */
  private int turn(
      PartialMatches matches, @Nullable StepTest[] tests, Row row, long fitting, long settledMs) {
    Event event = row.event();
    int before = matches.size();
    int turn = 0;
    for (int match = 0; match < before; match++) {
      long moves = moves(matches, match, tests, row, fitting);
      if (moves == STAY || moves == OVERTAKEN) {
        turn |= moves == OVERTAKEN ? TOO_LATE : 0;
        if ((turn & CHANGED) != 0) {
          matches.keep(match);
        }
        continue;
      }
      if ((turn & CHANGED) == 0) {
        matches.draft(match);
        turn |= CHANGED;
      }
      turn |= advance(matches, match, moves, event, settledMs);
    }
    long begins =
        fits(tests, steps.length, nothing, row, fitting)
            ? STAY
            : ways(-1, 0, 0, nothing, tests, row, fitting);
    // A negated step cannot come first, so these are steps that take the event.
    if (begins == STAY) {
      return turn;
    }
    if (endsInSilence && event.timeMs() < matches.newestMs()) {
      // What has come since then was not held against it: the silence would be a false one.
      return turn | TOO_LATE;
    }
    if ((turn & CHANGED) == 0) {
      matches.draft(before);
    }
    return turn | CHANGED | begin(matches, begins, event, settledMs);
  }

  /** What a partial match makes of an event. */
  private long moves(
      PartialMatches matches, int match, @Nullable StepTest[] tests, Row row, long fitting) {
    long time = row.event().timeMs();
    if (time - matches.startMs(match) >= withinMs) {
      // One that waits for the silence to end is completed by time alone.
      return isWaiting(matches, match) ? STAY : END;
    }
    Slots captured = matches.captured(match);
    long moves =
        fits(tests, steps.length, captured, row, fitting)
            ? END
            : ways(
                matches.step(match),
                matches.count(match),
                matches.blocked(match),
                captured,
                tests,
                row,
                fitting);
    if (time < matches.lastMs(match)) {
      return moves == STAY ? STAY : OVERTAKEN;
    }
    return moves == STAY && strict ? END : moves;
  }

  /** A bit for each step that can take the event, and above them for each negated one it fits. */
  private long ways(
      int step,
      int count,
      int blocked,
      Slots captured,
      @Nullable StepTest[] tests,
      Row row,
      long fitting) {
    long ways = 0;
    if (step >= 0 && count < steps[step].most() && fits(tests, step, captured, row, fitting)) {
      ways |= 1L << step;
    }
    boolean open = step < 0 || count >= steps[step].least();
    for (int next = step + 1; open && next < steps.length; next++) {
      boolean fits = fits(tests, next, captured, row, fitting);
      if (!steps[next].negated()) {
        ways |= fits ? 1L << next : 0;
        open = steps[next].isOptional();
      } else if ((blocked & 1 << next) != 0) {
        open = false;
      } else if (fits) {
        ways |= 1L << (BLOCKED_SHIFT + next);
        open = false;
      }
    }
    return ways;
  }

  private boolean fits(
      @Nullable StepTest[] tests, int step, Slots captured, Row row, long fitting) {
    StepTest test = tests[step];
    if (test == null) {
      return false;
    }
    if (test.readsSteps()) {
      captures.load(captured, row);
      boolean fits = test.fits(row);
      captures.unload(row);
      return fits;
    }
    return (fitting & 1L << step) != 0;
  }

  private boolean fitsAny(@Nullable StepTest[] tests, Row row, long fitting) {
    for (int step = 0; step < steps.length; step++) {
      if (fits(tests, step, nothing, row, fitting)) {
        return true;
      }
    }
    return false;
  }

  private int advance(PartialMatches matches, int match, long moves, Event event, long settledMs) {
    int takers = (int) moves;
    int turn = 0;
    for (int step = matches.step(match); takers != 0 && step < steps.length; step++) {
      if ((takers & 1 << step) != 0) {
        int count = step == matches.step(match) ? matches.count(match) + 1 : 1;
        Slots captured = captures.after(matches.captured(match), step, count, event);
        turn |=
            put(matches, matches.startMs(match), event.timeMs(), step, count, captured, settledMs);
      }
    }
    if (takers == 0 && moves != END && !strict) {
      int blocked = (int) (moves >>> BLOCKED_SHIFT);
      int all = matches.blocked(match) | blocked;
      if (canGoOn(matches.step(match), matches.count(match), all)) {
        matches.keepBlocked(match, blocked);
      }
    }
    return turn;
  }

  private int begin(PartialMatches matches, long takers, Event event, long settledMs) {
    long time = event.timeMs();
    int turn = 0;
    for (int step = 0; step < steps.length; step++) {
      if ((takers & 1L << step) != 0) {
        turn |=
            put(matches, time, time, step, 1, captures.after(nothing, step, 1, event), settledMs);
      }
    }
    return turn;
  }

  /** Adds to the draft what has just taken an event, unless it ends with it. */
  private int put(
      PartialMatches matches,
      long startMs,
      long lastMs,
      int step,
      int count,
      Slots captured,
      long settledMs) {
    boolean complete = !endsInSilence && step == lastTaking && count >= steps[step].least();
    if (!complete || canGoOn(step, count, 0)) {
      int needed = Math.min(count, counted[step]);
      matches.add(startMs, lastMs, step, needed, captured, settledMs);
    }
    return complete ? MATCHED : 0;
  }

  private boolean canGoOn(int step, int count, int blocked) {
    if (count < steps[step].most()) {
      return true;
    }
    for (int next = step + 1; next < steps.length; next++) {
      if (!steps[next].negated()) {
        return true;
      }
      if ((blocked & 1 << next) != 0) {
        return false;
      }
    }
    return endsInSilence;
  }

  /** Whether only silence is missing. */
  private boolean isWaiting(PartialMatches matches, int match) {
    return endsInSilence
        && matches.step(match) == lastTaking
        && matches.count(match) >= steps[lastTaking].least()
        && matches.blocked(match) == 0;
  }

  /** The time at which silence completes the next match; {@link Long#MAX_VALUE} when none does. */
  long dueMs(KeyState state, int register) {
    PartialMatches matches = endsInSilence ? find(state, register) : null;
    long due = Long.MAX_VALUE;
    for (int match = 0; matches != null && match < matches.size(); match++) {
      if (isWaiting(matches, match)) {
        due = Math.min(due, matches.startMs(match) + withinMs);
      }
    }
    return due;
  }

  /** The first and the last event of a match. */
  record Completed(long startMs, long lastMs) {}

  /** Takes out what silence completes at {@code dueMs}, and tells of the first of it. */
  Completed complete(KeyState state, int register, long dueMs) {
    PartialMatches matches = Objects.requireNonNull(find(state, register), "nothing is due");
    Completed completed = null;
    matches.draft(0);
    for (int match = 0; match < matches.size(); match++) {
      boolean isDue = isWaiting(matches, match) && matches.startMs(match) + withinMs == dueMs;
      if (isDue && completed == null) {
        completed = new Completed(matches.startMs(match), matches.lastMs(match));
      }
      // Without overlap what began in the meantime ends with it.
      if (!isDue && (overlap || matches.startMs(match) >= dueMs)) {
        matches.keep(match);
      }
    }
    matches.commit();
    return Objects.requireNonNull(completed, "nothing is due");
  }

  /**
   * The event time from which on no partial match can be completed any more; {@link Long#MIN_VALUE}
   * when there is none.
   */
  long expiresMs(KeyState state, int register) {
    PartialMatches matches = find(state, register);
    if (matches == null) {
      return Long.MIN_VALUE;
    }
    // An event as old as that could still come, and must not begin anything.
    long expires = matches.newestMs();
    for (int match = 0; match < matches.size(); match++) {
      expires = Math.max(expires, matches.startMs(match) + withinMs);
    }
    return expires;
  }

  @Nullable PartialMatches find(KeyState state, int register) {
    Register found = state.register(register);
    if (found instanceof Register.Stored stored) {
      StateInput input = stored.input();
      PartialMatches read = PartialMatches.read(captures, endsInSilence, input);
      state.setRegister(register, read);
      return read;
    }
    return (PartialMatches) found;
  }
}
