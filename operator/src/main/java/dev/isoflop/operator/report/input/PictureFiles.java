package dev.isoflop.operator.report.input;

import com.fasterxml.jackson.core.JacksonException;
import dev.isoflop.operator.local.store.SweepFolder;
import dev.isoflop.operator.local.store.TrialFolder;
import dev.isoflop.trial.SampleSheet;
import dev.isoflop.trial.TrialFiles;
import dev.isoflop.trial.TrialJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Finds the pictures that a trial left in its folder. Files that are not what they say are passed
 * over.
 */
final class PictureFiles {
  private static final Pattern NAME = Pattern.compile("samples(-[0-9]{1,18})?\\.png");
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final long LARGEST_SHEET = 1 << 20;
  private static final long LARGEST_PICTURE = 4 << 20;

  private final SweepFolder folder;
  private final Consumer<String> notice;

  PictureFiles(SweepFolder folder, Consumer<String> notice) {
    this.folder = folder;
    this.notice = notice;
  }

  /**
   * A trial's pictures, if there are any.
   *
   * @param onTheWay whether those drawn during training are wanted too
   */
  Optional<TrialPictures> of(ReportTrial trial, boolean onTheWay) throws IOException {
    TrialFolder files = folder.trial(trial.name());
    Path sheetFile = files.file(TrialFiles.SAMPLE_SHEET);
    if (!Files.exists(sheetFile)) {
      return Optional.empty();
    }
    if (Files.size(sheetFile) > LARGEST_SHEET) {
      notice.accept(sheetFile + ": passed over, for it is larger than 1 MiB");
      return Optional.empty();
    }
    SampleSheet sheet;
    try {
      sheet = TrialJson.MAPPER.readValue(sheetFile.toFile(), SampleSheet.class);
    } catch (JacksonException e) {
      notice.accept(sheetFile + ": passed over, for it cannot be read: " + e.getOriginalMessage());
      return Optional.empty();
    }
    List<SampleSheet.Drawing> wanted = sheet.drawings();
    int from = onTheWay ? 0 : Math.max(0, wanted.size() - 1);
    List<TrialPictures.Drawing> drawings = new ArrayList<>();
    for (SampleSheet.Drawing drawing : wanted.subList(from, wanted.size())) {
      drawing(files, drawing).ifPresent(drawings::add);
    }
    return drawings.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new TrialPictures(
                trial.name(),
                trial.budget(),
                sheet.dataset(),
                sheet.captions(),
                sheet.columns(),
                drawings));
  }

  private Optional<TrialPictures.Drawing> drawing(TrialFolder files, SampleSheet.Drawing drawing)
      throws IOException {
    if (!NAME.matcher(drawing.file()).matches()) {
      notice.accept(
          "%s: passed over, for it names a file '%s'"
              .formatted(files.file(TrialFiles.SAMPLE_SHEET), drawing.file()));
      return Optional.empty();
    }
    Path file = files.file(drawing.file());
    if (!Files.exists(file)) {
      return Optional.empty(); // the trial has not come so far
    }
    if (Files.size(file) > LARGEST_PICTURE) {
      notice.accept(file + ": passed over, for it is larger than 4 MiB");
      return Optional.empty();
    }
    byte[] bytes = Files.readAllBytes(file);
    if (!Arrays.equals(bytes, 0, Math.min(PNG.length, bytes.length), PNG, 0, PNG.length)) {
      notice.accept(file + ": passed over, for it is not a PNG");
      return Optional.empty();
    }
    String link = folder.path().relativize(file).toString();
    return Optional.of(
        new TrialPictures.Drawing(drawing.step(), link, Base64.getEncoder().encodeToString(bytes)));
  }
}
