package dev.isoflop.operator.cli.points;

import java.util.List;
import java.util.Locale;

/** Quantity in a column of a table of trained models. Each is also the column's usual name. */
public enum Quantity {
  /** C in training FLOPs; without it, 6 N D. */
  budget(
      "flops compute computebudget budgetflops flopbudget totalflops "
          + "trainflops trainingflops trainingcompute",
      "C"),
  /** N, a count; without it, C / (6 D). */
  parameters(
      "params nparams numparams nparameters numparameters modelsize "
          + "nonembeddingparams nonembeddingparameters",
      "N"),
  /** D, a count; without it, C / (6 N). */
  tokens("ntokens numtokens traintokens trainingtokens tokensseen totaltokens", "D"),
  /** The loss that curves are fitted to. */
  loss("finalloss valloss validationloss evalloss testloss trainloss", "L"),
  /** Images, a count; optional. */
  samples("nsamples numsamples samplesseen images imagesseen", ""),
  /** A name for messages; optional. */
  trial("run runname runid name", ""),
  /** {@code Succeeded}, or why the row must not enter the fit; optional. */
  outcome("", "");

  /** Without separators, in small letters. */
  private final String synonyms;

  private final String symbol;

  Quantity(String synonyms, String symbol) {
    this.synonyms = synonyms;
    this.symbol = symbol;
  }

  /** Whether a column of that name usually holds this, whatever its spelling. */
  boolean means(String column) {
    String plain = column.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    return !plain.isEmpty()
        && (plain.equals(name())
            || List.of(synonyms.split(" ")).contains(plain)
            || column.equals(symbol));
  }

  /** Whether it is an amount that a table may give in a larger unit. */
  public boolean hasUnit() {
    return inCost() || this == samples;
  }

  /** Whether it is one of the three that are bound by C = 6 N D, so that two of them will do. */
  boolean inCost() {
    return this == budget || this == parameters || this == tokens;
  }
}
