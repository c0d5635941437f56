package dev.isoflop.operator.local.store;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The folder of a sweep: everything that a run needs to go on, and all that it found. */
public record SweepFolder(Path path) {
  static final String SWEEP = "sweep.yaml";
  static final String STATUS = "status.yaml";
  public static final String LOCK = "lock";
  public static final String TRIALS = "trials";

  /** Folder of what all workers of the sweep would compute alike. */
  public static final String CACHE = "cache";

  public SweepFolder {
    path = path.toAbsolutePath().normalize();
  }

  /** The folder of the sweep of this name. */
  public static SweepFolder of(Path runs, String sweep) {
    return new SweepFolder(runs.resolve(sweep));
  }

  public Path file(String file) {
    return path.resolve(file);
  }

  /** The resource with its status, as a run writes it. */
  public Path statusFile() {
    return file(STATUS);
  }

  /** Message of a command that was given a folder without a run. */
  public String withoutRun() {
    return path + ": no run is stored there; give the folder of one, such as runs/quickstart";
  }

  public TrialFolder trial(String name) {
    return new TrialFolder(name, file(TRIALS).resolve(name));
  }

  /** Creates the folder, or finds it. */
  public void create() throws LocalFaultException {
    try {
      Files.createDirectories(file(TRIALS));
    } catch (IOException e) {
      throw LocalFaultException.writing(file(TRIALS), e);
    }
  }

  /** The folders of all trials, in order of their names. */
  public List<TrialFolder> trials() throws LocalFaultException {
    if (!Files.exists(file(TRIALS))) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(file(TRIALS))) {
      return folders
          .filter(Files::isDirectory)
          .map(folder -> trial(folder.getFileName().toString()))
          .sorted(java.util.Comparator.comparing(TrialFolder::name))
          .toList();
    } catch (IOException e) {
      throw LocalFaultException.reading(file(TRIALS), e);
    }
  }

  /** The manifest as accepted; empty in a folder where none was yet. */
  public Optional<ScalingSweep> accepted(Consumer<String> notice) throws LocalFaultException {
    return read(SWEEP, notice);
  }

  /** The resource with the status as last written. */
  public Optional<ScalingSweep> stored(Consumer<String> notice) throws LocalFaultException {
    return read(STATUS, notice);
  }

  /** The trials as last written; those that cannot be understood are passed over with a notice. */
  public List<Trial> storedTrials(Consumer<String> notice) throws LocalFaultException {
    List<Trial> stored = new ArrayList<>();
    for (TrialFolder folder : trials()) {
      folder.trial(notice).ifPresent(stored::add);
    }
    return List.copyOf(stored);
  }

  private Optional<ScalingSweep> read(String name, Consumer<String> notice)
      throws LocalFaultException {
    return StateFile.read(
        file(name),
        file -> {
          ScalingSweep sweep = ResourceYaml.read(file, ScalingSweep.class);
          if (sweep.getSpec() == null) {
            throw new IOException("no spec stands in it");
          }
          return sweep;
        },
        notice);
  }

  /**
   * Stores the manifest as accepted, which may hold permissions in its URIs: for its owner alone.
   */
  public void accept(ScalingSweep sweep) throws LocalFaultException {
    RunFile.writePrivate(file(SWEEP), ResourceYaml.write(sweep));
  }

  /** Stores the resource with its status, as it is shown. */
  public void store(ScalingSweep sweep) throws LocalFaultException {
    RunFile.write(file(STATUS), ResourceYaml.shown(sweep));
  }
}
