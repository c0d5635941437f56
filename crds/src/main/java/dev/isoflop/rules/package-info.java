/**
 * The rules that specs obey: the bounds that the schema states, and what values make together.
 * Operator and worker hold a spec to the same ones, the operator before anything is spent.
 *
 * <p>Uses {@code api}, {@code metric}, {@code text} and {@code trial}; none of them uses it.
 */
@NullMarked
package dev.isoflop.rules;

import org.jspecify.annotations.NullMarked;
