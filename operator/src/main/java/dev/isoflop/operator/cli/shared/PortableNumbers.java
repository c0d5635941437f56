package dev.isoflop.operator.cli.shared;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;

/**
 * Writes doubles so that every reader takes them for numbers: {@code 1.0e+17}, as YAML 1.1 wants a
 * sign in the exponent and its readers take {@code 1.0E17} for text. All digits that identify the
 * double are written.
 */
final class PortableNumbers extends SimpleModule {
  private static final long serialVersionUID = 1;

  PortableNumbers() {
    addSerializer(Double.class, new Signed());
    addSerializer(double.class, new Signed());
  }

  private static final class Signed extends StdSerializer<Double> {
    private static final long serialVersionUID = 1;

    Signed() {
      super(Double.class);
    }

    @Override
    public void serialize(Double value, JsonGenerator generator, SerializerProvider provider)
        throws IOException {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException(value + " has no place in a document");
      }
      String digits = Double.toString(value);
      int e = digits.indexOf('E');
      generator.writeNumber(
          e < 0
              ? digits
              : digits.substring(0, e)
                  + (digits.charAt(e + 1) == '-' ? "e" : "e+")
                  + digits.substring(e + 1));
    }
  }
}
