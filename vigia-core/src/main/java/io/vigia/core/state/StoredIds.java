package io.vigia.core.state;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The older ids of an {@link IdentityLog} whose state lies on disk: a queue of blocks, read only to
 * forget them, and for each id a part of its own by which it is found.
 *
 * <p><b>Units and bounds.</b> An id costs one part written when it becomes old and one removed when
 * it is forgotten, and a {@value #BLOCK}th of a block; finding reads one part.
 */
final class StoredIds {
  /** Ids a block. */
  static final int BLOCK = 32;

  private static final int SHIFT = Integer.numberOfTrailingZeros(BLOCK);
  private static final int WORDS = IdentityLog.WORDS;

  private final PartStore parts;
  private final int blocks;
  private final int contents;

  /** The numbers of the oldest id and of the next one; the latter is a multiple of a block. */
  private long first;

  private long end;

  /** The block of the oldest id, once it was needed. */
  private long @Nullable [] oldest;

  StoredIds(PartStore parts, int space) {
    this.parts = parts;
    this.blocks = space;
    this.contents = space + 1;
  }

  static StoredIds read(PartStore parts, int space, StateInput head) {
    StoredIds ids = new StoredIds(parts, space);
    ids.first = head.readUnsigned();
    int count = head.readCount();
    if (ids.first >>> 62 != 0 || ((ids.first + count) & (BLOCK - 1)) != 0) {
      throw new IllegalStateException("damaged state: found " + count + " old ids");
    }
    ids.end = ids.first + count;
    return ids;
  }

  void writeHead(StateOutput head) {
    head.writeUnsigned(first);
    head.writeUnsigned(end - first);
  }

  boolean isEmpty() {
    return first == end;
  }

  /** Takes over a block of ids, four words each, that are newer than all here. */
  void take(long[] words, int from) {
    ByteBuffer block = ByteBuffer.allocate(BLOCK * WORDS * Long.BYTES);
    block.asLongBuffer().put(words, from, BLOCK * WORDS);
    parts.write(PartId.numbered(blocks, end >> SHIFT), block.array());
    for (int i = from; i < from + BLOCK * WORDS; i += WORDS) {
      parts.write(
          new PartId(contents, words[i + IdentityLog.HIGH], words[i + IdentityLog.LOW]),
          ByteBuffer.allocate(Long.BYTES).putLong(words[i + IdentityLog.CONTENT]).array());
    }
    end += BLOCK;
  }

  IdentityLog.Answer find(long high, long low, long contentHash) {
    byte[] known = isEmpty() ? null : parts.read(new PartId(contents, high, low));
    if (known == null) {
      return IdentityLog.Answer.NEW;
    }
    return ByteBuffer.wrap(known).getLong() == contentHash
        ? IdentityLog.Answer.REPEAT
        : IdentityLog.Answer.CONFLICT;
  }

  /** Forgets the ids up to and including {@code timeMs}. */
  void forgetUpTo(long timeMs) {
    while (!isEmpty()) {
      long[] block = oldest;
      if (block == null) {
        block = block(first >> SHIFT);
        oldest = block;
      }
      int at = (int) (first & BLOCK - 1) * WORDS;
      if (block[at + IdentityLog.TIME] > timeMs) {
        return;
      }
      parts.remove(new PartId(contents, block[at + IdentityLog.HIGH], block[at + IdentityLog.LOW]));
      first++;
      if ((first & BLOCK - 1) == 0) {
        parts.remove(PartId.numbered(blocks, (first >> SHIFT) - 1));
        oldest = null;
      }
    }
  }

  /** Adds all ids, the oldest first, to a log in memory. */
  void copyInto(IdentityLog log) {
    long[] block = null;
    for (long number = first; number < end; number++) {
      int row = (int) (number & BLOCK - 1);
      if (block == null || row == 0) {
        block = block(number >> SHIFT);
      }
      int at = row * WORDS;
      log.add(
          block[at + IdentityLog.HIGH],
          block[at + IdentityLog.LOW],
          block[at + IdentityLog.CONTENT],
          block[at + IdentityLog.TIME]);
    }
  }

  private long[] block(long number) {
    byte[] bytes = parts.read(PartId.numbered(blocks, number));
    if (bytes == null || bytes.length != BLOCK * WORDS * Long.BYTES) {
      throw new IllegalStateException("damaged state: found no block of ids " + number);
    }
    long[] words = new long[BLOCK * WORDS];
    ByteBuffer.wrap(bytes).asLongBuffer().get(words);
    return words;
  }
}
