package dev.isoflop.operator.kubernetes.observe;

import java.io.IOException;

/** Part of a resource is larger than any that is worth reading. */
final class TooLargeException extends IOException {
  private static final long serialVersionUID = 1;

  private final String part;

  /**
   * @param part of the resource, such as {@code spec}
   */
  TooLargeException(String part) {
    super(
        "%s: is larger than %s, which is the most that is read of one; shorten it, or delete the resource"
            .formatted(part, BoundedCopy.most(part)),
        null);
    this.part = part;
  }

  String part() {
    return part;
  }
}
