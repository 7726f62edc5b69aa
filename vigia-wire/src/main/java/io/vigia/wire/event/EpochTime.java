package io.vigia.wire.event;

/**
 * Seconds, milliseconds or microseconds since 1970; {@code power} of ten makes them milliseconds.
 */
record EpochTime(String unit, long example, int power) implements TimeText {

  @Override
  public long text(char[] chars, int from, int length) {
    return IsoTime.MALFORMED;
  }

  @Override
  public long number(NumberText number) {
    return IsoTime.ranged(number.toWholeTimes(power));
  }

  @Override
  public boolean takesNumbers() {
    return true;
  }

  @Override
  public String expected() {
    return "epoch " + unit + " such as " + example;
  }
}
