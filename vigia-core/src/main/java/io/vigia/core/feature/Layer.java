package io.vigia.core.feature;

import java.util.List;

/**
 * The features of an entity that are filled together: they read those of the layers before, and
 * none of their own.
 *
 * @param firstEndless the position of the first of {@code endless} among those of all layers
 */
record Layer(int number, Window[] windows, Endless[] endless, int firstEndless) {
  static Layer of(int number, List<Window> windows, List<Endless> endless) {
    return new Layer(
        number,
        windows.stream().filter(each -> each.layer() == number).toArray(Window[]::new),
        endless.stream().filter(each -> each.layer() == number).toArray(Endless[]::new),
        (int) endless.stream().filter(each -> each.layer() < number).count());
  }
}
