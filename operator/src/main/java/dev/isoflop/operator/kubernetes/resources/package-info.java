/**
 * The resources that the operator makes: Jobs, the pods of workers, Trials, with their labels and
 * owners.
 *
 * <p>Uses no other package of {@code kubernetes}.
 */
@NullMarked
package dev.isoflop.operator.kubernetes.resources;

import org.jspecify.annotations.NullMarked;
