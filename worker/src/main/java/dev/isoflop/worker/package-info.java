/** The program that trains and evaluates one trial. */
@NullMarked
package dev.isoflop.worker;

import org.jspecify.annotations.NullMarked;
