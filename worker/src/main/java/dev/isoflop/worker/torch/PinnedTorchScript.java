package dev.isoflop.worker.torch;

import ai.djl.engine.EngineException;
import ai.djl.pytorch.engine.PtNDManager;
import dev.isoflop.common.Sha256;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.data.LocalFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Loads a TorchScript file that a user gives: it is code, so it runs only if its bytes have the
 * digest that the manifest states.
 *
 * <p>The file is read once, into a private copy; the digest is taken of the bytes on their way, and
 * the copy is what libtorch loads. A file that is swapped meanwhile thus changes nothing. A copy on
 * disk, for encoders may be larger than the heap and than an array can be.
 */
public final class PinnedTorchScript {
  private PinnedTorchScript() {}

  /**
   * Loads the file onto the manager's device, with frozen weights and in evaluation mode.
   *
   * @param uri a path or {@code file:} URI; relative ones start from the working directory
   * @param sha256 64 hexadecimal digits
   * @param field the setting that holds {@code uri} and {@code sha256}, such as {@code
   *     data.textEncoder}
   * @throws DataException naming {@code field} if the file is missing, has another digest, or is no
   *     TorchScript
   */
  public static TorchModule load(PtNDManager manager, String uri, String sha256, String field)
      throws DataException {
    return load(manager, uri, sha256, field, Path.of(System.getProperty("java.io.tmpdir")));
  }

  static TorchModule load(
      PtNDManager manager, String uri, String sha256, String field, Path temporary)
      throws DataException {
    Path file = LocalFile.file(uri, field + ".uri", Path.of(""));
    Path copy = null;
    try {
      copy = Files.createTempFile(temporary, "isoflop-", ".pt"); // readable by its owner alone
      String found = copy(file, copy);
      if (!found.equals("sha256:" + sha256)) {
        throw new DataException(
            Kind.Setting,
            field + ".sha256",
            "'%s' has the digest %s, not %s"
                .formatted(file, found.substring("sha256:".length()), sha256),
            "if you trust the file as it is now, write its digest into the manifest");
      }
      return TorchModule.loadFile(manager, copy);
    } catch (IOException e) {
      throw new DataException(
          Kind.Unreadable,
          field + ".uri",
          "cannot read '" + file + "' (" + e + ")",
          "try again",
          e);
    } catch (EngineException e) {
      throw new DataException(
          Kind.Corrupt,
          field + ".uri",
          "libtorch cannot load '" + file + "' (" + firstLine(e) + ")",
          "give a file written by torch.jit.save, not by torch.save",
          e);
    } finally {
      delete(copy);
    }
  }

  private static String copy(Path file, Path copy) throws IOException {
    MessageDigest digest = Sha256.start();
    try (InputStream input = Files.newInputStream(file);
        OutputStream output = new DigestOutputStream(Files.newOutputStream(copy), digest)) {
      input.transferTo(output);
    }
    return Sha256.finish(digest);
  }

  private static String firstLine(EngineException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no message");
  }

  private static void delete(@Nullable Path copy) throws DataException {
    if (copy == null) {
      return;
    }
    try {
      Files.deleteIfExists(copy);
    } catch (IOException e) {
      throw new DataException(
          Kind.Unreadable, copy.toString(), "cannot delete this private copy", "check the disk", e);
    }
  }
}
