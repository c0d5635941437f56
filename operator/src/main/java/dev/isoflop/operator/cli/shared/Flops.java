package dev.isoflop.operator.cli.shared;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A budget as users write it: {@code 1.5e21}. */
public final class Flops implements ITypeConverter<Double> {
  /**
   * Largest budget that is accepted: beyond any training, and near enough for laws to have values
   * there.
   */
  private static final double LARGEST = 1e50;

  @Override
  public Double convert(String value) {
    double flops;
    try {
      flops = Double.parseDouble(value);
    } catch (NumberFormatException e) {
      flops = Double.NaN;
    }
    if (!(flops >= 1 && flops <= LARGEST) || value.matches(".*[a-df-zA-DF-Z].*")) {
      throw new TypeConversionException(
          "'"
              + value
              + "' is not a budget; give FLOPs as a plain number from 1 to 1e50, such as 1.5e21");
    }
    return flops;
  }
}
