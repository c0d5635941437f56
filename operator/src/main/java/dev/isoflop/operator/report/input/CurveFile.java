package dev.isoflop.operator.report.input;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A trial's {@code curve.csv}, as its worker writes it, in bounded memory: of a long training every
 * second, fourth, eighth... step is kept, and always the last.
 */
final class CurveFile {

  /** Most points kept of one curve, and twice the fewest of a longer one. */
  static final int MOST = 4096;

  private static final List<String> COLUMNS =
      List.of("step", "tokens", "flops", "train_loss", "smoothed_train_loss");

  private CurveFile() {}

  /**
   * Reads what can be read: a worker that was killed may have left half a row, which ends the curve
   * with a notice.
   */
  static LossCurve read(Path file, String trial, Consumer<String> notice) throws IOException {
    Thinned points = new Thinned();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
        CSVParser rows =
            CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get().parse(reader)) {
      Map<String, Integer> header = rows.getHeaderMap();
      for (String column : COLUMNS) {
        if (!header.containsKey(column)) {
          notice.accept(
              "%s: no column '%s', so the curve is left out; it has %s"
                  .formatted(file, column, String.join(", ", rows.getHeaderNames())));
          return new LossCurve(trial, List.of());
        }
      }
      for (CSVRecord row : rows) {
        try {
          points.add(point(row));
        } catch (IllegalArgumentException torn) {
          notice.accept(
              "%s: row %s is damaged (%s); the curve ends before it"
                  .formatted(file, row.getRecordNumber(), torn.getMessage()));
          break;
        }
      }
    } catch (UncheckedIOException e) {
      notice.accept(
          "%s: cannot be read on (%s); the curve ends there".formatted(file, e.getMessage()));
    }
    return new LossCurve(trial, points.all());
  }

  private static LossCurve.Point point(CSVRecord row) {
    return new LossCurve.Point(
        Long.parseLong(row.get("step")),
        Double.parseDouble(row.get("tokens")),
        Double.parseDouble(row.get("flops")),
        Double.parseDouble(row.get("train_loss")),
        Double.parseDouble(row.get("smoothed_train_loss")));
  }

  /** Keeps every 2^k-th point, with k as small as the room allows. */
  private static final class Thinned {
    private final List<LossCurve.Point> kept = new ArrayList<>();
    private final List<LossCurve.Point> last = new ArrayList<>();
    private long seen;
    private long stride = 1;

    void add(LossCurve.Point point) {
      last.clear();
      if (seen % stride == 0) {
        if (kept.size() == MOST) {
          halve();
        }
        if (seen % stride == 0) {
          kept.add(point);
        } else {
          last.add(point);
        }
      } else {
        last.add(point);
      }
      seen++;
    }

    private void halve() {
      for (int i = 0; i < MOST / 2; i++) {
        kept.set(i, kept.get(2 * i));
      }
      kept.subList(MOST / 2, MOST).clear();
      stride *= 2;
    }

    List<LossCurve.Point> all() {
      List<LossCurve.Point> all = new ArrayList<>(kept);
      all.addAll(last);
      return all;
    }
  }
}
