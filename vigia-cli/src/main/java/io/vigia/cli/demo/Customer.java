package io.vigia.cli.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody with a card, a home and habits.
 *
 * <p><b>Shape.</b> {@code favourites} are ordered, the dearest in front. {@code spending}
 * multiplies what others pay, {@code activity} (0 to 1) is how often they pay. {@code secondCity}
 * is across a border, for those who work there.
 *
 * <p><b>Units and bounds.</b> One who travels does so for {@link #AWAY} of every {@link #BETWEEN},
 * and does not pay at all for {@link #FLIGHT} on the way out and on the way back.
 */
record Customer(
    String card,
    List<String> devices,
    City home,
    @Nullable City secondCity,
    List<Merchant> favourites,
    double spending,
    double activity,
    @Nullable City tripTo,
    long tripOffsetMs) {

  static final Duration BETWEEN = Duration.ofDays(30);
  static final Duration AWAY = Duration.ofDays(4);
  static final Duration FLIGHT = Duration.ofHours(5);

  /** How likely people pay in each hour of their own day, relative to the busiest. */
  private static final double[] RHYTHM = {
    .06, .04, .03, .02, .02, .05, .15, .35, .55, .60, .65, .75, .95, .90, .70, .65, .70, .85, 1.0,
    .95, .75, .55, .30, .15
  };

  Customer {
    devices = List.copyOf(devices);
    favourites = List.copyOf(favourites);
  }

  /** Where they are: home, on a trip, or null while they fly. */
  @Nullable City placeAt(Instant time) {
    if (tripTo == null) {
      return home;
    }
    long into = Math.floorMod(time.toEpochMilli() + tripOffsetMs, BETWEEN.toMillis());
    long away = AWAY.toMillis();
    long flight = FLIGHT.toMillis();
    if (into >= away) {
      return home;
    }
    return into < flight || into >= away - flight ? null : tripTo;
  }

  /** How likely they are to pay now, from 0 to 1. */
  double eagernessAt(Instant time, City place) {
    long hour = Math.floorDiv(time.getEpochSecond(), 3600) + place.hoursFromUtc();
    return activity * RHYTHM[(int) Math.floorMod(hour, 24L)];
  }
}
