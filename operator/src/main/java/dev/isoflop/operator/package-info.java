/** The program that plans sweeps, runs their trials, fits the laws and reports them. */
@NullMarked
package dev.isoflop.operator;

import org.jspecify.annotations.NullMarked;
