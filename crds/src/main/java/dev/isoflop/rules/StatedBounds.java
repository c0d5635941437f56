package dev.isoflop.rules;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isoflop.api.v1alpha1.bounds.Durations;
import dev.isoflop.text.ShownUri;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
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
 * The bounds that the API types state of numbers, texts and lists, read from the annotations that
 * the schema is made of. A spec may come from a file, or have been stored before a bound was
 * stated.
 *
 * <p>Durations are held to what they mean and not to how they are written: one of less than a
 * second was stored before the schema asked for whole ones.
 */
public final class StatedBounds {
  private static final int LONGEST_SHOWN = 200;

  private final List<BrokenRule> broken = new ArrayList<>();

  private StatedBounds() {}

  /**
   * All values beyond their bounds and all required ones that are absent, in order of the fields.
   */
  public static List<BrokenRule> broken(Record spec) {
    StatedBounds walk = new StatedBounds();
    walk.fields("", spec);
    return List.copyOf(walk.broken);
  }

  private void fields(String prefix, Record owner) {
    for (RecordComponent component : owner.getClass().getRecordComponents()) {
      AnnotatedElement stated = component.getAccessor();
      Object value;
      try {
        value = component.getAccessor().invoke(owner);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("API types are public records", e);
      }
      String field = prefix + component.getName();
      if (value != null) {
        value(field, value, stated, component.getAnnotatedType());
      } else if (stated.isAnnotationPresent(Required.class)) {
        broken.add(BrokenRule.missing(field, "give " + description(stated)));
      }
    }
  }

  private static String description(AnnotatedElement stated) {
    JsonPropertyDescription said = stated.getAnnotation(JsonPropertyDescription.class);
    return said == null ? "it" : "it: " + said.value().replaceFirst("\\.$", "");
  }

  private void value(String field, Object value, AnnotatedElement stated, AnnotatedType type) {
    if (value instanceof Number number) {
      number(field, number, stated.getAnnotation(Min.class), stated.getAnnotation(Max.class));
    } else if (value instanceof String text) {
      if (size(field, text.length(), "characters", stated)) {
        form(field, text, stated.getAnnotation(Pattern.class), description(stated));
      }
    } else if (value instanceof List<?> list) {
      size(field, list.size(), "items", stated);
      items(field, list, ((AnnotatedParameterizedType) type).getAnnotatedActualTypeArguments()[0]);
    } else if (value instanceof Record record) {
      fields(field + ".", record);
    }
  }

  private void items(String field, List<?> list, AnnotatedType type) {
    for (int i = 0; i < list.size(); i++) {
      Object item = list.get(i);
      String place = field + "[" + i + "]";
      if (item == null) {
        broken.add(BrokenRule.missing(place, "give it, or remove the item"));
      } else {
        value(place, item, type, type);
      }
    }
  }

  private void number(String field, Number number, @Nullable Min min, @Nullable Max max) {
    double value = number.doubleValue();
    boolean enough = min == null || (min.inclusive() ? value >= min.value() : value > min.value());
    boolean within = max == null || (max.inclusive() ? value <= max.value() : value < max.value());
    if (!Double.isFinite(value) || !enough || !within) {
      broken.add(BrokenRule.outOfRange(field, number, range(min, max)));
    }
  }

  private static String range(@Nullable Min min, @Nullable Max max) {
    if (min == null) {
      return max == null ? "a number" : "at most " + shown(max.value());
    }
    return max == null
        ? "a number of at least " + shown(min.value())
        : shown(min.value()) + " to " + shown(max.value());
  }

  private boolean size(String field, int size, String what, AnnotatedElement stated) {
    Size bounds = stated.getAnnotation(Size.class);
    if (bounds == null || (size >= bounds.min() && size <= bounds.max())) {
      return true;
    }
    String few = bounds.min() == bounds.max() ? "" : bounds.min() + " to ";
    broken.add(
        BrokenRule.outOfRange(
            field,
            size == 0 ? "empty" : "of %d %s".formatted(size, what),
            size == 0 ? description(stated) : "%s%d %s".formatted(few, bounds.max(), what)));
    return false;
  }

  private void form(String field, String text, @Nullable Pattern pattern, String description) {
    if (pattern == null) {
      return;
    }
    if (pattern.value().equals(Durations.PATTERN)) {
      if (!Durations.isPositive(text)) {
        broken.add(BrokenRule.outOfRange(field, shown(text), Durations.EXPECTED));
      }
    } else if (!java.util.regex.Pattern.compile(pattern.value()).matcher(text).find()) {
      String problem = "'" + shown(text) + "' does not have the right form";
      broken.add(new BrokenRule(BrokenRule.Kind.OutOfRange, field, problem, "give " + description));
    }
  }

  /** An address without its password, and no text at length. */
  private static String shown(String text) {
    String shown = ShownUri.of(text);
    return shown.length() > LONGEST_SHOWN ? shown.substring(0, LONGEST_SHOWN) + "..." : shown;
  }

  private static String shown(double bound) {
    return bound == Math.rint(bound) && Math.abs(bound) < 1e15
        ? String.format(Locale.ROOT, "%d", (long) bound)
        : Double.toString(bound);
  }
}
