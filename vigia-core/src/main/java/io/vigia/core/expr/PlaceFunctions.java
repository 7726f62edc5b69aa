package io.vigia.core.expr;

import dev.cel.common.exceptions.CelInvalidArgumentException;

/**
 * Functions of places: on the globe, and in the internet.
 *
 * <p><b>Units and bounds.</b> Degrees, latitudes of at most 90, longitudes of at most 180, north
 * and east positive; kilometres.
 */
final class PlaceFunctions {
  static final String SIGNATURES =
      """
      geo.km(double, double, double, double) double
      geo.km(double, double, double, decimal as double) double
      geo.km(double, double, decimal as double, double) double
      geo.km(double, double, decimal as double, decimal as double) double
      geo.km(double, decimal as double, double, double) double
      geo.km(double, decimal as double, double, decimal as double) double
      geo.km(double, decimal as double, decimal as double, double) double
      geo.km(double, decimal as double, decimal as double, decimal as double) double
      geo.km(decimal as double, double, double, double) double
      geo.km(decimal as double, double, double, decimal as double) double
      geo.km(decimal as double, double, decimal as double, double) double
      geo.km(decimal as double, double, decimal as double, decimal as double) double
      geo.km(decimal as double, decimal as double, double, double) double
      geo.km(decimal as double, decimal as double, double, decimal as double) double
      geo.km(decimal as double, decimal as double, decimal as double, double) double
      geo.km(decimal as double, decimal as double, decimal as double, decimal as double) double
      ip_in(string, network) bool
      ip.isValid(string) bool
      ip.version(string) int""";

  /** The mean radius of the Earth, (2a + b) / 3 of WGS 84, in kilometres. */
  private static final double RADIUS_KM = 6371.0088;

  private PlaceFunctions() {}

  /**
   * The way along a great circle, by the haversine formula, which is exact for near points as well.
   * The Earth is taken for a sphere: at most 0.56 % off the ellipsoid.
   */
  static double km(double latitude1, double longitude1, double latitude2, double longitude2) {
    check(latitude1, 90);
    check(latitude2, 90);
    check(longitude1, 180);
    check(longitude2, 180);
    double phi1 = Math.toRadians(latitude1);
    double phi2 = Math.toRadians(latitude2);
    double north = StrictMath.sin((phi2 - phi1) / 2);
    double east = StrictMath.sin(Math.toRadians(longitude2 - longitude1) / 2);
    double haversine = north * north + StrictMath.cos(phi1) * StrictMath.cos(phi2) * east * east;
    return 2 * RADIUS_KM * StrictMath.asin(Math.min(1, Math.sqrt(haversine)));
  }

  private static void check(double degrees, double most) {
    if (!(degrees >= -most && degrees <= most)) {
      throw new CelInvalidArgumentException("degrees out of range");
    }
  }

  /** {@code ip.in}: whether an address is one of a network's. */
  static boolean in(String address, IpNetwork network) {
    return network.contains(address);
  }

  static boolean isValid(String address) {
    return IpAddress.isAddress(address);
  }

  /** 4 or 6. */
  static long version(String address) {
    return IpAddress.parse(address).isVersion4() ? 4 : 6;
  }
}
