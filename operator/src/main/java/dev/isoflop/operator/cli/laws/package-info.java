/**
 * Commands that fit, compare, predict and export laws, and the laws as they show them: one set of
 * records with the keys of a sweep's status, made from a fit or read from a file, and the tables
 * drawn from it.
 *
 * <p>Uses {@code shared}, {@code points} and {@code text}.
 */
@NullMarked
package dev.isoflop.operator.cli.laws;

import org.jspecify.annotations.NullMarked;
