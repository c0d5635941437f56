package dev.isoflop.rules;

/**
 * A value that breaks a rule. Reads as "field: problem; remedy".
 *
 * @param field path in the spec of a sweep, such as {@code training.optimizer.beta1}
 * @param problem the value, and what is wrong with it
 * @param remedy the change that mends it
 */
public record BrokenRule(Kind kind, String field, String problem, String remedy) {
  /** What sort of rule is broken; conditions of a sweep give its name as their reason. */
  public enum Kind {
    /** A required field is absent. */
    Missing,
    /** A number, text or list is beyond its bounds, or beyond those that another field sets. */
    OutOfRange,
    /** A data set, encoder or autoencoder contradicts itself or another. */
    DataInvalid,
    /** Two evaluation sets share a name, so that their numbers could not be told apart. */
    DuplicateDataset,
    /** An extractor does not fit the metrics that compare its features. */
    FeatureSetting,
    /** A model learns nothing with this value. */
    TrainingSetting
  }

  static BrokenRule missing(String field, String remedy) {
    return new BrokenRule(Kind.Missing, field, "is missing", remedy);
  }

  static BrokenRule outOfRange(String field, Object value, String expected) {
    return new BrokenRule(Kind.OutOfRange, field, "is " + value, "give " + expected);
  }

  static BrokenRule data(String field, String problem, String remedy) {
    return new BrokenRule(Kind.DataInvalid, field, problem, remedy);
  }

  /** One line for people. */
  public String message() {
    return field + ": " + problem + "; " + remedy;
  }
}
