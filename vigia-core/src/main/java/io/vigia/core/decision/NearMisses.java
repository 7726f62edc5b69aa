package io.vigia.core.decision;

import io.vigia.core.decision.Decision.NearMiss;
import io.vigia.core.event.Event;
import io.vigia.core.event.FieldType;
import io.vigia.core.event.Row;
import io.vigia.core.event.Slots;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.expr.CompiledCondition;
import io.vigia.core.expr.Variable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rules that one number kept from firing.
 *
 * <p><b>Shape.</b> A rule is nearly missed when a name in it is compared with a number, the name's
 * value fails the comparison by a tenth of that number or less, and the rule fires as soon as this
 * one value meets it. {@code amount > 100 && country == "PT"} is nearly missed by 95 from Portugal,
 * not by 95 from Spain, not by 80.
 *
 * <p><b>Units and bounds.</b> At most {@value #TOLD_MAX} are told and {@value #TRIED_MAX} tried, in
 * the order of the file. O(names × log comparisons) where nothing is near.
 *
 * <p>Immutable and safe for any number of threads.
 */
final class NearMisses {
  /*
   * The comparisons are found in the text of the rules, sorted by name and number, so that a thousand rules are
   * not looked at for one event. Whether a candidate mattered is asked of the rule itself, with the one
   * value changed: so the rest of the condition needs no understanding here.
   */
  private static final int TOLD_MAX = 10;
  private static final int TRIED_MAX = 50;

  private final Operand[] operands;

  private NearMisses(List<Operand> operands) {
    this.operands = operands.toArray(Operand[]::new);
  }

  /** A rule's condition and its comparison; {@code position} is the rule's place in the file. */
  private record Candidate(
      int position, String rule, CompiledCondition when, Comparison comparison) {}

  /** A name's slot, and the candidates on it by their number. */
  private record Operand(
      boolean ofEvent, int slot, FieldType type, double[] thresholds, List<Candidate> candidates) {

    @Nullable BigDecimal value(Row row) {
      Slots slots = ofEvent ? row.event().values() : row.features();
      Object value = slots.boxed(slot, type);
      if (value instanceof Double real) {
        return Double.isFinite(real) ? BigDecimal.valueOf(real) : null;
      }
      return value instanceof BigDecimal decimal
          ? decimal
          : value instanceof Long whole ? BigDecimal.valueOf(whole) : null;
    }

    /** About the value, so that nothing is allocated where nothing is near; NaN for none. */
    double about(Row row) {
      Slots slots = ofEvent ? row.event().values() : row.features();
      if (!slots.has(slot)) {
        return Double.NaN;
      }
      return switch (type) {
        case INT -> slots.number(slot);
        case DOUBLE -> slots.real(slot);
        case DECIMAL -> slots.about(slot);
        case STRING, BOOL, TIMESTAMP -> Double.NaN;
      };
    }

    /** The candidates that lie near a value; a few more for the edges' sake. */
    List<Candidate> near(double number) {
      if (!Double.isFinite(number)) {
        return List.of();
      }
      double one = number / 1.1000001;
      double other = number / 0.8999999;
      int from = firstFrom(Math.min(one, other));
      double to = Math.max(one, other);
      int end = from;
      while (end < thresholds.length && thresholds[end] <= to) {
        end++;
      }
      return end == from ? List.of() : candidates.subList(from, end);
    }

    private int firstFrom(double least) {
      int low = 0;
      int high = thresholds.length;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (thresholds[middle] < least) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }

    /** A row in which this one value meets a comparison. */
    Row changed(Row row, Comparison comparison) {
      BigDecimal met = comparison.nearestMeeting(type == FieldType.INT);
      Slots values = copyIf(ofEvent, row.event().values());
      Slots features = copyIf(!ofEvent, row.features());
      Slots changed = ofEvent ? values : features;
      switch (type) {
        case INT -> changed.setNumber(slot, met.longValue());
        case DECIMAL -> changed.setObject(slot, met);
        case DOUBLE -> changed.setReal(slot, meeting(comparison, met));
        case STRING, BOOL, TIMESTAMP -> throw new IllegalStateException("not a number: " + type);
      }
      Event event = row.event();
      Event same =
          new Event(
              event.stream(),
              event.id(),
              event.key(),
              event.timeMs(),
              values,
              event.appendMs(),
              event.partition(),
              event.offset());
      Row other = new Row(same, features, row.version(), null);
      other.useLists(row.lists());
      return other;
    }

    private static double meeting(Comparison comparison, BigDecimal met) {
      double threshold = comparison.threshold().doubleValue();
      return switch (comparison.order()) {
        case GREATER -> Math.nextUp(threshold);
        case LESS -> Math.nextDown(threshold);
        case GREATER_OR_EQUAL, LESS_OR_EQUAL -> met.doubleValue();
      };
    }

    private static Slots copyIf(boolean copied, Slots slots) {
      if (!copied) {
        return slots;
      }
      Slots copy = new Slots(slots.size());
      for (int i = 0; i < slots.size(); i++) {
        copy.copyFrom(slots, i, i);
      }
      return copy;
    }
  }

  /**
   * The rules that were nearly missed, of the first {@code asked} of the file.
   *
   * @param asked those behind were not asked at all
   */
  List<NearMiss> of(Row row, int asked, RuleFilter filter) {
    List<Found> tried = new ArrayList<>(0);
    for (Operand operand : operands) {
      List<Candidate> near = operand.near(operand.about(row));
      BigDecimal value = near.isEmpty() ? null : operand.value(row);
      if (value != null) {
        for (Candidate candidate : near) {
          if (candidate.position < asked && candidate.comparison.isNearlyMetBy(value)) {
            tried.add(new Found(operand, candidate, value));
          }
        }
      }
    }
    if (tried.isEmpty()) {
      return List.of();
    }
    tried.sort(Comparator.comparingInt(found -> found.candidate.position));
    List<NearMiss> near = new ArrayList<>();
    for (Found found : tried.subList(0, Math.min(TRIED_MAX, tried.size()))) {
      if (near.size() < TOLD_MAX && filter.isAsked(found.candidate.position) && found.kept(row)) {
        near.add(
            new NearMiss(
                found.candidate.rule, found.candidate.comparison.toString(), found.shown(row)));
      }
    }
    return near;
  }

  /** Which rules, by their place in the file, are asked about a row. */
  @FunctionalInterface
  interface RuleFilter {
    boolean isAsked(int position);
  }

  private record Found(Operand operand, Candidate candidate, BigDecimal value) {
    /** Whether the comparison is what kept the rule from firing. */
    boolean kept(Row row) {
      return !candidate.when.test(row).isTrue()
          && candidate.when.test(operand.changed(row, candidate.comparison)).isTrue();
    }

    Object shown(Row row) {
      Slots slots = operand.ofEvent ? row.event().values() : row.features();
      Object boxed = slots.boxed(operand.slot, operand.type);
      return boxed == null ? value : boxed;
    }
  }

  /** Gathers the comparisons of a stream's rules. */
  static final class Builder {
    private final StreamSchema stream;
    private final Map<String, Variable> variables = new HashMap<>();
    private final Map<String, Place> places = new HashMap<>();
    private final Map<String, List<Candidate>> candidates = new LinkedHashMap<>();

    Builder(StreamSchema stream, List<Variable> variables) {
      this.stream = stream;
      variables.forEach(variable -> this.variables.put(variable.name(), variable));
    }

    private record Place(boolean ofEvent, int slot, FieldType type) {}

    void add(int position, String rule, String text, CompiledCondition when) {
      for (Comparison comparison : Comparison.in(text)) {
        Place place = placeOf(comparison.name());
        if (place != null) {
          places.put(comparison.name(), place);
          candidates
              .computeIfAbsent(comparison.name(), name -> new ArrayList<>())
              .add(new Candidate(position, rule, when, comparison));
        }
      }
    }

    private @Nullable Place placeOf(String name) {
      int dot = name.indexOf('.');
      String first = dot < 0 ? name : name.substring(0, dot);
      String part = name.substring(dot + 1);
      if (first.equals("event")) {
        int field = dot < 0 ? -1 : stream.find(part);
        return field < 0 ? null : place(true, field, stream.type(field));
      }
      Variable variable = variables.get(first);
      if (variable == null || variable.hasParts() != (dot >= 0)) {
        return null;
      }
      for (int i = 0; i < variable.parts().size(); i++) {
        if (dot < 0 || variable.parts().get(i).name().equals(part)) {
          return place(false, variable.slot() + i, variable.parts().get(i).type());
        }
      }
      return null;
    }

    private static @Nullable Place place(boolean ofEvent, int slot, FieldType type) {
      return switch (type) {
        case INT, DOUBLE, DECIMAL -> new Place(ofEvent, slot, type);
        case STRING, BOOL, TIMESTAMP -> null;
      };
    }

    NearMisses build() {
      List<Operand> operands = new ArrayList<>();
      candidates.forEach(
          (name, unsorted) -> {
            List<Candidate> sorted = new ArrayList<>(unsorted);
            sorted.sort(Comparator.comparing(candidate -> candidate.comparison.threshold()));
            Place place = places.get(name);
            if (place != null) {
              operands.add(
                  new Operand(
                      place.ofEvent,
                      place.slot,
                      place.type,
                      sorted.stream()
                          .mapToDouble(candidate -> candidate.comparison.threshold().doubleValue())
                          .toArray(),
                      List.copyOf(sorted)));
            }
          });
      return new NearMisses(operands);
    }
  }
}
