package dev.isoflop.worker.data.scenes;

import java.util.Locale;

/** The words of enum constants: lower case, a space for each underscore. */
final class CaptionWords {
  private CaptionWords() {}

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
