package dev.isoflop.api.v1alpha1;

import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The bounds of numbers, texts and lists that the API types state, kept for specs that did not come
 * through an API server. The schema is made of the same annotations.
 */
public final class StatedBounds {
  private final List<Broken> broken = new ArrayList<>();

  /**
   * A value beyond its bounds.
   *
   * @param field path in the spec, such as {@code grid.repeats}
   * @param expected such as {@code 1 to 16}
   */
  public record Broken(String field, String value, String expected) {}

  private StatedBounds() {}

  /** Every value of a spec beyond its bounds, in the order of the fields; absent ones are none. */
  public static List<Broken> broken(Record spec) {
    StatedBounds walk = new StatedBounds();
    walk.fields("", spec);
    return List.copyOf(walk.broken);
  }

  private void fields(String prefix, Record owner) {
    for (RecordComponent component : owner.getClass().getRecordComponents()) {
      Object value;
      try {
        value = component.getAccessor().invoke(owner);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("API types are public records", e);
      }
      String path = prefix + component.getName();
      value(path, value, component.getAccessor(), component.getAnnotatedType());
    }
  }

  private void value(
      String path, @Nullable Object value, AnnotatedElement stated, AnnotatedType type) {
    if (value instanceof Number number) {
      number(path, number, stated.getAnnotation(Min.class), stated.getAnnotation(Max.class));
    } else if (value instanceof String text) {
      size(path, text.length(), "characters", stated.getAnnotation(Size.class));
    } else if (value instanceof List<?> list) {
      size(path, list.size(), "items", stated.getAnnotation(Size.class));
      AnnotatedType items =
          ((AnnotatedParameterizedType) type).getAnnotatedActualTypeArguments()[0];
      for (int i = 0; i < list.size(); i++) {
        value(path + "[" + i + "]", list.get(i), items, items);
      }
    } else if (value instanceof Record record) {
      fields(path + ".", record);
    }
  }

  private void number(String path, Number number, @Nullable Min min, @Nullable Max max) {
    double value = number.doubleValue();
    boolean enough = min == null || (min.inclusive() ? value >= min.value() : value > min.value());
    boolean within = max == null || (max.inclusive() ? value <= max.value() : value < max.value());
    if (!enough || !within) {
      broken.add(new Broken(path, number.toString(), range(min, max)));
    }
  }

  private static String range(@Nullable Min min, @Nullable Max max) {
    if (min == null) {
      return max == null ? "a number" : "at most " + shown(max.value());
    }
    return max == null
        ? "at least " + shown(min.value())
        : shown(min.value()) + " to " + shown(max.value());
  }

  private void size(String path, int size, String what, @Nullable Size bounds) {
    if (bounds != null && (size < bounds.min() || size > bounds.max())) {
      broken.add(
          new Broken(
              path,
              "of %d %s".formatted(size, what),
              "%d to %d %s".formatted(bounds.min(), bounds.max(), what)));
    }
  }

  private static String shown(double bound) {
    return bound == Math.rint(bound) && Math.abs(bound) < 1e15
        ? String.format(Locale.ROOT, "%d", (long) bound)
        : Double.toString(bound);
  }
}
