/** What is measured of a trained model, and the names by which Prometheus knows it. */
@NullMarked
package dev.isoflop.metric;

import org.jspecify.annotations.NullMarked;
