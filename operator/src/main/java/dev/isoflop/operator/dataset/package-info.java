/**
 * Makes data sets that sweeps can train on out of what package registries hold: WebDataset shards
 * with their counts, digests, licences and attribution beside them.
 */
@NullMarked
package dev.isoflop.operator.dataset;

import org.jspecify.annotations.NullMarked;
