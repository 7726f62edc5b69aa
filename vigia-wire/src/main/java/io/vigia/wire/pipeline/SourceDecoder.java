package io.vigia.wire.pipeline;

import io.vigia.core.problem.Place;
import io.vigia.core.problem.ProblemCode;
import io.vigia.core.problem.Problems;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Turns a file's bytes into text: UTF-8, of bounded size, without characters that no text has.
 *
 * <p><b>Errors.</b> A file too large or in another encoding is not read any further; a few stray
 * control characters are reported one by one and read as if they were a replacement character.
 */
final class SourceDecoder {
  /** A pipeline of some thousand rules; larger files are not pipelines. */
  static final int LIMIT_BYTES = 1 << 20;

  private static final int STRAY_CHARACTERS_MAX = 10;
  private static final int REPLACEMENT = 0xfffd;
  private static final int BYTE_ORDER_MARK = 0xfeff;

  private static final Pattern LINE_OF_YAML =
      Pattern.compile("-(?: .*)?|[A-Za-z_][A-Za-z0-9_-]*[ \\t]*:(?:[ \\t].*)?");

  private final String file;
  private final byte[] content;
  private final Problems problems;

  private SourceDecoder(String file, byte[] content, Problems problems) {
    this.file = file;
    this.content = content;
    this.problems = problems;
  }

  static Optional<SourceText> decode(String file, byte[] content, Problems into) {
    return new SourceDecoder(file, content, into).decode();
  }

  private Optional<SourceText> decode() {
    if (content.length > LIMIT_BYTES) {
      problems.add(
          ProblemCode.FILE_TOO_LARGE,
          Place.of(file),
          "the file has " + content.length + " bytes, a pipeline file at most " + LIMIT_BYTES,
          "is it the right file? a pipeline this large is better split");
      return Optional.empty();
    }
    if (hasForeignMark()) {
      return Optional.empty();
    }
    CharBuffer decoded = CharBuffer.allocate(content.length);
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer bytes = ByteBuffer.wrap(content);
    CoderResult result = decoder.decode(bytes, decoded, true);
    String text = withoutMark(decoded.flip().toString());
    if (result.isError()) {
      int bad = content[bytes.position()] & 0xff;
      SourceText before = SourceText.of(file, text);
      problems.add(
          ProblemCode.FILE_UNREADABLE,
          before.place(before.length()),
          String.format("byte 0x%02X is not UTF-8", bad),
          "save the file as UTF-8; it may be Latin-1 or Windows-1252, or no text at all");
      return Optional.empty();
    }
    return withoutStrayCharacters(text);
  }

  private boolean hasForeignMark() {
    int first = content.length > 1 ? ((content[0] & 0xff) << 8) | (content[1] & 0xff) : 0;
    if (first != 0xfffe && first != 0xfeff) {
      return false;
    }
    problems.add(
        ProblemCode.FILE_UNREADABLE,
        Place.of(file),
        "the file is written in UTF-16, expected UTF-8",
        "save it as UTF-8");
    return true;
  }

  private static String withoutMark(String text) {
    return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
  }

  private Optional<SourceText> withoutStrayCharacters(String text) {
    SourceText source = SourceText.of(file, text);
    int[] characters = source.copyCharacters();
    BitSet strays = new BitSet();
    for (int i = 0; i < characters.length; i++) {
      strays.set(i, isStray(characters[i]));
    }
    if (strays.cardinality() > STRAY_CHARACTERS_MAX) {
      problems.add(
          ProblemCode.FILE_UNREADABLE,
          source.place(strays.nextSetBit(0)),
          strays.cardinality() + " characters that no text has, the first of them here",
          "is it a text file?");
      return Optional.empty();
    }
    strays.stream()
        .forEach(
            i -> {
              int stray = characters[i];
              problems.add(
                  ProblemCode.FILE_UNREADABLE, source.place(i), describe(stray), helpFor(stray));
              characters[i] = REPLACEMENT;
            });
    boolean mended = mendIndents(source, characters);
    return Optional.of(mended || !strays.isEmpty() ? source.with(characters, strays) : source);
  }

  /**
   * Reports lines that other characters than spaces indent, as they come with text from a web page,
   * and reads these as spaces.
   */
  private boolean mendIndents(SourceText source, int[] characters) {
    boolean mended = false;
    for (int line = 0; line < source.lines(); line++) {
      int end = source.lineEnd(line);
      int content = source.lineStart(line);
      int strange = -1;
      while (content < end && Character.isSpaceChar(characters[content])) {
        strange = strange < 0 && characters[content] != ' ' ? content : strange;
        content++;
      }
      if (strange >= 0 && LINE_OF_YAML.matcher(source.slice(content, end)).matches()) {
        problems.add(
            ProblemCode.YAML_SYNTAX,
            source.place(strange),
            String.format(
                "the line is indented with U+%04X, which is no space", source.at(strange)),
            "indent with spaces; such characters come from copying a web page");
        Arrays.fill(characters, strange, content, ' ');
        mended = true;
      }
    }
    return mended;
  }

  /** What YAML does not call printable. */
  private static boolean isStray(int c) {
    boolean control = c < 0x20 ? c != '\t' && c != '\n' && c != '\r' : c >= 0x7f && c < 0xa0;
    return (control && c != 0x85) || c == BYTE_ORDER_MARK || c == 0xfffe || c == 0xffff;
  }

  private static String describe(int character) {
    return character == BYTE_ORDER_MARK
        ? "a byte order mark (U+FEFF) in the middle of the file"
        : String.format("control character U+%04X", character);
  }

  private static String helpFor(int character) {
    return character == BYTE_ORDER_MARK
        ? "remove it; it comes from joining two files"
        : "remove it, or write it escaped in double quotes: \"\\x%02x\"".formatted(character);
  }
}
