package dev.isoflop.operator.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A budget as users write it: {@code 1.5e21}. */
final class Flops implements ITypeConverter<Double> {
  @Override
  public Double convert(String value) {
    double flops;
    try {
      flops = Double.parseDouble(value);
    } catch (NumberFormatException e) {
      flops = Double.NaN;
    }
    if (!(flops >= 1 && Double.isFinite(flops)) || value.matches(".*[a-df-zA-DF-Z].*")) {
      throw new TypeConversionException(
          "'"
              + value
              + "' is no budget; give FLOPs as a plain number of at least 1, such as 1.5e21");
    }
    return flops;
  }
}
