package io.vigia.flink.cep;

import io.vigia.flink.cep.SharedPattern.Letter;
import io.vigia.flink.cep.SharedPattern.Step;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.typeutils.base.IntSerializer;
import org.apache.flink.cep.nfa.NFA;
import org.apache.flink.cep.nfa.NFAState;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.nfa.compiler.NFACompiler;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBuffer;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBufferAccessor;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.conditions.IterativeCondition;
import org.jspecify.annotations.Nullable;

/**
 * Flink's CEP library on one key, without a cluster: its automaton is given the events one by one,
 * as its operator gives them.
 */
final class FlinkCep {
  private static final AfterMatchSkipStrategy NO_SKIP = AfterMatchSkipStrategy.noSkip();

  private final SharedPattern pattern;
  private final List<Letter> letters;

  FlinkCep(SharedPattern pattern, List<Letter> letters) {
    this.pattern = pattern;
    this.letters = List.copyOf(letters);
  }

  /**
   * The positions of the events that complete a match; for a pattern that ends in silence the times
   * at which it is over.
   */
  @SuppressWarnings("try") // closing may be interrupted: so says the library
  Set<Long> completions() throws Exception {
    NFA<Integer> nfa = NFACompiler.compileFactory(flinkPattern(), false).createNFA();
    NFAState state = nfa.createInitialNFAState();
    SharedBuffer<Integer> buffer = new SharedBuffer<>(store(), IntSerializer.INSTANCE);
    Set<Long> found = new TreeSet<>();
    try (SharedBufferAccessor<Integer> accessor = buffer.getAccessor()) {
      for (int i = 0; i < letters.size(); i++) {
        long time = letters.get(i).timeMs();
        silences(nfa.advanceTime(accessor, state, time, NO_SKIP).f0, found);
        Collection<Map<String, List<Integer>>> matches =
            nfa.process(accessor, state, i, time, NO_SKIP, () -> time);
        if (!matches.isEmpty()) {
          found.add((long) i);
        }
      }
      silences(nfa.advanceTime(accessor, state, Long.MAX_VALUE / 2, NO_SKIP).f0, found);
    } finally {
      buffer.releaseCacheStatisticsTimer();
    }
    return found;
  }

  private void silences(Collection<Map<String, List<Integer>>> matches, Set<Long> found) {
    for (Map<String, List<Integer>> match : matches) {
      long first =
          match.values().stream().flatMap(List::stream).mapToInt(i -> i).min().orElseThrow();
      found.add(letters.get((int) first).timeMs() + pattern.withinMs());
    }
  }

  private static KeyedStateStore store() {
    return (KeyedStateStore)
        Proxy.newProxyInstance(
            FlinkCep.class.getClassLoader(),
            new Class<?>[] {KeyedStateStore.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("getMapState")) {
                return new HeapMapState<>();
              }
              throw new IllegalStateException("state: got " + method.getName());
            });
  }

  private Pattern<Integer, ?> flinkPattern() {
    Pattern<Integer, ?> made = null;
    for (int i = 0; i < pattern.steps().size(); i++) {
      Step step = pattern.steps().get(i);
      made = times(where(next(made, i, step), step, letters), step);
    }
    return Objects.requireNonNull(made).within(Duration.ofMillis(pattern.withinMs()));
  }

  private Pattern<Integer, Integer> next(
      @Nullable Pattern<Integer, ?> before, int position, Step step) {
    String name = SharedPattern.nameOf(position);
    if (before == null) {
      return Pattern.begin(name, NO_SKIP);
    } else if (step.negated()) {
      return cast(before.notFollowedBy(name));
    }
    return cast(pattern.strict() ? before.next(name) : before.followedBy(name));
  }

  @SuppressWarnings("unchecked")
  private static Pattern<Integer, Integer> cast(Pattern<Integer, ?> pattern) {
    return (Pattern<Integer, Integer>) pattern;
  }

  private static Pattern<Integer, Integer> where(
      Pattern<Integer, Integer> made, Step step, List<Letter> all) {
    return made.where(
        new IterativeCondition<Integer>() {
          private static final long serialVersionUID = 1L;

          @Override
          public boolean filter(Integer event, Context<Integer> context) throws Exception {
            Letter letter = all.get(event);
            if (letter.letter() != step.letter()) {
              return false;
            }
            if (step.above() < 0) {
              return true;
            }
            for (int other : context.getEventsForPattern(SharedPattern.nameOf(step.above()))) {
              return letter.number() > all.get(other).number();
            }
            return false;
          }
        });
  }

  private Pattern<Integer, ?> times(Pattern<Integer, Integer> made, Step step) {
    if (step.negated() || step.isSingle()) {
      return made;
    }
    Pattern<Integer, Integer> repeated;
    if (step.isOptional()) {
      return made.optional();
    } else if (step.most() == SharedPattern.UNBOUNDED) {
      repeated = made.timesOrMore(step.least());
    } else if (step.most() == step.least()) {
      repeated = made.times(step.least());
    } else {
      repeated = made.times(step.least(), step.most());
    }
    return pattern.strict() ? repeated.consecutive() : repeated;
  }
}
