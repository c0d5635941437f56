/**
 * What operator and worker exchange: a trial's configuration, its result, and the names of both.
 */
@NullMarked
package dev.isoflop.trial;

import org.jspecify.annotations.NullMarked;
