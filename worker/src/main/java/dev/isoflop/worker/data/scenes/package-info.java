/**
 * Captioned scenes that are drawn, not stored: unlimited, the same for the same seed, and needing
 * no download. One to three figures of different kinds, colours, textures, places and sizes stand
 * before a background; the caption says what is there and how the figures lie.
 *
 * <p>There are two manners of drawing with one language of captions: {@code solid} for training and
 * in-domain evaluation, {@code sketched} for evaluation out of domain.
 */
@NullMarked
package dev.isoflop.worker.data.scenes;

import org.jspecify.annotations.NullMarked;
