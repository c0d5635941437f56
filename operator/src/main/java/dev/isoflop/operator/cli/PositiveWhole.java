package dev.isoflop.operator.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A whole number of at least 1. */
final class PositiveWhole implements ITypeConverter<Integer> {
  @Override
  public Integer convert(String value) {
    if (!value.matches("\\d{1,9}") || Integer.parseInt(value) < 1) {
      throw new TypeConversionException("'" + value + "' is no whole number of at least 1");
    }
    return Integer.valueOf(value);
  }
}
