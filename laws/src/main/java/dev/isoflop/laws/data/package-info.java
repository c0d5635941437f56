/**
 * What laws are fitted to: trained models with their parameters, tokens, FLOPs, losses and metrics,
 * and their training curves.
 *
 * <p>Uses {@code stats} alone.
 */
@NullMarked
package dev.isoflop.laws.data;

import org.jspecify.annotations.NullMarked;
