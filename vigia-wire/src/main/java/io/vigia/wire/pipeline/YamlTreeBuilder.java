package io.vigia.wire.pipeline;

import io.vigia.wire.pipeline.YamlNode.Broken;
import io.vigia.wire.pipeline.YamlNode.Entry;
import io.vigia.wire.pipeline.YamlNode.Style;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads a text into a tree: once, up to the first syntax error.
 *
 * <p><b>Units and bounds.</b> At most {@value #DEPTH_MAX} levels and {@value #NODES_MAX} nodes;
 * reading stops there. No alias is ever followed, so that nothing grows beyond the file.
 */
final class YamlTreeBuilder {
  static final int DEPTH_MAX = 32;
  static final int NODES_MAX = 100_000;

  /*
   * The parser's events, not the library's composer or constructor: the composer recurses, follows
   * aliases and stops at the first duplicate key, the constructor guesses types.
   *
   * The buffer takes the whole file: with a smaller one the scanner copies what it has of a token
   * each time that it reads on, which is quadratic in the length of a token.
   */
  private static LoadSettings settings(int length) {
    return LoadSettings.builder().setBufferSize(Math.max(1024, 2 * length)).build();
  }

  private final SourceText source;
  private final Parser parser;
  private final Deque<Frame> open = new ArrayDeque<>();
  private final List<YamlMisuse> misuses = new ArrayList<>();
  private @Nullable YamlNode root;
  private int nodes;
  private int documents;
  private boolean stopped;
  private int textStart;
  private int textEnd;

  /**
   * What was read.
   *
   * <p><b>Shape.</b> {@code root} is null with an {@code error}, and for a text that holds nothing
   * or more than is allowed.
   */
  record Parsed(
      @Nullable YamlNode root, @Nullable YamlSyntaxError error, List<YamlMisuse> misuses) {}

  private YamlTreeBuilder(SourceText source) {
    this.source = source;
    LoadSettings settings = settings(source.length());
    this.parser =
        new ParserImpl(settings, new StreamReader(settings, source.slice(0, source.length())));
  }

  static Parsed parse(SourceText source) {
    return new YamlTreeBuilder(source).parse();
  }

  private Parsed parse() {
    try {
      while (!stopped && parser.hasNext()) {
        take(parser.next());
      }
      return new Parsed(open.isEmpty() ? root : null, null, misuses);
    } catch (MarkedYamlEngineException e) {
      return new Parsed(null, YamlSyntaxError.of(e, before()), misuses);
    } catch (RuntimeException e) {
      // The scanner lets a few exceptions of the JDK through (a bad escape in a tag, for one). Its
      // only input is the text, so they are mistakes in the text.
      String problem = String.valueOf(e.getMessage());
      return new Parsed(null, new YamlSyntaxError("", -1, problem, textEnd, before()), misuses);
    }
  }

  private YamlSyntaxError.Before before() {
    int inner = -1;
    int outer = -1;
    for (Frame frame : open) {
      if (frame.flow) {
        inner = inner < 0 ? frame.start : inner;
        outer = frame.start;
      }
    }
    return new YamlSyntaxError.Before(textStart, textEnd, inner, outer);
  }

  private void take(Event event) {
    int start = index(event.getStartMark());
    int end = index(event.getEndMark());
    switch (event.getEventId()) {
      case DocumentStart -> startDocument((DocumentStartEvent) event, start, end);
      case Scalar -> scalar((ScalarEvent) event, start, end);
      case Alias -> alias(start, end);
      case MappingStart, SequenceStart -> start((CollectionStartEvent) event, start);
      case MappingEnd, SequenceEnd -> add(open.pop().close(end));
      case StreamStart, StreamEnd, DocumentEnd, Comment -> {}
    }
  }

  private int index(Optional<Mark> mark) {
    return mark.map(Mark::getIndex).orElse(textEnd);
  }

  private void startDocument(DocumentStartEvent event, int start, int end) {
    if (++documents > 1) {
      stop(YamlMisuse.Kind.SECOND_DOCUMENT, start, end);
    } else if (event.getSpecVersion().isPresent() || source.at(start) == '%') {
      misuses.add(new YamlMisuse(YamlMisuse.Kind.DIRECTIVE, start, end));
    }
  }

  private void scalar(ScalarEvent event, int start, int end) {
    textStart = start;
    textEnd = end;
    boolean marked = isMarked(event, event.getTag(), start, end);
    if (marked || source.isOverwritten(start, end)) {
      add(new Broken(source.isDamaged(start, end), start, end));
    } else {
      add(new YamlNode.Scalar(event.getValue(), style(event.getScalarStyle()), start, end));
    }
  }

  /** Whether a node has an anchor or a tag, which is noted. */
  private boolean isMarked(NodeEvent event, Optional<String> tag, int start, int end) {
    if (event.getAnchor().isPresent()) {
      misuses.add(new YamlMisuse(YamlMisuse.Kind.ANCHOR, start, end));
    } else if (tag.isPresent()) {
      misuses.add(new YamlMisuse(YamlMisuse.Kind.TAG, start, end));
    }
    return event.getAnchor().isPresent() || tag.isPresent();
  }

  private static Style style(ScalarStyle style) {
    return switch (style) {
      case SINGLE_QUOTED -> Style.SINGLE_QUOTED;
      case DOUBLE_QUOTED, JSON_SCALAR_STYLE -> Style.DOUBLE_QUOTED;
      case LITERAL -> Style.LITERAL;
      case FOLDED -> Style.FOLDED;
      case PLAIN -> Style.PLAIN;
    };
  }

  private void alias(int start, int end) {
    misuses.add(new YamlMisuse(YamlMisuse.Kind.ALIAS, start, end));
    add(new Broken(false, start, end));
  }

  private void start(CollectionStartEvent event, int start) {
    isMarked(event, event.getTag(), start, start + 1);
    if (open.size() == DEPTH_MAX) {
      stop(YamlMisuse.Kind.TOO_DEEP, start, start + 1);
    } else {
      open.push(new Frame(event instanceof MappingStartEvent, event.isFlow(), start));
    }
  }

  private void stop(YamlMisuse.Kind kind, int start, int end) {
    misuses.add(new YamlMisuse(kind, start, end));
    stopped = true;
  }

  private void add(YamlNode node) {
    Frame frame = open.peek();
    if (frame == null) {
      root = node;
    } else if (++nodes > NODES_MAX) {
      stop(YamlMisuse.Kind.TOO_MANY, node.start(), node.end());
    } else {
      frame.add(node);
    }
  }

  /** A list or mapping that is being read. */
  private final class Frame {
    private final boolean mapping;
    private final boolean flow;
    private final int start;
    private final List<YamlNode> items = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private @Nullable YamlNode key;
    private boolean template;
    private boolean complete = true;

    Frame(boolean mapping, boolean flow, int start) {
      this.mapping = mapping;
      this.flow = flow;
      this.start = start;
    }

    void add(YamlNode node) {
      YamlNode before = key;
      complete &= !(node instanceof Broken broken && broken.damaged());
      if (!mapping) {
        items.add(node);
      } else if (before == null) {
        key = node;
      } else {
        key = null;
        entry(before, node);
      }
    }

    private void entry(YamlNode before, YamlNode value) {
      if (before instanceof YamlNode.Scalar text) {
        if (text.value().equals("<<") && text.style() == Style.PLAIN) {
          complete = false;
          misuses.add(new YamlMisuse(YamlMisuse.Kind.MERGE, text.start(), text.end()));
        } else {
          entries.add(new Entry(text, value));
        }
      } else if (flow && source.at(start) == '{' && source.at(start + 1) == '{') {
        template = true;
      } else if (!(before instanceof Broken)) {
        misuses.add(new YamlMisuse(YamlMisuse.Kind.KEY_NOT_TEXT, before.start(), before.end()));
      }
    }

    YamlNode close(int end) {
      if (!mapping) {
        return new YamlNode.Sequence(items, flow, complete, start, end);
      }
      if (template) {
        misuses.add(new YamlMisuse(YamlMisuse.Kind.TEMPLATE, start, end));
        return new Broken(false, start, end);
      }
      boolean whole = complete && !(open.isEmpty() && source.isCut());
      return new YamlNode.Mapping(entries, flow, whole, start, end);
    }
  }
}
