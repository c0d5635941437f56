/**
 * Plots as SVG: what a scaling-law report draws, and nothing more. Each drawing stands alone (its
 * light colours are attributes, so it can be copied into a paper) and takes a page's dark colours
 * through its classes.
 */
@NullMarked
package dev.isoflop.operator.report.plot;

import org.jspecify.annotations.NullMarked;
