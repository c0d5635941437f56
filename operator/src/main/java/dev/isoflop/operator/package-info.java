/**
 * The program that plans sweeps, runs their trials, fits the laws and reports them.
 *
 * <ol>
 *   <li>{@code manifest}, {@code admission} and {@code plan} read a sweep, check it, and lay out
 *       its trials
 *   <li>{@code sweep} decides what is done next, and what the status says
 *   <li>{@code backend} acts on that: in {@code local} by processes, in {@code kubernetes} by Jobs;
 *       {@code collect} reads how far the workers are
 *   <li>{@code report} and {@code meters} show it, {@code cli} is the command line
 *   <li>{@code dataset} and {@code gpu} fetch what examples and workers need
 * </ol>
 */
@NullMarked
package dev.isoflop.operator;

import org.jspecify.annotations.NullMarked;
