package dev.isoflop.operator.dataset;

/** A picture that is left out, and why. */
public record ExcludedEmoji(String style, String hexcode, String reason) {}
