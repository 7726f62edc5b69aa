package io.vigia.core.event;

/**
 * What a field holds.
 *
 * <table>
 * <caption>Types and how a value is kept</caption>
 * <tr><th>type</th><th>kept as</th><th>bounds</th></tr>
 * <tr><td>string</td><td>{@link String}</td><td>the event's size limit</td></tr>
 * <tr><td>int</td><td>{@code long}</td><td>64 bits</td></tr>
 * <tr><td>double</td><td>{@code double} bits</td><td>finite, at most 1e300 from zero</td></tr>
 * <tr><td>bool</td><td>0 or 1</td><td></td></tr>
 * <tr><td>timestamp</td><td>epoch milliseconds</td><td>years 0001 to 9999; finer digits are cut</td></tr>
 * <tr><td>decimal</td><td>{@link java.math.BigDecimal}</td><td>38 digits, scale 0 to 18</td></tr>
 * </table>
 */
public enum FieldType {
  STRING,
  INT,
  DOUBLE,
  BOOL,
  TIMESTAMP,
  DECIMAL;

  /** The word in the pipeline file. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** Whether values are kept as 64 bits rather than as an object. */
  public boolean isNumber() {
    return this != STRING && this != DECIMAL;
  }

  /** Whether values can be added up. */
  public boolean isSummable() {
    return this == INT || this == DOUBLE || this == DECIMAL;
  }

  /** Whether values have an order that minimum and maximum can use. */
  public boolean isOrdered() {
    return this != BOOL;
  }
}
