package dev.isoflop.operator.dataset;

/**
 * The names of an emoji.
 *
 * @param caption its own label, with skin tones if it has them
 * @param base the label of the emoji it is a variant of, or its own
 */
record EmojiLabel(String caption, String base) {}
