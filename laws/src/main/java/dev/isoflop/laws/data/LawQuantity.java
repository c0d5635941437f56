package dev.isoflop.laws.data;

import java.util.Arrays;
import java.util.List;

/**
 * A quantity of the compute-optimal model that follows a law in compute. In the order that tables
 * list them.
 */
public enum LawQuantity implements LawSubject {
  /** N*, parameters without embeddings. */
  PARAMETERS("N*", 0, Trait.MAIN, Trait.SCATTERS),

  /** D*, tokens. */
  TOKENS("D*", 1, Trait.MAIN),

  /**
   * S*, images. Their optima move with those of the tokens, so both are resampled alike: with as
   * many tokens in every image, the laws of D* and S* have one exponent and one interval.
   */
  SAMPLES("S*", TOKENS.stream),

  /** loss*, the loss at N*. */
  LOSS("loss", 2, Trait.MAIN, Trait.SCATTERS, Trait.LEVELS_OFF);

  private enum Trait {
    MAIN,
    SCATTERS,
    LEVELS_OFF
  }

  private static final List<LawQuantity> MAIN =
      Arrays.stream(values()).filter(LawQuantity::main).toList();

  private final String symbol;
  private final int stream;
  private final boolean main;
  private final boolean scatters;
  private final boolean levelsOff;

  LawQuantity(String symbol, int stream, Trait... traits) {
    this.symbol = symbol;
    this.stream = stream;
    List<Trait> all = List.of(traits);
    this.main = all.contains(Trait.MAIN);
    this.scatters = all.contains(Trait.SCATTERS);
    this.levelsOff = all.contains(Trait.LEVELS_OFF);
  }

  /** The quantities that a sweep is for; see {@link #main()}. */
  public static List<LawQuantity> mainOnes() {
    return MAIN;
  }

  /**
   * Whether a sweep is for it: every sweep has its law or a finding that says why not, it is drawn,
   * and sweeps are compared by it. Another follows from these; where it has no law, it is left out.
   */
  public boolean main() {
    return main;
  }

  /**
   * Whether a scatter of its optima beyond their noise is worth a finding; that of D* and S* is
   * that of N* at the same budgets.
   */
  public boolean scattersOnItsOwn() {
    return scatters;
  }

  /**
   * The family of random streams that scatters its resampled optima further. A part of every
   * bootstrap interval, so never changed; 3 and those from 4 on are taken by D* found on its own
   * and by metrics.
   */
  public int stream() {
    return stream;
  }

  @Override
  public String title() {
    return symbol;
  }

  @Override
  public String law() {
    return symbol + "(C)";
  }

  @Override
  public boolean mayLevelOff() {
    return levelsOff;
  }
}
