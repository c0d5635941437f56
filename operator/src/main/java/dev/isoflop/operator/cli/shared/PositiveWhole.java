package dev.isoflop.operator.cli.shared;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A whole number of at least 1. */
public final class PositiveWhole implements ITypeConverter<Integer> {
  @Override
  public Integer convert(String value) {
    if (!value.matches("\\d{1,9}") || Integer.parseInt(value) < 1) {
      throw new TypeConversionException("'" + value + "' is not a whole number of 1 or more");
    }
    return Integer.valueOf(value);
  }
}
