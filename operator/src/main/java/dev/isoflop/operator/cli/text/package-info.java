/**
 * Text for people at a terminal: numbers, tables, paragraphs. Pure functions from values to lines.
 */
@NullMarked
package dev.isoflop.operator.cli.text;

import org.jspecify.annotations.NullMarked;
