package io.vigia.core.pattern;

import io.vigia.core.event.Event;
import io.vigia.core.event.Row;
import io.vigia.core.event.Slots;
import io.vigia.core.state.KeyState;
import io.vigia.core.state.Register;
import io.vigia.core.state.StateInput;
import java.util.ArrayList;
import java.util.List;
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
 * kept here as a list of small immutable runs instead of a shared buffer of events: of the events
 * themselves only what a condition reads is needed.
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
   * Ways that began at the same time, wait at the same step and have kept the same values have the same future;
   * only the one whose last event is older is followed, which can take whatever the other can.
   */
  static final int STEPS_MAX = 16;
  private static final int BLOCKED_SHIFT = 32;
  private static final long STAY = 0;
  private static final long END = 1L << 62;
  private static final long OVERTAKEN = 1L << 61;

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
    this.nothing = captures.none();
    this.withinMs = definition.withinMs();
    this.strict = definition.strict();
    this.overlap = definition.overlap();
    int last = steps.length - 1;
    while (last > 0 && steps[last].negated()) {
      last--;
    }
    this.lastTaking = last;
    this.endsInSilence = last < steps.length - 1;
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
   */
  boolean process(KeyState state, int register, Row row, long fitting) {
    int stream = row.event().stream().ordinal();
    @Nullable StepTest[] tests = byStream[stream];
    if (tests == null) {
      return false;
    }
    PartialMatches matches = find(state, register);
    boolean begins = (fitting & beginning) != 0 || asksToBegin[stream];
    if (!begins && !endsInSilence && (matches == null || matches.open().isEmpty())) {
      return false;
    }
    Turn turn = turn(matches, tests, row, fitting);
    boolean breaksSilence = endsInSilence && fitsAny(tests, row, fitting);
    if (turn == null && !breaksSilence) {
      return false;
    }
    if (matches == null) {
      matches = new PartialMatches(captures);
      state.setRegister(register, matches);
    }
    if (breaksSilence) {
      matches.advanceTo(row.event().timeMs());
    }
    if (turn == null) {
      return false;
    }
    if (turn.overtaken) {
      matches.countOvertaken();
      row.markLate();
    }
    if (turn.matched && !overlap) {
      matches.replace(List.of());
    } else if (turn.after != null) {
      row.countGivenUp(matches.replace(turn.after));
    }
    if (matches.isBlank()) {
      state.setRegister(register, null);
    }
    return turn.matched;
  }

  /** What an event changes; made only when it changes something. */
  private static final class Turn {
    private @Nullable List<PartialMatch> after;
    private boolean matched;
    private boolean overtaken;

    /** What is open after the event, beginning with the first ones of before. */
    List<PartialMatch> after(List<PartialMatch> before, int unchanged) {
      List<PartialMatch> known = after;
      if (known == null) {
        known = new ArrayList<>(before.subList(0, unchanged));
        after = known;
      }
      return known;
    }
  }

  private @Nullable Turn turn(
      @Nullable PartialMatches matches, @Nullable StepTest[] tests, Row row, long fitting) {
    List<PartialMatch> before = matches == null ? List.of() : matches.open();
    Turn turn = null;
    for (int i = 0; i < before.size(); i++) {
      PartialMatch match = before.get(i);
      long moves = moves(match, tests, row, fitting);
      if (moves != STAY && turn == null) {
        turn = new Turn();
      }
      if (moves == OVERTAKEN && turn != null) {
        turn.overtaken = true;
      }
      if (moves != STAY && moves != OVERTAKEN && turn != null) {
        advance(match, moves, row.event(), turn, turn.after(before, i));
      } else if (turn != null && turn.after != null) {
        turn.after.add(match);
      }
    }
    long begins =
        fits(tests, steps.length, nothing, row, fitting)
            ? STAY
            : ways(-1, 0, 0, nothing, tests, row, fitting);
    // A negated step cannot come first, so these are steps that take the event.
    if (begins != STAY) {
      turn = turn == null ? new Turn() : turn;
      if (endsInSilence && matches != null && row.event().timeMs() < matches.newestMs()) {
        // What has come since then was not held against it: the silence would be a false one.
        turn.overtaken = true;
        return turn;
      }
      begin(begins, row.event(), turn, turn.after(before, before.size()));
    }
    return turn;
  }

  /** What a partial match makes of an event. */
  private long moves(PartialMatch match, @Nullable StepTest[] tests, Row row, long fitting) {
    long time = row.event().timeMs();
    if (time - match.startMs() >= withinMs) {
      // One that waits for the silence to end is completed by time alone.
      return isWaiting(match) ? STAY : END;
    }
    long moves;
    if (fits(tests, steps.length, match.captured(), row, fitting)) {
      moves = END;
    } else {
      moves =
          ways(match.step(), match.count(), match.blocked(), match.captured(), tests, row, fitting);
    }
    if (time < match.lastMs()) {
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

  private void advance(
      PartialMatch match, long moves, Event event, Turn turn, List<PartialMatch> after) {
    int takers = (int) moves;
    for (int step = match.step(); takers != 0 && step < steps.length; step++) {
      if ((takers & 1 << step) != 0) {
        int count = step == match.step() ? match.count() + 1 : 1;
        Slots captured = captures.after(match.captured(), step, count, event);
        put(
            new PartialMatch(match.startMs(), event.timeMs(), step, count, 0, captured),
            turn,
            after);
      }
    }
    if (takers == 0 && moves != END && !strict) {
      PartialMatch blocked = match.block((int) (moves >>> BLOCKED_SHIFT));
      if (canGoOn(blocked)) {
        after.add(blocked);
      }
    }
  }

  private void begin(long takers, Event event, Turn turn, List<PartialMatch> after) {
    for (int step = 0; step < steps.length; step++) {
      if ((takers & 1L << step) != 0) {
        Slots captured = captures.after(nothing, step, 1, event);
        put(new PartialMatch(event.timeMs(), event.timeMs(), step, 1, 0, captured), turn, after);
      }
    }
  }

  private void put(PartialMatch next, Turn turn, List<PartialMatch> after) {
    boolean complete =
        !endsInSilence && next.step() == lastTaking && next.count() >= steps[next.step()].least();
    turn.matched |= complete;
    if (complete && !canGoOn(next)) {
      return;
    }
    for (int i = 0; i < after.size(); i++) {
      PartialMatch other = after.get(i);
      if (isSame(other, next)) {
        if (next.lastMs() < other.lastMs()) {
          after.set(i, next);
        }
        return;
      }
    }
    after.add(next);
  }

  private boolean isSame(PartialMatch a, PartialMatch b) {
    return a.startMs() == b.startMs()
        && a.step() == b.step()
        && a.count() == b.count()
        && a.blocked() == b.blocked()
        && captures.areEqual(a.captured(), b.captured());
  }

  private boolean canGoOn(PartialMatch match) {
    if (match.count() < steps[match.step()].most()) {
      return true;
    }
    for (int next = match.step() + 1; next < steps.length; next++) {
      if (!steps[next].negated()) {
        return true;
      }
      if (match.isBlockedAt(next)) {
        return false;
      }
    }
    return endsInSilence;
  }

  /** Whether only silence is missing. */
  private boolean isWaiting(PartialMatch match) {
    return endsInSilence
        && match.step() == lastTaking
        && match.count() >= steps[lastTaking].least()
        && match.blocked() == 0;
  }

  /** The time at which silence completes the next match; {@link Long#MAX_VALUE} when none does. */
  long dueMs(KeyState state, int register) {
    PartialMatches matches = endsInSilence ? find(state, register) : null;
    long due = Long.MAX_VALUE;
    if (matches != null) {
      for (PartialMatch match : matches.open()) {
        if (isWaiting(match)) {
          due = Math.min(due, match.startMs() + withinMs);
        }
      }
    }
    return due;
  }

  /** Takes out what silence completes at {@code dueMs}, and gives the first of it. */
  PartialMatch complete(KeyState state, int register, long dueMs) {
    PartialMatches matches = Objects.requireNonNull(find(state, register), "nothing is due");
    PartialMatch completed = null;
    List<PartialMatch> after = new ArrayList<>();
    for (PartialMatch match : matches.open()) {
      boolean isDue = isWaiting(match) && match.startMs() + withinMs == dueMs;
      if (isDue && completed == null) {
        completed = match;
      }
      // Without overlap what began in the meantime ends with it.
      if (!isDue && (overlap || match.startMs() >= dueMs)) {
        after.add(match);
      }
    }
    matches.replace(after);
    return Objects.requireNonNull(completed, "nothing is due");
  }

  /**
   * The event time from which on no partial match can be completed any more; {@link Long#MIN_VALUE}
   * when there is none.
   */
  long expiresMs(KeyState state, int register) {
    PartialMatches matches = find(state, register);
    long expires = Long.MIN_VALUE;
    if (matches != null) {
      // An event as old as that could still come, and must not begin anything.
      expires = matches.newestMs();
      for (PartialMatch match : matches.open()) {
        expires = Math.max(expires, match.startMs() + withinMs);
      }
    }
    return expires;
  }

  @Nullable PartialMatches find(KeyState state, int register) {
    Register found = state.register(register);
    if (found instanceof Register.Stored stored) {
      StateInput input = stored.input();
      PartialMatches read = PartialMatches.read(captures, input);
      state.setRegister(register, read);
      return read;
    }
    return (PartialMatches) found;
  }
}
