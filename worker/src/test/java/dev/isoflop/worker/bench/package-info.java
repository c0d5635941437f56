/** Benchmarks: programs to be run by hand or by the bench profile, never timed asserts. */
@NullMarked
package dev.isoflop.worker.bench;

import org.jspecify.annotations.NullMarked;
