package dev.isoflop.laws.powerlaw;

import java.util.OptionalDouble;

/**
 * Why a law has the form it has.
 *
 * @param chosen the form of the law
 * @param powerAicc corrected Akaike criterion of the pure power law (Hurvich and Tsai 1989); lower
 *     is better
 * @param saturatingAicc that of the law with an offset, if it could be compared
 * @param why in words
 */
public record FormChoice(
    LawForm chosen, double powerAicc, OptionalDouble saturatingAicc, String why) {}
