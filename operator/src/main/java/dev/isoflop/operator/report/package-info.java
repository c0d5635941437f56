/**
 * What a sweep leaves for people and for other programs: a page to read and print, tables of its
 * points, and its laws in the languages they are used in. Everything here is made from a {@link
 * dev.isoflop.operator.report.input.ReportInput} alone, so the same input gives the same bytes.
 */
@NullMarked
package dev.isoflop.operator.report;

import org.jspecify.annotations.NullMarked;
