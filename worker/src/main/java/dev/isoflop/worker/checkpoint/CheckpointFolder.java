package dev.isoflop.worker.checkpoint;

import static java.util.Comparator.reverseOrder;

import dev.isoflop.common.HeldFolder;
import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.worker.fault.DiskFault;
import dev.isoflop.worker.fault.TrialFault;
import dev.isoflop.worker.model.DiffusionModel;
import dev.isoflop.worker.model.ModelState;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A trial's checkpoints: the newest and the one before it. A file appears under its name only when
 * all of it is on the disk, so a crash at any moment leaves the older ones intact.
 */
public final class CheckpointFolder {
  private static final String SUFFIX = ".checkpoint";
  private static final String UNFINISHED = ".unfinished";
  private static final int KEPT = 2;

  private final Path folder;
  private final String key;
  private final Consumer<String> warnings;

  /**
   * The folder of an experiment's checkpoints.
   *
   * @param key digest of the experiment; checkpoints of others are refused
   * @param warnings is told of damaged checkpoints that are passed over
   */
  public CheckpointFolder(Path folder, String key, Consumer<String> warnings) {
    this.folder = folder;
    this.key = key;
    this.warnings = warnings;
  }

  /**
   * Writes a checkpoint and lets go of those older than the one before it.
   *
   * @throws TrialFault if the disk is full or can't be written; older checkpoints stay as they were
   */
  public void save(CheckpointHeader header, ModelState state) throws TrialFault {
    String name = "step-%012d%s".formatted(header.step(), SUFFIX);
    try (HeldFolder held = HeldFolder.make(folder)) {
      held.replace(
          name,
          UNFINISHED,
          /* durable= */ true,
          channel -> CheckpointFile.write(channel, header, state));
      for (String old : files(held).stream().skip(KEPT).toList()) {
        held.delete(old);
      }
    } catch (IOException e) {
      throw DiskFault.of(e, "writing checkpoint " + folder.resolve(name));
    }
  }

  /**
   * Holds that the disk has room for one more checkpoint, before anything is spent on it.
   *
   * @throws TrialFault if it has not
   */
  public void requireRoom(ModelState state) throws TrialFault {
    try (HeldFolder made = HeldFolder.make(folder)) {
      requireRoom(state, Files.getFileStore(made.path()));
    } catch (IOException e) {
      throw DiskFault.of(e, "looking for room for checkpoints in " + folder);
    }
  }

  /** File systems that do not tell their size, as some over a network, are taken at their word. */
  void requireRoom(ModelState state, FileStore disk) throws IOException, TrialFault {
    long needed = CheckpointFile.bytes(state);
    long free = disk.getUsableSpace();
    if (disk.getTotalSpace() > 0 && free < needed) {
      throw TrialFault.passing(
          OutcomeReason.DiskFull,
          ("the disk of %s has %d MiB free, and one checkpoint takes %d MiB; free some space or"
                  + " enlarge the volume, nothing computed before is lost")
              .formatted(folder, free >> 20, (needed >> 20) + 1));
    }
  }

  /**
   * Restores the newest good checkpoint into {@code state}; empty if there is none at all.
   *
   * @throws TrialFault if checkpoints exist but all are damaged, or the newest good one belongs to
   *     another experiment or another version of the format
   */
  public Optional<CheckpointHeader> restore(DiffusionModel model, ModelState state)
      throws TrialFault {
    try (HeldFolder held = HeldFolder.open(folder)) {
      List<String> files = files(held);
      for (String name : files) {
        Path file = folder.resolve(name);
        try (FileChannel channel = held.open(name, StandardOpenOption.READ)) {
          CheckpointHeader header = CheckpointFile.header(channel);
          refuseForeign(file, header, state);
          CheckpointFile.restore(channel.position(0), model, state);
          return Optional.of(header);
        } catch (DamagedCheckpoint e) {
          warnings.accept(file + " is damaged: " + e.getMessage() + "; trying the one before it");
        }
      }
      if (files.isEmpty()) {
        return Optional.empty();
      }
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw DiskFault.of(e, "reading checkpoints in " + folder);
    }
    throw TrialFault.lasting(
        OutcomeReason.BadCheckpoint,
        "no checkpoint in %s can be read; remove that folder to train the trial from its start"
            .formatted(folder));
  }

  private void refuseForeign(Path file, CheckpointHeader header, ModelState state)
      throws TrialFault {
    if (header.format() != CheckpointHeader.FORMAT) {
      throw TrialFault.lasting(
          OutcomeReason.BadCheckpoint,
          "%s has format %d and this worker reads format %d; use the version that wrote it, or remove"
                  .formatted(file, header.format(), CheckpointHeader.FORMAT)
              + " the folder to train from the start");
    }
    if (!header.key().equals(key) || header.parameters() != state.inventory().size()) {
      throw TrialFault.lasting(
          OutcomeReason.BadCheckpoint,
          ("%s belongs to experiment %s with %d parameters, but this trial is %s with %d; give the"
                  + " trial a folder of its own, or remove that one")
              .formatted(file, header.key(), header.parameters(), key, state.inventory().size()));
    }
  }

  /** Names of checkpoint files, newest first. */
  private static List<String> files(HeldFolder held) throws IOException {
    return held.names().stream()
        .filter(name -> name.endsWith(SUFFIX))
        .sorted(reverseOrder())
        .toList();
  }
}
