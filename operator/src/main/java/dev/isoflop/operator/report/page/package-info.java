/**
 * The page itself: its parts in their order, with style and script, as one HTML file.
 *
 * <p>Uses all other packages of {@code report}; start at {@link
 * dev.isoflop.operator.report.page.PageBuilder}.
 */
@NullMarked
package dev.isoflop.operator.report.page;

import org.jspecify.annotations.NullMarked;
