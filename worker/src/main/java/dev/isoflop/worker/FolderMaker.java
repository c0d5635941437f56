package dev.isoflop.worker;

import dev.isoflop.common.HeldFolder;
import dev.isoflop.trial.ExitCode;
import dev.isoflop.trial.TrialJson;
import dev.isoflop.worker.fault.DiskFault;
import dev.isoflop.worker.fault.TrialFault;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;

/**
 * Makes the folders of a trial as the worker's own user, before anything mounts them: those that
 * the kubelet makes belong to root, and a worker may not write there unless the volume knows
 * fsGroup. It is found out here, in a second and before an image of data is read, whether the
 * volume can be written at all.
 */
final class FolderMaker {
  /** First argument of the program that asks for it. */
  static final String COMMAND = "make-folders";

  private final Path message;
  private final PrintStream log;

  /**
   * @param message is given a {@code TrialOutcome} as JSON where a folder cannot be had
   */
  FolderMaker(Path message, PrintStream log) {
    this.message = message;
    this.log = log;
  }

  /** Makes the folders with those above them; a file written and removed shows that each serves. */
  ExitCode make(List<Path> folders) {
    for (Path folder : folders) {
      try {
        make(folder.toAbsolutePath().normalize());
      } catch (IOException e) {
        return failed(DiskFault.of(e, "making the folder " + folder));
      }
    }
    return ExitCode.DONE;
  }

  /**
   * From the volume's root down, through no symbolic link: this container alone sees the whole
   * volume, and must not be led out of the sweep's folder by what a worker has left in it.
   */
  private static void make(Path folder) throws IOException {
    Path volume = folder.getName(0);
    HeldFolder at = HeldFolder.open(Path.of("/").resolve(volume));
    try {
      for (int i = 1; i < folder.getNameCount(); i++) {
        HeldFolder next = at.makeFolder(folder.getName(i).toString());
        at.close();
        at = next;
        if (at.isNew()) {
          at.giveToGroup();
        }
      }
      String probe = ".writable-" + UUID.randomUUID();
      at.open(probe, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE).close();
      at.delete(probe);
    } finally {
      at.close();
    }
  }

  private ExitCode failed(TrialFault fault) {
    log.println("error: " + fault.message());
    try {
      Files.write(message, TrialJson.MAPPER.writeValueAsBytes(fault.outcome()));
    } catch (IOException e) {
      log.println("error: writing " + message + ": " + e.getMessage());
    }
    return fault.exitCode();
  }
}
