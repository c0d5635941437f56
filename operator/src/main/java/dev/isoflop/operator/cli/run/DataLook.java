package dev.isoflop.operator.cli.run;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.ScalingSweepSpec;
import dev.isoflop.api.v1alpha1.data.AutoencoderType;
import dev.isoflop.api.v1alpha1.data.DataFormat;
import dev.isoflop.api.v1alpha1.data.DataSpec;
import dev.isoflop.api.v1alpha1.data.TextEncoderType;
import dev.isoflop.operator.cli.shared.CommandException;
import dev.isoflop.operator.cli.shared.ExitStatus;
import dev.isoflop.operator.cli.shared.Paths;
import dev.isoflop.operator.local.process.DataChecker;
import dev.isoflop.operator.local.store.LocalFaultException;
import dev.isoflop.operator.manifest.ManifestFolder;
import dev.isoflop.trial.DataCheckReport;
import dev.isoflop.trial.DataCheckReport.Problem;
import dev.isoflop.trial.DataCheckRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A first look at a sweep's data, once and in seconds: what would end every trial is told before
 * any worker starts.
 */
public final class DataLook {
  /** Files that are not there and are named as {@code data emoji} names what it makes. */
  private static final Pattern EMOJI_SHARDS =
      Pattern.compile("no file .*emoji/(google|twitter)-(train|eval)-");

  private final DataChecker checker;
  private final int threads;

  public DataLook(DataChecker checker, int threads) {
    this.checker = checker;
    this.threads = threads;
  }

  /**
   * Ends the command if no trial could begin with the data.
   *
   * @param manifest the file, named in messages
   * @param hints for the case that it ends, beside those for what was found
   */
  void requireUsable(Path manifest, ScalingSweep sweep, String... hints) {
    if (!readsFiles(sweep.getSpec())) {
      return;
    }
    DataCheckReport report;
    try {
      report = checker.check(request(sweep, /* everySample= */ false, threads), progress -> {});
    } catch (LocalFaultException e) {
      throw new CommandException(ExitStatus.FAILED, List.of(String.valueOf(e.getMessage())), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException(ExitStatus.STOPPED, List.of("stopped"), e);
    }
    if (!report.problems().isEmpty()) {
      throw new CommandException(
          status(report.problems()),
          report.problems().stream().map(each -> told(manifest, each)).toList(),
          Stream.concat(hints(report.problems()).stream(), Stream.of(hints)).toList(),
          null);
    }
  }

  /** Whether anything is to be looked at: scenes are drawn, and words need no network. */
  private static boolean readsFiles(ScalingSweepSpec spec) {
    DataSpec data = spec.data();
    boolean stored =
        Stream.concat(Stream.of(data.train()), data.evaluation().stream())
            .anyMatch(set -> set.format() != DataFormat.Scenes);
    return stored
        || data.textEncoder().type() != TextEncoderType.Hashed
        || data.autoencoder().type() != AutoencoderType.None
        || spec.evaluation().featureExtractor() != null;
  }

  public static DataCheckRequest request(ScalingSweep sweep, boolean everySample, int threads) {
    ScalingSweepSpec spec = sweep.getSpec();
    return new DataCheckRequest(
        spec.data(),
        spec.evaluation(),
        everySample,
        spec.scheduling().failures().brokenSamples(),
        threads,
        ManifestFolder.of(sweep).orElse(null));
  }

  /** Trying again helps where every problem may pass. */
  public static int status(List<Problem> problems) {
    return problems.stream().allMatch(Problem::passing)
        ? ExitStatus.TRY_AGAIN
        : ExitStatus.BAD_INPUT;
  }

  public static String told(Path manifest, Problem problem) {
    return "%s: spec.%s".formatted(manifest, problem.message());
  }

  /** Ways out that this program knows of, each once. */
  public static List<String> hints(List<Problem> problems) {
    return problems.stream().anyMatch(each -> EMOJI_SHARDS.matcher(each.message()).find())
        ? List.of("make the example's shards with: " + Paths.command(List.of("data", "emoji")))
        : List.of();
  }
}
