package dev.isoflop.laws.compare;

/** The verdict of a rule on two sweeps. */
public sealed interface Verdict {

  /** The evidence of the verdict, in words. */
  String why();

  /** One is better by the rule, beyond what chance explains. */
  record Better(String sweep, String why) implements Verdict {}

  /**
   * The sweeps do not tell.
   *
   * @param evidence the numbers; may be empty
   * @param reason why they do not tell
   */
  record CannotTell(String evidence, String reason) implements Verdict {
    @Override
    public String why() {
      return evidence.isEmpty() ? reason : evidence + "; " + reason;
    }
  }
}
