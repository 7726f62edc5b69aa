package io.vigia.flink.cep;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vigia.core.event.Event;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.PipelineCompiler;
import io.vigia.core.problem.Problems;
import io.vigia.core.replay.Replay;
import io.vigia.flink.cep.SharedPattern.Letter;
import io.vigia.flink.cep.SharedPattern.Step;
import io.vigia.wire.event.Envelope;
import io.vigia.wire.event.EventDecoder;
import io.vigia.wire.pipeline.PipelineReader;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** A shared pattern as a pipeline file says it, on one key. */
final class VigiaPattern {
  private final SharedPattern pattern;
  private final List<Letter> letters;

  VigiaPattern(SharedPattern pattern, List<Letter> letters) {
    this.pattern = pattern;
    this.letters = letters;
  }

  /** The file. */
  String text() {
    StringBuilder text =
        new StringBuilder(
            """
            vigia: 1
            pipeline: letters
            streams:
              letters:
                id: id
                time: at
                key: key
                out_of_order: 0s
                fields: {id: string, at: timestamp, key: string, is: string, n: int}
            patterns:
              p:
                by: key
                overlap: true
            """);
    text.append("    within: ").append(pattern.withinMs()).append("ms\n");
    text.append("    strict: ").append(pattern.strict()).append("\n    steps:\n");
    for (int i = 0; i < pattern.steps().size(); i++) {
      text.append("      - ").append(step(i)).append('\n');
    }
    return text
        + (pattern.endsInSilence()
            ? "rules:\n  - {id: r, on: p, when: 'true', outcome: block}\n"
            : "rules:\n  - {id: r, on: letters, when: 'matched.p', outcome: block}\n");
  }

  private String step(int position) {
    Step step = pattern.steps().get(position);
    String where = "event.is == \"" + step.letter() + "\"";
    if (step.above() >= 0) {
      where += " && event.n > " + SharedPattern.nameOf(step.above()) + ".last.n";
    }
    String times =
        step.most() == SharedPattern.UNBOUNDED
            ? step.least() + ".."
            : step.least() == step.most() ? "" + step.least() : step.least() + ".." + step.most();
    return "%s: {on: letters, where: '%s'%s}"
        .formatted(
            SharedPattern.nameOf(position),
            where,
            step.negated() ? ", not: true" : ", times: " + times);
  }

  /** As {@link FlinkCep#completions}. */
  Set<Long> completions() {
    Problems problems = new Problems();
    CompiledPipeline pipeline =
        PipelineReader.read("letters.yaml", text().getBytes(UTF_8), problems)
            .flatMap(definition -> PipelineCompiler.compile(definition, problems))
            .orElseThrow(() -> new AssertionError(problems.sorted() + "\n" + text()));
    StreamSchema stream = pipeline.streams().get(0);
    EventDecoder decoder = new EventDecoder(stream);
    Replay replay = new Replay(pipeline, 1);
    Set<Long> found = new TreeSet<>();
    for (int i = 0; i < letters.size(); i++) {
      Replay.Result result = replay.process(event(decoder, i));
      if (Objects.requireNonNull(result.decision()).outcome().equals("block")) {
        found.add((long) i);
      }
      take(replay, found);
    }
    if (!letters.isEmpty()) {
      replay.advanceTo(letters.get(letters.size() - 1).timeMs() + pattern.withinMs());
      take(replay, found);
    }
    if (replay.givenUp() > 0) {
      throw new AssertionError("given up: " + replay.givenUp());
    }
    return found;
  }

  private static void take(Replay replay, Set<Long> found) {
    replay.takeSilences().forEach(silence -> found.add(silence.row().event().timeMs()));
  }

  private Event event(EventDecoder decoder, int position) {
    Letter letter = letters.get(position);
    byte[] json =
        "{\"id\":\"e%d\",\"at\":%d,\"key\":\"k\",\"is\":\"%s\",\"n\":%d}"
            .formatted(position, letter.timeMs(), letter.letter(), letter.number())
            .getBytes(UTF_8);
    Problems problems = new Problems();
    return Objects.requireNonNull(
        decoder.decodeJson(json, 0, json.length, Envelope.NONE, 0, 0, position, problems),
        () -> problems.sorted().toString());
  }
}
