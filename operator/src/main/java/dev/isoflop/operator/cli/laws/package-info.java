/**
 * Fitted laws as the commands show them: one set of records with the keys of a sweep's status, made
 * from a fit or read from a file, and the tables drawn from it.
 */
@NullMarked
package dev.isoflop.operator.cli.laws;

import org.jspecify.annotations.NullMarked;
